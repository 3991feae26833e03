"""A reply that is over becomes what was heard of it: what she never got to say, she did not say.

Playback lags behind the model, so most interruptions come when the whole reply is stored already. How much of a text
was heard is `reply.heard_part`'s business.
"""

from __future__ import annotations

from alisa.runtime.errors import StorageError
from alisa.runtime.logs import get_logger
from backend.conversation.floor import Running
from backend.conversation.reply import heard_part
from backend.events.bus import Bus
from backend.events.commands import Interrupt
from backend.events.facts import ReplyAmended
from backend.storage.history import History

log = get_logger(__name__)


async def amend(history: History, bus: Bus, command: Interrupt, running: Running | None) -> None:
    """Amend the reply that the command names, as soon as it is stored. `running`: what runs in the conversation."""
    turn, heard = command.turn, command.heard
    if turn is None or heard is None:
        return

    def stands(text: str) -> str:
        """What was heard of the text; a report of other words, of which nothing can be believed, changes nothing."""
        part = heard_part(text, heard)
        return part if part or not heard.strip() else text

    if running is not None and running.asked.turn == turn:
        await running.ended.wait()
    try:
        text = await history.amend_heard(command.conversation, turn, stands)
    except StorageError as error:
        log.warning("what was heard could not be kept", code=error.code, error=error.message, turn=turn)
        return
    if text is not None:
        bus.publish(ReplyAmended(command.conversation, turn, text))
