"""Turns in which she uses a tool: the call, the tool's answer, and what she then says."""

from __future__ import annotations

import json
import random
from typing import Any

from llm_server.starter.grammar.exchange import Scene, say
from llm_server.starter.grammar.expand import choose
from llm_server.starter.template import Message, tool_call

# what the user says for each tool
ASKS_TIME = (
    "{what time is it|what's the time|tell me the time|can you check the time|check the clock}{| now}{?|}",
    "{can you|could you|please|would you} {tell me the time|look at the clock|tell me how late it is|check what time it is|get the time|give me the current time}{|, please|, <bot>}{?|}",
    "{do you know|any idea|I need to know|I wonder|tell me} {what time it is|how late it is|what the clock says|if it's late already}{| now}{?|}",
    "{current time|time please|time check|the time|got the time|what hour is it|is it late already|is it past ten yet|my watch stopped, what time is it|I lost track of time, how late is it|what does the clock say|is it time for bed}{|, please}{?|}",
)
ASKS_WEATHER = (
    "{what's the weather in|what is the weather like in|how is the weather in|is it raining in|weather in|will it rain in|how warm is it in|check the weather for|do I need an umbrella in} <town>{| today| now|}{?|}",
    "{how cold is it in|how hot is it in|is it sunny in|is it snowing in|is it windy in|temperature in|forecast for|what's the forecast for|weather report for|how many degrees are there in|is the sun shining in|what's it like outside in|tell me the weather in|get me the weather for|look up the weather in|show me the weather in} <town>{| today| right now| please|, please}{?|}",
    "{I'm in|I'm travelling to|I'm going to|I'm flying to|I live in|my <relative> is in|we're off to} <town>{,|.} {how's the weather there|what's the weather|what should I wear|do I need a coat|will it rain|is it cold there|check the weather please|should I pack an umbrella}{?|}",
    "{<town> weather|the weather in <town>|<town>: sun or rain|<town>, is it raining|how does the sky look over <town>|in <town>, what's the weather like|can you tell me if it's raining in <town>|do you know how warm it is in <town>|will <town> be sunny|does it snow in <town> now|could you check if it's cold in <town>|I wonder how the weather is in <town>}{| today| please}{?|}",
)
ASKS_REMEMBER = (
    "{remember|please remember|don't forget|keep in mind|make a note|note} that <fact>{|.}",
    "{can you|could you|would you|will you|I want you to|please} {remember|note down|write down|save|store|keep in mind|memorize} {|that |for me that |for later that }<fact>{|, please|.}",
    "{remember this|note this|write this down|save this|for your notes|new note|important|make a note of this|keep this in mind|memorize this|put this in your memory|store this fact}: <fact>{|.|!}",
    "<fact>{, remember that|, please remember|, don't forget that|, write that down|, keep that in mind|. Remember that|. Save that, please|, make a note of it|. Note it down|, and don't you forget it}{|.|!}",
    "{never forget that|you should remember that|it's important that you remember that|let me tell you something to remember:|add to your notes that|put in your notes that} <fact>{|.}",
)
FACTS = (
    "I {like|love|hate|can't eat|am allergic to} <food>|I {love my <drink>|never drink <drink>|only drink <drink>}|my favourite {color is <color>|food is <food>|season is <season>|animal is the <animal>|game is <game>|drink is <drink>}",
    "I {live in|moved to|was born in|come from} <city>|my birthday is in <month>|my <relative>'s birthday is in <month>|my <relative> lives in <city>|my <relative> is a <job>|my <relative> likes <food>",
    "my <pet> is called <newname>|I have a <pet> named <newname>|my {sister|brother|best friend|boss|teacher|doctor|neighbour} is called <newname>|my wifi is called <newname>|my car is <color>",
    "I work as a <job>|I study <subject>|I'm learning <language>|I play the <instrument>|I play <sport>|my hobby is <hobby>|I listen to <music>|I'm afraid of <animal>s",
    "I have an exam on <weekday>|I have {<sport> practice|a meeting|a date|a doctor's appointment} on <weekday>|I'm going to <country> in <month>|my parcel comes on <weekday>|the trash goes out on <weekday>",
    "my {keys are in the <color> box|<thing> is in the kitchen|passport is in the desk|shoe size is forty}|I get up at seven|I take my pills at eight|I owe <name> ten euros|<name> borrowed my <thing>|I parked near the <place>",
)
ASKS_TIMER = (
    "{set a timer for|start a timer for|timer for|remind me in|give me a timer of|wake me in|set a <minutes> minute timer, so} <minutes> {minutes|min}{|.|, please}",
    "{can you|could you|please|would you|I need you to} {set a timer for <minutes> minutes|start a <minutes> minute timer|time <minutes> minutes|count <minutes> minutes|ping me in <minutes> minutes|remind me in <minutes> minutes|wake me up in <minutes> minutes|tell me when <minutes> minutes are over}{|, please|?}",
    "<minutes> {minute timer|minutes timer|minutes, go|minutes please|minutes on the clock}{|, please|, now|.|!}",
    "{the <food> {needs|takes}|my tea needs|I'm taking a nap for|the eggs need|the cake stays in the oven for|I want to rest for|I'll study for|let me sleep for|my break lasts} <minutes> minutes{, set a timer|, start the timer|, remind me|. Timer please|, tell me when it's over}{|.|, please}",
    "{in <minutes> minutes|after <minutes> minutes} {wake me|remind me|ring the bell|call me|tell me to stop|let me know}{|, please|.}",
    "{timer|set the timer|start the clock|alarm}{:| for|,} <minutes> {minutes|min}{|.|, please}",
)
ASKS_APP = (
    "{open|start|launch|can you open|please open|run|could you start} <app>{| for me|, please}{?|.|}",
    "{can you|could you|would you|will you|please|be so kind and} {start up|launch|run|bring up|pull up|fire up|boot|switch to|show me|get me|load} <app>{| for me|, please| now}{?|.|}",
    "{I need|I want|I'd like to use|I want to use|let me have|I have to work in|let's use|time for|give me|take me to} <app>{| now|, please|, open it|. Start it|}{|.|!}",
    "<app>{, please| please|, open it|, start it|, now| should be open| open| start|: open it|, can you open that}{|.|?|}",
    "{I can't find|where is|I forgot how to start|I closed} <app>{, open it|, can you open it|, start it please|. Open it again}{|.|?}",
)
QUERIES = "<topic>|<topic>|<food> recipes|flights to <city>|hotels in <city>|<animal> pictures|<game>|<game> tips|<subject>|<subject> books|<language> lessons|a cheap <thing>|<color> <thing>s|how to fix a <thing>|the history of <country>|<music> concerts in <city>|<genre> films|<sport> results|<newname>|the best <place> in <city>|<pet> food|<hobby> for beginners"
ASKS_SEARCH = (
    "{search for|search the web for|google|look up|find out about|search} <query>{|, please| for me}{?|.|}",
    "{can you|could you|would you|please|will you|I want you to} {search for|look up|google|find|look for|search the web for|check the internet for|find something about|browse for|research|find me} <query>{|, please| for me| online}{?|.|}",
    "{what does the web say about|what does the internet say about|is there anything online about|I need information about|I want to read about|find pages about|search online:|web search:|search:|do a search for|what can you find about|I'm looking for|see what you find about|dig up something on|show me results for} <query>{|, please}{?|.|}",
    "<query>{, google it|, look it up|, search for that|, please search|, can you look that up|: what do you find|, find it online|, check the web}{|, please|?|.}",
)


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
        said = scene.ask(rng.choice(ASKS_TIME), slots)
        text = f"It's {result['time']}. " + choose(rng, "{Time flies.|Are you in a hurry?|Do you have plans?}")
    elif name == "get_weather":
        slots.set("town", slots.fill(rng.choice(("<city>", "<city>", "<newname>"))))
        said = scene.ask(rng.choice(ASKS_WEATHER), slots)
        arguments = {"city": slots.fill("<town>")}
        result = {
            "weather": rng.choice(("sunny", "rainy", "cloudy", "windy", "snowy", "foggy")),
            "degrees": rng.randint(-9, 38),
        }
        text = slots.fill(f"It's {result['weather']} and {result['degrees']} degrees in <town>. ") + choose(
            rng, "{Dress well.|Don't catch a cold.|Not that I'm worried about you.|Take a jacket, just in case.}"
        )
    elif name == "remember":
        fact = slots.fill(choose(rng, rng.choice(FACTS)))
        slots.set("fact", fact)
        said = scene.ask(rng.choice(ASKS_REMEMBER), slots)
        arguments = {"fact": fact}
        text = choose(rng, "{Noted|Saved|Got it}. {I won't forget it.|I'll keep it safe.|Consider it remembered.}")
    elif name == "set_timer":
        minutes = rng.choice((1, 2, 3, 4, 5, 7, 8, 10, 12, 15, 20, 25, 30, 40, 45, 60, 90))
        slots.set("minutes", str(minutes))
        said = scene.ask(rng.choice(ASKS_TIMER), slots)
        arguments = {"minutes": minutes}
        text = choose(
            rng,
            f"{{Okay|Done|Fine}}. The timer is set for {minutes} minutes. {{I'll let you know.|Don't wander off.|}}",
        )
    elif name == "open_app":
        said = scene.ask(rng.choice(ASKS_APP), slots)
        arguments = {"name": slots.fill("<app>")}
        text = slots.fill(
            choose(
                rng,
                "{<app> is open|There, <app>|I opened <app>}. {Anything else?|You could have clicked that yourself.|Have fun.}",
            )
        )
    else:
        slots.set("query", slots.fill(choose(rng, QUERIES)))
        said = scene.ask(rng.choice(ASKS_SEARCH), slots)
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
