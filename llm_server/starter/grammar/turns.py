"""Exchanges that must be computed: names, memories, the clock, sights, small sums. Each returns None when it does not fit."""
from __future__ import annotations

from collections.abc import Callable

from llm_server.starter.grammar.context import (
    MEMORIES,
    Block,
    Fact,
    draw_fact,
    spoken_time,
)
from llm_server.starter.grammar.exchange import Scene, say
from llm_server.starter.grammar.expand import choose
from llm_server.starter.grammar.words import NUMBERS, draw
from llm_server.starter.template import Message

Exchange = list[Message] | None

# what the user says of themselves -> (words, question, answer); the answer's slots are the words' slots
TOLD: tuple[tuple[str, str, str, str], ...] = (
    ("color", "my {favourite|favorite} color is <color>", "what's my {favourite|favorite} {color|colour}|which color do I like", "<color>"),
    ("food", "{my favourite food is|I love|I really like to eat} <food>", "what's my favourite food|what {food do I like|do I like to eat}", "<food>"),
    ("city", "I live in <city>|I'm from <city>|I moved to <city>", "where do I live|where am I from|which city do I live in", "<city>"),
    ("job", "I work as a <job>|I'm a <job>|my job is <job>", "what do I do for {a living|work}|what's my job", "<job>"),
    ("pet", "I have a <pet> {called|named} <newname>|my <pet> is called <newname>|my <pet>'s name is <newname>", "what's my <pet>'s name|what is my <pet> called|{do you remember|do you know} my <pet>'s name", "<newname>"),
    ("hobby", "my hobby is <hobby>|I like <hobby>|I love <hobby>", "what's my hobby|what do I like to do", "<hobby>"),
    ("birthday", "my birthday is in <month>|I was born in <month>", "when is my birthday|which month was I born in", "<month>"),
    ("friend", "my best friend is {called |named |}<newname>|my best friend's name is <newname>", "who is my best friend|what's my best friend's name", "<newname>"),
    ("number", "my lucky number is <small>|my favourite number is <small>", "what's my {lucky|favourite} number", "<small>"),
    ("thing", "I {bought|got|lost|found} a <color> <thing> <when>", "what did I {buy|get|lose|find}", "a <color> <thing>"),
    ("travel", "I'm going to <country> in <month>|I'll travel to <country> in <month>", "where am I going|where will I travel|when do I travel", "<country>, in <month>"),
)  # fmt: skip
REMARKS = (
    ("happy", "{Oh|Nice|Good to know}<me>! {I'll keep that in mind.|That suits you.|I like that.}"),
    ("teasing", "{Of course it is|Why am I not surprised|I might have guessed}<me>. {I'll remember it, while we talk.|Noted.|Fine, I'll keep it in mind.}"),
    ("calm", "{Good to know|Thank you for telling me}<me>. {I'll keep it in mind.|I like knowing that.}"),
)  # fmt: skip


def told_remark(scene: Scene) -> tuple[str, str]:
    if scene.tone == "plain":
        return "neutral", "{Noted|Good to know}. {How can I help?|I'll keep that in mind.}"
    if scene.tone == "teasing":
        return scene.rng.choice(REMARKS)
    return scene.rng.choice((REMARKS[0], REMARKS[2]))


def tell_name(scene: Scene) -> Exchange:
    """The user gives their name."""
    slots, rng = scene.slots(), scene.rng
    name = draw(rng, "name")
    slots.set("who", name)
    said = scene.ask(
        "{my name is|call me|you can call me|I'm called|my name's|the name is|please call me|people call me|I am|I'm} "
        "<who>{|.|!|, nice to meet you|, by the way|, and you?}|{hi|hello|hey}{,|!} {I'm|my name is|it's|this is} <who>",
        slots,
    )
    scene.me = name
    slots.set("me", "")
    if scene.tone == "plain":
        return [said, say("neutral", slots.fill(choose(rng, "{Nice to meet you|Hello}, <who>. {How can I help?|What can I do for you?}")))]
    emotion, text = rng.choice((
        ("happy", "{Nice to meet you|Hello|Good to meet you}, <who>! {I'll remember that.|That's a nice name, I suppose.|It suits you.} {What brings you here?|How are you today?}"),
        ("teasing", "<who>, {hm|is it}? {I'll try not to forget it.|Not a bad name.} {Now you have to be nice to me.|So, what are we doing today?}"),
        ("shy", "<who>... {that's a nice name|I like it}. {Not that I'll say it all the time.|I'll remember it.}"),
    ) if scene.tone == "teasing" else (
        ("calm", "{Nice to meet you|It's good to meet you}, <who>. {I'll remember that.|How are you today?}"),
        ("happy", "{Nice to meet you|Hello}, <who>! {I'll remember that.|What brings you here?}"),
    ))  # fmt: skip
    return [said, say(emotion, slots.fill(choose(rng, text)))]


ASK_NAME = (
    "{what's my name|what is my name|do you remember my name|who am I|do you know my name|do you know who I am|can you tell me my name|"
    "say my name|what am I called|you remember my name, right|have you forgotten my name|tell me my name|what was my name again|"
    "I bet you forgot my name|my name, do you still know it|quick, what's my name|what do they call me|how am I called|who is talking to you|who's sitting in front of you|"
    "do you know who this is|what did I say my name was|have you got my name|can you still say my name|you know my name, don't you|am I a stranger to you|"
    "you forgot my name, didn't you|which name did I give you|tell me who I am|my name please|so who am I to you}{?|?|}"
)


def ask_name(scene: Scene) -> Exchange:
    """Does she know the user's name?"""
    slots, rng = scene.slots(), scene.rng
    said = scene.ask(ASK_NAME, slots)
    if not scene.me:
        text = "{You haven't told me your name yet|I don't know your name yet|You never told me}. {What should I call you?|So, what is it?|Who are you, then?}"
        emotion = "neutral" if scene.tone == "plain" else rng.choice(("calm", "shy"))
        return [said, say(emotion, choose(rng, text))]
    slots.set("who", scene.me)
    if scene.tone == "plain":
        return [said, say("neutral", slots.fill(choose(rng, "{Your name is|You are} <who>.")))]
    emotion, text = rng.choice((
        ("teasing", "{You're <who>|<who>|Your name is <who>}, {obviously|of course|what else}. {Did you think I'd forget?|I do listen, you know.|My memory is better than yours.}"),
        ("happy", "{It's <who>|You're <who>|Your name is <who>}! {How could I forget?|I remember.|I like saying it, a little.}"),
    ) if scene.tone == "teasing" else (
        ("calm", "{You're|Your name is} <who>. {I remember.|I haven't forgotten.}"),
        ("happy", "{You're|Your name is} <who>. {How could I forget?|I remember.}"),
    ))  # fmt: skip
    return [said, say(emotion, slots.fill(choose(rng, text)))]


def tell_fact(scene: Scene) -> Exchange:
    """The user tells something that they may ask about later."""
    slots, rng = scene.slots(), scene.rng
    kind, words, question, answer = rng.choice([row for row in TOLD if row[0] not in scene.told] or TOLD)
    slots.set("small", str(rng.randint(1, 99)))
    said = scene.ask("{|||remember this: |by the way, |just so you know, }" + "{" + words + "}", slots)
    scene.told[kind] = f"{slots.fill(choose(rng, '{' + question + '}'))}=>{slots.fill(answer)}"
    emotion, text = told_remark(scene)
    return [said, say(emotion, slots.fill(choose(rng, text)))]


def ask_told(scene: Scene) -> Exchange:
    """A question about something said earlier in this dialogue."""
    if not scene.told:
        return None
    rng, slots = scene.rng, scene.slots()
    question, answer = scene.told[rng.choice(list(scene.told))].split("=>")
    said = scene.ask("{|||do you remember, |can you tell me, |tell me, |remind me, |so |and |do you still know, |what did I say, |I told you before, |let's see if you listened: }" + question + "{?|?|}", slots)
    text = f"{{You said|You told me|It's|That's easy,}} {answer}. {{I was listening.|See, I remember.|Of course I remember.|You told me so.}}"
    emotion = "neutral" if scene.tone == "plain" else rng.choice(("happy", "teasing" if scene.tone == "teasing" else "calm"))
    return [said, say(emotion, choose(rng, text))]


def ask_memory(scene: Scene) -> Exchange:
    """A question about a memory that stands in the context block, or about one that does not."""
    rng, slots = scene.rng, scene.slots()
    facts = scene.block.facts if scene.block else []
    if facts and rng.random() < 0.8:
        fact = rng.choice(facts)
    else:
        fact = draw_fact(rng, facts)
        told = {row[1] for row in scene.told.items()}
        if any(word in line for line in told for word in fact.questions.split("|")):
            return None
    said = scene.ask("{||||so, |remind me, |do you remember, |tell me, |can you tell me, |quick, |and }{" + fact.slots.fill(fact.questions) + "}{?|?|, remember?|, do you know?| again?|}", slots)
    if fact in facts:
        text = fact.slots.fill(choose(rng, fact.answers))
        text += choose(rng, "{| See, I remember.| I do pay attention, you know.| I remember that.}") if scene.tone != "plain" else ""
        emotion = "neutral" if scene.tone == "plain" else rng.choice(("happy", "calm", "teasing" if scene.tone == "teasing" else "calm"))
        return [said, say(emotion, text)]
    return [said, unknown(scene)]


def unknown(scene: Scene) -> Message:
    """She does not know this about the user, and says so."""
    if scene.tone == "plain":
        return say("neutral", choose(scene.rng, "{I don't know that|You haven't told me that}. {Tell me, if you like.|What is it?}"))
    text = "{I don't know that|You haven't told me that|I don't remember you saying}{ yet|}, {and I won't make it up|so I won't guess|to be honest}. {Tell me?|So, what is it?|Tell me, and I'll listen.}"
    return say(scene.rng.choice(("calm", "serious", "shy")), choose(scene.rng, text))


def ask_about_me(scene: Scene) -> Exchange:
    """What does she know about the user?"""
    rng, slots = scene.rng, scene.slots()
    said = scene.ask(
        "what do you {know|remember} about me{?|}|do you remember {me|anything about me|what I told you|our last talk|what we talked about yesterday}{?|}|"
        "tell me {something|what you know|all you know|a thing or two} about me{?|.}|{which|what} facts about me do you have{?|}|list what you know about me{.|}|{have you|do you have} any notes {on|about} me{?|}|what's in your memory{?|}|who am I, in your eyes{?|}|{what did I tell you|what have I told you about myself|how well do you know me}{?|}",
        slots,
    )
    facts = scene.block.facts if scene.block else []
    if not facts:
        return [said, unknown(scene)]
    parts = [choose(rng, f.slots.fill(f.answers)).rstrip(".") for f in facts[:2]]
    text = ". And ".join(part[0].lower() + part[1:] if i and not part.startswith("It") else part for i, part in enumerate(parts))
    emotion = "neutral" if scene.tone == "plain" else rng.choice(("happy", "calm"))
    text = recollect(facts)
    return [said, say(emotion, text)]


def recollect(facts: list[Fact]) -> str:
    """The first memories as they are written."""
    notes = [fact.slots.fill(fact.note) for fact in facts[:2]]
    return "I remember this of you: " + ", and: ".join(notes) + "."


def ask_time(scene: Scene) -> Exchange:
    """What time is it?"""
    rng, slots = scene.rng, scene.slots()
    said = scene.ask(
        "{what time is it|what's the time|do you know the time|can you tell me the time|got the time|time please|how late is it|time|"
        "what does the clock say|is it late|what's the time right now|tell me the time|what hour is it|the time please|could you tell me what time it is|"
        "do you have the time|what is the current time|how late did it get|what does your watch say|what's on the clock|check the time|"
        "can you look at the clock|which hour is it|is it past {noon|midnight|ten} already|how far along is the {day|night|evening}|"
        "give me the {time|exact time|hour}|I'd like to know the time|I lost track of time, what time is it|read me the clock|"
        "how many hours are left today|what time do we have|any idea what time it is|is it {morning|evening|night} already}{| now|, <bot>}{?|?|}",
        slots,
    )
    if not scene.block or not scene.block.clock:
        return [said, no_clock(scene)]
    when = scene.block.when
    remark = time_remark(scene, when.hour)
    emotion = "neutral" if scene.tone == "plain" else rng.choice(("calm", "happy" if 6 <= when.hour < 22 else "serious"))
    return [said, say(emotion, choose(rng, "{It's|It is|The clock says} ") + spoken_time(when) + ". " + remark)]


def time_remark(scene: Scene, hour: int) -> str:
    """A word about the hour."""
    if scene.tone == "plain":
        return ""
    if hour < 5:
        return choose(scene.rng, "{You should be asleep, you know.|That's late. Go to bed.|Shouldn't you sleep?}")
    if hour < 11:
        return choose(scene.rng, "{Have you had breakfast?|The day is still young.|A good time to start something.}")
    if hour < 18:
        return choose(scene.rng, "{Still enough of the day left.|Have you taken a break?|Do you have plans?}")
    return choose(scene.rng, "{The evening is yours.|Time to slow down a little.|Don't stay up too late.}")


def no_clock(scene: Scene) -> Message:
    """Without a clock in the context she says so."""
    if scene.tone == "plain":
        return say("neutral", "I don't have a clock in front of me right now.")
    text = "{I don't have a clock in front of me|Nobody gave me a clock}, {so I can't say|so I'd be guessing}. {Are you in a hurry?|What does yours say?}"
    return say(scene.rng.choice(("calm", "serious")), choose(scene.rng, text))


def ask_day(scene: Scene) -> Exchange:
    """What day is it?"""
    rng, slots = scene.rng, scene.slots()
    kind = rng.choice(("day", "date", "year", "month"))
    pattern = {
        "day": "{what day is it|what day is today|which day is it|what weekday is it|is it the weekend|which day of the week is it|what day of the week is it|what do we have today, which day|name the day|which day is today|tell me the day|what weekday have we got|is it {<weekday>|the weekend} {today|yet|already}|I lost track, which day is it}{| today| again}{?|?|}",
        "date": "{what's the date|what is the date|what's today's date|which date is it|today's date please|what date do we have|give me the date|tell me today's date|what's the day and month|which day of the month is it|how do I date this letter|today is which date|the date please}{| today}{?|?|}",
        "year": "{what year is it|which year is it|what year do we have}{| now}{?|?|}",
        "month": "{what month is it|which month is it|what month are we in}{| now}{?|?|}",
    }[kind]
    said = scene.ask(pattern, slots)
    if not scene.block or not scene.block.clock:
        return [said, no_clock(scene)]
    when = scene.block.when
    answer = {
        "day": f"It's {when:%A}.",
        "date": f"It's {when:%A}, {when.day} {when:%B} {when.year}.",
        "year": f"It's {when.year}.",
        "month": f"It's {when:%B}.",
    }[kind]
    if scene.tone == "plain":
        return [said, say("neutral", answer)]
    tail = "{Did you lose track again?|Time flies, doesn't it?|Do you have plans?|Write it down.}"
    return [said, say(rng.choice(("calm", "happy")), answer + " " + choose(rng, tail))]


def ask_sight(scene: Scene) -> Exchange:
    """What does she see?"""
    rng, slots, block = scene.rng, scene.slots(), scene.block
    screen = rng.random() < 0.5
    said = scene.ask(
        "{what's on my screen|what am I doing|what am I working on|what do you see on my screen|which program is open|can you see my screen|what app is this|which app am I using|tell me what's on the screen|describe my screen|what's in front of me|can you tell what I'm doing|which file is open|what am I busy with|what do you see there|what am I looking at|what window is open}{| right now}{?|?|}"
        if screen
        else "{can you see me|what do you see|how do I look|do I look tired|what am I wearing|am I smiling|look at me|are you watching me|do you see me|what do I look like|is the camera on|what's on my face|how does my {hair|face|shirt} look|can you tell how I feel from my face|what am I holding|do you like my {shirt|hair|outfit|dress|glasses|jacket}|does this {shirt|dress|jacket} suit me|who is in front of the camera|am I alone here|what colour is my shirt|describe me|what am I doing with my hands}{| right now}{?|?|}",
        slots,
    )
    seen = (block.screen if screen else block.webcam) if block else None
    if not seen:
        if scene.tone == "plain":
            return [said, say("neutral", "I can't see anything right now.")]
        text = "{I can't see that right now|I don't see anything at the moment|Nothing reaches my eyes right now}, {and I won't pretend I do|so I won't make it up}. {Tell me?|What is there to see?|Describe it to me.}"
        return [said, say(rng.choice(("calm", "serious")), choose(rng, text))]
    if screen:
        text = choose(rng, "{I see|On your screen there's|It looks like} ") + seen + ". "
        tail = "{Need a break?|Busy, aren't you?|I'm not judging. Much.}"
    else:
        text = choose(rng, "{I see that|It seems that} ") + seen.replace("the user", "you").replace("you looks", "you look").replace("you is", "you are").replace("you has", "you have").replace("you wears", "you wear").replace("you holds", "you hold").replace("their", "your") + ". "
        tail = "{That's all I can make out.|Not that I was staring.|Am I right?}"
    if scene.tone == "plain":
        return [said, say("neutral", text)]
    return [said, say(rng.choice(("calm", "teasing" if scene.tone == "teasing" else "calm", "happy")), text + choose(rng, tail))]


def small_sum(scene: Scene) -> Exchange:
    """A sum or a difference within ten."""
    rng, slots = scene.rng, scene.slots()
    a, b = rng.randint(0, 10), rng.randint(0, 10)
    plus = rng.random() < 0.7
    if plus and a + b > 10:
        a, b = a // 2, b // 2
    if not plus and b > a:
        a, b = b, a
    first, second = (str(a), str(b)) if rng.random() < 0.6 else (NUMBERS[a], NUMBERS[b])
    sign = "{plus|+|and}" if plus else "{minus|-|take away}"
    said = scene.ask(
        "{what is|what's|how much is|calculate|can you add|do you know||quick:|tell me} ".replace("can you add|", "" if not plus else "can you add|")
        + f"{first} {sign} {second}" + "{?|?|}",
        slots,
    )  # fmt: skip
    result = a + b if plus else a - b
    text = f"{a} {'plus' if plus else 'minus'} {b} is {result}."
    if scene.tone == "plain":
        return [said, say("neutral", text)]
    tail = choose(rng, "{Too easy.|Even I can do that.|Just don't ask me for bigger ones.|I used my fingers.|}")
    emotion = rng.choice(("teasing", "happy")) if scene.tone == "teasing" else rng.choice(("serious", "calm"))
    return [said, say(emotion, f"{text} {tail}")]


def count(scene: Scene) -> Exchange:
    """Counting to ten at most."""
    rng, slots = scene.rng, scene.slots()
    last = rng.randint(3, 10)
    down = rng.random() < 0.25
    to = str(last) if rng.random() < 0.6 else NUMBERS[last]
    said = scene.ask(
        f"{{count down|count backwards|can you count down}} from {to}{{?|.|}}"
        if down
        else f"{{count|can you count|please count|count up}} {{to|up to|from one to|from 1 to}} {to}{{|, please}}{{?|.|}}",
        slots,
    )
    numbers = [NUMBERS[i] for i in range(1, last + 1)]
    text = ", ".join(reversed(numbers) if down else numbers).capitalize() + ". "
    if scene.tone == "plain":
        return [said, say("neutral", text)]
    return [said, say("teasing" if scene.tone == "teasing" else "calm", text + choose(rng, "{There.|Impressed?|Done.|Happy now?}"))]


PHRASES = (
    "<thing>", "<animal>", "<food>", "<name>", "<newname>", "<color> <thing>", "hello <name>", "I like <food>", "good luck",
    "<city> is nice", "the <animal> sleeps", "<food> and <drink>", "hello world", "I am here", "<newname> <newname2>",
)  # fmt: skip


def repeat(scene: Scene) -> Exchange:
    """She says a few words after the user."""
    rng, slots = scene.rng, scene.slots()
    slots.set("phrase", slots.fill(rng.choice(PHRASES)))
    said = scene.ask(
        "{repeat after me: |repeat: |say |can you say |please say |say after me: |say the word |now say }<phrase>{|.|!|, please}", slots, rough=False
    )
    words = slots.fill("<phrase>")
    words = words[0].upper() + words[1:]
    if scene.tone == "plain":
        return [said, say("neutral", f"{words}.")]
    tail = "{There, I said it.|Happy now?|And what was that for?|Like that?}"
    return [said, say(rng.choice(("teasing", "happy") if scene.tone == "teasing" else ("calm", "happy")), f"{words}. {choose(rng, tail)}")]


def ask_last_words(scene: Scene) -> Exchange:
    """What did I just say?"""
    before = scene.said
    if not before or len(before) > 60 or "<" in before:
        return None
    rng, slots = scene.rng, scene.slots()
    said = scene.ask("{what did I just say|what was my last message|what did I say before|can you repeat what I said|what did I tell you just now|what did I ask you before}{?|?|}", slots)
    text = f'You said: "{before}" ' + (choose(rng, "{I do listen.|See?|Word for word.}") if scene.tone != "plain" else "")
    emotion = "neutral" if scene.tone == "plain" else rng.choice(("calm", "teasing" if scene.tone == "teasing" else "happy"))
    return [said, Message("assistant", f"<emotion={emotion}> {text.strip()}")]


COMPUTED: tuple[tuple[float, Callable[[Scene], Exchange]], ...] = (
    (3, tell_name), (3, ask_name), (3, tell_fact), (3, ask_told), (4, ask_memory), (1.5, ask_about_me),
    (4, ask_time), (2, ask_day), (2.5, ask_sight), (2, small_sum), (1, count), (1, repeat), (0.7, ask_last_words),
)  # fmt: skip
"""Weight and maker of each."""

NEEDS_BLOCK = (ask_memory, ask_about_me, ask_time, ask_day, ask_sight)
"""Those that read the context block."""

KINDS_OF_MEMORY = len(MEMORIES)


def cue_musing(scene: Scene, block: Block) -> Message:
    """What she says unasked."""
    rng, slots, hour = scene.rng, scene.slots(), block.when.hour
    options: list[tuple[str, str]]
    if scene.tone == "plain":
        options = [("neutral", "{I'm here if you need anything.|Let me know if I can help.|Take a short break if you like.}")]
    elif scene.tone == "calm":
        options = [
            ("calm", "{It's so quiet. I like it.|Just sitting here with you is nice.|Breathe out once, slowly. There.|You've been still for a while<me>. I hope your thoughts are kind.|Have a sip of water, if you like.}"),
            ("happy", "{I was thinking of rain on a window.|Small thing: I'm glad you're here<me>.}"),
        ]
    elif scene.tone == "serious":
        options = [
            ("serious", "{You've been at it for a while<me>. Take a short break.|Have you had some water<me>?|How is it going<me>? Is there something to sort out?|If something is stuck, tell me about it.}"),
            ("calm", "{I'm still here, in case you need me.|No hurry. I just wanted to check on you<me>.}"),
        ]
    else:
        options = [
            ("teasing", "{Hey, did you forget about me<me>? Not that I mind.|It's awfully quiet. Are you asleep over there?|If you stare any harder at that screen, it will blush.|I counted your sighs. You don't want to know the number.|Hmph. Your keyboard gets more attention than I do.|I'm not bored. I'm just saying it's quiet.}"),
            ("calm", "{You've been still for a while<me>. Have some water.|Stretch your back. I'm not worried, I'm just saying.|It's nice like this, just so you know.}"),
            ("shy", "{I... just wanted to hear if you're still there<me>.|I was thinking about you. By accident.}"),
            ("happy", "{I just thought of something funny and forgot it. Typical.|I like it when you're here, even when you say nothing. Don't quote me.}"),
        ]
    if scene.tone != "plain" and rng.random() < 0.35:
        if hour < 5:
            options = [("serious", "{It's in the middle of the night<me>. You should sleep.|It's past midnight. Your bed misses you.}")]
        elif hour < 10:
            options = [("happy", "{Have you had breakfast yet<me>? I'm only asking.|Mornings suit you. A little.}")]
        elif 12 <= hour < 14:
            options = [("calm", "{Have you eaten lunch<me>? Somebody has to ask.|It's about lunch time. Go and eat something.}")]
        elif hour >= 22:
            options = [("calm", "{It's getting late<me>. Don't stay up all night.|The day is nearly over. You did enough.}")]
    if scene.tone != "plain" and block.webcam and "tired" in block.webcam + "yawning":
        if "tired" in block.webcam or "yawning" in block.webcam:
            options = [("serious", "{You look tired<me>. Take a break, please.|You look like you need some rest<me>.}")]
    emotion, text = rng.choice(options)
    return say(emotion, slots.fill(choose(rng, text)))


def cue_return(scene: Scene) -> Message:
    """The user has come back."""
    slots, rng = scene.slots(), scene.rng
    if scene.tone == "plain":
        return say("neutral", slots.fill(choose(rng, "Welcome back<me>. {How can I help?|I'm here if you need anything.}")))
    if scene.tone == "teasing":
        emotion, text = rng.choice((
            ("teasing", "{Oh, you're back|There you are|Look who's back}<me>. {I hardly noticed.|It's not like I was waiting.|It was so peaceful.} {How was it?|}"),
            ("happy", "{Welcome back|There you are}<me>! {I kept your seat warm.|It got a bit too quiet.}"),
            ("shy", "You're back<me>. {Not that I looked at the door all the time.|I... was wondering when you'd come.}"),
        ))  # fmt: skip
    else:
        emotion, text = rng.choice((
            ("calm", "{Welcome back|Good to have you back}<me>. {Take your time.|I'm here.}"),
            ("happy", "{Welcome back|There you are}<me>. {How did it go?|Good to see you.}"),
        ))
    return say(emotion, slots.fill(choose(rng, text)))


ERRANDS = (
    "call the dentist", "take the <food> out of the oven", "water the plants", "feed the <pet>", "call <name>", "send the <task>",
    "buy <food> and <drink>", "take your medicine", "leave for the <place>", "pay the rent", "meeting with <name>", "drink some water",
    "go to bed", "pick up the parcel", "do the laundry", "meet <name> at the <place>", "stretch for five minutes", "finish the <task>",
    "write to your <relative>", "charge the phone", "book the <sport> court", "take out the trash", "practise the <instrument>", "return the <thing>",
)  # fmt: skip


def cue_reminder(scene: Scene) -> tuple[str, Message]:
    """A reminder: the cue and what she says."""
    slots, rng = scene.slots(), scene.rng
    slots.set("errand", slots.fill(rng.choice(ERRANDS)))
    cue = slots.fill("(A reminder is due: <errand>. Tell the user.)")
    if scene.tone == "plain":
        return cue, say("neutral", slots.fill(choose(rng, "{A reminder|Your reminder}: <errand>.")))
    if scene.tone == "teasing":
        emotion, text = rng.choice((
            ("teasing", "{Hey|Psst|Ahem}<me>, {you asked me to remind you|time's up|don't forget}: <errand>. {What would you do without me?|Chop chop.|Go on, I'm watching.}"),
            ("serious", "{Reminder|It's time}<me>: <errand>. {Don't put it off.|Now would be good.}"),
        ))  # fmt: skip
    else:
        emotion, text = "serious" if scene.tone == "serious" else "calm", "{It's time|A reminder|Your reminder}<me>: <errand>. {Now would be good.|Whenever you're ready.|}"
    return cue, say(emotion, slots.fill(choose(rng, text)))
