"""What a browser sees at `/`: that she is there, and how to talk to her; and small notes in the same look."""

from __future__ import annotations

import html

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

_FRAME = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">{head}
<title>Alisa</title>
<style>
  :root {{ color-scheme: light dark; --ground: #f6f4ff; --ink: #3a2a5c; --soft: #5b49bd; --card: #fff;
    --from: #6d5bd0; --to: #1d768b; }}
  @media (prefers-color-scheme: dark) {{
    :root {{ --ground: #171326; --ink: #e9dcff; --soft: #7fd0e4; --card: #221c38;
      --from: #a593f5; --to: #5fd0e4; }}
  }}
  body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--ground);
    color: var(--ink); font: 1.05rem/1.6 system-ui, sans-serif; }}
  main {{ max-width: 32rem; margin: 1.5rem; padding: 2rem 2.4rem; border-radius: 1.2rem; background: var(--card);
    box-shadow: 0 .5rem 2.5rem rgb(58 42 92 / .18); }}
  h1 {{ margin: 0 0 .3rem; font-size: 2.2rem; background: linear-gradient(90deg, var(--from), var(--to));
    background-clip: text; -webkit-background-clip: text; color: transparent; }}
  a {{ color: var(--soft); }}
  code {{ padding: .1rem .4rem; border-radius: .4rem; background: rgb(109 91 208 / .14); white-space: nowrap; }}
  p.state::before {{ content: "\\25cf\\a0"; color: {dot}; }}
</style>
</head>
<body>
<main>
  <h1>Alisa</h1>
{body}
</main>
</body>
</html>
"""
_WELL, _UNWELL = "#3ecfc6", "#ff6f91"


def page(*, well: bool, guest: bool) -> str:
    """The page, as HTML. A guest has not shown the token, so the settings would not open."""
    state = "Alisa is online." if well else "Alisa is online; her model is not ready yet."
    way = "<code>alisa settings</code>" if guest else '<a href="/settings">Settings</a>'
    return _framed(
        f'  <p class="state">{html.escape(state)}</p>\n'
        "  <p>Talk with her in a terminal: <code>alisa chat</code></p>\n"
        "  <p>See how everything is doing: <code>alisa status</code></p>\n"
        f"  <p>Change how she is: {way}</p>",
        dot=_WELL if well else _UNWELL,
    )


def note(message: str, more: str, *, then: str = "") -> str:
    """A page that says one thing. `more` is HTML of ours; `then` is an address of ours that it goes to by itself."""
    head = f'\n<meta http-equiv="refresh" content="0; url={then}">' if then else ""
    body = f'  <p class="state">{html.escape(message)}</p>\n  <p>{more}</p>'
    return _framed(body, head=head, dot=_WELL if then else _UNWELL)


def _framed(body: str, *, dot: str, head: str = "") -> str:
    return _FRAME.format(body=body, head=head, dot=dot)
