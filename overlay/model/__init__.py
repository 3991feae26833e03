"""Her model: what the hub, the link and the desktop say becomes one value. Pure; time is an argument."""

from __future__ import annotations

from overlay.model.avatar import Activity, Avatar
from overlay.model.pose import activity_at
from overlay.model.reduce import reduce

__all__ = ["Activity", "Avatar", "activity_at", "reduce"]
