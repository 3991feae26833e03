"""What kind of file a window shows, from the name in its title. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

FILE_TYPES: Mapping[str, tuple[str, ...]] = {
    "python": ("py", "pyw", "pyi", "pyx"),
    "notebook": ("ipynb",),
    "javascript": ("js", "mjs", "cjs", "jsx"),
    "typescript": ("ts", "tsx", "mts", "cts"),
    "vue": ("vue",),
    "svelte": ("svelte",),
    "html": ("html", "htm", "xhtml", "jinja", "j2", "hbs", "ejs", "astro"),
    "css": ("css", "scss", "sass", "less"),
    "java": ("java", "jsp"),
    "kotlin": ("kt", "kts"),
    "scala": ("scala", "sbt"),
    "groovy": ("groovy", "gradle"),
    "c": ("c", "h"),
    "c++": ("cpp", "cc", "cxx", "hpp", "hh", "hxx", "ino"),
    "c#": ("cs", "csx", "razor", "xaml"),
    "f#": ("fs", "fsx"),
    "objective-c": ("m", "mm"),
    "rust": ("rs",),
    "go": ("go",),
    "swift": ("swift",),
    "dart": ("dart",),
    "zig": ("zig",),
    "php": ("php", "phtml"),
    "ruby": ("rb", "erb", "rake", "gemspec"),
    "perl": ("pl", "pm"),
    "lua": ("lua",),
    "r": ("r", "rmd", "qmd"),
    "julia": ("jl",),
    "haskell": ("hs", "lhs"),
    "elixir": ("ex", "exs", "heex"),
    "erlang": ("erl", "hrl"),
    "clojure": ("clj", "cljs", "edn"),
    "ocaml": ("ml", "mli"),
    "lisp": ("el", "lisp", "scm", "rkt"),
    "nim": ("nim",),
    "assembly": ("asm", "s"),
    "verilog": ("v", "sv", "vhd", "vhdl"),
    "gdscript": ("gd", "tscn"),
    "shader": ("glsl", "hlsl", "wgsl", "frag", "vert"),
    "sql": ("sql", "psql", "ddl"),
    "shell": ("sh", "bash", "zsh", "fish", "ksh"),
    "powershell": ("ps1", "psm1", "psd1"),
    "batch": ("bat", "cmd"),
    "docker": ("dockerfile",),
    "terraform": ("tf", "tfvars", "hcl"),
    "nix": ("nix",),
    "cmake": ("cmake",),
    "makefile": ("mk", "mak"),
    "json": ("json", "jsonc", "json5", "jsonl", "ndjson"),
    "yaml": ("yaml", "yml"),
    "toml": ("toml",),
    "ini": ("ini", "cfg", "conf", "env", "properties", "editorconfig"),
    "xml": ("xml", "xsd", "xsl", "plist", "csproj", "sln", "vcxproj"),
    "protobuf": ("proto",),
    "graphql": ("graphql", "gql"),
    "diff": ("diff", "patch"),
    "log": ("log",),
    "markdown": ("md", "markdown", "mdx"),
    "restructuredtext": ("rst",),
    "asciidoc": ("adoc", "asciidoc"),
    "latex": ("tex", "bib", "sty", "cls"),
    "text": ("txt", "text", "org"),
    "document": ("doc", "docx", "odt", "rtf", "pages", "fodt", "docm", "wpd"),
    "spreadsheet": ("xls", "xlsx", "ods", "xlsm", "numbers", "gsheet"),
    "table": ("csv", "tsv", "parquet"),
    "presentation": ("ppt", "pptx", "odp", "key", "ppsx"),
    "pdf": ("pdf", "djvu", "ps", "xps"),
    "book": ("epub", "mobi", "azw3", "fb2", "cbz", "cbr"),
    "image": (
        "png", "jpg", "jpeg", "gif", "bmp", "webp", "tif", "tiff", "heic", "avif", "ico", "raw", "cr2", "nef",
        "exr",
    ),
    "vector": ("svg", "ai", "eps", "sketch", "fig", "drawio"),
    "layered image": ("psd", "xcf", "kra", "afphoto", "afdesign", "clip", "ora"),
    "3d": ("blend", "obj", "fbx", "stl", "gltf", "glb", "step", "stp", "dwg", "dxf", "fcstd", "3mf", "scad", "usd"),
    "video": ("mp4", "mkv", "avi", "mov", "webm", "m4v", "wmv", "flv", "mpg", "mpeg", "ogv", "m2ts"),
    "audio": ("mp3", "flac", "wav", "ogg", "opus", "m4a", "aac", "wma", "aiff", "mid", "midi"),
    "audio project": ("flp", "als", "aup3", "logicx", "rpp"),
    "video project": ("prproj", "kdenlive", "drp", "aep", "veg"),
    "archive": ("zip", "tar", "gz", "xz", "7z", "rar", "bz2", "zst", "tgz", "iso", "dmg"),
    "database": ("db", "sqlite", "sqlite3", "mdb", "accdb"),
    "mail": ("eml", "msg", "mbox"),
    "font": ("ttf", "otf", "woff", "woff2"),
}  # fmt: skip
"""The kinds of files by the endings of their names."""

PROGRAM_TYPES = frozenset(list(FILE_TYPES)[: list(FILE_TYPES).index("log")])
"""Whoever has one of these open writes a program, or what belongs to one."""
PROSE_TYPES = frozenset({"markdown", "restructuredtext", "asciidoc", "latex", "text", "document", "pdf", "book"})

_BY_ENDING = {ending: kind for kind, endings in FILE_TYPES.items() for ending in endings}
_WHOLE_NAMES = {
    "dockerfile": "docker", "containerfile": "docker", "makefile": "makefile", "gnumakefile": "makefile",
    "justfile": "makefile", "cmakelists.txt": "cmake", "jenkinsfile": "groovy", "gemfile": "ruby",
    "rakefile": "ruby", "vagrantfile": "ruby", "readme": "text", "license": "text", "changelog": "text",
    "requirements.txt": "ini", ".gitignore": "ini", ".bashrc": "shell", ".zshrc": "shell", ".profile": "shell",
    ".vimrc": "ini", "pkgbuild": "shell", "commit_editmsg": "text", "go.mod": "go", "go.sum": "go",
    "procfile": "ini", "caddyfile": "ini", "build": "python", "podfile": "ruby",
}  # fmt: skip
_DOMAINS = frozenset(
    {"md", "rs", "py", "sh", "pl", "ps", "ai", "zip", "mov", "cc", "mm", "ml", "ms", "pm", "tf", "app"}
)
"""Endings that are those of web addresses, too."""
_NAME = re.compile(r"[^\s\\/:*?\"<>|•●]*?\.([A-Za-z][A-Za-z0-9]{0,11}|7z|3mf)(?![\w.])")
_WORDS = re.compile(r"[\w.]+")


def file_type_of(title: str, *, in_browser: bool = False) -> str:
    """The kind of the file that the title names first; empty: it names none."""
    for match in _NAME.finditer(title):
        ending, name = match[1].casefold(), match[0].casefold()
        whole = _WHOLE_NAMES.get(name.strip("([*"))
        if whole:
            return whole
        if in_browser and (ending in _DOMAINS or name.startswith("www.")):
            continue
        kind = _BY_ENDING.get(ending)
        if kind and len(name) > len(ending) + 1 and not name.rpartition(".")[0].rpartition(".")[2].isdigit():
            return kind
        if kind and re.fullmatch(r"\W*[\w-]*\d*\.\w+", name):
            return kind
    if in_browser:
        return ""
    return next((kind for word in _WORDS.findall(title) if (kind := _WHOLE_NAMES.get(word.casefold()))), "")
