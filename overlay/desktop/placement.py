"""Where she was put, remembered for each arrangement of monitors in one small private file.

What a place means on the screen is geometry's; this knows only how it is kept. The file is written after somebody
placed her, never on its own account. Whatever in it cannot be understood is passed over, and gone after the next
write: it holds nothing that cannot be had again by dragging her.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from alisa.runtime.errors import StorageError
from alisa.runtime.logs import get_logger
from alisa.runtime.paths import Home, private_write, write_error
from overlay.desktop.geometry import clamp_scale

FILE_NAME = "overlay.json"
MOST_ARRANGEMENTS = 32
"""More than a person has; the one that was used longest ago goes."""
_FARTHEST = 100_000
"""No desktop is wider, in pixels; what lies beyond is damage."""
_LARGEST_FILE = 256 * 1024

_log = get_logger("overlay.placement")


@dataclass(frozen=True, slots=True)
class Place:
    """Where her feet stand, in pixels of the desktop, and her size."""

    x: int
    y: int
    scale: float


class Placements:
    """The places of one home. Reads once, writes when told to; a write that fails costs a line in the log."""

    def __init__(self, home: Home) -> None:
        self._path = home.root / FILE_NAME
        self._places = _read(self._path)

    def recall(self, arrangement: str) -> Place | None:
        """Return where she was put on this arrangement, None if she never was."""
        return self._places.get(arrangement)

    @property
    def latest_scale(self) -> float | None:
        """The size that she was given last, on any arrangement."""
        return next((place.scale for place in reversed(self._places.values())), None)

    def remember(self, arrangement: str, place: Place) -> None:
        """Keep this place; the file is written only if that is news."""
        if next(reversed(self._places), None) == arrangement and self._places[arrangement] == place:
            return
        self._places.pop(arrangement, None)
        self._places[arrangement] = place
        for oldest in list(self._places)[:-MOST_ARRANGEMENTS]:
            del self._places[oldest]
        try:
            _write(self._path, self._places)
        except StorageError as error:
            _log.warning("her place is not remembered", reason=error.message, hint=error.hint)


def _read(path: Path) -> dict[str, Place]:
    try:
        with path.open("rb") as file:
            raw = json.loads(file.read(_LARGEST_FILE))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        _log.warning("her remembered places cannot be read; she begins anew", reason=type(error).__name__)
        return {}
    kept = raw.get("places") if isinstance(raw, dict) else None
    places = {key: _place(value) for key, value in kept.items()} if isinstance(kept, dict) else {}
    return {key: place for key, place in places.items() if place is not None}


def _place(raw: object) -> Place | None:
    """Return the place that this JSON value holds, None if it holds none."""
    if not isinstance(raw, dict):
        return None
    numbers = [raw.get(name) for name in ("x", "y", "scale")]
    usable = [
        float(n) for n in numbers if isinstance(n, int | float) and not isinstance(n, bool) and abs(n) <= _FARTHEST
    ]
    if len(usable) != len(numbers):
        return None
    x, y, scale = usable
    return Place(int(x), int(y), clamp_scale(scale))


def _write(path: Path, places: dict[str, Place]) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise write_error(error, path.parent) from error
    content = {"places": {key: asdict(place) for key, place in places.items()}}
    private_write(path, json.dumps(content, indent=1).encode() + b"\n")
