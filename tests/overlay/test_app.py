"""She, put together in this process: what happens is seen on a real screen, and nothing takes her off it."""

from __future__ import annotations

import signal
import time
import tkinter as tk
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from alisa.link import Connected, Disconnected
from alisa.protocol import Emotion
from alisa.protocol.message import Message
from alisa.protocol.messages import (
    Action,
    Approve,
    EmotionShown,
    End,
    Error,
    Feedback,
    Mode,
    Mouth,
    Mute,
    Say,
    Sentence,
    Snooze,
    SpeechEnd,
    SpeechStart,
    Status,
    Turn,
    Welcome,
)
from alisa.protocol.tags import Cause
from alisa.runtime.paths import Home, data_folder
from alisa.runtime.sections import QuietSettings
from alisa.runtime.settings import Settings
from overlay import app as app_module
from overlay.app import App
from overlay.asked import Asked
from overlay.avatar import load_avatar
from overlay.bridge import ModesOffered, NotSent
from overlay.compose import Composer, mark
from overlay.expressions import Expression, Viseme
from overlay.frame import Frame
from overlay.settings import OverlaySettings
from overlay.sources import Deliver
from tests.rig.her import BUBBLE, face, window
from tests.rig.screen import DESKTOP, Screen

HUB = Connected(Welcome("1", "main", mode="calm"))


class Script:
    """Plays the hub: the test says what happens, and reads what the user did."""

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.stopped = False
        self.tell: Deliver = lambda _happenings: None

    def start(self, root: tk.Misc, deliver: Deliver) -> None:
        self.tell = deliver

    def send(self, message: Message) -> None:
        self.sent.append(message)

    def stop(self) -> None:
        self.stopped = True


class Stage:
    """One app on one screen."""

    def __init__(self, screen: Screen, root: tk.Tk, home: Home, asked: Asked, **overlay: object) -> None:
        self.screen = screen
        self.root = root
        self.asked = asked
        self.hub = Script()
        settings = Settings.of(OverlaySettings.model_validate({"hotkey": "", **overlay}), QuietSettings(on=False))
        self.app = App(root, home, settings, asked, self.hub)
        self.app._source.start(root, self.app.faults.guarded(self.app._happened))
        self.app._tick()

    def until(self, holds: Callable[[], object], what: str) -> None:
        self.screen.wait(holds, what, self.root)

    def shows(self, expression: Expression) -> None:
        self.until(lambda: face(self.screen) is expression, f"a face that is {expression}")

    def close(self) -> None:
        self.app.close()
        self.screen.turn(self.root)


Open = Callable[..., Stage]


@pytest.fixture
def open_her(request: pytest.FixtureRequest, tk_root: Callable[[Screen], tk.Tk], tmp_path: Path) -> Iterator[Open]:
    stages: list[Stage] = []
    with Asked() as asked:

        def make(on: str = "bare", **overlay: object) -> Stage:
            screen: Screen = request.getfixturevalue(on)
            stages.append(Stage(screen, tk_root(screen), Home(tmp_path).ensure(), asked, **overlay))
            stages[0].until(lambda: window(screen), "her window")
            return stages[0]

        yield make
        for stage in stages:
            stage.close()
            assert stage.hub.stopped


def test_what_the_hub_says_is_seen_and_read(open_her: Open) -> None:
    """An emotion becomes her face at once, a sentence stands in her bubble."""
    she = open_her()
    she.hub.tell([HUB, Turn(turn=1), EmotionShown(Emotion.HAPPY, 1), Sentence("There you are!", 1)])
    she.shows(Expression.HAPPY)
    assert she.app._bubble.view.words == "There you are!"
    assert she.screen.find(BUBBLE) is not None


def test_an_open_eye_shows_on_her_window(open_her: Open) -> None:
    """While an eye is open a mark stands in the corner of her picture, on the screen; the menu closes the eye."""
    she = open_her(scale=1.0)
    her = she.app.window

    def corner() -> tuple[int, int, int]:
        """The middle of the mark: the ink of its pupil, where it is."""
        left, top, right, bottom = mark.place((her.place.width, her.place.height), 1.0)
        return she.screen.pixel(her.place.x + (left + right) // 2, her.place.y + (top + bottom) // 2)

    ink = (58, 42, 92)
    she.hub.tell([HUB, Status({"eyes": "open", "eyes_webcam": "closed", "eyes_screen": "open"})])
    she.until(lambda: max(abs(a - b) for a, b in zip(corner(), ink, strict=True)) < 40, "the mark of an open eye")
    assert she.app.wishes.state().screen == "open"
    moved: list[tuple[str, bool]] = []
    she.app.wishes.eyes.set = lambda eye, on: moved.append((eye, on))  # type: ignore[method-assign]
    she.app.wishes.set_eye("screen", False)
    assert moved == [("screen", False)]
    she.hub.tell([Status({"eyes": "closed", "eyes_screen": "closed"})])
    she.until(lambda: max(abs(a - b) for a, b in zip(corner(), ink, strict=True)) >= 40, "no mark")


def test_every_pixel_is_what_the_animator_says(open_her: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Her mouth opens with the voice and closes with it, and the screen shows each frame as it was drawn."""
    she = open_her("composited")
    painter = Composer(load_avatar(data_folder() / "avatars" / "alisa"))
    frames: list[Frame] = []
    show = she.app.window.show
    monkeypatch.setattr(she.app.window, "show", lambda frame: (frames.append(frame), show(frame)))

    def seen_as(frame: Frame) -> bool:
        found = window(she.screen)
        assert found is not None
        drawn = Image.new("RGBA", painter.size, DESKTOP)
        drawn.alpha_composite(painter.draw(frame).image.convert("RGBA"))
        seen = she.screen.grab(found.box)
        return max(most for _, most in ImageChops.difference(seen, drawn.convert("RGB")).getextrema()) <= 4

    she.hub.tell([HUB, SpeechStart(1), Mouth(0.95)])
    she.until(lambda: frames and frames[-1].mouth in {Viseme.AA, Viseme.OH}, "a mouth that is wide open")
    she.screen.wait(lambda: seen_as(frames[-1]), "what was drawn")  # Tk rests meanwhile, so nothing new is drawn
    she.hub.tell([SpeechEnd(turn=1)])
    she.until(lambda: frames[-1].mouth is None, "a mouth that is at rest again")
    she.screen.wait(lambda: seen_as(frames[-1]), "what was drawn")


def test_without_a_bubble_what_matters_is_still_said(open_her: Open) -> None:
    """`overlay.bubble = false` keeps her words from it; errors and questions come all the same."""
    she = open_her(bubble=False)
    she.hub.tell([HUB, Turn(turn=1), Sentence("Hello.", 1)])
    assert she.app._bubble.view.is_empty
    she.hub.tell([Error("llm_busy", "The model is busy.", "Try again.")])
    assert she.app._bubble.view.note is not None


def test_the_users_words_go_to_the_hub_or_come_back(open_her: Open) -> None:
    """What is typed is said; what did not arrive is a draft again, and the reason stands beside it."""
    she = open_her()
    she.hub.tell([HUB])
    she.app._said("hello")
    assert she.hub.sent == [Say("hello")]
    she.hub.tell([NotSent(Say("hello"), Error("hub_away", "The hub is away.", "Start it."))])
    assert she.app._bubble.talk_card.drafts.text == "hello"
    assert she.app._bubble.view.note is not None


def test_an_answer_to_a_question_goes_to_the_hub(open_her: Open) -> None:
    """With the token that came with the question."""
    she = open_her()
    she.hub.tell([HUB, Action("open", "Open the notes", "secret")])
    assert she.app.wishes.state().asks
    she.app._answered("open", "secret", True)
    assert she.hub.sent == [Approve("open", "secret")]


def test_what_is_waved_away_is_told_to_the_hub(open_her: Open) -> None:
    """A right click on what she said by herself is a thumb down, so that she does so less."""
    she = open_her()
    she.hub.tell([HUB, Turn(Cause.IDLE, 7), Sentence("Hm.", 7), End(turn=7)])
    she.app._bubble._dismissed(None)
    assert she.hub.sent == [Feedback(-1, 7)]
    assert she.app._bubble.view.is_empty


def test_what_the_menu_knows_and_does(open_her: Open) -> None:
    """Its state is the hub's; its wishes go to the hub or to her window."""
    she = open_her()
    assert not she.app.wishes.state().connected
    she.hub.tell([HUB, ModesOffered(("calm", "wild")), Mute(muted=True)])
    state = she.app.wishes.state()
    assert (state.connected, state.mode, state.modes, state.muted) == (True, "calm", ("calm", "wild"), True)
    wishes = she.app.wishes
    wishes.set_mode("wild")
    wishes.set_muted(False)
    wishes.snooze(15)
    assert wishes.state().snoozed_until is not None
    wishes.snooze(0)
    assert wishes.state().snoozed_until is None
    assert she.hub.sent == [Mode("wild"), Mute(muted=False), Snooze(15), Snooze(0)]
    wishes.set_scale(1.5)
    she.until(lambda: (found := window(she.screen)) and found.box[2] - found.box[0] == 384, "that she is larger")
    wishes.hide()
    she.until(lambda: window(she.screen) is None, "that she is away")
    assert she.app._tick_timer == ""
    she.app.window.come_back()
    she.until(lambda: window(she.screen), "that she is back")
    assert she.app._tick_timer != ""


def test_quit_ends_her(open_her: Open) -> None:
    """The main loop returns, with exit code 0, and she was closed by the user."""
    she = open_her()
    she.root.after(1, she.app.wishes.quit)
    she.app.run()
    assert she.asked.code == 0
    assert she.app.wishes.quit_wished


def test_a_signal_ends_the_main_loop(open_her: Open) -> None:
    """Though Tk waits in C."""
    she = open_her()
    she.root.after(1, signal.raise_signal, signal.SIGTERM)
    she.app.run()
    assert (she.asked.code, she.app.wishes.quit_wished) == (0, False)


def test_a_frame_that_fails_is_one_frame(open_her: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """She is drawn again as soon as it can be done."""
    she = open_her()
    she.hub.tell([HUB])
    with monkeypatch.context() as broken:
        broken.setattr(she.app._animator, "frame", _fails, raising=False)
        she.hub.tell([EmotionShown(Emotion.SAD)])
        assert she.app._tick_timer != ""
    she.shows(Expression.SAD)


def test_a_message_that_fails_is_one_message(open_her: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those before and after it are understood."""
    she = open_her()
    reduce = app_module.reduce
    monkeypatch.setattr(
        app_module, "reduce", lambda avatar, event, now: _fails() if event == Mode("x") else reduce(avatar, event, now)
    )
    she.hub.tell([HUB, Mode("x"), EmotionShown(Emotion.SHY)])
    she.shows(Expression.SHY)


def _fails(*_: object) -> None:
    raise RuntimeError("broken on purpose")


def test_a_callback_of_tk_that_fails_is_survived(open_her: Open) -> None:
    """Nothing is printed, and the next callback is called."""
    she = open_her()
    called: list[int] = []
    she.root.after(1, _fails)
    she.root.after(2, called.append, 1)
    she.until(lambda: called, "the next callback")


def test_a_compositor_that_goes_away(open_her: Open) -> None:
    """Her window is opened anew as another kind, and she looks the same."""
    she = open_her("composited")
    she.hub.tell([HUB, EmotionShown(Emotion.SERIOUS)])
    she.shows(Expression.SERIOUS)
    before = she.app.window.surface.name
    she.screen.set_compositor(False)
    she.until(lambda: she.app.window.surface.name != before and window(she.screen), "another kind of window")
    she.hub.tell([EmotionShown(Emotion.HAPPY)])
    she.shows(Expression.HAPPY)


def test_quiet_hours_begin(open_her: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock on the wall is looked at; her colours become those of the night."""
    she = open_her()
    monkeypatch.setattr(she.app, "_is_quiet", lambda: True)
    she.app._look_at_the_clock()
    assert she.app._avatar.quiet
    assert she.app._menu.night


def test_a_flood_is_drawn_once(open_her: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many messages that came together are one picture: her window keeps up with any hub."""
    she = open_her()
    drawn: list[float] = []
    show = she.app.window.show
    monkeypatch.setattr(she.app.window, "show", lambda frame: (drawn.append(time.monotonic()), show(frame)))
    she.hub.tell([HUB, *(EmotionShown(emotion) for _ in range(40) for emotion in Emotion), Disconnected("gone", 1.0)])
    assert len(drawn) == 1
