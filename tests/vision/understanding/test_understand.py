"""What somebody does, and with what, is told from the names of the program and the file."""

from __future__ import annotations

import pytest

from vision.desktop.window import Window
from vision.understanding import understand
from vision.understanding.tasks import TASKS


@pytest.mark.parametrize(
    ("app", "title", "task", "category", "file_type"),
    [
        ("Code", "main.py - project - Visual Studio Code", "coding", "editor", "python"),
        ("Code.exe", "● index.tsx - web - Visual Studio Code", "coding", "editor", "typescript"),
        ("jetbrains-pycharm", "project \u2013 models.py", "coding", "editor", "python"),
        ("devenv.exe", "App - Program.cs - Microsoft Visual Studio", "coding", "editor", "c#"),
        ("Xcode", "ContentView.swift — App", "coding", "editor", "swift"),
        ("gvim", "Makefile (~/src) - GVIM", "coding", "editor", "makefile"),
        ("Emacs", "init.el - GNU Emacs", "coding", "editor", "lisp"),
        ("gedit", "Dockerfile (~/src) - gedit", "coding", "editor", "docker"),
        ("Code", "README.md - project - Visual Studio Code", "writing", "editor", "markdown"),
        ("XTerm", "me@laptop: ~/src", "terminal", "terminal", ""),
        ("XTerm", "vim main.rs", "coding", "terminal", "rust"),
        ("gnome-terminal-server", "Terminal", "terminal", "terminal", ""),
        ("WindowsTerminal.exe", "PowerShell", "terminal", "terminal", ""),
        ("C:\\Windows\\System32\\cmd.exe", "Command Prompt", "terminal", "terminal", ""),
        ("iTerm2", "zsh", "terminal", "terminal", ""),
        ("firefox", "asyncio — Python documentation — Mozilla Firefox", "reading", "browser", ""),
        ("firefox", "Example — Mozilla Firefox", "browsing", "browser", ""),
        ("Google-chrome", "cats - YouTube - Google Chrome", "watching", "browser", ""),
        ("chrome.exe", "Inbox (3) - Gmail - Google Chrome", "mail", "browser", ""),
        ("msedge.exe", "Meet \u2013 abc-defg-hij - Google Meet - Microsoft\u200b Edge", "meeting", "browser", ""),
        ("Safari", "alisa/alisa: companion · GitHub", "coding", "browser", ""),
        ("brave-browser", "cats at DuckDuckGo - Brave", "searching", "browser", ""),
        ("firefox", "rust-lang.rs", "browsing", "browser", ""),
        ("vlc", "film.mkv - VLC media player", "watching", "video", "video"),
        ("mpv", "talk.webm - mpv", "watching", "video", "video"),
        ("Spotify", "Spotify Premium", "music", "music", ""),
        ("steam_app_292030", "The Witcher 3", "gaming", "game", ""),
        ("Minecraft* 1.21", "Minecraft", "gaming", "game", ""),
        ("zoom", "Zoom Meeting", "meeting", "meeting", ""),
        ("ms-teams.exe", "Standup | Microsoft Teams", "meeting", "meeting", ""),
        ("gimp-2.10", "portrait.xcf \u2013 GIMP", "design", "design", "layered image"),
        ("Blender", "Blender [/home/me/cube.blend]", "design", "3d", "3d"),
        ("figma-linux", "Figma", "design", "design", ""),
        ("libreoffice-writer", "letter.odt - LibreOffice Writer", "writing", "office", "document"),
        ("EXCEL.EXE", "budget.xlsx - Excel", "spreadsheet", "office", "spreadsheet"),
        ("POWERPNT.EXE", "talk.pptx - PowerPoint", "slides", "office", "presentation"),
        ("obsidian", "Ideas - vault - Obsidian v1.5", "writing", "notes", ""),
        ("evince", "paper.pdf", "reading", "reader", "pdf"),
        ("Preview", "scan.pdf", "reading", "reader", "pdf"),
        ("Slack", "general - Acme - Slack", "chat", "chat", ""),
        ("discord", "#room | Discord", "chat", "chat", ""),
        ("org.telegram.desktop", "Telegram", "chat", "chat", ""),
        ("thunderbird", "Inbox - Thunderbird", "mail", "mail", ""),
        ("OUTLOOK.EXE", "Inbox - Outlook", "mail", "mail", ""),
        ("org.gnome.Nautilus", "Downloads", "files", "files", ""),
        ("explorer.exe", "Downloads", "files", "files", ""),
        ("Finder", "Documents", "files", "files", ""),
        ("gnome-control-center", "Settings", "settings", "settings", ""),
        ("SystemSettings.exe", "Settings", "settings", "settings", ""),
        ("DBeaver", "shop.sql - DBeaver", "coding", "database", "sql"),
        ("VirtualBox Machine", "win11 [Running]", "remote", "virtual_machine", ""),
        ("unheard-of", "thesis.tex", "writing", "", "latex"),
        ("unheard-of", "main.go", "coding", "", "go"),
        ("", "", "", "", ""),
        ("unheard-of", "Version 2.10", "", "", ""),
        ("unheard-of", "مرحبا 🦊.txt", "writing", "", "text"),
    ],
)
def test_tasks(app: str, title: str, task: str, category: str, file_type: str) -> None:
    """Programs of Linux, Windows and macOS are known by their names, files by their endings."""
    seen = understand(Window(title, app, 7, (0, 0, 800, 600), False), "")
    assert (seen.task, seen.category, seen.file_type) == (task, category, file_type)
    assert seen.task == "" or seen.task in TASKS
    assert seen.window == title


def test_a_program_is_called_by_its_name() -> None:
    """Neither the folder of a program nor its ending is its name."""
    assert understand(Window("", "C:\\Program Files\\Foo\\Foo.EXE", None, (0, 0, 1, 1), False), "").app == "Foo"
    assert understand(Window("", "Firefox.app", None, (0, 0, 1, 1), False), "").app == "Firefox"


def test_without_a_window_the_words_are_all() -> None:
    """A picture of no window is understood by its words."""
    seen = understand(None, "hello")
    assert (seen.task, seen.app, seen.window, seen.text, seen.error_kind) == ("", "", "", "hello", "")
