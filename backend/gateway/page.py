"""What a browser sees at `/`: that she is there, and how to talk to her."""

from __future__ import annotations

import html

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Alisa</title>
<style>
  :root {{ color-scheme: light dark; --ground: #f6f4ff; --ink: #3a2a5c; --soft: #6d5bd0; --card: #fff; }}
  @media (prefers-color-scheme: dark) {{
    :root {{ --ground: #171326; --ink: #e9dcff; --soft: #45b8d0; --card: #221c38; }}
  }}
  body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--ground);
    color: var(--ink); font: 1.05rem/1.6 system-ui, sans-serif; }}
  main {{ max-width: 32rem; margin: 1.5rem; padding: 2rem 2.4rem; border-radius: 1.2rem; background: var(--card);
    box-shadow: 0 .5rem 2.5rem rgb(58 42 92 / .18); }}
  h1 {{ margin: 0 0 .3rem; font-size: 2.2rem; background: linear-gradient(90deg, #6d5bd0, #45b8d0);
    background-clip: text; -webkit-background-clip: text; color: transparent; }}
  code {{ padding: .1rem .4rem; border-radius: .4rem; background: rgb(109 91 208 / .14); }}
  p.state::before {{ content: "\\25cf\\a0"; color: {dot}; }}
</style>
</head>
<body>
<main>
  <h1>Alisa</h1>
  <p class="state">{state}</p>
  <p>Talk with her in a terminal: <code>alisa chat</code></p>
  <p>See how everything is doing: <code>alisa status</code></p>
</main>
</body>
</html>
"""


def page(*, well: bool) -> str:
    """The page, as HTML."""
    state = "Alisa is online." if well else "Alisa is online; her model is not ready yet."
    return _PAGE.format(state=html.escape(state), dot="#3ecfc6" if well else "#ff6f91")
