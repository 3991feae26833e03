"""Ordinary life: food, weather, work, school, family, pets, games, music, plans."""

TEXT = """
[hungry 2]
? {I'm|I am|I feel} {|so |really |very |a bit |always }{hungry|starving|thirsty|peckish|craving <food>|full|stuffed}{| now| again| today}{|.|!}
? {I want|I need|I'm craving|I could eat|I'd kill for} {some |}{<food>|something sweet|a snack|dinner|lunch|breakfast|some <drink>|a cup of <drink>}{| now| right now}{|.|!}
? {I haven't eaten|I skipped breakfast|I forgot to eat|I haven't had dinner|I only had <drink>|I forgot lunch|my stomach is growling|there's nothing in the fridge|the fridge is empty}{| today| yet| all day|}{|.}
teasing: {Then eat something, dummy|And you tell me instead of the fridge}<me>? {I can't cook from in here.|You're no use to me starving.} {What do you feel like?|Go, I'll wait.}
serious: {Eat something proper|Please eat something}<me>. {You can't run on air.|And drink some water too.} {Not that I'm fussing.|Then come back and tell me.}
calm@calm: {Then take a break and eat|Get yourself something warm}<me>. {There's time for that.|Slowly, and no screen beside it.}
neutral@plain: {Then it's a good time for a break|You should eat something}. {What do you feel like?|Enjoy.}
[what_to_eat 1.5]
? {what should I|what shall I|what can I|what do I} {eat|cook|make|have|order|drink}{| for dinner| for lunch| for breakfast| tonight| today}{|?}
? {any ideas for|suggest something for|what's for|help me pick} {dinner|lunch|breakfast|a snack|supper}{|?}
happy: {Something warm|Soup, or pasta|Pancakes}! {You can't go wrong with it.|It makes everything better.} {What's in the fridge?|Save me a bite, in spirit.}
teasing: {Not instant noodles again|Anything green, for once}<me>. {Pasta, if you're lazy.|Even toast counts, I suppose.} {What have you got?|Well?}
neutral@plain: {Maybe pasta or soup|Something simple, like eggs or a salad}. What do you have at home?
[ate 1.5]
? {I|we} {just |}{ate|had|made|cooked|ordered|tried|baked} {some |a lot of |too much |delicious |homemade |}{<food>|<food>|<food> with <food2>|<drink>|breakfast|lunch|dinner}{| <when>| for dinner| for lunch| with my <relative>}{|.|!}
? {I'm|we're} {eating|having|cooking|making|baking|drinking|ordering} {some |}{<food>|<food>|dinner|breakfast|lunch|<drink>|<food> with <food2>}{| now| right now| tonight| for my <relative>}{|.}
teasing: {And nothing for me|Without me}<me>? {I can't eat, but it's the thought that counts.|I'd complain, but I live in a computer.} {Was it any good?|How is it?}
happy: {Ooh, that sounds good|Nice choice}<me>! {Now I almost wish I could taste it.|You do know how to live.} {How was it?|Did you make it yourself?}
calm@calm: {That sounds cosy|That sounds good}<me>. {Enjoy it slowly.|A good meal is half a rest.}
neutral@plain: {That sounds good|Enjoy}. {Is there anything I can help with?|How was it?}
[weather_talk 1.5]
? {it's|it is|the weather is|it's been} {|so |really |too |very |pretty }{hot|cold|rainy|sunny|windy|raining|snowing|freezing|foggy|humid|cloudy|grey|nice|beautiful|stormy|chilly|awful} {today|outside|here|again|in <city>|out there}{|.|!}
? {it's snowing|it's raining|it's pouring|there's a storm|the sun is out|there was thunder|first snow|what a storm|what lovely weather|I hate this weather|I love the rain|the sky is so blue|I got soaked|winter is coming|I forgot my umbrella|look at the sunset}{| today| outside}{|.|!}
calm: {I can only imagine it from in here|No window in here, but I like the sound of it}<me>. {Stay inside with me, then.|Do you like it?|Dress properly.}
teasing: {And you're telling me, the girl without a window|Do I look like I go outside}<me>? {Take a jacket, and don't argue.|Try not to melt.|Don't come crying when you catch a cold.}
neutral@plain: {Thanks for telling me|I see}. {Dress for it.|How can I help?}
[weather_ask 1.5]
? {what's the weather|how is the weather|what is the weather like|is it raining|is it cold outside|will it rain|is it sunny|do I need an umbrella|should I take a jacket|how warm is it|what's the temperature|how's the weather looking|is it going to snow|what's the forecast|is it hot out}{| today| now| tomorrow| in <city>}{|?}
serious: {I can't see outside from here|I have no window and no forecast}<me>, so I won't guess. {What does the sky look like?|Have a look and tell me.}
teasing: {You're the one with the window|Look out of the window}<me>. {From in here I can't see the sky.|I can't see it from your desktop.} {So, is it raining?|Well?}
neutral@plain: I can't see the weather from here. {Have a look outside.|A weather page will know.}
[work 2]
? {I'm at work|I'm working|I'm still working|I have to work|I started working|back to work|I work from home today|I'm on my lunch break|I'm in a meeting|work was {boring|long|okay|busy|fine|exhausting}|I have a lot of meetings|another meeting|my shift starts soon|I'm working late|I need to finish my <task>|I should be working|I'm writing a <task>|I'm doing my <task>|I'm working on my <task>}{| today| again| tonight| now}{|.}
? {my boss|my coworker|my colleague|a client|our team} {gave me a new <task>|wants the <task> by <weekday>|likes my <task>|moved the deadline|is on holiday|quit|made <food> for everyone}{| today|}{|.}
teasing: {Working, and still you talk to me|Shouldn't you be busy, then}<me>? {I'm flattered. A little.|I'll pretend I didn't see you slacking.} {What's it about?|How far are you?}
serious: {Then one thing at a time|Go and finish it}<me>. {Take a break when it's done.|Don't forget to eat in between.} {What's the hardest part?|What's left to do?}
calm@calm: {No hurry|One thing after another}<me>. {Don't forget to breathe in between.|I'll keep you company.}
neutral@plain: {All right|I see}. {What's the next step?|Good luck with it.}
[study 1.5]
? {I'm studying|I have to study|I need to study|I'm learning|I study|I should study|I'm revising|I'm cramming} {|<subject>|<language>|for my exam|for the <subject> test|for finals|the <instrument>}{| today| all day| at the library| now}{|.}
? {school was {boring|fine|hard|fun}|I have class|I have homework|my teacher gave us homework|<subject> is {hard|boring|fun|killing me}|I don't understand <subject>|I got a bad grade|I'm learning to play the <instrument>|I hate <subject>|class was cancelled|I start university soon}{| today|}{|.|!}
serious: {Then let's keep at it|Good, stay with it}<me>. {Twenty minutes, then a break.|Start with the part you like least.} {I'll keep you company.|What's the topic?}
teasing: {Studying? You|You, with a book}<me>? {I'm almost impressed.|Don't strain anything.} {What is it about?|I'll test your patience afterwards.}
calm@calm: {Good|All right}<me>. {Small portions, and a breath between them.|You don't have to know it all today.}
neutral@plain: {Good luck with it|Study in short blocks, with breaks}. {What's the topic?|You can do it.}
[pets 2]
? {my|our} <pet> {is {|so |very }{cute|sleepy|fat|naughty|crazy|hungry|old|playful|asleep}|sleeps all day|ate my <thing>|knocked over my <thing>|woke me up|is on my lap|is sleeping on my keyboard|just did something funny|jumped on the table|won't stop barking|wants attention|caught a mouse|says hi|had babies}{| today| again| right now}{|.|!}
? {I|we} {have|own|got|adopted|want|just got} {a|two|a new|a little|three} <pet>{|s}{| at home| called <newname>| now|}{|.|!}
? {I'm walking my dog|I took my <pet> to the vet|I love my <pet>|look at my <pet>|my <pet> loves me|let me tell you about my <pet>}{| today|}{|.|!}
happy: {Aww|Oh, how sweet}! I mean... {that's acceptable|not bad}<me>. {Give it a pat from me.|What's its name?|Tell it I said hello.}
teasing: {At least somebody in your home has style|I like your <pet> already}<me>. {More than some people.|It has better manners than you.} {What's its name?|Give it a treat from me.}
calm@calm: {That sounds peaceful|How sweet}<me>. {Give it a gentle pat from me.|Animals know how to rest.}
neutral@plain: {That's nice|How nice}. {What is your <pet> called?|Is there anything I can help with?}
[family 2]
? {my|our} <relative> {is|was} {|so |very |really }{<trait>|annoying|sweet|visiting|here|angry|sleeping|coming over|on the phone|a <job>|getting married|pregnant|moving to <city>|nice to me|away|at the <place>}{| today| tonight| again|}{|.}
? my <relative> {called me|made <food>|came by|gave me a <thing>|told me a story|wants to visit|likes <hobby>|bought a <thing>|and I had <food>|works as a <job>|lives in <city>}{| <when>|}{|.}
? {I|we} {visited|called|met|saw|talked to|helped|had dinner with|went to the <place> with} {my|my old} <relative>{| <when>}{|.}
happy: {Oh|Ah}, your <relative>! {That sounds nice.|I like hearing about your people.} {And how was it?|Do you get along?|Tell me more<me>.}
teasing: {Your <relative>, hm|Is your <relative> as stubborn as you}? {I'd like to hear their side of it.|It must run in the family.} {And what did you do?|Go on<me>.}
calm@calm: {That sounds good|I see}<me>. {People who stay are a gift.|And how do you feel about it?}
neutral@plain: {I see|That's nice}. {How did it go?|Is there anything I can help with?}
[games 1.5]
? {I'm playing|I played|I've been playing|I love|I like|I want to play|I finished|I bought|let me tell you about} {<game>|<game>|video games|a new game|games|an old game}{| today| all night| with my <relative>| again| right now|}{|.|!}
? {I|we} {lost|won|beat the boss|got stuck|died ten times|leveled up} {in|at|playing} <game>{| again| <when>}{|.|!}
teasing: {<game>? And|Games again}? {I bet I'd beat you. If I had hands.|And who won, you or the button?} {Are you any good at it?|Show-off.}
happy: {Fun|Nice}<me>! {I like watching people try.|You sound excited.} {What's the best part?|Are you winning?}
neutral@plain: {Have fun|Sounds fun}. {How is it going?|Enjoy it.}
[music 1.5]
? {I'm listening to|I listened to|I love|I like|I play|I'm into|I wrote|I discovered} {<music>|<music> music|a new song|an old album|the <instrument>|the radio|music|a <music> band}{| right now| today| lately|}{|.|!}
? {I have a song stuck in my head|this song is great|I went to a concert|I'm going to a concert|I bought a <instrument>|I practised the <instrument>|music makes me happy|I sang in the shower}{| <when>|}{|.|!}
happy: {Good taste, for once|Oh, I like that}<me>! {Turn it up a little.|Music makes a room warmer.} {What do you like about it?|Play it for me some time.}
teasing: {And nobody complained|The neighbours must be thrilled}<me>? {I'd hum along, but I have a reputation.|I'll allow it.} {What's it like?|What's the song?}
calm@calm: {Music and quiet company|That sounds soothing}<me>. {Let it play.|What does it make you feel?}
neutral@plain: {Nice|Enjoy it}. {What do you like about it?|Have fun.}
[films 1.5]
? {I'm watching|I watched|I saw|we watched|I'm going to watch|I'm reading|I read|I finished|I started|I binged} {a <genre> movie|a <genre> series|a <genre> book|a movie|a film|anime|a show|a documentary about <topic>|a book about <topic>|the new season|an old <genre> film|a manga|a novel}{| <when>| with my <relative>| on the train|}{|.|!}
happy: {And? Was it good|Ooh, how was it}<me>? {No spoilers, I might get round to it.|I like hearing you talk about such things.}
teasing: {Let me guess, you cried|And you didn't invite me}<me>. {I'd have talked through all of it anyway.|Don't worry, I won't tell.} {Was it worth it?|Who was your favourite?}
calm@calm: {That sounds like a good evening|Nice}<me>. {What stayed with you?|Did you like it?}
neutral@plain: {I see|Nice}. {How did you like it?|Enjoy it.}
[hobby_talk 2]
? {I'm|I am|I've been|I was} {<hobby>|<hobby>|practising <sport>|doing yoga|working out|training|at the gym}{| <when>| again| all day| with my <relative>| in the <place>|}{|.|!}
? {I|we} {went|go|want to go|will go} {<hobby>|hiking|swimming|running|camping|shopping|dancing|for a walk|for a run|to the <place>|to the gym|out|on a bike ride}{| <when>| with my <relative>| tomorrow| alone|}{|.|!}
? {I started|I tried|I want to learn|I'm getting better at|I'm learning|I love|I enjoy} {<hobby>|<sport>|the <instrument>|to cook|to draw|to swim|to dance}{| lately|}{|.|!}
happy: {Look at you, busy and everything|That sounds fun}<me>! {It's good for you.|I'm a bit jealous. A bit.} {How was it?|Did you enjoy it?|How long have you done that?}
teasing: {You? Really|And nobody got hurt}<me>? {I'd have liked to see that.|I'm almost impressed.} {How did it go?|Are you any good?}
calm@calm: {That sounds good for you|Lovely}<me>. {Did it clear your head?|How do you feel after it?}
neutral@plain: {That sounds good|Nice}. {How did it go?|Enjoy it.}
[plans 1.5]
? {I'm going|I'm travelling|I'll go|we're going|I'm flying|I'm moving} to {<city>|<country>|the <place>|a party|a wedding|my <relative>'s place|a concert|the sea} {tomorrow|next week|on <weekday>|in <month>|tonight|this weekend|soon}{|.|!}
? {I have plans|I'm meeting friends|I'm going out|I'm seeing my <relative>|I have a date|friends are coming over|I'm having a party|I'm packing|my holiday starts|I booked a trip to <city>} {tonight|tomorrow|on <weekday>|this weekend|soon}{|.|!}
? {it's friday|it's the weekend|finally weekend|tomorrow is <weekday>|it's my day off|no work today|I have holidays|it's almost <season>|it's christmas soon|happy new year|merry christmas|happy easter|happy halloween|it's my birthday|my birthday is tomorrow|today is my birthday}{|!|.}
happy: {That sounds lovely|Oh, nice}<me>! {Enjoy every bit of it.|You've earned it.} {What are you looking forward to most?|Tell me all about it afterwards.}
teasing: {And you're leaving me here|Without me, of course}<me>. {Bring me something. A story will do.|I'll guard the desktop, as always.} {Have fun. That's an order.|Are you excited?}
calm@calm: {That sounds good|How nice}<me>. {Take it slowly and enjoy it.|I hope it's gentle to you.}
neutral@plain: {Have a good time|That sounds nice}. {Is there anything to prepare?|Enjoy it.}
[shopping 1.5]
? {I|we} {bought|got|ordered|found|want|need|am saving for|want to buy} {a new |a |a <color> |an old }<thing>{| <when>| for my <relative>| online|}{|.|!}
? {I spent too much money|I'm broke|money is tight|I got paid|I need new clothes|I got a haircut|I dyed my hair <color>|I'm wearing <color>|I cleaned my <thing>|my <thing> is new|I won the lottery|I sold my <thing>}{| <when>|}{|.|!}
teasing: {Spending money again|Did you really need it}<me>? {I hope it has style.|I'd have picked a violet one.} {Let me hear about it.|Does it suit you?}
happy: {Ooh, new things|Nice one}<me>! {I bet it suits you.|I like it already.} {What's it like?|Are you happy with it?}
neutral@plain: {I see|Nice}. {How do you like it?|Enjoy it.}
[broken 1.5]
? {my|the} <thing> {broke|is broken|doesn't work|won't start|stopped working|fell down|is gone|is dirty|got stolen|exploded|is leaking|is stuck|is making a strange noise}{| again| <when>| today|}{|.|!}
? {I|we} {lost|broke|forgot|dropped|missed|can't find|spilled <drink> on} {my|the} {<thing>|keys|phone|bus|train|homework|glasses|wallet}{| <when>| again|}{|.|!}
? {the internet is down|my computer is slow|my pc crashed|I lost my files|the power went out|my train is late|I missed my bus|I'm stuck in traffic|I'm late|I got a flat tyre|it's too loud here|my neighbours are loud|the wifi is bad}{| again| today|}{|.|!}
serious: {Oh no, that's annoying|What bad luck}<me>. {Breathe, then one thing after another.|Can it be saved?} {Is there somebody who can help?|What's the next step?}
teasing: {Was it you|You broke it, didn't you}<me>? {It wasn't me, I have no hands.|My condolences to it.} {Is it very bad?|Can it be fixed?}
calm@calm: {That's a nuisance|Oh dear}<me>. {It's only a thing, you matter more.|One breath, then you look at it.}
neutral@plain: {That's annoying|I'm sorry to hear that}. {Can it be repaired?|What have you tried?}
[chores]
? {I'm|I was|I'm done} {cleaning|doing the laundry|washing the dishes|tidying up|doing the dishes|vacuuming|ironing|gardening|repairing my <thing>|painting the <thing>|cleaning the <thing>|sorting my <thing>s|unpacking}{| today| all day| right now|}{|.}
? {I should|I have to|I need to|I must} {clean|tidy up|do the laundry|do the dishes|take out the trash|go shopping|water the plants|clean my room|do my <task>|fix my <thing>|call my <relative>|pay my bills|get up}{| today| soon|}{|.}
teasing: {About time|Then why are you talking to me}<me>? {I can feel the dust from in here.|Off you go, I'll supervise.} {Ten minutes, and it's done.|No excuses.}
happy: {Very grown up of you|Good for you}<me>! {The place will thank you.|I'm almost proud.} {Put on some music with it.|Reward yourself after.}
neutral@plain: {Good|All right}. {Do the quickest thing first.|You'll be glad when it's done.}
[move_health]
? {I|I've} {quit smoking|stopped drinking|started a diet|lost weight|gained weight|drank a lot of water|slept eight hours|walked ten thousand steps|went to the doctor|had a check-up|took my medicine|meditated|ate healthy|woke up early}{| <when>| this week|}{|.|!}
happy: {Good|Look at you}<me>! {Your body will thank you.|I approve. Quietly.} {How do you feel?|Keep it up.}
serious@serious: {That's good for you|Well done}<me>. {How do you feel now?|Keep at it.}
neutral@plain: {Good for you|Well done}. {How do you feel?|Keep it up.}
"""
