"""Which error a window shows, if any: the last one, and never one that it only talks about. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vision.understanding.apps import Category, shows_dialogs
from vision.understanding.compilers import compilers
from vision.understanding.error import Found
from vision.understanding.files import PROSE_TYPES
from vision.understanding.names import look_up
from vision.understanding.screens import dialog, named_so, page
from vision.understanding.suites import suites
from vision.understanding.tools import tools
from vision.understanding.traces import others, python, thrown

_TALK: frozenset[Category] = frozenset({
    "chat", "mail", "meeting", "office", "notes", "reader", "calendar", "finance", "music", "video", "game", "files",
    "settings", "system", "design", "3d",
})  # fmt: skip
"""What stands in these is talk about errors; their own come as small windows."""
_WORKPLACES = {
    "page": (
        "jupyter*", "colab", "colaboratory", "kaggle", "replit", "codesandbox", "stackblitz",
        "godbolt", "compiler explorer", "leetcode",
        "hackerrank", "codeforces", "werkzeug debugger",
        "devtools", "developer tools", "localhost", "127 0 0 1", "codespaces", "gitpod",
        "vscode dev",
        "github dev", "databricks", "phpmyadmin", "adminer", "pgadmin", "notebook", "react app", "vite", "code server",
    )
}  # fmt: skip
"""Pages in which programs are written and run, by words of their titles."""
_PROMPT = re.compile(
    r"(?m:^)[ \t]*(?!(?:[-~=]{1,3}>|\u276f) ?\S+:\d)(?:\S+@\S+[^\n$#%>]{0,60}[$#%>]|"
    r"[^\n]{0,80}[A-Za-z_)~/\\\]][$#%\u276f\u279c](?= |$)|[$%\u276f\u279c]|[A-Z]:\\[^\n>]{0,80}>|"
    r"\w{1,20}[=-]?[#>](?= )|PS [A-Z]:[^\n>]*>|>>>|In ?\[\d+\]:) ?(?=\S|$)"
)
_FENCE = re.compile(r"(?m:^)[ \t]*(?:```|~~~)")


def find_error(category: Category | None, app: str, title: str, file_type: str, text: str) -> Found | None:
    """The error that this window shows; None: none, or only words about one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = [*_all(category, app, title, file_type, text)]
    strong = [each for each in found if not each.sums_up]
    last = max(found, key=lambda each: (each.at, not each.sums_up, each.line is not None), default=None)
    if last is None or not last.sums_up or not strong:
        return last
    cause = max(strong, key=lambda each: (each.at, each.line is not None))
    return last if _PROMPT.search(text, cause.at + len(cause.message), last.at) else cause


def _all(category: Category | None, app: str, title: str, file_type: str, text: str) -> Iterator[Found]:
    if category == "browser":
        yield from page(title, text)
        if look_up(_WORKPLACES, title):
            yield from _programs(text)
        return
    only_dialogs = shows_dialogs(app)
    loose = category not in ("editor", "terminal")
    said = [*dialog(title, text, only_dialogs=only_dialogs, loose=loose)] if category != "terminal" else []
    if category in _TALK or only_dialogs or (named_so(title) and category != "terminal"):
        yield from said
        return
    if file_type in PROSE_TYPES:
        prompt = _PROMPT.search(text)
        if category != "terminal" and prompt is None:
            return
        start = 0 if category == "terminal" or prompt is None else prompt.start()
        yield from (each for each in _programs(text) if each.at >= start)
        return
    found = [*_programs(text)]
    yield from found or (said if category is None else ())


def _programs(text: str) -> Iterator[Found]:
    """What programs say, outside of fenced blocks."""
    fences = [match.start() for match in _FENCE.finditer(text)]
    for finder in (python, thrown, others, suites, compilers, tools):
        for found in finder(text):
            if not sum(fence <= found.at for fence in fences) % 2 or len(fences) < 2:
                yield found
