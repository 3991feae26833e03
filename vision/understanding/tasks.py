"""What somebody does, from the kind of program, the title of its window and the kind of file. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from vision.understanding.apps import Category
from vision.understanding.files import PROGRAM_TYPES, PROSE_TYPES
from vision.understanding.names import look_up

_BY_CATEGORY: Mapping[Category, str] = {
    "editor": "coding",
    "terminal": "terminal",
    "browser": "browsing",
    "office": "writing",
    "notes": "writing",
    "chat": "chat",
    "mail": "mail",
    "meeting": "meeting",
    "video": "watching",
    "music": "music",
    "game": "gaming",
    "design": "design",
    "3d": "design",
    "reader": "reading",
    "files": "files",
    "settings": "settings",
    "system": "settings",
    "database": "coding",
    "virtual_machine": "remote",
    "calendar": "planning",
    "finance": "planning",
}
TASKS = frozenset({*_BY_CATEGORY.values(), "slides", "spreadsheet", "shopping", "searching", "learning", "social"})

PAGES: Mapping[str, tuple[str, ...]] = {
    "meeting": ("google meet", "meet google com", "zoom meeting", "microsoft teams", "jitsi meet", "webex", "whereby"),
    "music": ("youtube music", "spotify", "soundcloud", "deezer", "tidal", "apple music", "bandcamp"),
    "watching": (
        "youtube", "netflix", "twitch", "prime video", "disney", "vimeo", "crunchyroll", "hulu", "bilibili",
        "dailymotion", "ard mediathek", "zdf", "arte tv", "bbc iplayer", "max", "plex", "jellyfin", "peertube",
        "nebula",
    ),
    "mail": (
        "gmail", "outlook", "proton mail", "inbox", "posteingang", "yahoo mail", "gmx", "web de", "fastmail",
        "roundcube", "tuta", "icloud mail", "boîte de réception", "bandeja de entrada",
    ),
    "chat": (
        "slack", "discord", "whatsapp", "telegram web", "messenger", "element", "mattermost", "zulip", "google chat",
        "chatgpt", "claude", "gemini", "copilot", "mistral", "deepseek", "perplexity", "open webui",
    ),
    "coding": (
        "github", "gitlab", "bitbucket", "codeberg", "gitea", "stack overflow", "stackoverflow", "jupyter",
        "jupyterlab", "colab", "colaboratory", "replit", "codesandbox", "stackblitz", "codepen", "jsfiddle",
        "leetcode", "hackerrank", "codeforces", "kaggle", "godbolt", "compiler explorer", "github dev", "gitpod",
        "codespaces", "localhost", "127 0 0 1", "mdn", "pypi", "npm", "crates io", "docs rs", "dev tools",
        "devtools", "jenkins", "sentry", "grafana", "vercel", "aws console", "google cloud console", "azure portal",
        "kubernetes", "postman", "swagger ui", "phpmyadmin",
    ),
    "writing": (
        "google docs", "google drive docs", "overleaf", "notion", "confluence", "word online", "office 365",
        "dropbox paper", "etherpad", "hackmd", "hedgedoc", "medium editor", "wordpress", "substack", "grammarly",
        "deepl", "coda",
    ),
    "spreadsheet": ("google sheets", "airtable", "excel online", "google tabellen"),
    "slides": ("google slides", "prezi", "google präsentationen"),
    "design": (
        "figma", "canva", "penpot", "miro", "excalidraw", "photopea", "draw io", "diagrams net", "framer",
        "dribbble",
    ),
    "gaming": ("lichess*", "chess com", "geoguessr", "itch io", "poki", "geforce now", "xbox cloud gaming", "roblox"),
    "social": (
        "facebook", "instagram", "twitter", "mastodon", "reddit", "tiktok", "linkedin", "bluesky", "pinterest",
        "tumblr", "vk", "weibo", "threads", "hacker news", "lemmy",
    ),
    "shopping": (
        "amazon", "ebay", "etsy", "aliexpress", "zalando", "otto", "kleinanzeigen", "walmart", "ikea", "idealo",
    ),
    "learning": (
        "coursera", "udemy", "khan academy", "edx", "duolingo", "moodle", "anki", "brilliant", "codecademy",
        "quizlet",
    ),
    "reading": (
        "wikipedia", "arxiv", "the guardian", "new york times", "bbc news", "spiegel", "zeit online", "le monde",
        "el país", "documentation", "docs", "medium", "pdf", "blog", "news", "nachrichten", "substack",
        "archive of our own", "goodreads",
    ),
    "searching": (
        "google search", "google suche", "duckduckgo", "bing", "kagi", "startpage", "ecosia", "recherche google",
    ),
    "planning": (
        "google calendar", "trello", "asana", "jira", "linear", "todoist", "monday com", "clickup", "google maps",
    ),
}  # fmt: skip
"""What one does on a page, by words of its title."""

_SLIDES, _SHEETS = (
    ("powerpnt", "powerpoint", "keynote", "impress", "wpp"),
    ("excel", "calc", "numbers", "gnumeric", "et"),
)
_TERMINAL_CODING = (
    "vim",
    "nvim",
    "emacs",
    "nano",
    "hx",
    "micro",
    "helix",
    "kak",
    "less",
    "gdb",
    "lldb",
    "pdb",
    "ipython",
)
_BY_FILE = {
    "presentation": "slides",
    "spreadsheet": "spreadsheet",
    "table": "spreadsheet",
    "pdf": "reading",
    "book": "reading",
    "video": "watching",
    "audio": "music",
    "image": "design",
    "vector": "design",
    "layered image": "design",
    "3d": "design",
}


def task_of(category: Category | None, app: str, title: str, file_type: str) -> str:
    """What is done in this window; empty: it cannot be told."""
    if category == "browser":
        return look_up(PAGES, title) or ("reading" if file_type == "pdf" else "browsing")
    if category == "editor":
        return "writing" if file_type in PROSE_TYPES else "coding"
    if category == "terminal":
        writes = file_type in PROGRAM_TYPES and look_up({"coding": _TERMINAL_CODING}, title)
        return "coding" if writes else "terminal"
    if category in ("office", "notes"):
        if file_type == "presentation" or look_up({"": _SLIDES}, f"{app} {title}") is not None:
            return "slides"
        if file_type in ("spreadsheet", "table") or look_up({"": _SHEETS}, f"{app} {title}") is not None:
            return "spreadsheet"
    if category is not None:
        return _BY_CATEGORY.get(category, "")
    if file_type in PROGRAM_TYPES:
        return "coding"
    return _BY_FILE.get(file_type, "writing" if file_type in PROSE_TYPES else "")
