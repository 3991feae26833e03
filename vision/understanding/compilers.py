"""Errors that a compiler, a linker, a database or a checker prints on a line of its own, as a table. Pure."""

# ruff: noqa: E501 - a pattern reads best on one line

from __future__ import annotations

import re
from collections.abc import Iterator

from vision.understanding.error import LINE, NUMBER, START, Found, number, path, sentence, soft

_BY_ENDING = {
    "c": "c", "h": "c", "cc": "c++", "cpp": "c++", "cxx": "c++", "hpp": "c++", "hh": "c++", "hxx": "c++", "ino": "c++", "cu": "c++",
    "m": "objective-c", "mm": "objective-c", "py": "python", "pyi": "python", "pyx": "python",
    "js": "javascript", "mjs": "javascript", "cjs": "javascript", "jsx": "javascript", "vue": "javascript", "svelte": "javascript",
    "ts": "typescript", "tsx": "typescript", "mts": "typescript", "cts": "typescript",
    "java": "java", "kt": "kotlin", "kts": "kotlin", "scala": "scala", "swift": "swift", "rs": "rust", "go": "go", "cs": "csharp",
    "fs": "csharp", "vb": "csharp", "hs": "haskell", "dart": "dart", "zig": "zig", "nim": "nim", "d": "d", "f90": "fortran", "v": "verilog",
    "sv": "verilog", "tex": "latex", "s": "assembly", "asm": "assembly", "php": "php", "rb": "ruby", "ex": "elixir", "exs": "elixir",
    "cr": "crystal", "ml": "ocaml", "sol": "solidity", "proto": "protobuf", "css": "css", "scss": "css",
}  # fmt: skip
_LONG = "|".join(sorted((ending for ending in _BY_ENDING if len(ending) > 1), key=len, reverse=True))
_CODE = rf"(?:[.,](?P<ending>{'|'.join(sorted(_BY_ENDING, key=len, reverse=True))})|(?P<bare>{_LONG}))(?![\w.])"
_FILE = rf"(?P<file>(?:[A-Za-z]:)?[\w./\\~@+$-]*?[\w+$-]{_CODE})"
_ERROR = r"(?:[Ff]atal )?[Ee]rr[o0]r"

_PLACED = (
    # gcc, clang, mypy, javac, kotlinc, swiftc, ghc, zig, nim …: main.c:12:5: error: …
    rf"{START}(?:e: |error: )?{_FILE}:\s?(?P<line>{NUMBER})(?::\s?{NUMBER})?[:;.]? ?(?:- )?(?:{_ERROR}:?(?: (?:TS|E)?\d+:|\[\w+\]:)?|Error:) ?(?P<message>[^\n]+)",
    # msvc, csc, tsc: main.cpp(12,5): error C2065: …
    rf"{START}(?:\d+>)?{_FILE}\s?\((?P<line>{NUMBER})(?:, ?{NUMBER})*\)\s?: (?:[Ff]atal )?[Ee]rr[o0]r (?P<message>[A-Z]{{1,6}}\d+: [^\n]+)",
    # tsc --pretty, ng: src/a.ts:12:5 - error TS2304: …
    rf"{START}(?:Error: )?{_FILE}:(?P<line>{NUMBER}):{NUMBER} - error (?P<message>TS\d+: [^\n]+)",
    # go: ./main.go:12:5: undefined: x
    rf"{START}(?:vet: )?(?P<file>(?:\./|[\w./\\-]*/)?[\w.-]+[.,](?P<ending>go)):(?P<line>{NUMBER}):{NUMBER}: (?P<message>(?!warning|note)[^\n]+)",
    # go test
    rf"{START}[-~\u2013\u2014]{{1,3}} FAIL: [^\n]+\n\s*(?P<file>[\w./-]+_test[.,](?P<ending>go)):(?P<line>{NUMBER}): (?P<message>[^\n]+)",
    # kotlinc, gradle: e: /src/Main.kt: (12, 5): …    e: file:///src/Main.kt:12:5 …
    rf"{START}e: (?:file://)?{_FILE}(?:: \(|:)(?P<line>{NUMBER})[,:] ?{NUMBER}\)?:? (?P<message>[^\n]+)",
    # maven: [ERROR] /src/Main.java:[12,5] …
    rf"{START}\[ERR[O0]R\] ?(?:/(?=[A-Za-z]:))?{_FILE}:\[(?P<line>{NUMBER}),{NUMBER}\] (?:error: )?(?P<message>[^\n]+)",
    # vite, babel, esbuild: SyntaxError: /src/App.js: Unexpected token (12:5)
    rf"{START}(?:\[[\w:-]+\] )?(?P<message>(?:Syntax|Parse|Build|Transform|Compile|Type)?[Ee]rror: [^\n]*?){_FILE}:[^\n]*?\((?P<line>{NUMBER}):{NUMBER}\)",
    # esbuild: ✘ [ERROR] …\n\n    src/app.ts:12:5:
    rf"{START}(?:[^\w\n]{{1,3}})?\[ERR[O0]R\] (?P<message>[^\n]+)\s*\n\s+{_FILE}:(?P<line>{NUMBER}):{NUMBER}:?",
    # vite: [plugin:vite:import-analysis] …\n/src/App.jsx:3:16    [vite] Internal server error: …\n  File: /src/App.jsx:3:16
    rf"{START}[^\n\[]{{0,40}}\[(?:plugin:)?vite[\w:-]*\] (?:\(\w+\) )?(?:(?:Internal server|Pre-transform) error: )?(?P<message>[^\n]+)(?:\n[^\n]*){{0,3}}?\n[ \t]*(?:File: )?{_FILE}:(?P<line>{NUMBER}):{NUMBER}",
    # next: ./app/page.tsx:12:7\nType error: …
    rf"{START}(?:[^\w\n/.]{{1,3}} ?|[xX] )?{_FILE}:(?P<line>{NUMBER}):{NUMBER}[ \t]*\n\s*(?P<message>(?:Type|Syntax|Reference|Module)? ?[Ee]rror: [^\n]+|Module not found: [^\n]+)",
    # ruff, flake8, pylint, black: what does not run, not what is only untidy
    rf"{START}(?P<file>[\w./\\-]+[.,](?P<ending>py)):(?P<line>{NUMBER}):{NUMBER}: (?P<message>(?:F[5-8]\d\d|E9\d\d|[EF]\d{{4}}):? [^\n]+)",
    rf"{START}(?P<message>(?:F[5-8]\d\d|E9\d\d|invalid-syntax)[ :][^\n]+)\n\s*[-~=\u2013\u2014]{{1,3}}> ?(?P<file>[^\s:]+[.,](?P<ending>py)):(?P<line>{NUMBER})",
    rf"{START}error: (?P<message>cannot format {_FILE}: Cannot parse[^\n:]*: (?P<line>{NUMBER}):{NUMBER}[^\n]*)",
    # a header without an ending: /usr/include/c++/13/vector:66:3: error: …
    rf"{START}(?P<file>/[\w./+-]*/include/c\+\+/[\w./+-]+?/(?P<ending>)[\w-]+):(?P<line>{NUMBER}):{NUMBER}: (?:fatal )?error: (?P<message>[^\n]+)",
    # LaTeX: ! Undefined control sequence. … l.12
    rf"{START}! ?(?P<message>(?:LaTeX|Package|Undefined|Missing|Extra|Emergency|Too many|Illegal|File|Paragraph|Runaway)[^\n]+)(?:\n[^\n]*){{0,6}}?\n[l1I][.,]?(?P<line>{NUMBER})",
    # eslint, stylelint:   12:5  error  …
    rf"{START}(?P<file>/?[\w./\\-]+[.,](?P<ending>[cm]?[jt]sx?|vue|css))\n\s+(?P<line>{NUMBER}):{NUMBER}\s+error\s+(?P<message>[^\n]+)",
    # terraform
    rf"{START}Error: (?P<message>[^\n]+)\n(?:[^\n]*\n){{0,2}}?\s*[^\w\n]*on (?P<file>\S+[.,]tf) {LINE} (?P<line>{NUMBER})",
    # nginx, php -l and others: … in FILE:12
    rf"{START}nginx: \[emerg\] (?P<message>[^\n]+?) in (?P<file>\S+):(?P<line>{NUMBER})",
)
_RUST = soft(
    rf"{START}err[o0]r(?:\[[^\]\s]{{3,9}}\])?: (?P<message>[^\n]+)(?:\n[^\n]*){{0,3}}?\n?[ \t]*[-~=\u2013\u2014]{{1,3}}> ?(?P<file>[^\s:]+[.,][rt1]s):(?P<line>{NUMBER})"
)
_PLAIN: tuple[tuple[str, str], ...] = (
    ("linker", rf"{START}(?:[^\n]{{0,120}}?(?P<file>[\w./\\-]+[.,](?:c|cc|cpp|cxx)):(?:(?P<line>{NUMBER}):|\([^)]*\):) )?[^\n]{{0,120}}?(?P<message>undefined reference to [^\n]+)"),
    ("linker", rf"{START}[^\n]{{0,160}}?(?P<message>(?:fatal )?error LNK\d+: [^\n]+)"),
    ("linker", rf"{START}(?P<message>Undefined symbols? for architecture [^\n]+(?:\n[^\n]+)?)"),
    ("linker", rf"{START}(?:/\S*/)?ld(?:\.\w+)?: (?P<message>(?:cannot find|library not found|symbol\(s\) not found|duplicate symbol)[^\n]*)"),
    ("linker", rf"{START}(?P<message>multiple definition of [^\n]+)"),
    ("c", rf"{START}(?:\S+: line \d+: +\d+ )?(?P<message>Segmentation fault(?: \(core dumped\))?|(?:zsh|bash): segmentation fault[^\n]*|Bus error[^\n]*)"),
    ("c", rf"{START}(?P<message>\*\*\* stack smashing detected \*\*\*[^\n]*|double free or corruption[^\n]*|free\(\): [^\n]+|malloc\(\): [^\n]+)"),
    ("c", rf"{START}[\w./-]{{1,120}}: (?P<file>[\w./-]{{1,240}}):(?P<line>{NUMBER}): [^\n]*: (?P<message>Assertion [^\n]+ failed\.?)"),
    ("c++", rf"{START}(?P<message>terminate called after throwing an instance of [^\n]+(?:\n\s*what\(\): [^\n]+)?)"),
    ("c", rf"{START}==\d+==\s?ERROR: (?P<message>AddressSanitizer: [^\n]+)(?:(?:\n[^\n]*){{0,8}}?\n\s*#\d+ [^\n]* (?P<file>(?!\S*(?:asan_|interceptor|libsanitizer))[^\s():]+\.\w+):(?P<line>{NUMBER})(?::\d+)?)?"),
    ("csharp", rf"{START}(?P<message>Unhandled exception[.:] [^\n]+)"),
    ("sql", rf"{START}(?:psql:(?P<file>[^\s:]+):(?P<line>{NUMBER}): )?ERR[O0]R: {{1,2}}(?P<message>(?:syntax error at|relation|column|duplicate key|null value|permission denied for|type|function|operator|invalid input|insert or update|value too long|division by zero|database|role|schema|cannot|deadlock|current transaction|missing FROM)[^\n]*)(?:\nLINE {NUMBER}:[^\n]*)?"),
    ("sql", rf"{START}(?P<message>ERR[O0]R \d{{4}} \(\w{{5}}\)(?: at line (?P<line>{NUMBER}))?[^\n]*)"),
    ("sql", rf"{START}(?:Runtime |Parse )?[Ee]rror(?:: | near line (?P<line>{NUMBER}): | in prepare, )(?P<message>(?:near \"|no such (?:table|column|function)|UNIQUE constraint|FOREIGN KEY constraint|NOT NULL constraint|database is locked|incomplete input|table \S+ already)[^\n]*)"),
    ("sql", rf"{START}Msg \d+, Level \d+, State \d+(?:, Server [^,]+)?(?:, Procedure [^,]+)?, Line (?P<line>{NUMBER})\s*\n(?P<message>[^\n]+)"),
    ("sql", rf"{START}(?P<message>(?:ORA|PLS|PG|SQL)-\d{{4,5}}: [^\n]+)"),
    ("sql", rf"{START}(?P<message>SQLSTATE\[\w+\][^\n]+)"),
)  # fmt: skip
_ABORTED = soft(rf"{START}(?:\S+: line \d+: +\d+ )?(?P<message>Aborted(?: \(core dumped\))?)[ \t]*$")
"""It says only that what was said before it ended the program."""
_SYSTEM = re.compile(r"^(?:/usr/|/opt/|/nix/|/Library/|/Applications/|[A-Za-z]:[/\\]Program Files)")
_USED = soft(
    rf"{START}{_FILE}:(?P<line>{NUMBER}):(?:{NUMBER}:)?[^\n]*(?:required from here|requested here|in expansion of)"
)
"""Where a template is used: `main.cpp:6:12:   required from here`"""
_INCLUDED = soft(rf"{START}(?:In file included )?from {_FILE}:(?P<line>{NUMBER})[,:]")
"""Where a header is: `In file included from main.cpp:1:`"""
_NEAR = 6000
"""so many characters around an error in a header that place is looked for"""
_COMPILED = tuple(soft(pattern) for pattern in _PLACED)
_COMPILED_PLAIN = tuple((kind, soft(pattern)) for kind, pattern in _PLAIN)


def compilers(text: str) -> Iterator[Found]:
    """Errors with the place where they are."""
    for pattern in _COMPILED:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            kind = _BY_ENDING.get((parts.get("ending") or parts.get("bare") or "").casefold(), "")
            kind = kind or (
                "latex"
                if match.group().lstrip().startswith("!")
                else "terraform"
                if "tf" in (parts.get("file") or "")
                else "c++"
                if "/c++/" in (parts.get("file") or "")
                else "shell"
            )
            where = kind, path(parts.get("file")), number(match["line"])
            kind, file, line = (_own(text, match) or where) if _SYSTEM.match(where[1]) else where
            yield Found(kind, sentence(match["message"]), file, line, match.start())
    for match in _RUST.finditer(text):
        file = re.sub(r"[t1]s$", "rs", path(match["file"]))
        yield Found("rust", sentence(match["message"]), file, number(match["line"]), match.start())
    for kind, pattern in _COMPILED_PLAIN:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            place = path(parts.get("file")), number(parts.get("line"))
            yield Found(kind, sentence(match["message"]), *place, match.start())
    for match in _ABORTED.finditer(text):
        yield Found("c", sentence(match["message"]), at=match.start(), sums_up=True)


def _own(text: str, error: re.Match[str]) -> tuple[str, str, int | None] | None:
    """The user's own line that an error in a library's header comes from: the nearest before it, else after it."""
    before, behind = max(0, error.start() - _NEAR), error.end() + _NEAR
    places = [*_USED.finditer(text, before, error.start())][::-1]
    places += [*_USED.finditer(text, error.end(), behind), *_INCLUDED.finditer(text, before, error.start())]
    found = next((each for each in places if not _SYSTEM.match(each["file"])), None)
    if found is None:
        return None
    kind = _BY_ENDING.get((found["ending"] or found["bare"]).casefold(), "c++")
    return kind, path(found["file"]), number(found["line"])
