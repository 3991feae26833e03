"""The chat template of the starter model, and its twin in Python.

The Jinja text goes into the GGUF and is what llama.cpp renders; `render` gives the same characters to the trainer.
A test renders both and compares. It follows the Llama 3 headers, because llama.cpp recognises that family and parses
its JSON tool calls (`{"name": …, "parameters": …}`) into `tool_calls`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

BEGIN = "<|begin_of_text|>"
TOOL_NOTE = 'To use a tool, answer only with {"name": tool, "parameters": arguments}.'

CHAT_TEMPLATE = """{{- bos_token }}
{%- if messages[0].role == 'system' %}
    {%- set instructions = messages[0].content %}
    {%- set turns = messages[1:] %}
{%- else %}
    {%- set instructions = '' %}
    {%- set turns = messages %}
{%- endif %}
{%- if instructions or tools %}
    {{- '<|start_header_id|>system<|end_header_id|>\\n\\n' + instructions }}
    {%- if tools %}
        {{- '\\n\\nTo use a tool, answer only with {"name": tool, "parameters": arguments}.\\n' }}
        {%- for tool in tools %}{{- tool.function | tojson + '\\n' }}{%- endfor %}
    {%- endif %}
    {{- '<|eot_id|>' }}
{%- endif %}
{%- for turn in turns %}
    {%- if turn.tool_calls %}
        {%- for call in turn.tool_calls %}
            {{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}
            {{- '{"name": "' + call.function.name + '", "parameters": ' }}
            {{- (call.function.arguments | tojson) + '}<|eot_id|>' }}
        {%- endfor %}
    {%- else %}
        {{- '<|start_header_id|>' + turn.role + '<|end_header_id|>\\n\\n' + turn.content + '<|eot_id|>' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}
{%- endif %}"""


@dataclass(frozen=True)
class Message:
    """One message of a training dialogue; `learn` says whether the model is taught to say it."""

    role: str
    content: str
    learn: bool = True


@dataclass(frozen=True)
class Dialogue:
    """A system prompt ("" for none), the tools offered, and the messages after it."""

    system: str
    messages: tuple[Message, ...]
    tools: tuple[dict[str, Any], ...] = field(default=())


def tool_call(name: str, arguments: dict[str, Any]) -> str:
    """The words of the assistant that llama.cpp turns into a structured tool call."""
    return f'{{"name": "{name}", "parameters": {json.dumps(arguments, ensure_ascii=False)}}}'


def render_prefix(system: str, tools: Sequence[dict[str, Any]] = ()) -> str:
    """Begin token and system message: the part that stays the same through a conversation."""
    if not system and not tools:
        return BEGIN
    listing = ""
    if tools:
        lines = "".join(json.dumps(tool["function"], ensure_ascii=False) + "\n" for tool in tools)
        listing = f"\n\n{TOOL_NOTE}\n{lines}"
    return f"{BEGIN}<|start_header_id|>system<|end_header_id|>\n\n{system}{listing}<|eot_id|>"


def render_body(messages: Sequence[Message], *, ask: bool = False) -> str:
    """The messages after the system prompt; with `ask`, the header under which the model goes on."""
    text = "".join(
        f"<|start_header_id|>{message.role}<|end_header_id|>\n\n{message.content}<|eot_id|>" for message in messages
    )
    return text + ("<|start_header_id|>assistant<|end_header_id|>\n\n" if ask else "")


def render(dialogue: Dialogue, *, ask: bool = False) -> str:
    """The whole dialogue as the model reads it."""
    return render_prefix(dialogue.system, dialogue.tools) + render_body(dialogue.messages, ask=ask)
