"""Who may come in, from headers alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.gateway.admission import Admitted, Knock, Refusal, Rules, is_loopback, without_token

TOKEN = "t" * 43
RULES = Rules(TOKEN)
GUESTS = Rules(TOKEN, allow_guests=True)
OURS = "127.0.0.1:8000"


def knock(
    *headers: tuple[str, str],
    kind: str = "websocket",
    method: str = "GET",
    path: str = "/ws/chat",
    query: str = "",
    host: str | None = OURS,
    local: tuple[str, int] = ("127.0.0.1", 8000),
    peer: str = "127.0.0.1",
) -> Knock:
    """Somebody at the door, by default a program on this machine that names us rightly."""
    named = [("Host", host)] if host is not None else []
    raw = [(name.encode(), value.encode("latin-1")) for name, value in (*named, *headers)]
    return Knock.of(kind, method, path, query.encode("latin-1"), raw, local, peer)


BEARER = ("Authorization", f"Bearer {TOKEN}")


def refused(rules: Rules, visitor: Knock) -> str:
    with pytest.raises(Refusal) as caught:
        rules.admit(visitor)
    assert caught.value.message
    assert caught.value.hint
    return caught.value.code


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000"])
def test_own_names_are_let_in(host: str) -> None:
    """Whoever names this hub by one of its own names and holds the token comes in."""
    assert RULES.admit(knock(BEARER, host=host)) == Admitted()


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "evil.example:8000", "127.0.0.1", "localhost", "127.0.0.1:8001", "[::1]:8000",
        "127.0.0.1:8000 ", "127.0.0.1:8000.evil.example", "LOCALHOST:8000", "0.0.0.0:8000", "127.1:8000", "",
    ],
)  # fmt: skip
def test_every_other_host_is_refused(host: str) -> None:
    """A name that is not exactly ours is refused even with the token: it may be a page that rebinds its own name."""
    assert refused(RULES, knock(BEARER, host=host)) == "wrong_host"


@settings(deadline=None)
@given(st.text(st.characters(max_codepoint=255)))
def test_no_host_but_ours_comes_in(host: str) -> None:
    """Whatever stands in the Host header, only our own names pass."""
    try:
        RULES.admit(knock(BEARER, host=host))
    except Refusal:
        assert host not in ("127.0.0.1:8000", "localhost:8000")
    else:
        assert host in ("127.0.0.1:8000", "localhost:8000")


def test_a_missing_host_is_refused() -> None:
    """A request that names nobody is not for us."""
    assert refused(RULES, knock(BEARER, host=None)) == "wrong_host"


def test_names_follow_the_address_that_was_connected_to() -> None:
    """IPv6 has its own name; a wider address is known by itself and by the name it was bound by."""
    six = ("::1", 8000)
    assert RULES.admit(knock(BEARER, host="[::1]:8000", local=six))
    assert refused(Rules(TOKEN, "::1"), knock(BEARER, local=six)) == "wrong_host"
    wide = ("192.168.1.5", 8000)
    assert RULES.admit(knock(BEARER, host="192.168.1.5:8000", local=wide, peer="192.168.1.9"))
    assert refused(Rules(TOKEN, "0.0.0.0"), knock(BEARER, host="localhost:8000", local=wide)) == "wrong_host"
    assert Rules(TOKEN, "alisa.lan").admit(knock(BEARER, host="alisa.lan:8000", local=wide))
    mapped = ("::ffff:127.0.0.1", 8000)
    assert Rules(TOKEN, "::").admit(knock(BEARER, local=mapped))


def test_port_80_may_be_left_out() -> None:
    """Browsers leave the default port out of the Host header."""
    assert RULES.admit(knock(BEARER, host="localhost", local=("127.0.0.1", 80)))


@pytest.mark.parametrize("name", ["Host", "Origin", "Authorization"])
def test_a_header_that_came_twice_is_refused(name: str) -> None:
    """Two different answers to one question may be read differently further in."""
    twice = [(name, OURS), (name, OURS)]
    assert refused(RULES, knock(*twice, host=None if name == "Host" else OURS)) == "bad_request"


def test_origin_is_absent_or_exactly_ours() -> None:
    """Programs send no Origin, our page sends ours; every other page is refused, token or not."""
    assert RULES.admit(knock(BEARER, ("Origin", f"http://{OURS}")))
    for origin in ("https://evil.example", "null", "", f"https://{OURS}", "http://localhost:8000", f"http://{OURS}/"):
        assert refused(RULES, knock(BEARER, ("Origin", origin))) == "wrong_origin"


@pytest.mark.parametrize(
    ("headers", "query"),
    [
        ([BEARER], ""),
        ([("authorization", f"bearer {TOKEN}")], ""),
        ([], f"token={TOKEN}"),
        ([], f"a=b&token={TOKEN}"),
        ([("Sec-WebSocket-Protocol", f"alisa.token.{TOKEN}")], ""),
        ([("Sec-WebSocket-Protocol", f"alisa, alisa.token.{TOKEN}")], ""),
    ],
)
def test_each_way_to_present_the_token(headers: list[tuple[str, str]], query: str) -> None:
    """Header, query and subprotocol all do."""
    assert not RULES.admit(knock(*headers, query=query)).guest


@pytest.mark.parametrize(
    ("headers", "query"),
    [
        ([("Authorization", "Bearer nope")], ""),
        ([("Authorization", "Bearer")], ""),
        ([("Authorization", f"Basic {TOKEN}")], ""),
        ([("Authorization", f"Bearer {TOKEN}x")], ""),
        ([("Authorization", "Bearer \xff\xfe")], ""),
        ([("Authorization", "Bearer nope")], f"token={TOKEN}"),
        ([], "token="),
        ([], f"token={TOKEN}&token={TOKEN}"),
        ([("Sec-WebSocket-Protocol", "alisa.token.")], ""),
        ([("Sec-WebSocket-Protocol", f"alisa.token.{TOKEN}, alisa.token.{TOKEN}")], ""),
    ],
)
def test_a_wrong_token_is_refused_even_for_a_guest(headers: list[tuple[str, str]], query: str) -> None:
    """Whoever shows a token that is not right made a mistake, and is told so."""
    assert refused(RULES, knock(*headers, query=query)) == "token_wrong"
    assert refused(GUESTS, knock(*headers, query=query)) == "token_wrong"


@settings(deadline=None)
@given(st.text(st.characters(max_codepoint=255)))
def test_no_other_token_comes_in(shown: str) -> None:
    """Only the token is the token."""
    if shown.strip() != TOKEN:
        refused(RULES, knock(("Authorization", f"Bearer {shown}")))


def test_without_a_token_nobody_comes_in() -> None:
    """Neither to the conversation nor to history."""
    assert refused(RULES, knock()) == "token_missing"
    assert refused(RULES, knock(kind="http", path="/history")) == "token_missing"
    assert refused(RULES, knock(kind="http", path="/nothing")) == "token_missing"


@pytest.mark.parametrize("path", ["/", "/health", "/health/live", "/health/ready"])
def test_health_is_open_for_reading(path: str) -> None:
    """That she is there may be read by any program here; nothing may be written, and no other page may look."""
    assert RULES.admit(knock(kind="http", path=path))
    assert refused(RULES, knock(kind="http", path=path, method="POST")) == "token_missing"
    assert refused(RULES, knock(("Origin", "http://evil.example"), kind="http", path=path)) == "wrong_origin"


def test_guests() -> None:
    """When the user allows it, a program on this machine may talk: no page, no other machine, nothing but the chat."""
    assert GUESTS.admit(knock()) == Admitted(guest=True)
    assert refused(RULES, knock()) == "token_missing"
    assert refused(GUESTS, knock(("Origin", f"http://{OURS}"))) == "token_missing"
    assert refused(GUESTS, knock(peer="192.168.1.9")) == "token_missing"
    assert refused(GUESTS, knock(kind="http", path="/history")) == "token_missing"
    assert refused(GUESTS, knock(path="/ws/other")) == "token_missing"


def test_the_cookie_stands_for_the_token_and_does_not_tell_it() -> None:
    """A browser holds something that follows from the token: whoever gets hold of it cannot present the token."""
    value = RULES.cookie_value()
    assert TOKEN not in value
    assert refused(RULES, knock(("Authorization", f"Bearer {value}"))) == "token_wrong"
    cookie = ("Cookie", f"other=1; {RULES.cookie_name(8000)}={value}")
    assert RULES.admit(knock(cookie, kind="http", path="/history")) == Admitted()
    assert RULES.admit(knock(cookie, ("Origin", f"http://{OURS}"))) == Admitted()


def test_what_is_printed_does_not_hold_the_token() -> None:
    """The rules may stand in a log line or a trace."""
    assert TOKEN not in repr(RULES)


def test_a_cookie_alone_changes_nothing() -> None:
    """A browser sends cookies by itself: what changes something must come from a page of ours."""
    cookie = ("Cookie", f"{RULES.cookie_name(8000)}={RULES.cookie_value()}")
    assert refused(RULES, knock(cookie)) == "wrong_origin"
    assert refused(RULES, knock(cookie, kind="http", path="/history/clear", method="POST")) == "wrong_origin"


@settings(deadline=None)
@given(st.text(st.characters(max_codepoint=255)))
def test_no_other_cookie_comes_in(header: str) -> None:
    """Broken and foreign cookies are passed over."""
    assert refused(RULES, knock(("Cookie", header), kind="http", path="/history")) == "token_missing"


@settings(deadline=None)
@given(st.lists(st.sampled_from(["a=b", "token=x", "%74oken=x", "token", "q=token", "tokens=1"])))
def test_the_query_loses_every_token_and_nothing_else(parts: list[str]) -> None:
    """What is passed on can be logged."""
    kept = [part for part in parts if part in ("a=b", "q=token", "tokens=1")]
    assert without_token("&".join(parts)) == "&".join(kept)


def test_loopback() -> None:
    """Addresses of this machine, in both families."""
    assert all(is_loopback(a) for a in ("127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "localhost"))
    assert not any(is_loopback(a) for a in ("192.168.1.1", "::", "", "::ffff:10.0.0.1", "testclient"))
