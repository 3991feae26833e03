"""Other words for the same thing, put into what the user says, so that more of the language is heard."""

from __future__ import annotations

import random
import re

_TABLE = """
tell me: give me, let me hear, share, I'd like to hear, how about
can you: could you, would you, will you, are you able to, can u, would you please
could you: can you, would you, any chance you could
what is: what's, what would be, tell me
what's: what is, what would be
do you know: can you tell me, any idea, have you any idea, are you aware
do you remember: do you recall, can you recall, do you still know, have you still got in mind, remember
I want to: I'd like to, I feel like, I'm in the mood to, I would love to, I wish to, I'm keen to
I want: I'd like, I need, I'm in the mood for, I could use, I would love, I fancy
I need: I could use, I'm in need of, I want, I require, I really need
I have: I've got, I got, there's, I have got
I feel: I'm feeling, I've been feeling, I guess I feel, somehow I feel
I am: I'm, i'm
I'm: I am, i am, im
really: truly, terribly, awfully, honestly, incredibly, genuinely, absolutely
very: extremely, terribly, quite, awfully, so
so: incredibly, terribly, extremely, that
sad: down, blue, unhappy, gloomy, low, tearful, miserable, sorrowful, bummed out
lonely: all alone, so alone, on my own, isolated, forsaken
happy: cheerful, glad, delighted, over the moon, joyful, thrilled, ecstatic, in high spirits
tired: worn out, exhausted, sleepy, drained, dead on my feet, shattered, spent, wiped, zonked, weary
stressed: overwhelmed, under pressure, snowed under, on edge, frazzled, swamped
anxious: nervous, worried, uneasy, jittery, on edge, apprehensive
nervous: anxious, jittery, worried, tense, on pins and needles
angry: mad, furious, cross, livid, fuming, enraged, seething, irritated
annoyed: irritated, bothered, fed up, ticked off, aggravated
hungry: starving, famished, peckish, ravenous
bored: so bored, bored stiff, bored out of my mind, understimulated, dying of boredom
sick: ill, unwell, poorly, not well, under the weather
scared: afraid, frightened, terrified, spooked
stupid: dumb, silly, dense, dim, thick, foolish, brainless, clueless
useless: worthless, no good, pointless, good for nothing, hopeless
cute: adorable, charming, sweet, lovely, pretty, precious, endearing
beautiful: gorgeous, lovely, stunning, pretty
nice: lovely, pleasant, kind, sweet, friendly, good
funny: hilarious, amusing, witty, silly, comical
smart: clever, bright, intelligent, sharp, brilliant
bad: awful, terrible, horrible, nasty, dreadful, lousy, rotten
terrible: dreadful, awful, horrendous, ghastly, miserable
good: great, decent, fine, lovely, nice, solid
great: wonderful, fantastic, brilliant, superb, excellent, marvellous
big: large, huge, enormous, giant
small: little, tiny, mini, wee
old: ancient, aged, elderly
new: brand new, fresh, shiny new
strange: weird, odd, peculiar, funny looking, curious
quiet: silent, still, hushed, calm
today: this afternoon, this evening, this morning, right now, just now, earlier on, all day
tonight: this evening, later on, before bed, tonight at home
yesterday: the other day, last night, on the weekend, two days ago, a few days ago
tomorrow: in the morning, the day after, next week, soon, on monday
always: all the time, constantly, forever, every single day
again: once more, yet again, one more time, another time
friend: buddy, pal, mate, best friend
boss: manager, supervisor, chief, director
mother: mum, mom, mama
father: dad, papa, old man
grandma: granny, grandmother, nan
grandpa: grandfather, granddad
kid: child, little one
girlfriend: partner, fiancee
boyfriend: partner, fiance
job: position, work, occupation, post
work: the office, my job, the workplace
exam: test, final, midterm, quiz, examination
movie: film, flick, picture
song: tune, track, melody
story: tale, fairy tale, little story, bedtime tale
joke: pun, gag, one-liner, funny line, wisecrack
riddle: puzzle, brain teaser, brainteaser
poem: verse, rhyme, few lines
picture: image, drawing, sketch, photo
program: script, app, piece of software, tool
code: source code, script, program
essay: text, paper, article, composition
email: mail, message, letter
homework: assignment, school work, exercises
house: home, flat, apartment, place
phone: mobile, cell phone, smartphone
computer: pc, machine, laptop, device
money: cash, funds, savings
food: a meal, something to eat, grub
dinner: supper, an evening meal, a late meal
like: enjoy, love, fancy, adore, care for
love: adore, really like, cherish
hate: can't stand, despise, loathe, detest
talk: chat, speak, converse
chat: talk, speak, have a word
say: tell me, speak, let me hear
think: believe, suppose, reckon, feel
know: understand, be aware of
remember: recall, keep in mind, bear in mind
forgot: lost track of, didn't think of
bought: got, purchased, picked up, ordered
made: created, built, put together, prepared
saw: spotted, noticed, came across, watched, caught sight of
found: discovered, came across, dug up
met: ran into, bumped into, came across
went to: visited, drove to, walked to, headed to, stopped by
visited: went to see, dropped in on, stopped by, called on
broke: smashed, ruined, cracked, damaged
lost: misplaced, can't find, mislaid
cleaned: tidied, scrubbed, washed, wiped
fixed: repaired, mended, patched up
finished: completed, wrapped up, got done with, ended
started: began, took up, got into
died: passed away, passed on, is gone forever, left us
broke up with me: left me, ended things, dumped me, walked out on me, ended our relationship
help: assist, support, lend me a hand
explain: clarify, describe, tell me about, walk me through, break down
write: compose, draft, put together, type up, come up with
translate: convert, put
calculate: work out, compute, figure out, add up
show me: let me see, display, give me
make me laugh: crack me up, make me giggle, make me smile, make me chuckle
good night: nighty night, sleep tight, sweet dreams
I have to go: I must be going, I've got to leave, I'd better get going, duty calls, time for me to leave
bye: so long, cheerio, catch you later, until later, toodles, ciao for now
hello: hello there, hi, greetings, good day, hey, ahoy
hi: hiya, hello, hey there, heya
thank you: thanks, many thanks, much appreciated, cheers, thank you kindly
sorry: apologies, my apologies, so sorry, pardon me
should I: do you think I should, would you, ought I to, had I better
favourite: favorite, preferred, most loved, number one
outside: out there, out on the street, outdoors
a lot of: plenty of, loads of, tons of, heaps of
too much: way too much, more than enough, far too much
everything: all of it, just everything, each thing
nobody: no one, not a soul, not one person
somebody: someone, some person
I don't know: I'm not sure, no clue, I can't say, beats me, hard to say
real: actual, proper, genuine
who are you: who might you be, who exactly are you, what are you called
where do you live: where is your home, where can I find you, where are you located
how old are you: what age are you, how many years have you got
"""
SYNONYMS = {
    re.compile(rf"(?<![\w<'{{]){re.escape(word)}(?![\w>'])"): tuple(other.strip() for other in others.split(","))
    for word, _, others in (line.partition(":") for line in _TABLE.strip().splitlines())
}


def vary(rng: random.Random, text: str, share: float) -> str:
    """`text` with about `share` of its known words replaced by others of the same meaning; slots are left alone."""
    for pattern, others in SYNONYMS.items():
        if pattern.search(text) and rng.random() < share:
            text = pattern.sub(rng.choice(others), text, count=1)
    return text


FUNCTION_WORDS = frozenset("a an the so really very just my is are am do to of for me some please".split())


def drop(rng: random.Random, text: str) -> str:
    """`text` without one of its small words, as people leave them out."""
    words = text.split(" ")
    places = [i for i, word in enumerate(words) if word.lower() in FUNCTION_WORDS]
    if len(words) > 3 and places:
        del words[rng.choice(places)]
    return " ".join(words)
