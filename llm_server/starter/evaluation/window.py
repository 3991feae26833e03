"""Two talks in words of their own, a short and a long one: what stands before the held-out prompts that need it."""

from __future__ import annotations

from typing import TypeAlias

TEXT = """
Let me tell you about the flat we looked at on Thursday. It has two rooms, high ceilings and a tiny kitchen
with a window towards the courtyard, where somebody keeps tomatoes in old paint buckets. The agent talked
without a pause and the floor creaked at every step, but the light in the afternoon was so good that none of
us minded.

<emotion=calm> It sounds as if you had already moved in, at least in your thoughts. A creaking floor is
honest: you always know who is coming. Did the others like it as well?

They did, though Pieter worries about the rent. He made a table with three columns: what we earn, what we
spend and what is left at the end of the month. The third column was rather short. We could sell the second
car, which nobody drives since the office moved, and perhaps cancel the gym that none of us has visited
since spring.

<emotion=teasing> So the gym was a donation. Very generous of you. Selling the car seems the easiest step,
if nobody needs it any longer.

On Saturday we walked the old railway line out to the reservoir. The rails are gone and the path is covered
with gravel, with birches on both sides. Half way there is a signal box where a retired couple sells
lemonade and plum cake. We sat there for an hour and watched a heron that stood in the water as if it had
been carved.

<emotion=happy> Plum cake and a heron, that is a very good hour. I would have stayed there too, had I legs.

In the evening my sister rang. Her twins have started school and one of them refuses to wear shoes in the
classroom. The teacher took it with humour and now all the children keep slippers there. She laughed so much
while telling it that I had to hold the phone away from my ear.

<emotion=happy> One stubborn child, and the whole class is comfortable. I like that twin already.

Work has been odd. The new system was meant to make the invoices faster, and instead every invoice needs two
people, one who types and one who reloads the page. Our director calls it a period of adjustment. I have
begun to keep a list of the excuses, and it has reached the second page.

<emotion=serious> Two people for one invoice is not progress. Keep that list, it may be of use when somebody
asks why the work takes so long.

Yesterday I repaired the sewing machine that belonged to my aunt. It only needed oil and a new belt, and a
good deal of fluff had to come out of the inside. Now it runs with a low hum, and I hemmed two curtains
before I noticed that they were not of equal length. They hang in the hall now, where nobody looks up.

<emotion=teasing> Nobody but me, now that I know. Still, bringing an old machine back to life is rather fine
work.

There is a choir in our street, did I mention that? They rehearse on Wednesdays in the room above the
bakery, so that the whole house smells of rolls and sounds of basses. They want me to join because they lack
a tenor. I said that I would think about it, which is what I say when I am already half persuaded.

<emotion=calm> Then you are half a tenor already. Go once and listen, and see how the rolls taste.

I found a box of letters in the cellar. Most are from the nineteen sixties, written in blue ink and folded
very small. One describes a bicycle tour along a canal with eleven punctures, and the writer counts them one
by one with growing despair. The last line says that he would do it again at any time.

<emotion=calm> Eleven punctures and he would do it again. That must have been good company. Keep those
letters dry.

"""
"""What the user says and what she answers, in turn; an empty line between."""

LONG_TEXT = """
What a day. The fire alarm went off at ten past nine, just when everybody had finally sat down, and all four
floors walked down the stairs and stood in the drizzle beside the bins. Nobody knew whether it was a drill.
Marta from the third floor had brought her coffee along and became the most envied person in the yard. After
forty minutes a man in a helmet came out and said that somebody had put a whole croissant in the toaster. We
all looked at one another and nobody said a word. Then the lift would not start again, so the big meeting was
moved to the ground floor, into the room with the broken blinds, where the projector shows nothing but a pale
green shadow. Leon read out all thirty slides from paper instead. He did voices, too, a deep one for the costs
and a hopeful one for the forecast. By five I had done exactly one of the seven things on my list, and that
one was buying stamps.

<emotion=teasing> One croissant against four floors, and the croissant won. I hope Leon keeps the voices for
the next meeting, they sound like the part worth staying for. And stamps do count.

This came in this afternoon, and I can't decide if it is rude or only clumsy: "Subject: works in the
stairwell. Dear residents, from Monday the 14th the water pipes in the left half of the building will be
replaced. The water will be off daily between 8:00 and 15:30; please fill a bucket in good time. Bicycles,
prams and shoe racks are to be removed from the landings by Sunday evening. Objects still found there will be
taken to the cellar without further notice and at the owner's expense. We also remind you, for the third time,
that the drying room isn't a storeroom. Whoever owns the canoe is asked to come forward. Questions will be
answered on Tuesdays from 9:00 to 9:45 by telephone. Thank you for your understanding. The management."
Forty-five minutes a week for questions, and in those the line is always busy. And I would really like to know
how anyone got a canoe up four flights of stairs.

<emotion=neutral> Clumsy, I would say, with one rude sentence in the middle: the one about the owner's
expense. Fill two buckets rather than one, and write to them if the line stays busy. The canoe deserves a
statue.

I finally got the lentil soup right, so I am writing it down before I forget. Two onions, three carrots and a
stick of celery, chopped small, go into olive oil on a low heat for a good fifteen minutes, until they are
soft and smell sweet. Add two cloves of garlic, a teaspoon of cumin and half a teaspoon of smoked paprika, and
stir for one minute, not longer, or it turns bitter. Then 300 grams of brown lentils, a tin of tomatoes, a
litre and a half of stock and a bay leaf. Lid half on, forty minutes. Salt only at the end, because the stock
has plenty. What I did wrong all those times was the vinegar: a whole tablespoon of it, stirred in after the
pot has come off the heat. Without it the soup tastes brown, if you know what I mean. With it you can suddenly
taste the carrots. It makes six bowls, and tomorrow it will be thick enough to stand a spoon in.

<emotion=happy> I do know what you mean, brown is a flavour too, just not a cheerful one. Fifteen patient
minutes and a spoon of vinegar at the end: that is a recipe worth keeping.

We leave for the hut on Friday at six in the morning and I haven't packed a thing, so here is the list. For
walking: boots, two pairs of thick socks, gaiters if I can find them, the green rain jacket, a hat, a pair of
thin gloves. For the night: sleeping bag liner, ear plugs (Bruno snores like a tractor), head torch, spare
batteries. Kitchen: the small pot, matches, a sharp knife, tea, oats, raisins, two packets of soup, hard
cheese, the good salami, chocolate for four. Other things: map in a plastic bag, compass, whistle, plasters,
tape for blisters, sun cream, a pack of cards, forty in cash because the hut takes no cards. To be done
before: wax the boots, charge the power bank, take the bin out, water the plants, tell next door about the
parcel. It says here that the bag should not weigh more than nine kilos. I think the cheese alone weighs two.

<emotion=calm> Wax the boots first, since they need a night to dry; the rest goes quickly. A second pair of
ear plugs weighs nothing and makes you a hero. And let everybody carry a piece of that cheese.

I had the strangest dream last night. I was on a train made of rooms instead of carriages: first a kitchen,
then a library, then a long bathroom with forty sinks in a row and somebody brushing their teeth at every one.
I had to get to the front because I was carrying the key for the engine, a big wooden one like a rolling pin.
But each time that I opened a door, the conductor stood there and asked me for the name of the next station,
and I didn't know it, so I invented one. Lower Thimble. Saint Barrel. Upper Wednesday. And each time he
nodded, stamped my sleeve, and the train really did stop there; I could see the signs outside in white
letters. At the last door I ran out of names. He leaned in very kindly and whispered, "Then we shall have to
stay in the open." And it was all snow outside, completely silent, and I was not afraid at all. I woke up at
four with my arm asleep.

<emotion=calm> I would have got off at Upper Wednesday, it sounds as if the shops were closed there. What a
kind ending, though, the snow and the silence. Perhaps the arm was the key all along.

I have to get this off my chest. The man upstairs has been drilling since the first of the month. Not all day,
that I could plan for. No, he drills for eight minutes, stops until you have relaxed, and begins again. Sunday
morning at half past seven he moved what I believe was a wardrobe from one side of the room to the other, and
then, evidently, back. I went up and rang. He opened in a dressing gown, extremely friendly, and showed me the
shelf. One shelf! It holds three model ships and a cactus. He said that the wall was "a difficult character"
and offered me a glass of plum brandy. What can you do with somebody like that? I went up there furious and
came down with a jar of pickled pumpkin. And now it's ten in the evening and there it is again, right over my
head: eight minutes, I have timed it. If it isn't over by the weekend I am going to write a letter, pumpkin or
no pumpkin.

<emotion=serious> Ten in the evening is too late for a drill, however friendly the man behind it is. Go up
once more and agree on hours with him, perhaps until seven. A letter is still there if that fails.

Last night they showed an old black and white film on television and one scene won't leave me. A woman waits
in a station buffet for a man who is not going to come. We know it, the waiter knows it, and she probably does
as well. She orders tea. She takes off her gloves, puts them side by side on the table, turns them over, and
puts them on again. The clock is behind her, so that only we can see it. Then a boy comes in, soaked to the
skin, with a telegram, and the camera stays on her face while he walks past her to another table. Nobody
speaks for nearly two minutes. You hear cups and a shunting engine. At the end of it she pays, counts out the
coins, and adds one for the waiter, and he pushes it back across the counter with one finger. That is all. No
music, no tears. I sat there with a cold plate on my knees and had quite forgotten to eat.

<emotion=sad> The coin that he pushes back, that is the line nobody had to say. I understand the cold plate
very well. Films that trust a pair of gloves to do the talking are rare.

Match report for the club page, please tell me if it's too long. On a heavy pitch and in front of sixty brave
spectators our second team drew 3-3 on Sunday. The guests began faster and led after four minutes, when a
harmless cross slipped through the hands of our goalkeeper like a wet bar of soap. Jonas levelled with a
header from a corner, the first of his life according to his mother, who was standing behind the goal. Before
the break the guests scored again from the spot; one may argue about that decision, and the whole bench did.
After the tea it was all us. Emil hit the post, then the bar, then finally the net, and in the 80th minute
Farid ran from the half-way line and put the ball between the keeper's legs. We were already singing when the
equaliser fell in stoppage time. A just result, alas. Yellow cards: four. Broken corner flags: one. Sausages
sold: all of them.

<emotion=happy> Not too long at all, I was standing there in the mud with you. Keep the soap and keep the
mother behind the goal. And the last line about the sausages is exactly where it should end.

Notes from the evening lecture about lighthouses, I am typing them up while I can still read my own scrawl.
One: at first open fires on hills, coal or wood, up to a tonne in one winter night; trouble with smoke, and
with sparks landing in the thatch. Two: candles behind glass, later oil lamps with a hollow wick, which let
air in from the middle and gave a steadier flame. Three: the great step was the lens. Instead of one thick
block of glass there are rings, cut like stairs, so that the light is bent forward and little is lost; much
lighter and cheaper to make. Four: the rhythm. Each tower has its own pattern of flashes, so a sailor can tell
them apart without seeing the tower. The whole lens turned on a bath of mercury, so smoothly that a finger
could push three tonnes. Keepers breathed the vapour for years. Five: nearly all of them automatic today. Then
slides, then biscuits.

<emotion=serious> Those are clear notes; I could pass a small exam with them. The mercury is the part that
stays with one: such a quiet, smooth machine, and it made its keepers ill.

I have been drawing the plan for the garden plot again, this time on squared paper, one square for a foot.
Along the north fence go the raspberries, since they are tall and would shade the rest. In front of them two
long beds with a path of bark between: potatoes and beans in the left one this year, cabbage and leeks on the
right, and the other way round next year. The corner by the shed is wet, so there I want mint, sunk in a
bucket so that it can't march off. By the gate a half circle of marigolds, sage and chives, for the bees and
because it is what one sees first. The old apple tree stays, though Agnes from the next plot says that it is
past its time. It had eleven apples last autumn, and I thought that a decent effort. Still open: the water
butt, the compost, and where on earth one is to put a chair. Funny, every plan I draw has no room for sitting
down.

<emotion=teasing> Then begin with the chair and plant around it. Under the apple tree, I would say: eleven
apples are company enough. And a bucket for the mint is wise, it has ambitions.

Here is the start of that story, it breaks off half way. "The clockmaker's widow sold the shop in March, but
she kept the one clock that had never worked. It stood in her new kitchen between the bread bin and the window
and showed twenty to three. Visitors would glance at it and grow uneasy about their trains. On the first night
of frost she heard it strike. It struck once, politely, like a guest who coughs before entering. She put on
her coat over her nightdress and went down. The hands had not moved, but the little door under the dial stood
open, and inside, where there ought to have been a pendulum, lay a folded note in her husband's writing. She
did not read it at once. She made tea, sat down, and moved the lamp closer. It said: Edith, I hope that you
will forgive me about the other key." And there I'm stuck. I have no idea at all what the other key is for.
Every idea that I had was a treasure, and I don't want a treasure.

<emotion=shy> I like her for making tea before she reads it. If I may suggest something small: the other key
could wind the clock, and he hid it because he was fond of twenty to three. Then one only has to learn why.

While clearing a drawer I found pages from the journey to the islands, years ago. "Tuesday. Ferry three hours
late, engine trouble. Slept on the deck against a coil of rope, woke with its pattern on my cheek. Wednesday.
Landed in fog. The only bus had left, so a woman named Sunniva took us along in her bread van, in the back,
among the warm loaves. Not allowed to eat any; ate one. Paid for it. Thursday. Walked to the north cape. Wind
so strong that we leaned on it like on a wall. Puffins on every ledge, looking like waiters who have been
given bad news. Friday. Rain. Played draughts with buttons. The landlord lent us his radio, which gets one
station, and that one reads out herring prices. Saturday. Sun, at last! All the washing of the village was out
within ten minutes, the whole hill in shirts and sheets. Nobody said anything about the weather, they only
smiled." I had forgotten every bit of it.

<emotion=happy> A whole hill in shirts and sheets, I can see it flapping. And waiters who have been given bad
news is the truest thing I have heard about puffins. Put those pages somewhere better than a drawer.

"""
"""The same form with much more said in every turn, of the kind people tell or paste in the evening."""


Talk: TypeAlias = tuple[tuple[str, str], ...]
"""Pairs of the user's words and hers."""


def _pairs(text: str) -> Talk:
    """Read a talk: its paragraphs in turn, each on one line, as pairs of the user's words and hers."""
    said = [" ".join(part.split()) for part in text.strip().split("\n\n")]
    return tuple(zip(said[::2], said[1::2], strict=True))


TALK: Talk = _pairs(TEXT)
"""Pairs of the user's words and hers: an ordinary talk of short turns, for prompts that come after some history."""

LONG_TALK: Talk = _pairs(LONG_TEXT)
"""Pairs of some 1,080 characters or 350 tokens: eight fill a window of 3,000 tokens, in fewer than ten turns."""
