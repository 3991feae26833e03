"""A real browser without a window: Debian's chromium, which asks nobody outside of this machine anything."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, sync_playwright

QUIET = (
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-domain-reliability",
    "--disable-sync", "--no-first-run", "--no-pings", "--disable-gpu", "--disable-dev-shm-usage",
)  # fmt: skip
PATIENCE_MS = 60_000
"""Nothing takes so long; a machine with other work may."""


@contextlib.contextmanager
def browsing(*, dark: bool = False, width: int = 1200, height: int = 900) -> Iterator[Page]:
    """A page of a fresh browser, in English. Whatever its script failed with fails the test at the end."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not installed (sudo apt install chromium).")
    failed: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        context = browser.new_context(
            color_scheme="dark" if dark else "light", viewport={"width": width, "height": height}, locale="en",
            reduced_motion="reduce",
        )  # fmt: skip
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("pageerror", lambda error: failed.append(str(error)))
        page.on("console", lambda said: failed.append(said.text) if "Content Security Policy" in said.text else None)
        try:
            yield page
        finally:
            context.close()
            browser.close()
    assert failed == []
