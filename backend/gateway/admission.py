"""Who may come in: decided from the headers alone, before anything is accepted.

Pure. Three questions, in this order: does the request name us (Host), does it come from a page of
ours or from no page at all (Origin), and does it hold the token. What lies behind the door is not known here.

A browser sends Host and Origin truthfully whatever a page wants, so these two stop pages of
other sites, even those that point their own name at this machine (DNS rebinding). The token stops other users
and programs.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, unquote_plus

SUBPROTOCOL_PREFIX = "alisa.token."
OPEN_PATHS = frozenset({"/", "/health", "/health/live", "/health/ready"})
"""What any program on this machine may read: that she is there and how she is, nothing that was said."""
CHAT_PATH = "/ws/chat"
SETTINGS_PATH = "/settings"
_READING = frozenset({"GET", "HEAD"})
_WHERE_IT_IS = "On the computer where she runs, `alisa token` shows it."


@dataclass(frozen=True, slots=True)
class Knock:
    """What is known of somebody at the door. `local` and `peer` are addresses of this connection."""

    kind: str
    """`http` or `websocket`"""
    method: str
    path: str
    query: str
    headers: Mapping[str, tuple[str, ...]]
    """lower-case names, every value that came under each"""
    local: tuple[str, int]
    peer: str

    @classmethod
    def of(cls, kind: str, method: str, path: str, query: bytes, headers: Iterable[tuple[bytes, bytes]],
           local: tuple[str, int], peer: str) -> Knock:  # fmt: skip
        """Gather the headers of an ASGI scope by name."""
        gathered: dict[str, tuple[str, ...]] = {}
        for raw_name, value in headers:
            name = raw_name.decode("latin-1").lower()
            gathered[name] = (*gathered.get(name, ()), value.decode("latin-1"))
        return cls(kind, method, path, query.decode("latin-1"), gathered, (_unmapped(local[0]), local[1]), peer)

    @property
    def wants_html(self) -> bool:
        """Whether a browser shows the answer to somebody."""
        return self.kind == "http" and any("text/html" in value for value in self.headers.get("accept", ()))

    def only(self, name: str) -> str | None:
        """The one value of a header; None when it is absent. Raises Refusal when it came twice."""
        values = self.headers.get(name, ())
        if len(values) > 1:
            raise Refusal(HTTPStatus.BAD_REQUEST, "bad_request", f"The {name} header came more than once.",
                          "Send it once.")  # fmt: skip
        return values[0] if values else None


@dataclass(frozen=True, slots=True)
class Admitted:
    """Somebody may come in."""

    guest: bool = False
    """without the token: may talk in the plain dialect, and nothing else"""
    by_link: bool = False
    """the token came in the address, as in the link that is printed at start"""


class Refusal(Exception):  # noqa: N818 - it is an answer, not a fault
    """Somebody may not come in: the status of the answer, and what to do about it."""

    def __init__(self, status: HTTPStatus, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Rules:
    """What the door goes by. `own_name` is the address or name that the hub was told to bind."""

    token: str = field(repr=False)
    own_name: str = "127.0.0.1"
    allow_guests: bool = False

    def admit(self, knock: Knock) -> Admitted:
        """Decide. Raises Refusal."""
        host = self._own_host(knock)
        origin = knock.only("origin")
        if origin is not None and origin != f"http://{host}":
            raise Refusal(HTTPStatus.FORBIDDEN, "wrong_origin", "Pages of other sites may not talk to Alisa.",
                          f"Open http://{host}/ instead.")  # fmt: skip
        return self._token_holder(knock, origin)

    def cookie_name(self, port: int) -> str:
        """Browsers keep one jar for all ports of a host, so the port stands in the name."""
        return f"alisa_{port}"

    def cookie_value(self) -> str:
        """What the browser holds instead of the token: it follows from the token and does not tell it."""
        return hmac.new(self.token.encode(), b"alisa web page", hashlib.sha256).hexdigest()

    def _own_host(self, knock: Knock) -> str:
        host = knock.only("host")
        if host is None or host not in self._hosts(*knock.local):
            raise Refusal(HTTPStatus.FORBIDDEN, "wrong_host", "This address is not Alisa's own.",
                          f"Use http://{_bracketed(knock.local[0])}:{knock.local[1]}/.")  # fmt: skip
        return host

    def _hosts(self, address: str, port: int) -> frozenset[str]:
        """The Host headers that name us: the address that was connected to, and the names that can only mean it."""
        names = {_bracketed(address)}
        if is_loopback(address):
            names |= {"127.0.0.1", "localhost"} if ":" not in address else {"[::1]", "localhost"}
        if not _is_wildcard(self.own_name):
            names.add(_bracketed(self.own_name))
        return frozenset(f"{name}:{port}" for name in names) | (frozenset(names) if port == 80 else frozenset())

    def _token_holder(self, knock: Knock, origin: str | None) -> Admitted:
        shown = _shown_token(knock)
        if shown is not None:
            if not _same(shown.token, self.token):
                raise Refusal(HTTPStatus.UNAUTHORIZED, "token_wrong", "The token is not right.", _WHERE_IT_IS)
            return Admitted(by_link=shown.by_link)
        if self._holds_cookie(knock):
            # A page of ours always sends Origin with what it changes or connects to.
            if origin is None and (knock.kind == "websocket" or knock.method not in _READING):
                raise Refusal(HTTPStatus.FORBIDDEN, "wrong_origin", "This needs to come from Alisa's own page.",
                              "Programs present the token itself.")  # fmt: skip
            return Admitted()
        if knock.kind == "http" and knock.path in OPEN_PATHS and knock.method in _READING:
            return Admitted(guest=True)
        if self._may_be_guest(knock, origin):
            return Admitted(guest=True)
        raise Refusal(HTTPStatus.UNAUTHORIZED, "token_missing", "The token is missing.", _WHERE_IT_IS)

    def _holds_cookie(self, knock: Knock) -> bool:
        wanted = self.cookie_value()
        name = self.cookie_name(knock.local[1])
        for header in knock.headers.get("cookie", ()):
            try:
                morsel = SimpleCookie(header).get(name)
            except CookieError:
                continue
            if morsel is not None and _same(morsel.value, wanted):
                return True
        return False

    def _may_be_guest(self, knock: Knock, origin: str | None) -> bool:
        return (
            self.allow_guests
            and origin is None
            and knock.kind == "websocket"
            and knock.path == CHAT_PATH
            and is_loopback(knock.peer)
        )


@dataclass(frozen=True, slots=True)
class _Shown:
    token: str
    by_link: bool = False


def _shown_token(knock: Knock) -> _Shown | None:
    """The token that was presented, however wrong; None when none was. The first place that has one counts."""
    authorization = knock.only("authorization")
    if authorization is not None:
        scheme, _, credentials = authorization.partition(" ")
        return _Shown(credentials.strip() if scheme.lower() == "bearer" else "")
    asked = parse_qs(knock.query, keep_blank_values=True).get("token")
    if asked is not None:
        return _Shown(asked[0] if len(asked) == 1 else "", by_link=True)
    offered = [name for name in subprotocols(knock) if name.startswith(SUBPROTOCOL_PREFIX)]
    if offered and knock.kind == "websocket":
        return _Shown(offered[0].removeprefix(SUBPROTOCOL_PREFIX) if len(offered) == 1 else "")
    return None


def subprotocols(knock: Knock) -> list[str]:
    """What a WebSocket client offered, in its order."""
    offered = ",".join(knock.headers.get("sec-websocket-protocol", ()))
    return [name.strip() for name in offered.split(",") if name.strip()]


def without_token(query: str) -> str:
    """The query with every `token` taken out, so that nothing further in can log it."""
    return "&".join(part for part in query.split("&") if unquote_plus(part.partition("=")[0]) != "token")


def is_loopback(address: str) -> bool:
    """Does this address mean this machine itself?"""
    try:
        return ipaddress.ip_address(_unmapped(address)).is_loopback
    except ValueError:
        return address == "localhost"


def _unmapped(address: str) -> str:
    """An IPv4 address that an IPv6 socket shows as `::ffff:127.0.0.1`, as itself."""
    return address.removeprefix("::ffff:") if "." in address else address


def _is_wildcard(name: str) -> bool:
    return name in ("", "0.0.0.0", "::")  # noqa: S104 - recognised, not bound


def _bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address


def _same(shown: str, wanted: str) -> bool:
    """Compare in constant time; both are hashed first, so that not even the length tells anything."""
    digests = (hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() for text in (shown, wanted))
    return hmac.compare_digest(*digests)
