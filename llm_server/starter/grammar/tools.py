"""Turns in which she uses a tool: the call, the tool's answer, and what she then says."""

from __future__ import annotations

import json
import random
from typing import Any

from llm_server.starter.grammar.exchange import Scene, say
from llm_server.starter.grammar.expand import choose
from llm_server.starter.template import Message, tool_call


def tool(name: str, description: str, /, **properties: str) -> dict[str, Any]:
    """A tool as OpenAI's API describes it; `properties` are name=type."""
    schema = {
        "type": "object",
        "properties": {k: {"type": v} for k, v in properties.items()},
        "required": list(properties),
    }
    return {"type": "function", "function": {"name": name, "description": description, "parameters": schema}}


TOOLS = {
    "get_time": tool("get_time", "Get the current time."),
    "get_weather": tool("get_weather", "Get the weather in a city.", city="string"),
    "remember": tool("remember", "Save a fact about the user.", fact="string"),
    "set_timer": tool("set_timer", "Start a timer.", minutes="integer"),
    "open_app": tool("open_app", "Open an application.", name="string"),
    "search_web": tool("search_web", "Search the web.", query="string"),
}


def offer(rng: random.Random) -> tuple[dict[str, Any], ...]:
    """Some of the tools, in any order."""
    return tuple(TOOLS[name] for name in rng.sample(list(TOOLS), rng.choice((2, 3, 4, 5, 6))))


def use(scene: Scene, offered: tuple[dict[str, Any], ...]) -> list[Message]:
    """One turn with one of the offered tools."""
    rng, slots = scene.rng, scene.slots()
    name = rng.choice([entry["function"]["name"] for entry in offered])
    arguments: dict[str, Any] = {}
    result: dict[str, Any] = {"ok": True}
    if name == "get_time":
        result = {"time": f"{rng.randint(0, 23):02d}:{rng.randint(0, 59):02d}"}
        said = scene.ask(
            "{what time is it|what's the time|tell me the time|can you check the time|check the clock}{| now}{?|}",
            slots,
        )
        text = f"It's {result['time']}. " + choose(rng, "{Time flies.|Are you in a hurry?|Do you have plans?}")
    elif name == "get_weather":
        slots.set("town", slots.fill(rng.choice(("<city>", "<city>", "<newname>"))))
        said = scene.ask(
            "{what's the weather in|what is the weather like in|how is the weather in|is it raining in|weather in|will it rain in|how warm is it in|check the weather for|do I need an umbrella in} <town>{| today| now|}{?|}",
            slots,
        )
        arguments = {"city": slots.fill("<town>")}
        result = {
            "weather": rng.choice(("sunny", "rainy", "cloudy", "windy", "snowy", "foggy")),
            "degrees": rng.randint(-9, 38),
        }
        text = slots.fill(f"It's {result['weather']} and {result['degrees']} degrees in <town>. ") + choose(
            rng, "{Dress well.|Don't catch a cold.|Not that I'm worried about you.|Take a jacket, just in case.}"
        )
    elif name == "remember":
        fact = slots.fill(
            choose(
                rng,
                "{I like <food>|I live in <city>|my birthday is in <month>|my <pet> is called <newname>|I'm allergic to <food>|my favourite color is <color>|I work as a <job>|I have an exam on <weekday>|my sister is called <newname>}",
            )
        )
        slots.set("fact", fact)
        said = scene.ask("{remember|please remember|don't forget|keep in mind|make a note|note} that <fact>{|.}", slots)
        arguments = {"fact": fact}
        text = choose(rng, "{Noted|Saved|Got it}. {I won't forget it.|I'll keep it safe.|Consider it remembered.}")
    elif name == "set_timer":
        minutes = rng.choice((1, 2, 3, 4, 5, 7, 8, 10, 12, 15, 20, 25, 30, 40, 45, 60, 90))
        said = scene.ask(
            f"{{set a timer for|start a timer for|timer for|remind me in|give me a timer of|wake me in|set a {minutes} minute timer, so}} {minutes} {{minutes|min}}{{|.|, please}}",
            slots,
        )
        arguments = {"minutes": minutes}
        text = choose(
            rng,
            f"{{Okay|Done|Fine}}. The timer is set for {minutes} minutes. {{I'll let you know.|Don't wander off.|}}",
        )
    elif name == "open_app":
        said = scene.ask(
            "{open|start|launch|can you open|please open|run|could you start} <app>{| for me|, please}{?|.|}", slots
        )
        arguments = {"name": slots.fill("<app>")}
        text = slots.fill(
            choose(
                rng,
                "{<app> is open|There, <app>|I opened <app>}. {Anything else?|You could have clicked that yourself.|Have fun.}",
            )
        )
    else:
        slots.set(
            "query",
            slots.fill(
                rng.choice(
                    ("<topic>", "<food> recipes", "flights to <city>", "<animal> pictures", "<game>", "<subject>")
                )
            ),
        )
        said = scene.ask(
            "{search for|search the web for|google|look up|find out about|search} <query>{|, please| for me}{?|.|}",
            slots,
        )
        arguments = {"query": slots.fill("<query>")}
        slots.set(
            "found",
            slots.fill(rng.choice(("A page about <query>.", "Ten results for <query>.", "<query>: an overview."))),
        )
        result = {"result": slots.fill("<found>")}
        text = slots.fill("I found this: <found> ") + choose(rng, "{Is that what you wanted?|That's all I got.}")
    emotion = (
        "neutral"
        if scene.tone == "plain"
        else rng.choice(("happy", "calm", "teasing" if scene.tone == "teasing" else "serious"))
    )
    return [
        said,
        Message("assistant", tool_call(name, arguments)),
        Message("tool", json.dumps(result)),
        say(emotion, text),
    ]
