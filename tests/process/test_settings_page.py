"""The settings in a real browser: opened by the link of a private file, changed with mouse and keyboard."""

from __future__ import annotations

import tomllib

import pytest
from playwright.sync_api import Page, expect

from alisa.link.doorway import settings_link, write_doorway
from alisa.runtime.paths import Home
from benchmarks import rig
from tests.process.test_hub_door import hub
from tests.rig.browser import PATIENCE_MS, browsing

pytestmark = pytest.mark.process

expect.set_options(PATIENCE_MS)


def word(page: Page, key: str) -> str:
    """Where the word about a setting stands."""
    return f"[data-key='{key}'] .word"


def in_file(home: Home) -> dict[str, object]:
    return tomllib.loads(home.config_file.read_text("utf-8"))


def test_a_person_changes_settings(home: Home) -> None:
    """Each change stands in alisa.toml at once, and says so; what cannot be is said beside it; no token stays."""
    home.config_file.write_text("# mine\n[voice]\nvolume = 0.8\n")
    with hub(home) as running, browsing() as page:
        link = settings_link(home)
        assert link is not None
        page.goto(write_doorway(home, link).as_uri())
        barge_in = page.get_by_role("switch", name="Barge in")
        expect(barge_in).to_be_checked()
        assert page.url == f"{running.url}/settings"
        assert running.token not in page.content()

        barge_in.click()  # with the mouse
        expect(page.locator(word(page, "voice.barge_in"))).to_have_text("Saved. It counts when she starts next.")
        assert in_file(home) == {"voice": {"volume": 0.8, "barge_in": False}}

        page.locator("h1").click()
        page.keyboard.press("/")  # and with the keyboard alone
        page.keyboard.type("voice.volume")
        expect(page.get_by_role("status").get_by_text("1 found")).to_be_visible()
        volume = page.get_by_role("spinbutton", name="Volume")
        page.keyboard.press("Tab")
        while not volume.evaluate("field => field === document.activeElement"):
            page.keyboard.press("Tab")
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type("9")
        page.keyboard.press("Enter")
        expect(page.locator(word(page, "voice.volume"))).to_contain_text("it should be a number from 0 to 2")
        expect(volume).to_have_attribute("aria-invalid", "true")
        assert in_file(home)["voice"] == {"volume": 0.8, "barge_in": False}
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type("0.5")
        page.keyboard.press("Enter")
        expect(page.locator(word(page, "voice.volume"))).to_contain_text("Saved.")
        assert in_file(home)["voice"] == {"volume": 0.5, "barge_in": False}
        page.keyboard.press("Tab")
        page.keyboard.press("Space")  # its button: the default counts again
        expect(volume).to_have_value("1")
        assert in_file(home)["voice"] == {"barge_in": False}
        assert home.config_file.read_text().startswith("# mine\n")

        page.get_by_role("searchbox").fill("hub.port")
        port = page.get_by_role("spinbutton", name="Port", exact=True)
        expect(port).to_be_disabled()  # the test set it with a variable
        expect(page.locator(word(page, "hub.port"))).to_contain_text("ALISA_HUB__PORT")


def test_the_hub_starts_again_from_its_own_page() -> None:
    """A change asks for a restart and has the button for it; the page outlives the hub that served it."""
    with rig.running("backend", {"ALISA_LLM__ENGINE": "scripted"}) as alisa, browsing() as page:
        link = settings_link(alisa.home)
        assert link is not None
        before = alisa.process("backend").pid
        page.goto(link)
        page.get_by_role("textbox", name="Persona").fill("no such person")
        page.keyboard.press("Enter")
        said = page.locator(word(page, "conversation.persona"))
        expect(said).to_contain_text("It counts after a restart of the hub.")
        said.get_by_role("button", name="Restart the hub").click()
        expect(said).to_have_text("Done: the hub started again.")
        assert alisa.process("backend").pid != before
        page.get_by_role("button", name="Default for conversation.persona").click()
        expect(said).to_contain_text("Saved.")


def test_a_page_without_the_token_says_what_to_do(home: Home) -> None:
    """Nothing of the settings is on it."""
    with hub(home) as running, browsing() as page:
        page.goto(f"{running.url}/settings")
        expect(page.get_by_text("alisa settings")).to_be_visible()
        assert page.locator(".setting").count() == 0
