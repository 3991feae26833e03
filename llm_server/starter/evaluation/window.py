"""A talk long enough to fill the window, in words of its own: what stands before the held-out prompts that need it."""

from __future__ import annotations

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

_SAID = [" ".join(part.split()) for part in TEXT.strip().split("\n\n")]
TALK: tuple[tuple[str, str], ...] = tuple(zip(_SAID[::2], _SAID[1::2], strict=True))
"""Pairs of the user's words and hers."""
