"""`alisa token`: the secret that lets a program of this user talk with her."""

from __future__ import annotations

from cyclopts import App

from alisa.cli.output import complain, say
from alisa.cli.supervisor import state
from alisa.runtime.paths import Home
from alisa.runtime.token import read_or_make_token

app = App(
    name="token",
    help_epilogue="""Examples:
  alisa token             print it
  alisa token --renew     a new one: who knows the old one is shut out""",
)


@app.default
def token(*, renew: bool = False) -> int:
    """Print the token, alone on a line. Whoever has it can talk as you: keep it to yourself.

    Parameters
    ----------
    renew
        Make a new token, and restart the hub if it runs, so that the old one no longer opens anything.
    """
    home = Home.find().ensure()
    if renew:
        home.token_file.unlink(missing_ok=True)
    say(read_or_make_token(home))
    running = state.read(home) if renew else None
    if running:
        from alisa.cli.supervisor.control import ask

        ask(running, "restart", name="backend")
        ask(running, "wait", timeout_seconds=None)
        complain("The hub was started again, and takes only this token now.")
    return 0
