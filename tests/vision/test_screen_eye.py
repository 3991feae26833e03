"""One look at the screen: what it may see, what it keeps, what it tells."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alisa.protocol.sight import SightScreen
from alisa.runtime.errors import EngineError, MissingError
from tests.vision.scenes import DARK, TRACEBACK, blank, written
from vision.desktop.scripted import ScriptedDesktop
from vision.desktop.system import no_screen
from vision.desktop.window import Monitor, Window
from vision.grab import ScriptedGrabber
from vision.ocr.scripted import ScriptedOcr
from vision.screen_eye import RETRY_OCR_SECONDS, Parts, ScreenEye, read_picture
from vision.settings import VisionSettings

TERMINAL = Window("mira@desk: ~/shop", "XTerm", 7, (100, 80, 640, 360), fullscreen=False)
VAULT = Window("Passwords.kdbx - KeePassXC", "KeePassXC", 9, (0, 0, 800, 600), fullscreen=False)


class Rig:
    """An eye, and what it looks at."""

    def __init__(self, window: Window | None = TERMINAL, **settings: object) -> None:
        self.desktop = ScriptedDesktop(window)
        self.grabber = ScriptedGrabber([written(TRACEBACK, DARK)])
        self.ocr = ScriptedOcr("green tea")
        parts = Parts(lambda: self.desktop, lambda: self.grabber, lambda: self.ocr)
        self.eye = ScreenEye(VisionSettings.model_validate(settings), parts)
        self.now = 0.0

    def look(self, count: int = 1, apart: float = 20.0) -> SightScreen:
        for _ in range(count):
            self.glance = self.eye.look(self.now)
            self.now += apart
        return self.glance.sight


def test_a_window_is_read_when_it_rests() -> None:
    """At the first look its name is known, at the second its words."""
    rig = Rig()
    assert rig.look().app == "XTerm"
    assert rig.glance.switched
    assert "green tea" in rig.look().text
    assert rig.grabber.grabs[0] == TERMINAL.box


def test_nothing_is_done_when_nothing_changed() -> None:
    """The reader is not asked again."""
    rig = Rig()
    rig.look(2)
    sheets = rig.ocr.sheets
    assert "green tea" in rig.look(10).text
    assert rig.ocr.sheets == sheets


def test_what_is_denied_is_never_grabbed() -> None:
    """Neither a password manager, nor what the user denied; its title stays here, too."""
    for window, settings in (
        (VAULT, {}),
        (replace(TERMINAL, title="Inbox - Mozilla Firefox Private Browsing", app="firefox"), {}),
        (replace(TERMINAL, title="secret plans"), {"deny_titles": ["secret plans"]}),
        (TERMINAL, {"allow_apps": ["Code"]}),
        (replace(TERMINAL, title="", app=""), {}),
    ):
        rig = Rig(window, **settings)
        assert rig.look(3) == SightScreen()
        assert rig.grabber.grabs == []
        assert rig.glance.note.startswith("Not looked at: ")
        assert rig.eye.look_once() == SightScreen()
        assert rig.grabber.grabs == []


def test_what_comes_in_front_while_it_is_grabbed_is_not_read() -> None:
    """A password manager that opens in that moment, when what is below would have been read."""
    rig = Rig()
    rig.look()

    class Racing(ScriptedGrabber):
        def grab(self, box: tuple[int, int, int, int]):
            rig.desktop.window = VAULT
            return super().grab(box)

    rig.eye._grabber = Racing([written(TRACEBACK, DARK)])
    rig.look()
    assert rig.ocr.sheets == 0
    assert rig.look(2) == SightScreen()
    assert rig.ocr.sheets == 0


def test_another_window_is_noticed_at_once() -> None:
    """Its words come when they are read; those of the one before are gone."""
    rig = Rig()
    rig.look(2)
    rig.desktop.window = replace(TERMINAL, title="News - Mozilla Firefox", app="firefox", pid=8)
    sight = rig.look()
    assert (sight.app, sight.text, rig.glance.switched) == ("firefox", "", True)
    rig.ocr.text = "the weather"
    rig.grabber.pictures = [written(("The weather", "Rain in the east"))]
    assert "the weather" in rig.look(2).text


def test_the_user_who_turns_to_her_still_has_their_window() -> None:
    """She is not what they are working on."""
    rig = Rig()
    before = rig.look(2)
    rig.desktop.window = Window("Alisa", "Alisa", 5, (0, 0, 256, 384), fullscreen=False)
    assert rig.look() == before
    assert rig.glance.note == ""


def test_no_window_is_no_sight() -> None:
    """The bare desktop; nor is a window too small to hold a word, or on no monitor, grabbed."""
    rig = Rig(None)
    assert rig.look() == SightScreen()
    assert rig.glance.note == ""
    for box in ((0, 0, 10, 10), (5000, 5000, 640, 360)):
        rig = Rig(replace(TERMINAL, box=box))
        assert rig.look(2).app == "XTerm"
        assert rig.grabber.grabs == []


def test_of_four_monitors_the_active_one_is_grabbed() -> None:
    """The part of the window that lies there."""
    rig = Rig(replace(TERMINAL, box=(1900, 1000, 800, 600)))
    quarters = tuple(Monitor((x, y, 1920, 1080)) for x in (0, 1920) for y in (0, 1080))
    rig.desktop._monitors = quarters
    rig.look()
    assert rig.grabber.grabs == [(1920, 1080, 780, 520)]


def test_a_missing_reader_is_a_note() -> None:
    """What else is seen goes on; when it is installed, the words come."""
    rig = Rig()
    missing = MissingError("tesseract_missing", "Tesseract is not installed.", "Install it: sudo apt install x")
    rig.ocr.error = missing
    assert rig.look(2).app == "XTerm"
    assert rig.glance.note == str(missing)
    rig.ocr.error = None
    rig.now += RETRY_OCR_SECONDS
    rig.grabber.pictures = [written(("another picture",))]
    assert "green tea" in rig.look(2).text
    assert rig.glance.note == ""


def test_a_reader_that_cannot_be_made_is_asked_again_a_minute_later() -> None:
    """Not at every look."""
    asked = []

    def none() -> ScriptedOcr:
        asked.append(1)
        raise EngineError("ocr_failed", "broken", "")

    grabber = ScriptedGrabber([written(TRACEBACK)])
    eye = ScreenEye(VisionSettings(), Parts(lambda: ScriptedDesktop(TERMINAL), lambda: grabber, none))
    for now in range(0, 50, 2):
        grabber.pictures = [written((f"picture {now}" * 5,))]
        eye.look(float(now))
        eye.look(now + 0.5)
    assert len(asked) == 1
    with pytest.raises(EngineError):
        eye.look_once()


def test_a_screen_that_has_gone_is_an_error() -> None:
    """The loop says so and tries again."""
    rig = Rig()
    rig.look(2)
    rig.desktop.error = no_screen("it has gone")
    with pytest.raises(MissingError):
        rig.look()
    rig.eye.close()
    assert rig.desktop.closed
    assert rig.ocr.closed


def test_secrets_are_taken_out_before_they_leave() -> None:
    """Of the words and of the title."""
    key = "sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCD"
    rig = Rig(replace(TERMINAL, title=f"{key} - nano"))
    rig.ocr.text = f"OPENAI_API_KEY={key}"
    assert key not in str(rig.look(2))
    assert rig.look().text


def test_a_title_of_ten_thousand_characters() -> None:
    """Right-to-left and with emoji: told short, with its end."""
    rig = Rig(replace(TERMINAL, title="שלום 🎉 " * 1500 + "- Mozilla Firefox", app="firefox"))
    assert rig.look().window.endswith("- Mozilla Firefox")
    assert len(rig.glance.sight.window) <= 300


def test_an_error_is_understood() -> None:
    """With its file and line."""
    sight = read_picture(blank(), TERMINAL, ScriptedOcr())
    assert sight.error_kind == ""
    sight = read_picture(
        written(("one line",), points=20), TERMINAL, ScriptedOcr("make: *** [Makefile:7: all] Error 2")
    )
    assert sight.error_kind
    assert sight.error_line == 7


def test_pictures_of_a_folder_need_no_desktop(tmp_path) -> None:
    """For a person to try it."""
    from PIL import Image

    Image.fromarray(written(TRACEBACK)[:, :, ::-1]).save(tmp_path / "a.png")
    settings = VisionSettings(screen_source="folder", screen_path=str(tmp_path), ocr="scripted")
    assert ScreenEye(settings).look_once().window == "picture"
