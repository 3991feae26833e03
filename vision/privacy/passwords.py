"""Secrets that are known by what stands before them: `password=`, `pwd:`, `Authorization: Bearer`, `--token`. Pure.

A value is left alone where it plainly is none: a type, a call, a place for a value. The words are those of several
languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_STRONG = (
    r"pass[ _-]?word[sd]?|passwd|pass[ _-]?phrase|passcode|pwd|passwort|kennwort|mot[ _]de[ _]passe|contraseña|senha|"
    r"wachtwoord|hasło|пароль|şifre|parola|lösenord|adgangskode|salasana|heslo|jelszó|密码|密碼|パスワード|비밀번호"
)
_WEAK = (
    r"secret|token|api[ _-]?key|apikey|access[ _-]?key(?:[ _-]?id)?|secret[ _-]?key|account[ _-]?key|private[ _-]?key|"
    r"auth[ _-]?key|signing[ _-]?key|encryption[ _-]?key|client[ _-]?secret|credential|"
    r"shared[ _-]?access[ _-]?signature|"
    r"session[ _-]?id|cookie|x-api-key|one[ _-]time[ _-]code"
)
_QUOTED = (
    r"(?P<quote>[\"'`])"
    r"(?P<quoted>(?:\\.|(?!(?P=quote))[^\\\r\n]|\r?\n(?!\s*\n)(?=[^\n]{0,200}(?P=quote))){0,400})(?P=quote)"
)
_OPEN = r"[\"'`](?P<open>[^\r\n]{1,400})"
_BARE = r"(?P<bare>[^\s\"'`][^\s]{0,400})"
_VALUE = rf"(?:{_QUOTED}|{_OPEN}|{_BARE})"
_NEXT = r"[ \t]*(?:\r?\n[ \t]*)?"

_NAMED = re.compile(
    rf"(?P<key>(?:{_STRONG})|(?:(?<![A-Za-z])pass)|(?P<weak>{_WEAK}))[\"'`\]]{{0,2}}[ \t]*"
    rf"(?P<sign>:=|[:=\uff1a\uff1d]>?|=>){_NEXT}{_VALUE}",
    re.IGNORECASE,
)
_FLAG = re.compile(rf"--?(?P<key>{_STRONG}|pass|(?P<weak>{_WEAK}))[ \t]+(?P<sign>)(?!-){_VALUE}", re.IGNORECASE)
_SAID = re.compile(
    rf"(?P<key>{_STRONG}|(?P<weak>{_WEAK}))[ \t]+(?P<sign>is|ist|lautet|est|es|è|é)[ \t]*:?{_NEXT}{_VALUE}",
    re.IGNORECASE,
)
_HEADER = re.compile(
    rf"authorization[\"']?[ \t]*[:=]{_NEXT}[\"']?(?:(?:basic|bearer|token|digest|apikey|negotiate)\s+)?"
    r"(?P<value>[^\s\"']{6,4000})",
    re.IGNORECASE,
)
_BEARER = re.compile(
    r"bearer[\s:=\"']+(?P<value>(?=[A-Za-z._~+/=-]{0,400}[0-9])[A-Za-z0-9._~+/=-]{8,4000})", re.IGNORECASE
)
_USER = re.compile(r"(?<=\s)(?:-u|--user)[ =]?[\"']?(?P<value>[^\s:\"']{1,80}:[^\s\"']{1,200})")
_PHRASE = re.compile(
    r"(?:seed|recovery|secret|backup|mnemonic|wiederherstellungs)[ -]?(?:phrase|words|wörter)?"
    r"[^\n]{0,40}[:=\n]\s*[\"']?"
    r"(?P<value>(?:\d{0,2}[.)]?\s*(?-i:[a-z]{3,8})[\s,]+){11,23}(?:\d{0,2}[.)]?\s*(?-i:[a-z]{3,8})))\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?P<value>\b1[.)]\s*[a-z]{3,8}\s+2[.)]\s*[a-z]{3,8}(?:\s+\d{1,2}[.)]\s*[a-z]{3,8}){10,22})\b")

_NO_VALUE = re.compile(
    r"(?:str|string|text|bytes|bool|boolean|int|number|none|null|nil|undefined|true|false|any|optional|required|hidden|"
    r"varchar|char|object|self|yes|no|\*+|•+|●+|…|\.{2,}|x{3,}|n/a|password|passwd|token|secret|value|"
    r"<[^>]*>|\$\{[\w.:-]+\}|\$(?-i:[A-Z_][A-Z0-9_]*)|\$\([^)]*\)|%\w+%|\{+[^}]*\}+|\[[^\]]*\])[\]),;.:?|]*(?:\[.*)?",
    re.IGNORECASE,
)  # fmt: skip
_CALL = re.compile(
    r"(?:await[ \t]+)?(?:new[ \t]+)?(?:[A-Za-z_]\w*(?:\.|::|->))*"
    r"(?:getpass|input|prompt|getenv|environ|env|get|find|read|load|fetch|create|make|generate|hash|bcrypt|next|pop|"
    r"decode|encode|quote|field|Field|SecretStr|Column|Depends|Header|Form|Body|Query|useState|String|len|"
    r"(?:get|find|read|load|fetch|create|make|generate|hash|new|require|parse|is|has|check|validate|verify)_?[A-Za-z]\w*)"
    r"(?:\[|\()"
)  # fmt: skip
_ANY_CALL = re.compile(r"(?:await[ \t]+)?[A-Za-z_]\w*(?:\.\w+)*[\[(]")
_PLACEHOLDER = re.compile(r"[A-Z_]+|[<{$%\[].*|\.{3}|…")
_KEYWORDS = frozenset({
    "return", "if", "else", "for", "while", "raise", "pass", "try", "except", "with", "from", "import", "def", "class",
    "print", "continue", "break", "yield", "await", "async", "lambda", "and", "or", "not", "in", "is", "the", "a", "it",
    "this", "that", "your", "my", "please", "must", "should", "der", "die", "das", "le", "la", "el", "at", "type", "-",
})  # fmt: skip
_CLOSING = ",;)]}>\"'`"


def found(text: str, hidden: str) -> Iterator[tuple[int, int]]:
    """Where the values stand. `hidden` is what an earlier pass has put in the place of one."""
    for pattern in (_NAMED, _FLAG, _SAID):
        for match in pattern.finditer(text):
            yield from _value(text, match, hidden)
    for pattern in (_HEADER, _BEARER, _USER, _PHRASE, _NUMBERED):
        for match in pattern.finditer(text):
            value = match["value"].rstrip(_CLOSING)
            if not (match["value"].startswith(hidden) or _PLACEHOLDER.fullmatch(value)):
                yield match.span("value")


def _value(text: str, match: re.Match[str], hidden: str) -> Iterator[tuple[int, int]]:
    """The place of the value of a name, unless it is none."""
    group = next(name for name in ("quoted", "open", "bare") if match[name] is not None)
    start, end = match.span(group)
    value = match[group]
    if hidden in value or not value.strip():
        return
    if group == "bare":
        value = value.rstrip(_CLOSING) or value
        end = start + len(value)
        unsure = match["weak"] or match["key"].casefold() == "pass"
        if (
            _NO_VALUE.fullmatch(match["bare"])
            or _is_none(value, match)
            or (_ANY_CALL if unsure else _CALL).match(value)
        ):
            return
        end = _with_rest(text, start, end)
    elif _NO_VALUE.fullmatch(value):
        return
    if match["weak"] and not _looks_secret(value, quoted=group != "bare"):
        return
    yield start, end


def _is_none(value: str, match: re.Match[str]) -> bool:
    if _NO_VALUE.fullmatch(value) or value.casefold().strip(".,:;!?") in _KEYWORDS or not any(map(str.isalnum, value)):
        return True
    told = match["sign"].isalpha() or "\n" in match.group()[: match.start("bare") - match.start()]
    flag = not match["sign"]
    if told and not _is_odd(value):
        return True
    return flag and value.isupper() and value.isalpha()


def _looks_secret(value: str, *, quoted: bool) -> bool:
    """Weak names (`token`) name many things: their value has to look like a secret."""
    value = value if quoted else re.split(r"[\])},;]", value)[0]
    if len(value) < 6 or re.fullmatch(r"[0-9.]{1,7}", value):
        return False
    return any(map(str.isdigit, value)) or (quoted and len(value) >= 8 and not any(map(str.isspace, value)))


def _is_odd(value: str) -> bool:
    """Is it no word of prose: digits, signs, or capitals within?"""
    return any(map(str.isdigit, value)) or not value.strip(".,:;!?").isalpha() or not value[1:].islower()


def _with_rest(text: str, start: int, end: int) -> int:
    """Where the value ends that a line break cut in two: after a long piece at a line's end."""
    rest = re.compile(r"[ \t]*\r?\n[ \t]*(\S{1,200})").match(text, end)
    if end - start >= 12 and rest is not None and any(map(str.isdigit, rest[1])) and not re.search(r"[=:(]", rest[1]):
        return rest.end(1)
    return end
