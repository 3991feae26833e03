"""What a server is asked for: of Alisa's own more than of any other, which may not know the words."""

from __future__ import annotations

from backend.llm.endpoint import Endpoint
from backend.llm.openai import _payload
from backend.llm.types import ChatMessage, ChatRequest
from llm_server.starter.evaluation.asking import NO_LOOPS

REQUEST = ChatRequest((ChatMessage("user", "hi"),), temperature=0.8, max_tokens=64)


def test_only_our_own_server_is_asked_to_end_loops() -> None:
    """Others refuse what they do not know; and the starter is judged as it is asked."""
    ours = _payload(Endpoint("http://127.0.0.1:1/v1", "", "", own=True), REQUEST)
    assert {name: ours[name] for name in NO_LOOPS} == NO_LOOPS
    theirs = _payload(Endpoint("http://127.0.0.1:1/v1", "", "", own=False), REQUEST)
    assert not set(theirs) & set(NO_LOOPS)
