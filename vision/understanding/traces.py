"""Errors that come with a trace of calls: Python, JavaScript, Java, Kotlin, C#, Go, Rust, PHP, Ruby. Pure.

The place that is told is the one in the user's own code where there is one: what stands in a library's folder seldom
helps anybody.
"""

# ruff: noqa: E501 - a pattern reads best on one line

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vision.understanding.error import CLOSE, LINE, NUMBER, OPEN, START, Found, number, path, sentence

_LIBRARIES = re.compile(
    r"site-packages|dist-packages|lib[/\\]python\d|<frozen|<string>|node_modules|node:|internal/|\bjdk\.|"
    r"^(?:java|javax|sun|kotlin|scala|org\.springframework|org\.junit)\.|[/\\]gems[/\\]|[/\\]vendor[/\\]|"
    r"/usr/(?:local/)?(?:go|lib)|/rustc/|\.cargo[/\\]registry"
)
_PROMPT = re.compile(
    r"^(?:\S*[@~/\\][^$#%>\n]{0,60}[$#%>]|[$%#>]|>>>|\.\.\.|PS [A-Z]:|[A-Z]:\\[^>]*>|In ?\[\d+\])(?: |$)"
)

# --- Python ------------------------------------------------------------------------------------------

_PYTHON_FRAME = re.compile(
    rf"F[i1lI!]le\s+(?:{OPEN})?(?P<file>[^\"\u201c\u201d\n]{{1,240}}?(?:\n[^\"\u201c\u201d\n]{{1,120}}?)?)(?:{CLOSE})?[,;.]?\s*{LINE}"
    rf"\s*(?P<line>{NUMBER})"
)
_PYTHON_CELL = re.compile(rf"(?:Cell In ?\[\d+\]|Input In \[\d+\]|<ipython-input[^>]*>),? {LINE} (?P<line>{NUMBER})")
_PYTHON_ERROR = re.compile(
    rf"{START}(?:E {{2,}})?(?P<type>(?:[A-Za-z_][\w-]*\.)*[A-Z][\w\u20ac]*(?:Error|Exception|Warning|Interrupt|Exit|Iteration|Group|"
    r"NotFound|DoesNotExist|Timeout|Fail(?:ure|ed)?|Refused|Denied|Invalid\w*|Missing\w*))(?P<rest>[:;.] ?[^\n]*|[ \t]*(?=\n|$))"
)
_PYTHON_ANY = re.compile(rf"{START}(?P<type>(?:[A-Za-z_][\w-]*\.)*[A-Z]\w+)(?P<rest>: ?[^\n]+|[ \t]*(?=\n|$))")
_PYTEST_PLACE = re.compile(
    rf"{START}(?P<file>[\w./\\-]+[.,]py):(?P<line>{NUMBER}): (?P<type>\w*(?:Error|Exception|Failed))[ \t]*$",
    re.MULTILINE,
)
_PYTEST_SUM = re.compile(rf"{START}FAILED (?P<file>[\w./\\-]+[.,]py)::(?P<name>\S+)(?: - (?P<message>[^\n]+))?")
_PYTHON_NO_FILE = re.compile(
    rf"{START}(?:\S*python[\d.]*(?:\.exe)?): (?P<message>can[^\n]{{1,3}}t open file [^\n]+|No module named [^\n]+)"
)


def python(text: str) -> Iterator[Found]:
    """Tracebacks, errors of the parser, and what pytest sums up."""
    frames = [*_PYTHON_FRAME.finditer(text)]
    for at, frame in enumerate(frames):
        end = frames[at + 1].start() if at + 1 < len(frames) else len(text)
        found = _python_error_after(text, frame.end(), end)
        if found is None or found["type"] == "KeyboardInterrupt":  # somebody has stopped it: nothing went wrong
            continue
        group = _group(text, frames, at)
        chosen = next((each for each in reversed(group) if not _LIBRARIES.search(each["file"])), group[-1])
        message = _wrapped(text, found)
        yield Found("python", message, path(chosen["file"]), number(chosen["line"]), found.start())
    for frame in _PYTHON_CELL.finditer(text):
        found = _python_error_after(text, frame.end(), len(text))
        if found is not None:
            yield Found("python", _wrapped(text, found), "", number(frame["line"]), found.start())
    for place in _PYTEST_PLACE.finditer(text):
        told = [*re.finditer(rf"{START}E {{2,}}(?P<message>[^\n]+)", text[: place.start()])]
        message = told[-1]["message"] if told else place["type"]
        first = next((each["message"] for each in told if place["type"] in each["message"]), message)
        yield Found("python", sentence(first), path(place["file"]), number(place["line"]), place.start())
    for each in _PYTEST_SUM.finditer(text):
        message = each["message"] or f"{each['name']} failed"
        yield Found("python", sentence(message), path(each["file"]), None, each.start(), sums_up=True)
    for each in _PYTHON_NO_FILE.finditer(text):
        yield Found("python", sentence(each["message"]), at=each.start())


def _python_error_after(text: str, start: int, end: int) -> re.Match[str] | None:
    """The line that ends a traceback; the lines of code before it are further in."""
    for pattern in (_PYTHON_ERROR, _PYTHON_ANY):
        for match in pattern.finditer(text, start, end):
            before = text[start : match.start()]
            if before.count("\n") <= 14 and not any(map(_PROMPT.match, before.split("\n")[1:])):
                return match
            break
    return None


def _group(text: str, frames: Sequence[re.Match[str]], last: int) -> list[re.Match[str]]:
    """The frames of one traceback: those that follow each other without another error or beginning."""
    first = last
    while first and not re.search(
        r"Traceback|During handling|direct cause|(?m:^)\s*[\w.]*(?:Error|Exception)\b", text[frames[first - 1].end() : frames[first].start()]
    ):  # fmt: skip
        first -= 1
    return list(frames[first : last + 1])


def _colon(rest: str) -> str:
    """The message with the colon before it, whatever it was read as."""
    return f": {rest[1:].lstrip()}" if rest[:1] in tuple(":;.") and rest.strip() else rest


def _wrapped(text: str, match: re.Match[str]) -> str:
    """The message, with the next line where this one was broken for its length."""
    message = f"{match['type']}{_colon(match['rest'])}"
    following = text[match.end() :].split("\n", 2)
    longest = max(map(len, text.split("\n")))
    if len(match.group()) >= max(60, longest - 8) and len(following) > 1 and following[1].strip():
        rest = following[1]
        if not _PROMPT.match(rest) and not rest.startswith(" "):
            message += " " + rest
    return sentence(message)


# --- the others --------------------------------------------------------------------------------------

_THROWN = re.compile(
    rf"{START}(?:Uncaught (?:\(in promise\):? )?|Unhandled \w+ ?[:-]? ?|Exception in thread [^\n]{{1,60}}? ?|Caused by: |\[?"
    r"Unhandled exception[.:] )?(?P<type>(?:[A-Za-z_]\w*\.)*\w*(?:Error|Exception|Throwable|Fault|Rejection))"
    r"(?:(?: \[\w+\])?[:.;] ?(?P<message>[^\n]*(?:\n(?!\s*(?:at|---)\b)[^\n]+){0,3}))?(?=\s*\n\s*(?:at |in |---)|[ \t]*$)",
    re.MULTILINE,
)
_FRAME = re.compile(
    r"^[ \t|\u2502]*(?:at|in) (?P<where>[^\n]*?)(?P<file>(?:file:///?|https?://[^/\s]+/|[A-Za-z]:[\\/])?"
    rf"[^\s()\[\]:?]+(?:[.,][A-Za-z]{{1,6}}|java|kt|js|ts))(?:\?[^\s:]*)?:(?:{LINE} )?(?P<line>{NUMBER})",
    re.MULTILINE,
)
_FRAMES = re.compile(
    r"(?:\s*\n[ \t|\u2502]*(?:at|in|\.\.\.|---|Suppressed)[ :\d][^\n]*(?:\n[ \t]*[^\s\n]+:\d+:?\d*\)?)?)+"
)
_JS_HEAD = re.compile(
    rf"{START}(?P<file>(?:file:///)?(?:[A-Za-z]:)?[\w./\\~@+-]+?[., ]?(?:[cm]?[jt]sx?|vue|svelte)):(?P<line>{NUMBER})[ \t]*\n"
    r"(?:[^\n]*\n){1,4}?\s*\n?(?P<message>(?:\w*Error\b|\[\w+\])[^\n]*)",
)
_JS_CONSOLE = re.compile(
    rf"{START}[^\w\n]{{0,3}}(?:[\w./-]+[.,]js:{NUMBER}(?::\d+)? )?Uncaught (?:\(in promise\) )?(?P<message>\w*(?:Error|Exception)?:? [^\n]*?)"
    rf"(?:(?:[ \t]+|\s*\n[ \t]*[^\s\n]+ )(?P<file>(?:https?://)?[\w./:-]+?[.,]?(?:[cm]?[jt]sx?|html|vue)):(?P<line>{NUMBER})(?::\d+)?)?[ \t]*$",
    re.MULTILINE,
)
_LATER = re.compile(r"(?:(?:\n(?![ \t]*(?:at|in) )[^\n]*){1,14}?)(?=\n[ \t|\u2502]*at \S)")
"""Between what was expected and the trace there may be some lines: the values that differ."""
_KINDS = {"java": "java", "kt": "kotlin", "kts": "kotlin", "scala": "scala", "groovy": "java", "cs": "csharp", "fs": "csharp", "vb": "csharp",
          "ts": "typescript", "tsx": "typescript", "mts": "typescript"}  # fmt: skip


def thrown(text: str) -> Iterator[Found]:
    """What JavaScript, Java and their relatives print: a type, a message and `at …` with the places."""
    for match in _THROWN.finditer(text):
        trace = _FRAMES.match(text, match.end())
        if trace is None and "Assertion" in match["type"] and (between := _LATER.match(text, match.end())) is not None:
            trace = _FRAMES.match(text, between.end())
        frames = [*_FRAME.finditer(trace.group())] if trace else []
        if not frames and not (trace and re.search(r"\n\s*at \S+[.(]", trace.group())):
            continue
        own = next((each for each in frames if not _LIBRARIES.search(each["where"] + each["file"])), None)
        chosen = own or (frames[0] if frames else None)
        ending = path(chosen["file"]).rpartition(".")[2].casefold() if chosen else ""
        kind = _KINDS.get(ending, "javascript" if ending else "java" if "." in match["type"] else "javascript")
        name = match["type"].rpartition(".")[2]
        message = f"{name}: {match['message']}" if match["message"] else name
        file = path(chosen["file"]) if chosen else ""
        yield Found(kind, sentence(message), file, number(chosen["line"]) if chosen else None, match.start())
    for match in _JS_HEAD.finditer(text):
        ending = re.split(r"[.,]", match["file"])[-1]
        place = path(match["file"]), number(match["line"])
        yield Found(_KINDS.get(ending, "javascript"), sentence(match["message"]), *place, match.start("message") + 1)
    for match in _JS_CONSOLE.finditer(text):
        yield Found("javascript", sentence(match["message"]), path(match["file"]), number(match["line"]), match.start())


_GO_PANIC = re.compile(
    rf"{START}(?:panic|fatal error): (?P<message>[^\n]+)(?:\n[^\n]*){{0,6}}?\n[ \t]*g[o0]routine \d+(?P<trace>(?:[^\n]*\n?){{0,24}})"
)
_GO_PLACE = re.compile(rf"^[ \t]*(?P<file>\S+[.,]go):(?P<line>{NUMBER})(?: \+0x|[ \t]*$)", re.MULTILINE)
_RUST_PANIC = re.compile(
    rf"{START}thread '?[^\n]{{0,40}}? ?panicked at (?:{OPEN}(?P<before>[^\n]*?){CLOSE}, )?(?P<file>[^\s:,]+[.,]rs):(?P<line>{NUMBER})(?::\d+)?:?"
    r"[ \t]*(?:\n(?P<message>[^\n]+))?"
)
_PHP = re.compile(
    rf"(?:PHP )?(?P<message>(?:Fatal error|Parse error|Warning|Uncaught \w*(?:Error|Exception)|Recoverable fatal error|Catchable fatal error)"
    rf"[:;.] ?[^\n]+?(?:\n[^\n]+?)?) ?in ?(?P<file>/?\S+?[.,]?(?:php|phtml|inc)(?:\(\d+\))?)(?::| on {LINE} )(?P<line>{NUMBER})",
)
_RUBY = re.compile(
    rf"{START}(?:Traceback[^\n]*\n[^\n]*\n)?(?P<file>[\w./\\~-]+[.,](?:rb|rake)):(?P<line>{NUMBER}):(?: ?in [^\n:]{{1,80}}:)? "
    r"(?P<message>[^\n]+(?:\n[^\n]+)?? ?\((?P<type>(?:\w+::)*\w*(?:Error|Exception|Errno\w*|ENOENT|EACCES|ECONNREFUSED))\)|syntax error[^\n]*)"
)
_RUBY_SHORT = re.compile(
    rf"{START}(?P<file>[\w./\\~-]+[.,]rb):(?P<line>{NUMBER}): (?P<message>syntax error[^\n]*|warning: unreachable[^\n]*)"
)
_PERL = re.compile(
    rf"{START}(?P<message>[^\n]{{4,200}}) at (?P<file>\S+\.p[lm]) {LINE} (?P<line>{NUMBER})(?:\.|, near)"
)
_LUA = re.compile(rf"{START}lua[\d.]*: (?P<file>\S+\.lua):(?P<line>{NUMBER}): (?P<message>[^\n]+)")


def others(text: str) -> Iterator[Found]:
    """Panics of Go and Rust, and the errors of PHP, Ruby, Perl and Lua."""
    for match in _GO_PANIC.finditer(text):
        places = [*_GO_PLACE.finditer(match["trace"])]
        chosen = next((each for each in places if not _LIBRARIES.search(each["file"])), places[0] if places else None)
        file, line = (path(chosen["file"]), number(chosen["line"])) if chosen else ("", None)
        yield Found("go", sentence(match["message"]), file, line, match.start())
    for match in _RUST_PANIC.finditer(text):
        message = match["before"] or match["message"] or "panicked"
        yield Found("rust", sentence(message), path(match["file"]), number(match["line"]), match.start())
    for kind, pattern in (("php", _PHP), ("ruby", _RUBY), ("ruby", _RUBY_SHORT), ("perl", _PERL), ("lua", _LUA)):
        for match in pattern.finditer(text):
            yield Found(kind, sentence(match["message"]), path(match["file"]), number(match["line"]), match.start())
