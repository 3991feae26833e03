"""Secrets that are short or plain, and known by the words around them: one-time codes, PINs, options of commands. Pure.

None of them looks like a secret: `482913` is a number until somebody writes that it is a code. So each stands here with
its company. What ordinary code and prose look like is left alone.
"""

# ruff: noqa: E501 - a pattern reads best on one line

from __future__ import annotations

import re
from collections.abc import Iterator

_NUMBER = r"(?:[A-Z]{1,2}-)?\d(?:[ -]?\d){2,9}(?![\d.]*\d)"
_GROUPS = r"(?=[\w-]{0,40}\d)[A-Za-z0-9]{4,5}(?:-[A-Za-z0-9]{4,5}){1,7}"
_CODE = re.compile(
    r"(?:verification|confirmation|security|log-?in|sign-?in|access|one[ -]time|2fa|two[ -]factor|authenti\w+|recovery|backup|reset|sms|"
    r"best.tigungs|sicherheits|pr.f|freigabe|einmal|anmelde|v.rification|s.curit.|verificaci.n|verifica|seguridad|c.digo de)[ -]?"
    r"(?:code|passcode|pin|c.digo|codice|verificaci.n|seguridad)s?\b[ \t]*(?:\([^)\n]{0,20}\)[ \t]*)?(?:is|ist|lautet|est|es|\u00e8)?[ \t]*[:=\u2013\u2014-]?[ \t]*(?:\n[ \t]*)?"
    rf"(?P<value>{_NUMBER}|{_GROUPS})(?![\w-])",
    re.IGNORECASE,
)
_CODE_FIRST = re.compile(
    rf"(?<![\w.-])(?P<value>{_NUMBER}) is your\b[^\n]{{0,60}}\b(?:code|pin|password)\b", re.IGNORECASE
)
_PIN = re.compile(
    r"(?<![\w.])(?:OTP|m?TAN|PIN|PUK|CVV2?|CVC2?|CSC)(?:[ -]?(?:[Cc]ode|CODE|[Nn]umber|[Nn]ummer|Nr\.?))?[ \t]*(?:[:=]|is|ist|lautet)?[ \t]*(?P<value>\d{3,8})(?![\w.])"
)
_SOCIAL = re.compile(
    r"(?:(?:ssn|social security(?: number| no\.?)?)[^\n\d]{0,12}(?P<value>\d{3}[- ]?\d\d[- ]?\d{4})(?!\d))|(?<![\w.-])(?P<bare>(?!000|666|9)\d{3}-\d\d-\d{4})(?![\w-])",
    re.IGNORECASE,
)
_OPTION = re.compile(
    r"(?:\b(?:mysql|mysqldump|mysqladmin|mariadb(?:-dump)?)\b[^\n|;]{0,200}?\s-p(?P<mysql>[^\s\-][^\s]{0,100})|"
    r"\bsshpass[ \t]+-p[ \t]*(?P<ssh>\S{1,100})|\b(?:docker|podman|helm registry|az|cf)[ \t]+login\b[^\n|;]{0,200}?\s-p[ \t]+(?P<login>[^\s-]\S{0,100})|"
    r"\bredis-cli\b[^\n|;]{0,200}?\s-a[ \t]+(?P<redis>\S{1,100})|\b(?:zip|unzip|7z|rar)\b[^\n|;]{0,200}?\s-[pP][ \t]?(?P<zip>[^\s-]\S{2,100})|"
    r"\b(?:ldapsearch|ldapmodify|ldapadd)\b[^\n|;]{0,200}?\s-w[ \t]+(?P<ldap>\S{1,100})|\bhtpasswd[ \t]+-\w*b\w*[ \t]+\S+[ \t]+\S+[ \t]+(?P<ht>\S{1,100})|"
    r"\bsmbclient\b[^\n|;]{0,200}?\s-U[ \t]*[^\s%]{1,60}%(?P<smb>\S{1,100}))"
)
_TAG = re.compile(
    r"<(?P<tag>[\w:-]*(?:passw\w+|secret|api-?key|token|passphrase)[\w:-]*)>(?P<value>[^<\n]{1,200})</", re.IGNORECASE
)
_SIGNED = re.compile(
    r"(?<![A-Za-z])(?:sig|signature|x-amz-signature|x-amz-credential|x-goog-signature)=(?P<value>[^\s&\"'<>]{8,600})",
    re.IGNORECASE,
)
_WIFI = re.compile(
    r"(?:\bpsk|\b(?:wpa[23]?|wep|wi-?fi|wlan|network security|pre-?shared)[ -]?(?:psk|key|schl.ssel))[ \t]*[:=][ \t]*\"?(?P<value>(?=\S{0,80}[\d\W])[^\s\"]{8,63})",
    re.IGNORECASE,
)
_BASIC = re.compile(r"\bBasic (?P<value>[A-Za-z0-9+/]{10,400}={1,2})")
_PASSPHRASE = re.compile(
    r"pass[ _-]?phrase[\"']?[ \t]*(?:[:=]|is)[ \t]*[\"']?(?P<value>[A-Za-z]{2,12}(?:[ -][A-Za-z]{2,12}){2,11})\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"(?<![\w.-])(?:password|passwd|passwort|kennwort|passcode|mot de passe|contraseña|senha|пароль)[ \t]{1,8}"
    r"(?P<value>(?=\S{0,80}\d)(?=\S{0,80}[A-Za-z])[^\s:=()\[\]{}<>\"'`,;]{6,64})(?![\w(])",
    re.IGNORECASE,
)
_NO_PASSWORD = re.compile(
    r"(?:sha-?\d+|md5|oauth\d?|argon\w+|bcrypt\d*|base\d+|utf-?\d+|v?\d+(?:\.\d+)+|ipv\d|x509|rfc\d+|pbkdf\d\S*|pkcs\d*|crypt\d*|http\S*|.*[/\\].*|[a-z_]+\d?\.\w+)[.,!?]*",
    re.IGNORECASE,
)
_ALL = (_CODE, _CODE_FIRST, _PIN, _SOCIAL, _OPTION, _SIGNED, _WIFI, _BASIC, _PASSPHRASE, _TAG)


def found(text: str, hidden: str) -> Iterator[tuple[int, int]]:
    """Where they stand. `hidden` is what an earlier pass has put in the place of one."""
    for pattern in _ALL:
        for match in pattern.finditer(text):
            name = next(name for name, value in match.groupdict().items() if value is not None and name != "tag")
            if hidden not in match[name]:
                yield match.span(name)
    for match in _BESIDE.finditer(text):
        if hidden not in match["value"] and not _NO_PASSWORD.fullmatch(match["value"]):
            yield match.span("value")
