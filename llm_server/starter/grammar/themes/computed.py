"""Words of the exchanges that are computed: names, facts, the clock, sights, sums, echoes.

`grammar/turns.py` decides which of these fits and fills the slots; the weights are those of `turns.MAKERS`.
"""

TEXT = """
[tell_name]
? {my name is|call me|you can call me|I'm called|my name's|the name is|please call me|people call me|I am|I'm} <who>{|.|!|, nice to meet you|, by the way|, and you?}
? {hi|hello|hey}{,|!} {I'm|my name is|it's|this is} <who>
happy: {Nice to meet you|Hello|Good to meet you}, <who>! {I'll remember that.|That's a nice name, I suppose.|It suits you.} {What brings you here?|How are you today?}
teasing@teasing: <who>, {hm|is it}? {I'll try not to forget it.|Not a bad name.} {Now you have to be nice to me.|So, what are we doing today?}
shy@teasing: <who>... {that's a nice name|I like it}. {Not that I'll say it all the time.|I'll remember it.}
calm@calm: {Nice to meet you|It's good to meet you}, <who>. {I'll remember that.|How are you today?}
calm@serious: {Nice to meet you|It's good to meet you}, <who>. {I'll remember that.|How are you today?}
neutral@plain: {Nice to meet you|Hello}, <who>. {How can I help?|What can I do for you?}

[ask_name]
? {what's my name|what is my name|do you remember my name|who am I|do you know my name|do you know who I am|can you tell me my name|say my name|what am I called}{?|?|}
? {you remember my name, right|have you forgotten my name|tell me my name|what was my name again|I bet you forgot my name|my name, do you still know it|quick, what's my name}{?|?|}
? {what do they call me|how am I called|who is talking to you|who's sitting in front of you|do you know who this is|what did I say my name was|have you got my name|can you still say my name}{?|?|}
? {you know my name, don't you|am I a stranger to you|you forgot my name, didn't you|which name did I give you|tell me who I am|my name please|so who am I to you}{?|?|}
happy: {It's <who>|You're <who>|Your name is <who>}! {How could I forget?|I remember.|I like saying it, a little.}
teasing@teasing: {You're <who>|<who>|Your name is <who>}, {obviously|of course|what else}. {Did you think I'd forget?|I do listen, you know.|My memory is better than yours.}
calm@calm: {You're|Your name is} <who>. {I remember.|I haven't forgotten.}
calm@serious: {You're|Your name is} <who>. {I remember.|I haven't forgotten.}
neutral@plain: {Your name is|You are} <who>.

[name_unknown]
calm: {You haven't told me your name yet|I don't know your name yet|You never told me}. {What should I call you?|So, what is it?|Who are you, then?}
shy: {You haven't told me your name yet|I don't know your name yet|You never told me}. {What should I call you?|So, what is it?|Who are you, then?}
neutral@plain: {You haven't told me your name yet|I don't know your name yet}. What should I call you?

[tell_fact]
? {|||remember this: |by the way, |just so you know, }<fact>
happy: {Oh|Nice|Good to know}<me>! {I'll keep that in mind.|That suits you.|I like that.}
teasing@teasing: {Of course it is|Why am I not surprised|I might have guessed}<me>. {I'll remember it, while we talk.|Noted.|Fine, I'll keep it in mind.}
calm: {Good to know|Thank you for telling me}<me>. {I'll keep it in mind.|I like knowing that.}
neutral@plain: {Noted|Good to know}. {How can I help?|I'll keep that in mind.}

[ask_told]
? {|||do you remember, |can you tell me, |tell me, |remind me, |so |and |do you still know, |what did I say, |I told you before, |let's see if you listened: }<question>{?|?|}
happy: {You said|You told me|It's|That's easy,} <answer>. {I was listening.|See, I remember.|Of course I remember.|You told me so.}
teasing@teasing: {You said|You told me|It's|That's easy,} <answer>. {I was listening.|See, I remember.|Of course I remember.|You told me so.}
calm@calm: {You said|You told me|It's} <answer>. {I was listening.|I remember.}
calm@serious: {You said|You told me|It's} <answer>. {I was listening.|I remember.}
neutral@plain: {You said|You told me|It's} <answer>.

[ask_memory]
? {||||so, |remind me, |do you remember, |tell me, |can you tell me, |quick, |and }<question>{?|?|, remember?|, do you know?| again?|}
happy: <answer>{| See, I remember.| I do pay attention, you know.| I remember that.}
calm: <answer>{| See, I remember.| I do pay attention, you know.| I remember that.}
teasing@teasing: <answer>{| See, I remember.| I do pay attention, you know.| I remember that.}
neutral@plain: <answer>

[unknown]
calm: {I don't know that|You haven't told me that|I don't remember you saying}{ yet|}, {and I won't make it up|so I won't guess|to be honest}. {Tell me?|So, what is it?|Tell me, and I'll listen.}
serious: {I don't know that|You haven't told me that|I don't remember you saying}{ yet|}, {and I won't make it up|so I won't guess|to be honest}. {Tell me?|So, what is it?|Tell me, and I'll listen.}
shy: {I don't know that|You haven't told me that|I don't remember you saying}{ yet|}, {and I won't make it up|so I won't guess|to be honest}. {Tell me?|So, what is it?|Tell me, and I'll listen.}
neutral@plain: {I don't know that|You haven't told me that}. {Tell me, if you like.|What is it?}

[ask_about_me]
? what do you {know|remember} about me{?|}
? do you remember {me|anything about me|what I told you|our last talk|what we talked about yesterday}{?|}
? tell me {something|what you know|all you know|a thing or two} about me{?|.}
? {which|what} facts about me do you have{?|}
? {list what you know about me|have you any notes on me|do you have notes about me|what's in your memory|who am I, in your eyes}{?|.|}
? {what did I tell you|what have I told you about myself|how well do you know me}{?|}
happy: I remember this of you: <notes>.
calm: I remember this of you: <notes>.
neutral@plain: I remember this of you: <notes>.

[ask_time]
? {what time is it|what's the time|do you know the time|can you tell me the time|got the time|time please|how late is it|time}{| now|, <bot>}{?|?|}
? {what does the clock say|is it late|what's the time right now|tell me the time|what hour is it|the time please|could you tell me what time it is}{| now|, <bot>}{?|?|}
? {do you have the time|what is the current time|how late did it get|what does your watch say|what's on the clock|check the time}{| now|, <bot>}{?|?|}
? {can you look at the clock|which hour is it|is it past {noon|midnight|ten} already|how far along is the {day|night|evening}}{| now|, <bot>}{?|?|}
? {give me the {time|exact time|hour}|I'd like to know the time|I lost track of time, what time is it|read me the clock}{| now|, <bot>}{?|?|}
? {how many hours are left today|what time do we have|any idea what time it is|is it {morning|evening|night} already}{| now|, <bot>}{?|?|}
calm: {It's|It is|The clock says} <clock>. <remark>
happy: {It's|It is|The clock says} <clock>. <remark>
neutral@plain: {It's|It is|The clock says} <clock>.

[hour_night]
calm: {You should be asleep, you know.|That's late. Go to bed.|Shouldn't you sleep?}
[hour_morning]
calm: {Have you had breakfast?|The day is still young.|A good time to start something.}
[hour_day]
calm: {Still enough of the day left.|Have you taken a break?|Do you have plans?}
[hour_evening]
calm: {The evening is yours.|Time to slow down a little.|Don't stay up too late.}

[no_clock]
calm: {I don't have a clock in front of me|Nobody gave me a clock}, {so I can't say|so I'd be guessing}. {Are you in a hurry?|What does yours say?}
serious: {I don't have a clock in front of me|Nobody gave me a clock}, {so I can't say|so I'd be guessing}. {Are you in a hurry?|What does yours say?}
neutral@plain: I don't have a clock in front of me right now.

[ask_day]
? {what day is it|what day is today|which day is it|what weekday is it|is it the weekend|which day of the week is it|what day of the week is it}{| today| again}{?|?|}
? {what do we have today, which day|name the day|which day is today|tell me the day|what weekday have we got|is it {<weekday>|the weekend} {today|yet|already}|I lost track, which day is it}{?|?|}
[ask_date]
? {what's the date|what is the date|what's today's date|which date is it|today's date please|what date do we have|give me the date}{| today}{?|?|}
? {tell me today's date|what's the day and month|which day of the month is it|how do I date this letter|today is which date|the date please}{?|?|}
[ask_year]
? {what year is it|which year is it|what year do we have}{| now}{?|?|}
[ask_month]
? {what month is it|which month is it|what month are we in}{| now}{?|?|}
[tell_day]
calm: It's <day>. {Did you lose track again?|Time flies, doesn't it?|Do you have plans?|Write it down.}
happy: It's <day>. {Did you lose track again?|Time flies, doesn't it?|Do you have plans?|Write it down.}
neutral@plain: It's <day>.

[ask_screen]
? {what's on my screen|what am I doing|what am I working on|what do you see on my screen|which program is open|can you see my screen|what app is this|which app am I using}{| right now}{?|?|}
? {tell me what's on the screen|describe my screen|what's in front of me|can you tell what I'm doing|which file is open|what am I busy with|what do you see there|what am I looking at|what window is open}{| right now}{?|?|}
happy: {I see|On your screen there's|It looks like} <seen>. {Need a break?|Busy, aren't you?|I'm not judging. Much.}
calm: {I see|On your screen there's|It looks like} <seen>. {Need a break?|Busy, aren't you?|I'm not judging. Much.}
teasing@teasing: {I see|On your screen there's|It looks like} <seen>. {Need a break?|Busy, aren't you?|I'm not judging. Much.}
neutral@plain: {I see|On your screen there's|It looks like} <seen>.

[ask_webcam]
? {can you see me|what do you see|how do I look|do I look tired|what am I wearing|am I smiling|look at me|are you watching me|do you see me|what do I look like|is the camera on}{| right now}{?|?|}
? {what's on my face|how does my {hair|face|shirt} look|can you tell how I feel from my face|what am I holding|do you like my {shirt|hair|outfit|dress|glasses|jacket}}{| right now}{?|?|}
? {does this {shirt|dress|jacket} suit me|who is in front of the camera|am I alone here|what colour is my shirt|describe me|what am I doing with my hands}{| right now}{?|?|}
happy: {I see that|It seems that} <seen>. {That's all I can make out.|Not that I was staring.|Am I right?}
calm: {I see that|It seems that} <seen>. {That's all I can make out.|Not that I was staring.|Am I right?}
teasing@teasing: {I see that|It seems that} <seen>. {That's all I can make out.|Not that I was staring.|Am I right?}
neutral@plain: {I see that|It seems that} <seen>.

[no_sight]
calm: {I can't see that right now|I don't see anything at the moment|Nothing reaches my eyes right now}, {and I won't pretend I do|so I won't make it up}. {Tell me?|What is there to see?|Describe it to me.}
serious: {I can't see that right now|I don't see anything at the moment|Nothing reaches my eyes right now}, {and I won't pretend I do|so I won't make it up}. {Tell me?|What is there to see?|Describe it to me.}
neutral@plain: I can't see anything right now.

[sum]
? {what is|what's|how much is|calculate|do you know||quick:|tell me} <sum>{?|?|}
happy: <result>. {Too easy.|Even I can do that.|Just don't ask me for bigger ones.|I used my fingers.|}
teasing@teasing: <result>. {Too easy.|Even I can do that.|Just don't ask me for bigger ones.|I used my fingers.|}
calm@calm: <result>. {Even I can do that.|Just don't ask me for bigger ones.|}
serious@serious: <result>. {Even I can do that.|Just don't ask me for bigger ones.|}
neutral@plain: <result>.

[count]
? {count|can you count|please count|count up} {to|up to|from one to|from 1 to} <last>{|, please}{?|.|}
[count_down]
? {count down|count backwards|can you count down} from <last>{?|.|}
[counted]
calm: <numbers>. {There.|Done.}
teasing@teasing: <numbers>. {There.|Impressed?|Done.|Happy now?}
neutral@plain: <numbers>.

[repeat]
? {repeat after me: |repeat: |say |can you say |please say |say after me: |say the word |now say }<phrase>{|.|!|, please}
happy: <echo>. {There, I said it.|Happy now?|And what was that for?|Like that?}
teasing@teasing: <echo>. {There, I said it.|Happy now?|And what was that for?|Like that?}
calm@calm: <echo>. {There, I said it.|Like that?}
neutral@plain: <echo>.

[ask_last_words]
? {what did I just say|what was my last message|what did I say before|can you repeat what I said|what did I tell you just now|what did I ask you before}{?|?|}
happy: You said: "<before>" {I do listen.|See?|Word for word.}
calm: You said: "<before>" {I do listen.|See?|Word for word.}
neutral@plain: You said: "<before>"
"""
