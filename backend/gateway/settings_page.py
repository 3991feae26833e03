"""The page of the settings: one HTML, its style and its script inside, and a policy that lets nothing else in.

The parts lie in `web/`, each in its own language. The page asks `GET /settings` for what it shows.
"""

from __future__ import annotations

import secrets
from functools import cache
from importlib import resources

_WEB = resources.files("backend.gateway") / "web"
_ALLOWED = (
    "default-src 'none'", "style-src 'nonce-{nonce}'", "script-src 'nonce-{nonce}'", "connect-src 'self'",
    "img-src data:", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
)  # fmt: skip


def settings_page() -> tuple[str, str]:
    """The page, and the content-security-policy that it needs: its nonce is new each time."""
    nonce = secrets.token_urlsafe(18)
    html = _text("settings.html").replace("{nonce}", nonce)
    html = html.replace("{style}", _text("settings.css")).replace("{script}", _text("settings.js"))
    return html, "; ".join(_ALLOWED).replace("{nonce}", nonce)


@cache
def _text(name: str) -> str:
    return (_WEB / name).read_text(encoding="utf-8")
