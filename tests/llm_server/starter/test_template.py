"""The chat template: Jinja and Python render the same characters."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from llm_server.starter.grammar.dialogue import dialogue
from llm_server.starter.template import (
    BEGIN,
    CHAT_TEMPLATE,
    Dialogue,
    Message,
    render,
    render_body,
    render_prefix,
    tool_call,
)

jinja2 = pytest.importorskip("jinja2")


def by_jinja(made: Dialogue, *, ask: bool) -> str:
    """As llama.cpp renders: tool calls come as structures."""
    environment = jinja2.Environment()
    environment.filters["tojson"] = lambda value: json.dumps(value, ensure_ascii=False)
    messages: list[dict[str, Any]] = [{"role": "system", "content": made.system}] if made.system else []
    for message in made.messages:
        if message.content.startswith("{") and message.role == "assistant":
            call = json.loads(message.content)
            function = {"name": call["name"], "arguments": call["parameters"]}
            messages.append({"role": "assistant", "content": "", "tool_calls": [{"function": function}]})
        else:
            messages.append({"role": message.role, "content": message.content})
    template = environment.from_string(CHAT_TEMPLATE)
    return str(
        template.render(messages=messages, tools=list(made.tools) or None, bos_token=BEGIN, add_generation_prompt=ask)
    )


@pytest.mark.parametrize("seed", range(40))
def test_the_trainer_sees_what_llama_cpp_renders(seed: int) -> None:
    """Any dialogue, with tools or without, with a system prompt or none, asked or complete."""
    made = dialogue(random.Random(seed))
    for ask in (False, True):
        assert by_jinja(made, ask=ask) == render(made, ask=ask)


def test_prefix_and_body_make_the_whole() -> None:
    """A shared prefix and its bodies are cut exactly between system prompt and first message."""
    made = dialogue(random.Random(3))
    assert render_prefix(made.system, made.tools) + render_body(made.messages) == render(made)
    assert render_prefix("") == BEGIN


def test_a_tool_call_is_the_json_that_llama_cpp_parses() -> None:
    """Name and parameters, with words of other alphabets as they are."""
    assert json.loads(tool_call("get_weather", {"city": "Kraków"})) == {
        "name": "get_weather",
        "parameters": {"city": "Kraków"},
    }
    assert "Kraków" in render_body([Message("assistant", tool_call("get_weather", {"city": "Kraków"}))])
