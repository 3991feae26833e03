"""Detectors by name."""

from __future__ import annotations

import pytest

from alisa.runtime.errors import UsageError
from alisa.runtime.paths import Home
from tests.vision.photographs import portrait
from vision.detectors import engines
from vision.pace import PRESETS
from vision.settings import VisionSettings


def test_the_default_is_there(home: Home) -> None:
    """Without any choice faces are found."""
    detector = engines.create(VisionSettings(), home, PRESETS["balanced"])
    assert len(detector.find(portrait())) == 1
    detector.close()


def test_an_unknown_name_names_the_others(home: Home) -> None:
    """And the one that was probably meant."""
    with pytest.raises(UsageError, match="mediapipe"):
        engines.create(VisionSettings(detector="mediapip"), home, PRESETS["balanced"])
