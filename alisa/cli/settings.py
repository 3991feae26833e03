"""`alisa settings`: the page with all settings, in the user's browser."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from alisa.cli.output import complain, say
from alisa.link.doorway import remove_later, settings_link, write_doorway
from alisa.runtime.errors import AlisaError
from alisa.runtime.opening import open_page
from alisa.runtime.paths import Home

app = App(
    name="settings",
    help_epilogue="""Examples:
  alisa settings             open the page in your browser
  alisa settings --print     print the link instead

Exit codes: 0 opened or printed, 1 she does not run.
Without her, `alisa config` changes the settings, too.""",
)


@app.default
def settings(*, print_: Annotated[bool, Parameter(name="--print", negative="")] = False) -> int:
    """Open the page with all settings. Where there is no browser, the link is printed.

    Parameters
    ----------
    print_
        Print the link and open nothing. It holds the token: whoever has it can talk as you.
    """
    home = Home.find()
    link = settings_link(home)
    if link is None:
        raise AlisaError(
            "not_running", "Alisa is not running.", "`alisa up` wakes her; `alisa config edit` works without her."
        )
    if print_:
        say(link)
        return 0
    doorway = write_doorway(home, link)
    remove_later(doorway)
    if open_page(doorway):
        say("The settings open in your browser.")
    else:
        complain("No browser was found here. Open this link in one; it holds your token, so keep it to yourself.")
        say(link)
    return 0
