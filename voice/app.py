"""The voice, put together: the one file that names the concrete parts, opens them and closes them again.

Whatever is missing is said in one sentence, and the rest works: without a microphone she speaks, without a loudspeaker
she listens, without the hub she waits for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from alisa.desktop import hotkey
from alisa.desktop.hotkey import Listener, Nobody
from alisa.link import Connected, HubLink, Item, finder
from alisa.protocol.message import Message
from alisa.protocol.messages import Hello, Status
from alisa.runtime.errors import AlisaError
from alisa.runtime.logs import get_logger
from alisa.runtime.paths import Home
from alisa.runtime.sections import HubSettings
from alisa.runtime.settings import Settings
from voice.audio.echo import WithoutEcho
from voice.audio.engines import open_sink, open_source
from voice.audio.streams import Sink, Source, State
from voice.cascade.conversation import Conversation
from voice.cascade.ears import Ears
from voice.cascade.ending import Ending
from voice.cascade.transcriber import Transcriber
from voice.choosing import Choosing
from voice.house import RealHouse
from voice.hub import Line
from voice.memory import give_back
from voice.notes import EarsNote, Notes, VoiceNote
from voice.player import Player
from voice.settings import VoiceSettings
from voice.status import Board, Snapshot, VoiceState
from voice.stt import engines as stt
from voice.stt.recognizer import Recognizer
from voice.stt.standin import WithStandIn
from voice.style import Style
from voice.told import Told
from voice.tts.assemble import BUILT_IN, chain
from voice.tts.chain import Chain
from voice.turns import engines as end_of_turn
from voice.turns.barge_in import BargeIn, BargeInParams
from voice.turns.endpointing import Endpointer, EndpointParams
from voice.vad import engines as vad
from voice.vad.gate import Gate
from voice.words.prosody import PERSONA_VOICES

LOOK_SECONDS = 0.1
"""How often what changes by itself (the level, a device that comes or goes) is looked at."""
SETTLE_SECONDS = 5.0
"""After so long all threads have what they need, and what was only for starting can be given back."""
HER_PERSONA = "alisa"
BUILT_IN_EARS = "sphinx"
"""the recogniser that is always there"""
MAY_FAIL = frozenset({"whisper", "openai"})
"""recognisers that need what may be broken or away: a model, a server"""
NO_MICROPHONE = "No microphone is there: she speaks, and hears you once you connect one."
CLOSED = "The microphone is closed: she hears nothing until the keys of voice.hotkey open it."
NO_SPEAKER = "No loudspeaker is there: she listens, and speaks once you connect one."
ONLY_WRITTEN = "No loudspeaker is there: her answers are only written until you connect one."

log = get_logger(__name__)


@dataclass
class Talk:
    """A voice that is open. `run` it; `key` is for what opens and closes the microphone."""

    board: Board
    conversation: Conversation
    player: Player
    ears: Ears | None
    line: Line
    sink: Sink
    notes: Notes
    choosing: Choosing | None = None
    """the question of the first time"""
    keys: Listener = field(default_factory=lambda: Nobody(""))
    """what is heard from anywhere, and opens and closes the microphone"""
    held: bool = False
    """the microphone is opened and closed by hand: open, it hears one utterance"""
    work: tuple[Callable[[], Coroutine[Any, Any, None]], ...] = ()

    async def run(self) -> None:
        """Talk, until it is cancelled; what fails here is a fault of ours and ends it."""
        tasks = [asyncio.create_task(work()) for work in (self.line.run, self._look, *self.work)]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def fall_silent(self) -> None:
        """End what she says: the voice is being stopped."""
        self.player.stop(completed=True)

    def key(self) -> None:
        """Open the microphone if it is closed, else close it."""
        if self.ears is None:
            return
        now = asyncio.get_running_loop().time()
        if not self.held:
            self.ears.source.muted = not self.ears.source.muted
        elif self.ears.attending:
            self.ears.release(now)
        else:
            self.ears.press(now)

    async def _look(self) -> None:
        while True:
            without = NO_SPEAKER if self.ears is not None else ONLY_WRITTEN
            self.notes.set("speaker", without if self.sink.state is State.AWAY else "")
            if self.keys.taken():
                self.key()
            self.notes.set("microphone", self._microphone())
            self.conversation.look()
            if self.choosing is not None:
                self.choosing.look(asyncio.get_running_loop().time())
            await asyncio.sleep(LOOK_SECONDS)

    def _microphone(self) -> str:
        """What the user must know about it."""
        if self.ears is None:
            return ""
        if self.ears.source.state is State.AWAY:
            return NO_MICROPHONE
        return CLOSED if self.ears.source.muted else ""


@contextlib.asynccontextmanager
async def opened(
    home: Home, settings: Settings, board: Board, *, text: bool = False, took: Callable[[Item], None] = lambda _: None
) -> AsyncIterator[Talk]:
    """Open a voice, and close it at the end. `text`: without ears; `took` is told of all that the hub says.

    Raises AlisaError where the sound of this computer cannot be used at all, or an engine is unknown.
    """
    chosen = settings[VoiceSettings]
    told, notes = Told(home), Notes(board)
    later: list[Conversation] = []
    async with contextlib.AsyncExitStack() as stack:
        sink = await stack.enter_async_context(open_sink(chosen))
        note = VoiceNote(notes, board, told)

        style = Style(chosen, chosen.tts or BUILT_IN)
        chains: list[Chain] = []

        def engines(settings: VoiceSettings) -> Chain:
            chains.append(chain(settings, home, voices=_voices_of(style.persona), on_change=note))
            return chains[-1]

        voice = engines(chosen)
        stack.push_async_callback(voice.aclose)

        def spoken(message: Message) -> None:
            later[0].spoken(message)

        player = Player(sink, voice, style, spoken, volume=chosen.volume, duck=chosen.duck)

        def take(item: Item) -> None:
            if isinstance(item, Connected):
                style.persona = item.welcome.persona
                for each in chains:
                    each.speak_as(_voices_of(style.persona))
            later[0].take(item)
            took(item)

        line = Line(lambda hello: _link(home, settings[HubSettings], hello), take)
        said = partial(_say, player)
        hearing = None if text else await _hearing(stack, home, chosen, sink, notes, board, told, said)
        await stack.enter_async_context(player)
        ears = None if hearing is None else hearing.ears
        one_at_a_time = {"half_duplex": "on"} if hearing is not None and hearing.one_at_a_time else {}
        conversation = Conversation(ears, player, line.send, board, chosen.model_copy(update=one_at_a_time))
        line.not_sent = conversation.not_sent
        line.refused = lambda refusal: notes.set("hub", "" if refusal is None else str(refusal))
        later.append(conversation)
        stack.callback(board.watch(Teller(line.send)))
        loading = [] if hearing is None else [hearing.load]
        starting = asyncio.create_task(_start(conversation, voice.start, *loading), name="voice: start")
        stack.push_async_callback(_ended, starting)
        choosing = None
        if hearing is not None and not chosen.tts:
            house = RealHouse(home, chosen, player, style, engines)
            stack.push_async_callback(house.aclose)
            choosing = _choosing(conversation, player, house, told, lambda: _is_quiet(board, sink))
            stack.push_async_callback(choosing.aclose)
        held = chosen.mode == "push_to_talk"
        keys: Listener = Nobody("")
        if ears is not None:
            keys = await asyncio.to_thread(_keys, chosen)
            stack.callback(keys.close)
        work = () if ears is None else (ears.run,)
        yield Talk(board, conversation, player, ears, line, sink, notes, choosing, keys, held, work)


@dataclass(frozen=True, slots=True)
class _Hearing:
    ears: Ears
    one_at_a_time: bool
    """her own voice cannot be told from another"""
    load: Callable[[], Coroutine[Any, Any, None]]
    """does the slow part of getting ready"""


async def _hearing(
    stack: contextlib.AsyncExitStack,
    home: Home,
    chosen: VoiceSettings,
    sink: Sink,
    notes: Notes,
    board: Board,
    told: Told,
    aloud: Callable[[str], None],
) -> _Hearing:
    """Open the ears: microphone, voice activity, recogniser."""
    source, one_at_a_time = _source(chosen, sink)
    judge = await asyncio.to_thread(vad.create, chosen.vad)
    name, recognizer, missing = await asyncio.to_thread(_recognizer, home, chosen)
    stand_in = BUILT_IN_EARS if name in MAY_FAIL and chosen.language.lower().startswith("en") else ""
    note = EarsNote(notes, board, told, engine=name, stand_in=stand_in, aloud=aloud)
    if missing is not None:
        note.missing(missing)
    if name in MAY_FAIL:
        other = stt.create(stand_in, chosen, home) if stand_in else None
        loop = asyncio.get_running_loop()
        recognizer = WithStandIn(recognizer, other, lambda error: _later(loop, note, error))
    transcriber = Transcriber(recognizer, threaded=name != "scripted")
    stack.callback(transcriber.close)
    ending = await asyncio.to_thread(_ending, home, chosen, notes)
    if ending is not None:
        stack.callback(ending.close)
    endpoints = EndpointParams(
        threshold=chosen.vad_threshold,
        soft_seconds=chosen.soft_end_ms / 1000,
        hard_seconds=chosen.hard_end_ms / 1000,
        longest_seconds=chosen.longest_turn_seconds,
    )
    interruptions = BargeInParams(words_trusted=stt.ROBUST in stt.capabilities(name, chosen, home))
    over_her = BargeIn(interruptions, chosen.names)
    await stack.enter_async_context(source)
    ears = Ears(
        source,
        Gate(judge),
        transcriber,
        Endpointer(endpoints),
        over_her,
        ending=ending,
        push_to_talk=chosen.mode == "push_to_talk",
    )
    if isinstance(source, WithoutEcho):
        ears.excess = lambda: source.excess

    async def load() -> None:
        await _load(transcriber, recognizer, note)
        if isinstance(recognizer, WithStandIn) and recognizer.lost:
            over_her.params = replace(interruptions, words_trusted=False)

    return _Hearing(ears, one_at_a_time and chosen.half_duplex == "auto", load)


def _voices_of(persona: str) -> Mapping[str, str]:
    """The voices of a persona by engine; of one that brings none, Alisa's."""
    return PERSONA_VOICES.get(persona.lower(), PERSONA_VOICES[HER_PERSONA])


def _is_quiet(board: Board, sink: Sink) -> bool:
    """Whether nobody speaks, and she would be heard and answered if she did."""
    return sink.state is State.LIVE and board.now.connected and board.now.state is VoiceState.IDLE


def _choosing(
    conversation: Conversation, player: Player, house: RealHouse, told: Told, at_rest: Callable[[], bool]
) -> Choosing:
    """The question which voice, asked when nobody speaks, and asked before anything else is made of an answer."""
    choosing = Choosing(player, house, told, at_rest)
    conversation.asked_first = lambda text: choosing.takes(text, asyncio.get_running_loop().time())
    return choosing


def _keys(chosen: VoiceSettings) -> Listener:
    """Wait for the keys that open and close the microphone. What keeps them from it is written down."""
    screen = "" if os.environ.get("DISPLAY") else None
    keys = hotkey.listen(chosen.hotkey, setting="voice.hotkey", x11=screen)
    if keys.problem:
        log.info("no hotkey for the microphone", reason=keys.problem)
    return keys


async def _start(conversation: Conversation, *work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Have everything ready before anybody speaks."""
    conversation.starting = True
    try:
        async with asyncio.TaskGroup() as group:  # unlike gather, it waits for all of them when it is cancelled
            for part in work:
                group.create_task(part())
    finally:
        conversation.starting = False
    await asyncio.sleep(SETTLE_SECONDS)
    give_back()


def _source(chosen: VoiceSettings, sink: Sink) -> tuple[Source, bool]:
    """The microphone without her own voice; where that cannot be taken out, the microphone as it is, and True."""
    try:
        return open_source(chosen, sink=sink), False
    except AlisaError as error:
        if chosen.echo == "off":
            raise
        log.warning("her own voice cannot be taken out of the microphone", code=error.code, error=error.message)
        return open_source(chosen.model_copy(update={"echo": "off"}), sink=sink), True


def _recognizer(home: Home, chosen: VoiceSettings) -> tuple[str, Recognizer, AlisaError | None]:
    """The recogniser that was chosen; where it cannot be had, the built-in one, and why."""
    try:
        name = stt.chosen(chosen.stt, chosen, home)
        return name, stt.create(name, chosen, home), None
    except AlisaError as error:
        return BUILT_IN_EARS, stt.create(BUILT_IN_EARS, chosen, home), error


def _ending(home: Home, chosen: VoiceSettings, notes: Notes) -> Ending | None:
    """What judges whether a turn is over, if it is wanted; where it cannot be had, silence does, which is said."""
    try:
        model = end_of_turn.create(chosen, home)
    except AlisaError as error:
        notes.set("end_of_turn", f"{error} Meanwhile silence tells her that you have finished.")
        return None
    return Ending(model) if model is not None else None


async def _load(transcriber: Transcriber, recognizer: Recognizer, note: EarsNote) -> None:
    """Do the slow part of getting ready before anybody speaks."""
    try:
        await transcriber.load()
    except AlisaError as error:
        note(error)
        return
    note.ready(recognizer.notice)


def _later(loop: asyncio.AbstractEventLoop, note: EarsNote, error: AlisaError | None) -> None:
    """Have it noted by the loop, from another thread."""
    with contextlib.suppress(RuntimeError):  # the loop is closed: nobody reads it any more
        loop.call_soon_threadsafe(note, error)


def _say(player: Player, text: str) -> None:
    """Say a line that belongs to no turn."""
    player.sentence(None, text)
    player.end(None)


class Teller:
    """Watches the board and tells the hub what changed; all of it when the hub is new."""

    def __init__(self, send: Callable[[Message], None]) -> None:
        self._send = send
        self._told: dict[str, Any] | None = None

    def __call__(self, snapshot: Snapshot) -> None:
        if not snapshot.connected:
            self._told = None
        elif (wire := snapshot.wire()) != self._told:
            self._told = wire
            self._send(Status(wire))


def _link(home: Home, hub: HubSettings, hello: Hello) -> HubLink:
    return HubLink("", "", hello, find=finder(home, hub))


async def _ended(task: asyncio.Task[None]) -> None:
    """Cancel a task and wait until it is gone."""
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
