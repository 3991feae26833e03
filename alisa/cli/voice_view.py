"""What is seen of a voice from outside, message by message, and how that looks in a terminal. Pure.

Everything comes over the wire: `[STATUS]` with its keys `voice…`, `[PARTIAL]`, `[USER]`, `[SENTENCE]`. How the messages
come, and onto what the picture is put, is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from alisa.protocol.message import Message
from alisa.protocol.messages import Partial, Sentence, Status, User

if TYPE_CHECKING:
    from rich.console import Group
    from rich.table import Table

OFF = "off"
"""what the hub says of a voice that is not connected"""
QUIETEST_DBFS, LOUDEST_DBFS = -48.0, 0.0
"""the ends of the meter"""
METER_CELLS, BAR_CELLS = 24, 40
SURE = 0.5
"""above this, speech is more likely than not"""
KEPT_TURNS = 8
_WORDS = {
    "starting": ("wakes up", "yellow"),
    "idle": ("waits for you to speak", "cyan"),
    "listening": ("hears you", "green"),
    "thinking": ("thinks", "yellow"),
    "speaking": ("speaks", "magenta"),
    "muted": ("is muted", "yellow"),
    "away": ("has no microphone", "red"),
    OFF: ("is not there: `alisa restart voice`, or `python -m voice`", "red"),
}
_STAGES = ("endpoint", "stt", "first_clause", "first_audio")
"""one after the other they make up the whole; see `[STATUS]` in docs/protocol.md"""
_TITLES = {
    "endpoint": "silence, to be sure",
    "arrival": "  to be heard",
    "stt": "understanding",
    "first_token": "  first token",
    "first_clause": "first clause",
    "tts": "  made",
    "first_audio": "first sound",
    "total": "in all",
}


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was said aloud, and where the time went until she was heard."""

    said: str
    turn: int | None
    milliseconds: Mapping[str, float]
    """by stage"""


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything that is known of the voice."""

    state: str = ""
    """empty: nothing was told yet"""
    level: float = QUIETEST_DBFS
    speech: float = 0.0
    """how sure the voice is that somebody speaks, 0 to 1"""
    partial: str = ""
    said: str = ""
    turn: int | None = None
    """of what was said last"""
    sentence: str = ""
    stt: str = ""
    tts: str = ""
    note: str = ""
    exchanges: tuple[Exchange, ...] = ()
    """the last ones that were measured while we looked, the newest last"""
    measured: Mapping[str, float] | None = None
    """as told last"""

    @property
    def there(self) -> bool:
        """Whether a voice is connected to the hub."""
        return self.state not in ("", OFF)


def after(seen: Seen, message: Message) -> Seen:
    """What is known once this message came."""
    match message:
        case Status():
            return _told(seen, message.values)
        case Partial():
            return replace(seen, partial=message.text)
        case User():
            return replace(seen, said=message.text, turn=message.turn, partial="", sentence="")
        case Sentence():
            return replace(seen, sentence=message.text)
        case _:
            return seen


def _told(seen: Seen, values: Mapping[str, Any]) -> Seen:
    if "voice" not in values:
        return seen
    measured = _figures(values.get("voice_turn"))
    exchanges = seen.exchanges
    if seen.state and measured and measured != seen.measured:  # the first status tells of a time before we looked
        exchanges = (*exchanges, Exchange(seen.said, seen.turn, measured))[-KEPT_TURNS:]
    state = str(values["voice"])
    return replace(
        seen,
        state=state,
        level=_number(values.get("voice_level"), QUIETEST_DBFS),
        speech=_number(values.get("voice_speech"), 0.0),
        partial=seen.partial if state == "listening" else "",
        stt=str(values.get("voice_stt", "")),
        tts=str(values.get("voice_tts", "")),
        note=str(values.get("voice_note", "")),
        exchanges=exchanges,
        measured=measured or seen.measured,
    )


def _figures(value: Any) -> dict[str, float]:
    if not isinstance(value, Mapping):
        return {}
    return {str(name): float(took) for name, took in value.items() if isinstance(took, (int, float))}


def _number(value: Any, otherwise: float) -> float:
    return float(value) if isinstance(value, (int, float)) else otherwise


# --- how it looks -------------------------------------------------------------------------------


def line(exchange: Exchange) -> str:
    """An exchange in one line."""
    took = exchange.milliseconds
    parts = ", ".join(f"{_TITLES[name].strip()} {took[name]:.0f}" for name in _TITLES if name in took)
    return f"“{exchange.said}”: {parts} ms" if parts else f"“{exchange.said}”"


def picture(seen: Seen) -> Group:
    """The whole view."""
    from rich.console import Group
    from rich.text import Text

    words, colour = _WORDS.get(seen.state, (seen.state or "is looked for", "white"))
    rows: list[Any] = [Text.assemble(("Alisa ", "bold"), (words, colour)), _meter(seen.level), _speech(seen.speech)]
    rows.append(Text(f"ears: {seen.stt or '?'}   voice: {seen.tts or '?'}", style="dim"))
    if seen.note:
        rows.append(Text(seen.note, style="yellow"))
    you = Text.assemble(("you  ", "bold"), (seen.partial + " …", "italic")) if seen.partial else None
    rows += ["", you or Text.assemble(("you  ", "bold"), seen.said)]
    rows.append(Text.assemble(("she  ", "bold"), seen.sentence))
    if seen.exchanges:
        rows += ["", _waterfall(seen.exchanges[-1]), ""]
        rows += [Text(line(earlier), style="dim", no_wrap=True) for earlier in seen.exchanges[-2::-1]]
    rows.append(Text("Ctrl-C ends this view; she goes on.", style="dim"))
    return Group(*rows)


def _meter(level: float) -> Any:
    from rich.text import Text

    share = (level - QUIETEST_DBFS) / (LOUDEST_DBFS - QUIETEST_DBFS)
    full = round(min(1.0, max(0.0, share)) * METER_CELLS)
    heard = f"{level:.0f} dB" if level > QUIETEST_DBFS else "quiet"
    colour = "red" if level >= LOUDEST_DBFS - 6 else "green"
    return Text.assemble(("█" * full, colour), ("░" * (METER_CELLS - full), "dim"), f" {heard}")


def _speech(sure: float) -> Any:
    """What the VAD says: speech, or another sound."""
    from rich.text import Text

    full = round(min(1.0, max(0.0, sure)) * METER_CELLS)
    words = "speech" if sure > SURE else "perhaps speech" if sure > 0 else "no speech"
    return Text.assemble(("█" * full, "cyan"), ("░" * (METER_CELLS - full), "dim"), f" {words}")


def _waterfall(exchange: Exchange) -> Table:
    """A bar a stage, each beginning where the one before it ended."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, show_header=False, title=f"“{exchange.said}”", title_justify="left")
    took = exchange.milliseconds
    whole = max(took.get("total", 0.0), sum(took.get(name, 0.0) for name in _STAGES), 1.0)
    begin = 0.0
    for name, title in _TITLES.items():
        if name in took:
            bar = _bar(0.0 if name == "total" else begin, took[name], whole)
            table.add_row(title, f"{took[name]:.0f} ms", bar)
            begin += took[name] if name in _STAGES else 0.0
    return table


def _bar(begin: float, length: float, whole: float) -> str:
    start = min(BAR_CELLS - 1, int(BAR_CELLS * begin / whole))
    cells = max(1, round(BAR_CELLS * length / whole))
    return " " * start + "━" * min(cells, BAR_CELLS - start)
