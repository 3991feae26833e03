"""The conversation: what was heard goes to the hub, what the hub says is spoken, and who speaks gives way to whom.

Everything happens on one event loop, one thing after the other, and nothing here waits. How sound becomes words is
`ears`' business, how words become sound `player`'s.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from alisa.link import Connected, Disconnected, Item
from alisa.protocol.message import Message
from alisa.protocol.messages import (
    EmotionShown,
    End,
    Error,
    Interrupt,
    Mouth,
    Mute,
    Partial,
    Say,
    Sentence,
    SpeechEnd,
    SpeechStart,
    Turn,
)
from alisa.protocol.tags import Cause, EndReason, Source
from alisa.runtime.errors import AlisaError
from alisa.runtime.logs import get_logger
from voice.audio.streams import State
from voice.cascade.ears import Ears, Utterance
from voice.cascade.meaning import Ask, Called, Obey, meaning
from voice.cascade.waterfall import Waterfall
from voice.player import Player
from voice.settings import VoiceSettings
from voice.status import Board, VoiceState
from voice.turns.orders import Order

ANSWER_SECONDS = 180.0
"""How long an answer is waited for; a slow machine needs a minute or two."""
TAIL_SECONDS = 0.25
"""How long her voice still hangs in the room, for ears that cannot tell it from another."""
CALLED_SECONDS = 8.0
"""After her name alone, so long what follows is meant for her."""
OLD_SECONDS = 15.0
"""What was said while the hub was away for longer than this is not spoken any more."""
VOLUME_STEP = 1.5
HEARD_AGAIN = "You hear me again."

log = get_logger(__name__)


class Conversation:
    """One conversation by voice. It is the listener of its ears, and hears the player and the hub."""

    def __init__(
        self, ears: Ears | None, player: Player, send: Callable[[Message], None], board: Board, settings: VoiceSettings
    ) -> None:
        """`send` takes a message for the hub and returns at once. Without ears she speaks, and listens to nobody."""
        self._ears = ears
        self._player = player
        self._send = send
        self._board = board
        self._settings = settings
        self._asked_at: float | None = None
        """when an answer was asked for that is not heard yet"""
        self._turn: int | None = None
        """the user's turn that is being answered, or was answered last"""
        self._over = False
        """that turn is over, though not all of it may be heard"""
        self._written: int | None = None
        """the latest turn that is shown and not spoken"""
        self._open_until = float("-inf")
        """until then she need not be called by name"""
        self._silent_since = float("-inf")
        self._away_since: float | None = None
        self._waterfall: Waterfall | None = None
        self._speaking = False
        self.asked_first: Callable[[str], bool] = _nothing_was_asked
        """whether these words answer something else that the user was asked, and are no message"""
        self.starting = False
        """while true, what hears or speaks is still being made ready"""
        self._one_at_a_time = settings.half_duplex == "on" or not settings.barge_in
        if ears is not None:
            ears.tell(self)
            ears.deaf = self.deaf
            ears.saying = lambda: player.saying

    # --- the hub -------------------------------------------------------------------------------

    def take(self, item: Item) -> None:
        """Something came from the hub."""
        match item:
            case Connected():
                self._connected(item)
            case Disconnected():
                self._away_since = self._now() if self._away_since is None else self._away_since
                self._board.change(connected=False)
            case _ if self._is_only_shown(item):
                pass
            case Turn(turn=int(turn)):
                self._turn_began(turn, item.cause)
            case EmotionShown(turn=int(turn)):
                self._player.feel(turn, item.emotion)
            case Sentence(turn=int(turn)):
                self._sentence(turn, item.text)
            case End(turn=int(turn)):
                self._ended(turn, item)
            case Error(turn=int(turn)):
                self._failed(turn, item)
            case Mute():
                self._player.muted = item.muted
            case Interrupt():
                if item.turn in (None, self._player.turn):
                    self._player.stop()
            case _:
                pass
        self._show()

    def _is_only_shown(self, item: Item) -> bool:
        """Whether this belongs to a turn that asks for less than to be spoken."""
        if isinstance(item, Turn) and item.channel is not None:
            self._written = item.turn
        about = item.turn if isinstance(item, (Turn, EmotionShown, Sentence)) else None
        return about is not None and about == self._written

    def _connected(self, connected: Connected) -> None:
        away = self._away_since
        self._away_since = None
        if away is not None and self._now() - away > OLD_SECONDS:
            self._player.forget(connected.welcome.current_turn or 0)
        self._board.change(connected=True)

    def _turn_began(self, turn: int, cause: Cause) -> None:
        if cause is not Cause.USER:
            return
        if self._player.busy and self._player.turn != turn:
            self._player.stop()  # the user has moved on, by voice or by hand
        self._player.prepare()
        self._turn, self._over = turn, False
        self._asked_at = self._asked_at or self._now()
        if self._waterfall is not None and self._waterfall.turn is None:
            self._waterfall.turn = turn
        else:
            self._waterfall = None

    def _sentence(self, turn: int, text: str) -> None:
        waterfall = self._measured(turn)
        if waterfall is not None and waterfall.sentence is None:
            waterfall.sentence = self._now()
        self._player.sentence(turn, text)
        self._board.change(sentence=text)

    def _ended(self, turn: int, end: End) -> None:
        if end.reason is EndReason.INTERRUPTED and self._player.turn == turn:
            self._player.stop()
        self._player.end(turn)
        if turn == self._turn:
            self._over = True
        waterfall = self._measured(turn)
        if waterfall is not None:
            waterfall.first_token_ms, waterfall.over = end.timings.get("first_token"), True
            self._tell_waterfall()

    def _failed(self, turn: int, error: Error) -> None:
        """Whoever asked aloud is told aloud."""
        if self._measured(turn) is not None:
            self._player.sentence(turn, error.message)

    def _measured(self, turn: int | None) -> Waterfall | None:
        """The times of this turn, if it was asked for aloud."""
        waterfall = self._waterfall
        return waterfall if waterfall is not None and waterfall.turn == turn else None

    # --- what is heard -------------------------------------------------------------------------

    def deaf(self) -> bool:
        """Whether her own voice would be heard as somebody's."""
        if not self._one_at_a_time:
            return False
        return self._player.audible or self._now() - self._silent_since < TAIL_SECONDS

    def speech_began(self) -> None:
        """Somebody speaks, and she does not."""
        self._player.prepare()
        self._show()

    def partly_heard(self, text: str) -> None:
        """So much of it is understood."""
        self._board.change(partial=text)
        if text:
            self._send(Partial(text))

    def may_interrupt(self) -> None:
        """Somebody may be speaking over her."""
        self._player.duck()

    def seems_to_interrupt(self) -> None:
        """Somebody speaks over her; whether they mean it is not sure yet."""
        self._player.hush()

    def was_nothing(self) -> None:
        """It was no interruption."""
        self._player.restore()
        self._board.change(partial="")

    def interrupts(self) -> None:
        """Somebody speaks over her, and means it."""
        self._cut_off()
        self._show()

    def heard(self, utterance: Utterance, text: str) -> None:
        """Somebody has said something."""
        self._player.restore()
        self._player.prepare()
        self._board.change(partial="")
        if self.asked_first(text):
            self._show()
            return
        must_call = self._settings.mode == "wake" and self._now() > self._open_until
        match meaning(text, names=self._settings.names, must_call=must_call):
            case Ask(said):
                self._ask_aloud(utterance, said)
            case Called():
                self._open_until = self._now() + CALLED_SECONDS
            case Obey(Order.SPEAK) if not self._player.muted:
                self._ask_aloud(utterance, text)
            case Obey(order):
                self._obey(order)
            case None:
                seconds = round(utterance.ended - utterance.began, 2)
                log.info("nothing for her was heard", seconds=seconds, words=bool(text))
        self._show()

    def _ask_aloud(self, utterance: Utterance, text: str) -> None:
        self.ask(text, Source.SPOKEN)
        decided, noticed = utterance.decided, utterance.noticed
        self._waterfall = Waterfall(utterance.ended, decided=decided, noticed=noticed, understood=self._now())

    def ask(self, text: str, source: Source) -> None:
        """The user said this."""
        self._cut_off()
        self._waterfall, self._over = None, False
        self._asked_at = self._now()
        self._board.change(said=text)
        self._send(Say(text, source))
        self._show()

    def not_sent(self, message: Message, error: AlisaError) -> None:
        """The hub never got this; who said it aloud is told aloud."""
        if isinstance(message, Say):
            self._asked_at = self._waterfall = None
            self._player.sentence(None, error.message)
            self._player.end(None)
            self._show()

    def _cut_off(self) -> None:
        """End what she says, and what she is about to say."""
        if self._player.busy:
            turn = self._player.turn
            heard = self._player.stop()
            if turn is not None:
                self._send(Interrupt(heard, turn))
        elif self._thinking and self._turn is not None:
            self._player.forget(self._turn)
            self._send(Interrupt("", self._turn))
        self._asked_at = None

    def _obey(self, order: Order) -> None:
        log.info("told to", order=order.value)
        match order:
            case Order.STOP:
                self._cut_off()
            case Order.QUIET:
                self._cut_off()
                self._send(Mute(True))
            case Order.SPEAK:
                self._send(Mute(False))
                self._player.muted = False
                self._player.sentence(None, HEARD_AGAIN)
                self._player.end(None)
            case Order.LOUDER:
                self._player.volume *= VOLUME_STEP
            case Order.SOFTER:
                self._player.volume /= VOLUME_STEP
            case Order.REPEAT:
                self._player.repeat()

    # --- the player ----------------------------------------------------------------------------

    def spoken(self, message: Message) -> None:
        """The player tells what is heard of her."""
        match message:
            case SpeechStart():
                self._speaking = True
                if message.turn is not None and message.turn == self._turn:
                    self._asked_at = None
                    self._audible(message.turn)
            case SpeechEnd():
                self._speaking = False
                self._silent_since = self._now()
                self._open_until = self._now() + self._settings.wake_seconds
            case Mouth():
                self._board.change(mouth=message.opening)
            case _:
                pass
        self._send(message)
        self._show()

    def _audible(self, turn: int) -> None:
        waterfall = self._measured(turn)
        if waterfall is not None and waterfall.audible is None:
            waterfall.audible, waterfall.tts_ms = self._now(), self._player.tts_ms
            self._tell_waterfall()

    def _tell_waterfall(self) -> None:
        """Once both the sound and the figures of the hub are known."""
        waterfall = self._waterfall
        if waterfall is not None and waterfall.complete:
            self._waterfall = None
            stages = waterfall.stages()
            log.info("answered", turn=waterfall.turn, speech_ended=round(waterfall.speech_ended, 4), **stages)
            self._board.add_turn(stages)

    @property
    def at_rest(self) -> bool:
        """Whether no answer is due and nothing is being said."""
        return not (self._thinking or self._player.busy)

    # --- how she does --------------------------------------------------------------------------

    @property
    def _thinking(self) -> bool:
        return self._asked_at is not None and self._now() - self._asked_at < ANSWER_SECONDS

    def look(self) -> None:
        """Look at what changes by itself: the level, a microphone that comes or goes. Called a few times a second."""
        if self._ears is not None:
            self._ears.tick(self._now())
            self._board.change(level=self._ears.source.level, speech=self._ears.speech)
        self._show()

    def _show(self) -> None:
        if self._over and not self._player.busy:
            self._asked_at = None  # nothing more of it is to be heard
        if self._ears is not None:
            self._ears.engaged = self._player.busy or self._thinking
        self._board.change(state=self._state())

    def _state(self) -> VoiceState:
        away = self._ears is None or self._ears.source.state in (State.AWAY, State.ENDED)
        told: Sequence[tuple[bool, VoiceState]] = (
            (self.starting, VoiceState.STARTING),
            (self._ears is not None and self._ears.attending, VoiceState.LISTENING),
            (self._speaking, VoiceState.SPEAKING),
            (self._thinking, VoiceState.THINKING),
            (self._player.muted, VoiceState.MUTED),
            (away, VoiceState.AWAY),
        )
        return next((state for holds, state in told if holds), VoiceState.IDLE)

    def _now(self) -> float:
        return asyncio.get_running_loop().time()


def _nothing_was_asked(_text: str) -> bool:
    return False
