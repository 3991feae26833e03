"""Take the picture of the settings page, docs/settings.png: the real page of a real hub, by day and by night.

.venv/bin/python -m tests.docs.record_settings
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from alisa.link.doorway import settings_link
from benchmarks import rig
from tests.docs.tiles import MOST_BYTES
from tests.rig.browser import browsing

PICTURE = Path(__file__).parents[2] / "docs" / "settings.png"
HEIGHT, WIDE, NARROW = 760, 1000, 420
COLOURS = 128


def main() -> None:
    """Write the picture."""
    with rig.running("backend", {"ALISA_LLM__ENGINE": "scripted"}) as alisa:
        link = settings_link(alisa.home)
        assert link is not None
        shots = [_shot(link, dark=False, width=WIDE), _shot(link, dark=True, width=NARROW)]
    whole = Image.new("RGB", (WIDE + NARROW, HEIGHT))
    for left, shot in zip((0, WIDE), shots, strict=True):
        whole.paste(shot, (left, 0))
    whole.quantize(COLOURS).save(PICTURE, optimize=True)
    assert PICTURE.stat().st_size <= MOST_BYTES


def _shot(link: str, *, dark: bool, width: int) -> Image.Image:
    with browsing(dark=dark, width=width, height=HEIGHT) as page:
        page.goto(link)
        if not dark:
            _change(page)
        page.locator("#quiet" if dark else "[data-key='initiative.loudest']").evaluate("it => it.scrollIntoView()")
        page.wait_for_timeout(500)
        return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def _change(page: Page) -> None:
    """One change that was saved, and one that cannot be."""
    gap, hour = (page.get_by_label(name, exact=True) for name in ("Gap minutes", "Per hour"))
    gap.fill("45")
    gap.press("Tab")
    expect(page.locator("[data-key='initiative.gap_minutes'] .word")).to_contain_text("Saved.")
    hour.fill("99")
    hour.press("Tab")
    expect(page.locator("[data-key='initiative.per_hour'] .word")).to_contain_text("should be")


if __name__ == "__main__":
    main()
