"""Errors that a whole window is there for: pages of the browser that say what is wrong, and small windows. Pure."""

# ruff: noqa: E501 - a pattern reads best on one line

from __future__ import annotations

import re
from collections.abc import Iterator

from vision.understanding.error import LINE, NUMBER, Found, number, path, sentence

_MOST_WORDS = 130
"""A page that only says what is wrong is short; a longer one is about something."""
_MOST_DIALOG_WORDS = 90
_CODES = re.compile(
    r"\b(?P<code>(?:NET::)?ERR_[A-Z][A-Z_]{4,60}|DNS_PROBE_[A-Z_]{4,40}|SEC_ERROR_[A-Z_]{4,40}|SSL_ERROR_[A-Z_]{4,40}|"
    r"MOZILLA_PKIX_ERROR_[A-Z_]{4,40}|STATUS_[A-Z_]{6,40}|RESULT_CODE_[A-Z_]{4,40}|PR_[A-Z_]{4,30}_ERROR|NS_ERROR_[A-Z_]{4,40})\b"
)
_SENTENCES = re.compile(
    r"(?P<message>This site can[^\n]{1,3}t be reached|This page isn[^\n]{1,3}t working|Your connection is not private|"
    r"Unable to connect|Hmm\. We[^\n]{1,3}re having trouble finding that site\.?|Server Not Found|Secure Connection Failed|"
    r"Warning: Potential Security Risk Ahead|Did Not Connect: Potential Security Issue|The connection has timed out|"
    r"The connection was reset|Gah\. Your tab just crashed\.?|Aw, Snap!|No internet|Problem loading page|"
    r"Safari Can[^\n]{1,3}t (?:Open the Page|Connect to the Server|Find the Server)|You are offline|"
    r"Diese Website ist nicht erreichbar|Die Website ist nicht erreichbar|Diese Seite funktioniert nicht|"
    r"Dies ist keine sichere Verbindung|Seite wurde nicht gefunden|Fehler: (?:Verbindung|Netzwerk)[^\n]{0,60}|"
    r"Ce site est inaccessible|Votre connexion n[^\n]{1,3}est pas priv.e|No se puede acceder a este sitio(?: web)?|"
    r"Hmm\S{0,3} (?:can[^\n]{1,3}t reach this page|diese Seite ist nicht erreichbar)|Hm, diese Website kann nicht gefunden werden|Seiten-Ladefehler|"
    r"Verbindung fehlgeschlagen|La connexion a .chou.|Connexion bloqu.e|Probl.me de chargement de la page|No se puede conectar|"
    r"Impossibile raggiungere il sito|Connessione non riuscita|N.o . poss.vel (?:acessar|aceder a) es[st]e site|Deze site is niet bereikbaar|"
    r"Ta witryna jest nieosi.galna|Webbplatsen kan inte n.s|(?i:Safari can[^\n]{1,3}t (?:open the page|connect to the server|find the server)))"
)
_STATUS = re.compile(
    r"(?m:^|[|] *)[^\w\n]{0,3}(?P<message>(?:HTTP (?:ERROR|Error|Status) ?)?(?:Error(?: code)?[: ]{1,2})?(?P<code>4[0-5]\d|50\d|52\d)"
    r"(?:[.:! ]*(?:[-\u2013\u2014|] ?)?(?:That[^\n]{1,3}s an error\.?|(?:Page |File |Seite )?Not Found|Internal Server Error|"
    r"Bad Gateway|Service (?:Temporarily )?Unavailable|Gateway Time-?out|Forbidden|Unauthorized|Bad Request|Too Many Requests|"
    r"Method Not Allowed|Gone|Request Timeout|Not Implemented|Web server is down|\s*Connection timed out|[^\n]{0,60}nicht gefunden|error)|[ \t]*$))",
    re.MULTILINE | re.IGNORECASE,
)
_FRAMEWORKS = re.compile(
    r"(?m:^)\s*(?P<message>(?:\w+(?:\.\w+)*(?:Error|Exception|DoesNotExist)) at /[^\n]*|Unhandled Runtime Error[^\n]*|"
    r"Failed to compile\.?|Whitelabel Error Page|A server error occurred[^\n]*|Application error: a (?:client|server)-side[^\n]*|"
    r"Uncaught runtime errors:?[^\n]*|Cannot GET /[^\n]*)"
)

_PLACES = (
    re.compile(rf"Exception Location: ?\s*(?P<file>[^\n,]{{1,240}}), ?{LINE} (?P<line>{NUMBER})"),  # Django
    re.compile(rf"(?m:^)[ \t]*(?P<file>[\w./@-]+[.,][cm]?[jt]sx?) \((?P<line>{NUMBER}):{NUMBER}\)"),  # Next.js
)
"""Where a framework's page says that it went wrong"""
_BARE = re.compile(r"Unhandled Runtime Error|Failed to compile\.?|Uncaught runtime errors:?|Whitelabel Error Page")
"""It says nothing by itself: the words below do."""
_PHP_PAGE = re.compile(
    rf"(?m:^)\s*(?P<message>(?:Fatal|Parse) error: [^\n]+?) in (?P<file>/?[^\s\n]+?\.(?:php|phtml|inc)):?(?: on {LINE} )?(?P<line>{NUMBER})\b"
)

_DIALOG_TITLES = re.compile(
    r"(?:^|[-\u2013\u2014:|] ?)(?:fatal |application |runtime |system |script |unexpected |critical |unhandled )?(?:error|(?:system|anwendungs|laufzeit)?fehler|erreur|errore|erro|fout|fel|"
    r"b[\u0142l][\u0105a]d|chyba|hiba|hata|virhe|feil|fejl|\u043e\u0448\u0438\u0431\u043a\u0430|\u30a8\u30e9\u30fc|\u9519\u8bef|\u932f\u8aa4|\uc624\ub958|exception|crash(?:ed)?)(?: report(?:er)?)?!?$|"
    r"^(?:microsoft visual c\+\+ runtime library|problem report for \S+|internal problem in \S+|.* has stopped working|"
    r".* (?:quit unexpectedly|is not responding|keeps stopping|funktioniert nicht mehr|reagiert nicht|ne r[\u00e9e]pond pas))$",
    re.IGNORECASE,
)
_DIALOG_WORDS = re.compile(
    r"(?P<message>(?:[^\n]{0,80} (?:has stopped working|quit unexpectedly|is not responding|funktioniert nicht mehr|reagiert nicht)\b[^\n]*|"
    r"(?:An? )?(?:unhandled exception|unexpected error|fatal error|internal error|application error)[^\n]{0,120}|"
    r"The application was unable to start correctly[^\n]*|The code execution cannot proceed because[^\n]*|"
    r"Sorry, (?:Ubuntu|the application|a problem)[^\n]*|The program can[^\n]{1,3}t start because[^\n]*|"
    r"(?:The file|File) [^\n]{1,80} (?:could not be|cannot be) (?:opened|saved|read|written|found)[^\n]*|"
    r"Windows cannot (?:find|access|open)[^\n]*))",
    re.IGNORECASE,
)
_SAID_FIRST = re.compile(r"^(?:error|fehler|erreur|errore|erro|fout) ?[-\u2013\u2014:|] ?\S", re.IGNORECASE)
"""`Error — Dolphin`: of no editor or terminal, where it may be the name of a file"""
_WITH_BUTTON = re.compile(
    r"(?P<message>(?:You (?:do not|don[^\n]{1,3}t) have permission[^\n]*|The operation can[^\n]{1,3}t be completed[^\n]*|"
    r"[^\n]{1,80} (?:is damaged and can|can)[^\n]{1,3}t be opened[^\n]*|We couldn[^\n]{1,3}t (?:find|open|save)[^\n]*|\w+ experienced an error[^\n]*|"
    r"Cannot (?:save|open|load|read|write|connect)[^\n]*|Opening [^\n]{1,80} failed[^\n]*|[^\n]{0,60}(?:[Dd]isk is full|not enough (?:disk )?space|Access is denied)[^\n]*|"
    r"Die Ausf.hrung des Codes kann nicht fortgesetzt werden[^\n]*|[^\n]{1,80}(?:konnte|kann) nicht (?:ge.ffnet|gespeichert|gefunden|gelesen|abgeschlossen)[^\n]*|"
    r"Zugriff verweigert[^\n]*|Impossible d[^\n]{1,3}(?:ouvrir|enregistrer)[^\n]*|No se (?:puede|pudo) (?:abrir|guardar)[^\n]*))"
)
"""What may be said in many ways, and counts only where there is a button below it"""
_BUTTONS = re.compile(
    r"^[\W_]*(?:(?:ok|cancel|close|retry|abort|ignore|help|details|yes|no|send|don[^\n]{1,2}t send|report|reopen|quit|abbrechen|schlie.en|ja|"
    r"nein|annuler|fermer|wait|force quit|continue|more info\w*|x|show details|relaunch)[\W_]*)+$",
    re.IGNORECASE,
)


def page(title: str, text: str) -> Iterator[Found]:
    """What the browser says instead of a page, or the server instead of an answer."""
    short = len(text.split()) <= _MOST_WORDS
    if not short:
        return
    code = _CODES.search(text)
    said = _SENTENCES.search(text)
    status = _STATUS.search(text) or (_STATUS.search(title) if len(text.split()) <= _MOST_WORDS // 3 else None)
    framework = _FRAMEWORKS.search(text)
    shown = [match for match in (said, code) if match is not None]
    if shown:
        yield Found("browser", sentence(": ".join(match[1] for match in shown)), at=shown[-1].start())
    elif framework:
        yield _framework(text, framework)
    elif php := _PHP_PAGE.search(text):
        yield Found("php", sentence(php["message"]), path(php["file"]), number(php["line"]), php.start())
    elif status:
        yield Found("browser", sentence(status["message"]), at=status.start())


def _framework(text: str, match: re.Match[str]) -> Found:
    """The page of a web framework, with the place in the user's own code where it names one."""
    message = match["message"]
    below = text[match.end() :].strip().partition("\n")[0]
    if below and (_BARE.fullmatch(message.strip()) or " at /" in message):
        message = f"{message.strip(' :.')}: {below}"
    place = next((found for pattern in _PLACES if (found := pattern.search(text, match.end()))), None)
    file, line = (path(place["file"]), number(place["line"])) if place else ("", None)
    return Found("browser", sentence(message), file, line, match.start())


def named_so(title: str) -> bool:
    """Does the title say that this window tells of an error?"""
    return _DIALOG_TITLES.search(" ".join(title.split())) is not None


def dialog(title: str, text: str, *, only_dialogs: bool, loose: bool = True) -> Iterator[Found]:
    """What a small window says went wrong. `only_dialogs`: the program shows nothing else.

    `loose`: its title and its words may say so in more ways, for its program writes no code.
    """
    if len(text.split()) > _MOST_DIALOG_WORDS:
        return
    named = named_so(title) or (loose and _SAID_FIRST.match(title.strip()) is not None)
    said = _DIALOG_WORDS.search(text)
    if said is None and any(map(_BUTTONS.match, filter(str.strip, text.splitlines()))):
        said = _WITH_BUTTON.search(text)
    if not (named or said or (only_dialogs and re.search(r"\b(?:error|fehler|failed|erreur)\b", text, re.IGNORECASE))):
        return
    lines = [line for line in map(str.strip, text.splitlines()) if line and not _BUTTONS.match(line)]
    lines = [line for line in lines if line.casefold() != title.strip().casefold() and any(map(str.isalpha, line))]
    message = said["message"] if said else " ".join(lines[:2]) or title
    yield Found("dialog", sentence(message), at=said.start() if said else 0)
