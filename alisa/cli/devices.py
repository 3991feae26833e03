"""`alisa devices`: which microphones and speakers there are, and which of them she uses. Nothing is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cyclopts import App

from alisa.cli.output import say, say_json
from alisa.runtime.paths import Home

if TYPE_CHECKING:
    from voice.audio.devices import Device, Direction

_TITLES: dict[Direction, tuple[str, str]] = {
    "input": ("Microphones", "microphone"),
    "output": ("Speakers", "speaker"),
}

app = App(
    name="devices",
    help_epilogue="""Examples:
  alisa devices                              what there is, and which is hers
  alisa config set voice.microphone headset  choose by a part of its name
  alisa config unset voice.microphone        use the system's again
  alisa devices --json""",
)


@app.default
def devices(*, json: bool = False) -> int:
    """Show the microphones and speakers of this machine, and which of them she uses.

    Parameters
    ----------
    json
        Print JSON.
    """
    from alisa.runtime.settings import load
    from voice.audio.devices import choose, inventory
    from voice.settings import VoiceSettings

    settings = load(VoiceSettings, home=Home.find())[VoiceSettings]
    wanted: dict[Direction, str] = {"input": settings.microphone, "output": settings.speaker}
    found = {direction: inventory(direction) for direction in wanted}
    hers = {direction: choose(found[direction], wanted[direction]) for direction in wanted}
    if json:
        say_json(
            {
                f"{word}s": [_row(device, device == hers[direction]) for device in found[direction]]
                for direction, (_, word) in _TITLES.items()
            }
        )
        return 0
    for direction, (title, word) in _TITLES.items():
        say(title, style="strong")
        for device in found[direction]:
            _show(device, hers=device == hers[direction])
        if not found[direction]:
            say(f"  none: plug in a {word}, and she notices by herself", style="warn")
        elif hers[direction] is None:
            _explain_none(wanted[direction], word)
        say()
    say("Choose one by a part of its name: alisa config set voice.microphone NAME (or voice.speaker)", style="faint")
    return 0


def _row(device: Device, hers: bool) -> dict[str, Any]:
    return {
        "name": device.name,
        "chosen": hers,
        "default": device.default,
        "rate": device.rate,
        "interface": device.interface,
    }


def _show(device: Device, *, hers: bool) -> None:
    notes = [f"{device.rate / 1000:g} kHz", device.interface] + ["the system's default"] * device.default
    say(f"{'●' if hers else ' '} {device.name}  ({', '.join(notes)})", style="good" if hers else "")


def _explain_none(wanted: str, word: str) -> None:
    if wanted:
        say(f"  {wanted!r} (voice.{word}) is not here now: she waits for it", style="warn")
    else:
        say(f"  the system names no default {word}: choose one", style="warn")
