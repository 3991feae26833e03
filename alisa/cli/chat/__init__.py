"""`alisa chat`: talk in the terminal, through a pipe, or with one question.

This module is the command itself; everything heavy is imported when it is called.
"""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter


def chat(
    text: str | None = None,
    /,
    *,
    json: Annotated[bool, Parameter(negative=())] = False,
    conversation: str = "main",
) -> int:
    """Talk with Alisa.

    Without words it opens the chat; type /help there. With words it asks once, prints the reply and ends.
    Through a pipe, each line is a message.

    Examples:
      alisa chat
      alisa chat "How was your day?"
      echo "Good morning" | alisa chat --conversation mornings

    Parameters
    ----------
    text
        What you want to say. Leave it out to open the chat.
    json
        Print every frame of the hub as one line of JSON, for programs.
    conversation
        The name of the conversation. Each has its own history.
    """
    from alisa.cli.chat.entry import run

    return run(text, as_json=json, conversation=conversation)


__all__ = ["chat"]
