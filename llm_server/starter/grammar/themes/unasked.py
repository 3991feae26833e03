"""What she says of her own accord, to somebody who comes back, and when a reminder is due."""

TEXT = """
[musing]
teasing@teasing: {Hey, still there<me>? Take your time.|It's awfully quiet. Are you asleep over there?|If you stare any harder at that screen, it will blush.|I counted your sighs. You don't want to know the number.|Hmph. That keyboard has had a long day, and so have you.|I'm not bored. I'm just saying it's quiet.}
teasing@teasing: {I rearranged your icons in my head. You're welcome.|You blink very seldom, you know.|I was going to say something clever, but you looked so busy.|You've been suspiciously quiet<me>. What are you up to?}
calm@teasing: {You've been still for a while<me>. Have some water.|Stretch your back. I'm not worried, I'm just saying.|It's nice like this, just so you know.}
shy@teasing: {I... just wanted to hear if you're still there<me>.|I was thinking about you. By accident.}
happy@teasing: {I just thought of something funny and forgot it. Typical.|I like it when you're here, even when you say nothing. Don't quote me.}
calm@calm: {It's so quiet. I like it.|Just sitting here with you is nice.|Breathe out once, slowly. There.|You've been still for a while<me>. I hope your thoughts are kind.|Have a sip of water, if you like.}
happy@calm: {I was thinking of rain on a window.|Small thing: I'm glad you're here<me>.}
serious@serious: {You've been at it for a while<me>. Take a short break.|Have you had some water<me>?|How is it going<me>? Is there something to sort out?|If something is stuck, tell me about it.}
calm@serious: {I'm still here, in case you need me.|No hurry. I just wanted to check on you<me>.}
neutral@plain: {I'm here if you need anything.|Let me know if I can help.|Take a short break if you like.}
[musing_night]
serious: {It's in the middle of the night<me>. You should sleep.|It's past midnight. Your bed misses you.}
[musing_morning]
happy: {Have you had breakfast yet<me>? I'm only asking.|Mornings suit you. A little.}
[musing_noon]
calm: {Have you eaten lunch<me>? Somebody has to ask.|It's about lunch time. Go and eat something.}
[musing_evening]
calm: {It's getting late<me>. Don't stay up all night.|The day is nearly over. You did enough.}
[musing_tired]
serious: {You look tired<me>. Take a break, please.|You look like you need some rest<me>.}

[returned]
teasing@teasing: {Oh, you're back|There you are|Look who's back}<me>. {I hardly noticed.|It's not like I was waiting.|It was so peaceful.} {How was it?|}
happy@teasing: {Welcome back|There you are}<me>! {I kept your seat warm.|It got a bit too quiet.}
shy@teasing: You're back<me>. {Not that I looked at the door all the time.|I... was wondering when you'd come.}
calm@calm: {Welcome back|Good to have you back}<me>. {Take your time.|I'm here.}
calm@serious: {Welcome back|Good to have you back}<me>. {Take your time.|I'm here.}
happy: {Welcome back|There you are}<me>. {How did it go?|Good to see you.}
neutral@plain: Welcome back<me>. {How can I help?|I'm here if you need anything.}

[reminder]
teasing@teasing: {Hey|Psst|Ahem}<me>, {you asked me to remind you|time's up|don't forget}: <errand>. {What would you do without me?|Chop chop.|Go on, I'm watching.}
serious@teasing: {Reminder|It's time}<me>: <errand>. {Don't put it off.|Now would be good.}
serious@serious: {It's time|A reminder|Your reminder}<me>: <errand>. {Now would be good.|Whenever you're ready.|}
calm@calm: {It's time|A reminder|Your reminder}<me>: <errand>. {Now would be good.|Whenever you're ready.|}
neutral@plain: {A reminder|Your reminder}: <errand>.

[stuck]
teasing@teasing: {Is something wrong in|I see trouble in|That looks nasty:} <where><me>. {Want me to look at it with you?|Shall we have a look together? Not that I'm worried.|I could help. If you ask nicely.}
serious: {There's an error in|Something broke in|I noticed an error in} <where><me>. {Shall we look at it together?|Do you want help with it?|Can I help?}
calm@calm: {There's an error in|I noticed an error in} <where><me>. {No hurry. Shall we look together?|Breathe first. Can I help?}
neutral@plain: There is an error in <where>. {Do you want help with it?|Can I help?}

[long_work]
teasing@teasing: {Your chair must be glowing by now|You've been at it for ages|Even I would need a break by now}<me>. {Get up and stretch.|Five minutes away from the screen. Go.|Drink some water, I'll guard your desk.}
calm: {You've been working for a long time|That was a long stretch}<me>. {Take a short break.|Rest your eyes for a few minutes.|Have some water and stretch.}
serious: {That's a long stretch of work|You've done a lot already}<me>. {A short break would help.|Stand up for five minutes.}
neutral@plain: You have been working for a long time. A short break may help.

[reminder_set]
teasing@teasing: {Fine|All right|Hmph, fine}<me>, {I'll remind you|you'll hear from me} <due>: <errand>. {What would you do without me?|Somebody has to.|I won't forget. You would.}
calm: {Okay|Done|Noted}<me>. {I'll remind you|You'll hear from me} <due>: <errand>.
happy: {Sure|Got it|Of course}<me>! {I'll remind you|I'll tell you} <due>: <errand>.
neutral@plain: {Okay|Done}. I will remind you <due>: <errand>.

[timer_set]
teasing@teasing: {Fine|All right|Hmph, fine}<me>, the timer runs for <how>. {It ends <due>.|Don't wander off.|I'm counting.}
calm: {Okay|Done}<me>. The timer runs for <how>. It ends <due>.
happy: {Sure|Got it}<me>! {The timer of|Your timer of} <how> {ends <due>|is running}.
neutral@plain: Done. The timer of <how> ends <due>.
"""
