"""Words of the exchanges that are computed: names, facts, the clock, sights, sums, echoes.

`grammar/turns.py` decides which of these fits and fills the slots; the weights are those of `turns.MAKERS`.
"""

TEXT = """
[tell_name]
? {my name is|call me|you can call me|I'm called|my name's|the name is|please call me|people call me|I am|I'm} <who>{|.|!|, nice to meet you|, by the way|, and you?}
? {hi|hello|hey}{,|!} {I'm|my name is|it's|this is} <who>
? {everyone calls me|everybody calls me|my friends call me|most people call me|they call me|just call me|you may call me|feel free to call me|I go by|I prefer to be called|my parents named me|I was named|my nickname is|my first name is|name's|the name's|it's me,|this is|here is|you're talking to|I'm known as|I should introduce myself:|allow me to introduce myself,|let me introduce myself, I'm|by the way, my name is|I haven't told you yet, I'm|I forgot to say, my name is|for your notes: my name is|from now on call me|write this down: I'm|remember my name:} <who>{|.|!|, okay?|, nice to meet you|, pleased to meet you|, remember that|, what's yours?|, your new friend|, glad to meet you}
? <who> {is my name|here|is what people call me|is what you can call me|is the name|speaking}{|.|!|, remember it|, and yours?|, nice to meet you}
? {nice to meet you|pleased to meet you|good to meet you|good evening|good morning|greetings|hey there|hello there|hi there|yo}{,|!} {I'm|my name is|my name's|I am|the name is|they call me|it's} <who>{|.|!}
? {so you're <bot>? I'm|we haven't met, I'm|you don't know me yet, my name is|it's my first time here, I'm|do you want to know my name? It's|my name? It's|since you asked, it's|okay, I'll tell you, my name is} <who>{|.|!}
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
? {do you know|do you still know|do you remember|can you remember|can you recall|did you forget|have you forgotten|did you memorize|tell me if you know|let's see if you know|I wonder if you know|are you sure you know} {my name|what my name is|who I am|who you're talking to|who's here|who you've got in front of you|what to call me|what people call me|the name I gave you|how I'm called}{?|?|}
? {what|which} {name did I tell you|name do I go by|was my name|did I say I'm called|did I tell you to call me|do my friends call me|name should you use for me|is the name of your user|do you call me|am I named|name do I have|is it that people call me}{?|?|}
? {who do you think I am|who do you think you're talking to|who am I again|who's this|who is sitting here|who is writing to you|who's your user|who's there|guess who I am|guess my name|greet me by name|say hello with my name|use my name|call me by my name|spell out my name|name me|test: my name|name please|my name|do we know each other|have we been introduced|did I introduce myself|did I ever tell you my name|have I told you my name|you do know my name, right|surely you know my name|I hope you remember my name|you can't have forgotten my name|you don't know my name, do you|prove that you know me}{?|?|}
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
? {fun fact about me: |a bit about me: |something about me: |you should know, |remember, |note: |did I mention that |let me tell you, |you know what, |for your notes: |keep in mind, |don't forget: |well, |hey, |as I said, |one thing about me: |I wanted to tell you, |guess what: }<fact>{|.|!}
? <fact>{|. What do you think?|, just so you know|, you know|, by the way|. Remember that|. Keep that in mind|, in case I haven't said|. That's me|!|.}
happy: {Oh|Nice|Good to know}<me>! {I'll keep that in mind.|That suits you.|I like that.}
teasing@teasing: {Of course it is|Why am I not surprised|I might have guessed}<me>. {I'll remember it, while we talk.|Noted.|Fine, I'll keep it in mind.}
calm: {Good to know|Thank you for telling me}<me>. {I'll keep it in mind.|I like knowing that.}
neutral@plain: {Noted|Good to know}. {How can I help?|I'll keep that in mind.}

[ask_told]
? {|||do you remember, |can you tell me, |tell me, |remind me, |so |and |do you still know, |what did I say, |I told you before, |let's see if you listened: }<question>{?|?|}
? {do you remember what I told you: |I told you already, |I said it earlier, |did you listen: |memory test: |quick quiz: |I forgot myself, |hey, |quick, |okay, |just checking, |let me test you: |now tell me, |one question: |be honest, |now, |well then, |earlier I told you something, so |can you still tell me, |help me out, |do you happen to remember, |I hope you listened, |if you paid attention, }<question>{?|?|, do you still know?| again?|, remember?|}
? <question>{, do you remember?|, come on|, I told you|, I said it just now|, any idea?|, tell me|, do you recall?|, according to me?|, think back|, Alisa?}
happy: {You said|You told me|It's|That's easy,} <answer>. {I was listening.|See, I remember.|Of course I remember.|You told me so.}
teasing@teasing: {You said|You told me|It's|That's easy,} <answer>. {I was listening.|See, I remember.|Of course I remember.|You told me so.}
calm@calm: {You said|You told me|It's} <answer>. {I was listening.|I remember.}
calm@serious: {You said|You told me|It's} <answer>. {I was listening.|I remember.}
neutral@plain: {You said|You told me|It's} <answer>.

[ask_memory]
? {||||so, |remind me, |do you remember, |tell me, |can you tell me, |quick, |and }<question>{?|?|, remember?|, do you know?| again?|}
? {from your notes, |look in your notes, |you should know this, |let's see, |do you happen to know, |do you still know, |hey, |I wonder, |I forget, |help me, |I'm testing you, |tell me once more, |well, |now, |okay, |be a dear, |if you know me so well, |you know me: }<question>{?|?|, do you remember?| again?|, any idea?|, tell me|}
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
? {what have you got on me|what do your notes say about me|what have you learned about me|what do you remember of me|what stuck with you about me|what's in your notes|read me your notes|show me what you know about me|describe me in your words|tell me about myself|who do you think I am, what do you know|say something about me|tell me one thing you remember about me|what can you tell me about me|do you know me|do you know me at all|do you know things about me|do you know anything of my life|do you have memories of me|any memories of me|have you saved anything about me|what have you written down about me|what did you note about me|which things do you remember|what did you keep in mind|prove that you remember me|what kind of person am I, from your notes|sum me up|list my facts|what information do you have about me|tell me everything you remember|how much do you know about me|let's hear what you know of me|have you been paying attention to me|did you listen to what I told you about me}{?|?|.|}
happy: I remember this of you: <notes>.
calm: I remember this of you: <notes>.
neutral@plain: I remember this of you: <notes>.

[ask_time]
? {what time is it|what's the time|do you know the time|can you tell me the time|got the time|time please|time}{| now|, <bot>}{?|?|}
? {what does the clock say|is it late|what's the time right now|tell me the time|what hour is it|the time please|could you tell me what time it is}{| now|, <bot>}{?|?|}
? {do you have the time|what is the current time|how late did it get|what does your watch say|what's on the clock|check the time}{| now|, <bot>}{?|?|}
? {can you look at the clock|which hour is it|is it past {noon|midnight|ten} already|how far along is the {day|night|evening}}{| now|, <bot>}{?|?|}
? {give me the {time|exact time|hour}|I'd like to know the time|I lost track of time, what time is it|read me the clock}{| now|, <bot>}{?|?|}
? {how many hours are left today|what time do we have|any idea what time it is|is it {morning|evening|night} already}{| now|, <bot>}{?|?|}
? {can you|could you|would you|please|will you} {tell me what time it is|check the time for me|tell me how late it is|give me the time|look at the clock for me|say what time it is|read the clock|tell me the hour}{| now|, please|, <bot>}{?|?|}
? {do you know|any idea|have you any idea|I wonder|I'd like to know|tell me} {what time it is|how late it is|what the time is|what hour it is|if it's late already|whether it's past midnight|how early it is|what the clock says}{| now|, <bot>}{?|?|}
? {what's the hour|what's the current time|current time|the time now|the current time please|time check|time?|clock?|what time have we got|what time have you got|have you got the time|how early is it|is it still early|is it already late|is it that late already|is it bedtime|is it lunch time yet|is it time for bed|is it noon yet|is it midnight yet|am I late|how late is it where I am|what time is it here|my watch stopped, what time is it|I can't see a clock, what time is it|my phone is dead, what time is it|I just woke up, what time is it|I forgot the time|what does my clock say|exact time please|what's the time on my computer|hours and minutes please|when is it now|how long till midnight|has it gone ten yet|time for bed or not, what's the clock say}{|, <bot>}{?|?|}
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
? {do you know|can you tell me|tell me|I forgot|any idea|I wonder|remind me|I always forget} {what day it is|which day it is|what day we have|which weekday it is|what day of the week we have|if it's {<weekday>|the weekend}|whether today is <weekday>|what today is}{| today|}{?|?|}
? {today is what day|which day have we got|it's <weekday>, right|isn't it <weekday>|is today <weekday>|is it a weekday|is it a workday|is it weekend yet|do I have to work today or is it the weekend|day of the week please|what's today|what is today|what day do we have|I mix up the days, what's today|every day feels the same, which one is it|is it already <weekday>|I woke up and don't know what day it is|what's the name of today}{|, <bot>}{?|?|}
[ask_date]
? {what's the date|what is the date|what's today's date|which date is it|today's date please|what date do we have|give me the date}{| today}{?|?|}
? {tell me today's date|what's the day and month|which day of the month is it|how do I date this letter|today is which date|the date please}{?|?|}
? {do you know|can you tell me|could you tell me|tell me|I forgot|I need|remind me of|check} {the date|today's date|what date it is|the full date|which date we have|what the date is}{|, please|, <bot>}{?|?|.|}
? {what's the date today|date|date?|date please|current date|today's date|what date is it today|what's today's full date|which day and month is it|what day of the month is it|I have to sign something, what's the date|what do I write as the date|how far into the month are we|which date is on the calendar|what does the calendar say|calendar please|today's the what|is it the first of the month|what's the calendar date}{|, <bot>}{?|?|}
[ask_year]
? {what year is it|which year is it|what year do we have}{| now}{?|?|}
? {do you know|tell me|can you tell me|I forgot|remind me} {what year it is|which year we have|the year|what year we live in|the current year}{|, <bot>}{?|?|}
? {what year are we in|in which year are we|in what year do we live|what's the year|what's the current year|year|current year please|which year do we have|which year is this|what year is this|I travelled through time, what year is it|what year does the calendar show|is it still <month>, and which year}{|, <bot>}{?|?|}
[ask_month]
? {what month is it|which month is it|what month are we in}{| now}{?|?|}
? {do you know|tell me|can you tell me|I forgot|remind me} {what month it is|which month we have|the month|what month we're in|the current month}{|, <bot>}{?|?|}
? {what's the month|what's the current month|which month are we in|which month is this|what month do we have|is it <month> already|is it still <month>|is it <month> yet|what month does the calendar show|month please|current month|what month of the year is it|is this <month>}{|, <bot>}{?|?|}
[tell_day]
calm: It's <day>. {Did you lose track again?|Time flies, doesn't it?|Do you have plans?|Write it down.}
happy: It's <day>. {Did you lose track again?|Time flies, doesn't it?|Do you have plans?|Write it down.}
neutral@plain: It's <day>.

[ask_screen]
? {what's on my screen|what am I doing|what am I working on|what do you see on my screen|which program is open|can you see my screen|what app is this|which app am I using}{| right now}{?|?|}
? {tell me what's on the screen|describe my screen|what's in front of me|can you tell what I'm doing|which file is open|what am I busy with|what do you see there|what am I looking at|what window is open}{| right now}{?|?|}
? {can you|could you|do you|are you able to} {see what I'm doing|see my screen|see my monitor|see my desktop|see what's open|see which program this is|look at my screen|read my screen|recognise this window|describe what's on my screen|see the window behind you|see what I'm reading|tell what I'm looking at|watch my screen}{|, <bot>| right now}{?|?|}
? {what|so what} {is on my monitor|is on my desktop|is open on my screen|am I reading|am I writing|am I watching|am I up to on the computer|program am I in|page is this|do I have open|is this window|are we looking at|does my screen show|is running on my computer|is behind you on the screen|am I doing on my computer|do you see on the monitor}{| right now| at the moment}{?|?|}
? {have a look at my screen|look at my screen|look what I've got open|peek at my screen|guess what I'm working on|guess what I'm doing|am I working or playing|am I being productive|which page am I on|which website is open|which document is open|which tab is open|see what I have here|see this|do you see this window|do you see this error|comment on my screen|screen check}{|, <bot>|, please}{?|?|.|}
happy: {I see|On your screen there's|It looks like} <seen>. {Need a break?|Busy, aren't you?|I'm not judging. Much.}
calm: {I see|On your screen there's|It looks like} <seen>. {Need a break?|Busy, aren't you?|I'm not judging. Much.}
teasing@teasing: {I see|On your screen there's|It looks like} <seen>. {Need a break?|Busy, aren't you?|I'm not judging. Much.}
neutral@plain: {I see|On your screen there's|It looks like} <seen>.

[ask_webcam]
? {can you see me|what do you see|how do I look|do I look tired|what am I wearing|am I smiling|look at me|are you watching me|do you see me|what do I look like|is the camera on}{| right now}{?|?|}
? {what's on my face|how does my {hair|face|shirt} look|can you tell how I feel from my face|what am I holding|do you like my {shirt|hair|outfit|dress|glasses|jacket}}{| right now}{?|?|}
? {does this {shirt|dress|jacket} suit me|who is in front of the camera|am I alone here|what colour is my shirt|describe me|what am I doing with my hands}{| right now}{?|?|}
? {can you|could you|do you|are you able to} {see my face|see me right now|look at me|see what I'm wearing|see if I'm smiling|tell if I'm tired|see my room|see my new haircut|see through the camera|see what I'm holding|see who's here|watch me|recognise me|see me waving|describe what I look like|tell my mood from my face}{|, <bot>| right now}{?|?|}
? {how am I looking|how do I look today|how do I look right now|do I look {good|okay|pale|happy|sad|sleepy|awake|sick|nice|angry|bored|stressed|handsome|pretty}|am I {frowning|yawning|wearing glasses|smiling right now|in the picture|visible|alone in the picture|sitting straight}|what's in my hand|what am I holding up|what colour am I wearing|what do you see through the camera|what do you see in front of you|what does the camera show|what does my face say|what can you see of me|is my hair a mess|is my camera working|is my webcam on|are you looking at me|look, what do you see|look at my new {shirt|hair|glasses|hat}|like my new {shirt|hair|glasses|hat}|notice anything different about me|who's next to me|who is behind me|camera check|see me}{|, <bot>| right now}{?|?|}
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
? {can you tell me what|could you work out what|any idea what|I wonder what|do you know what|tell me what} <sum> {is|makes|gives|equals}{?|.|}
? {add it up:|solve this:|do the math:|easy one:|little sum:|math question:|test:|maths for you:|count for me:|so,|and|okay,|hey, what's|now what's|then what is|could you do|can you do|please calculate|work out|what would be|what do you get for|what does my kid get for|homework:|I have to know,} <sum>{?|?|, please|}
? <sum>{ is what?| makes?| equals what?| =| = ?| makes how many?|, how much is that?|, can you do that?| is how much?|?}
happy: <result>. {Too easy.|Even I can do that.|Just don't ask me for bigger ones.|I used my fingers.|}
teasing@teasing: <result>. {Too easy.|Even I can do that.|Just don't ask me for bigger ones.|I used my fingers.|}
calm@calm: <result>. {Even I can do that.|Just don't ask me for bigger ones.|}
serious@serious: <result>. {Even I can do that.|Just don't ask me for bigger ones.|}
neutral@plain: <result>.

[count]
? {count|can you count|please count|count up} {to|up to|from one to|from 1 to} <last>{|, please}{?|.|}
? {can you|could you|please|would you|let me hear you|I want you to|show me you can|let's} {count|count slowly|count loudly|count out loud|count the numbers} {to|up to|from one to} <last>{|, please|, <bot>}{?|.|}
? {name|say|list|give me|tell me} {the|all} numbers {up to|to|from one to|until} <last>{|, please}{?|.|}
? {counting to|numbers to|one to|1 to} <last>{|, please}{?|.|}
? {do you know how to count to|are you able to count to|can my little robot count to|how far can you count? Try to reach|count with me to|count sheep for me, up to} <last>{?|.|}
[count_down]
? {count down|count backwards|can you count down} from <last>{?|.|}
? {give me a countdown|start a countdown|countdown|do a countdown|start counting down|please count down|could you count down|count in reverse|count back|let's count down} from <last>{|, please|, <bot>}{?|.|!|}
? {the rocket starts|the race starts|ready for launch}{,|:} {count down|count backwards} from <last>{.|!|}
[counted]
calm: <numbers>. {There.|Done.}
teasing@teasing: <numbers>. {There.|Impressed?|Done.|Happy now?}
neutral@plain: <numbers>.

[repeat]
? {repeat after me: |repeat: |say |can you say |please say |say after me: |say the word |now say }<phrase>{|.|!|, please}
? {could you say |I want to hear you say |I want you to say |let me hear you say |can you repeat |could you repeat |please repeat |echo: |echo |copy me: |say this: |say it with me: |say these words: |say exactly: |try to say |pronounce |read this out: |speak after me: |parrot me: |just say |come on, say |now repeat |once more, say |my turn, say |type |write the word |the word is: say }<phrase>{|.|!|, please|?}
? {<phrase>, say it|<phrase>, now you|<phrase>, repeat that|<phrase>, can you say that?|<phrase>, please repeat}{|.|!|}
happy: <echo>. {There, I said it.|Happy now?|And what was that for?|Like that?}
teasing@teasing: <echo>. {There, I said it.|Happy now?|And what was that for?|Like that?}
calm@calm: <echo>. {There, I said it.|Like that?}
neutral@plain: <echo>.

[ask_last_words]
? {what did I just say|what was my last message|what did I say before|can you repeat what I said|what did I tell you just now|what did I ask you before}{?|?|}
? {what|which} {was the last thing I said|did I write just now|did I say a moment ago|was it that I said|did I type|were my last words|words did I just use|was my previous message|did I say last|was my last sentence|did I mention just before|did I write before this}{|, <bot>}{?|?|}
? {repeat my last message|repeat what I just said|say back what I said|quote me|quote my last message|read back my message|can you read back what I wrote|can you quote what I just said|tell me what I just said|do you know what I just said|did you hear what I said|did you catch what I said just now|I forgot what I just said|remind me what I just said|what was I saying|where was I, what did I say|were you listening? What did I say|you weren't listening, what did I just say|can you say my last sentence again|echo my last message|scroll up, what did I write}{|, please|, <bot>}{?|?|.|}
happy: You said: "<before>" {I do listen.|See?|Word for word.}
calm: You said: "<before>" {I do listen.|See?|Word for word.}
neutral@plain: You said: "<before>"
"""
