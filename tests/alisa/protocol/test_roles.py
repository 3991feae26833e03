"""The roles: who may do what."""

from __future__ import annotations

from alisa.protocol import HEARS, MAY_SEND, Role, Tag

CONSENT = {Tag.APPROVE, Tag.DECLINE}


def test_every_role_has_a_row() -> None:
    """No role is forgotten in either table."""
    assert set(MAY_SEND) == set(HEARS) == set(Role)


def test_eyes_cannot_speak_as_the_user() -> None:
    """A vision client sends what it sees and nothing else."""
    assert MAY_SEND[Role.VISION] == {
        Tag.STATUS, Tag.VISION_FACE, Tag.VISION_DESKTOP, Tag.VISION_SCREEN,
        Tag.SIGHT_FACE, Tag.SIGHT_SCREEN, Tag.SIGHT_SYSTEM,
    }  # fmt: skip


def test_only_clients_with_a_person_before_them_can_approve() -> None:
    """Consent comes from chat, overlay or dashboard: never from ears, eyes or a guest."""
    assert {role for role in Role if MAY_SEND[role] & CONSENT} == {Role.CHAT, Role.OVERLAY, Role.DASHBOARD}
    assert {role for role in Role if Tag.ACTION in HEARS[role]} == {Role.CHAT, Role.OVERLAY, Role.DASHBOARD}


def test_every_tag_travels() -> None:
    """Each tag is sent by some role or heard by one; each introduced role is welcomed and told of errors."""
    assert frozenset().union(*MAY_SEND.values(), *HEARS.values()) == set(Tag)
    for role in set(Role) - {Role.PLAIN}:
        assert {Tag.WELCOME, Tag.ERROR} <= HEARS[role]
