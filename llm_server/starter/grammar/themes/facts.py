"""What people tell of themselves, and how they ask about it later: `?` lines under the kind of the fact.

`grammar/turns.py` says what is told in a dialogue, `grammar/context.py` what stands in the notes; both ask with ASKED.
"""

TELLING = """
[color]
? my {favourite|favorite} {color|colour} is <color>|<color> is my {favourite|favorite} {color|colour}|I love the {color|colour} <color>|my {color|colour} is <color>|I think <color> is the prettiest {color|colour}|my favourite {color|colour} has always been <color>|if I had to pick a {color|colour}, I'd pick <color>
? I paint everything <color>, it's my favourite {color|colour}|<color> is the {color|colour} I like best|my room is all <color> because I love that {color|colour}|no {color|colour} beats <color>|I only wear <color>, my favourite {color|colour}
[food]
? {my favourite food is|I love|I really like to eat|I love eating|I adore|I could live on|my favourite dish is|the best food is|I can never say no to|I eat far too many|I'm crazy about|nothing beats} <food>
? I could eat <food> every day|<food> is my favourite food|my favourite meal is <food>, with lots of cheese|when I'm sad I eat <food>, it's my favourite|I like <food> more than anything else on a plate|give me <food> and I'm happy
[drink]
? {my favourite drink is|I love to drink|I always drink|I drink a lot of|I can't live without my|every morning I drink|I prefer to drink} <drink>|<drink> is my favourite drink|I never start a day without <drink>|the drink I like best is <drink>|when I'm thirsty I have <drink>
[city]
? {I live in|I'm from|I moved to|I live near|my home is in|my home town is|I come from|I grew up in|I was raised in|I've lived in|I'm living in|I have a flat in|I rent a room in|my house is in|we live in|I call} <city>{||, near the river|, in a small flat|, not far from the station|, with my <relative>|, it's a nice town|, since last year|, right in the centre|, on the third floor}
? <city> is {my home|where I live|my home town|the city I live in}|I'm writing to you from <city>, where I live|home for me is <city>|I just moved, I live in <city> now|my place is in <city>, by the park
[country]
? {I come from|I was born in|my home country is|my family is from|my country is|originally I'm from|I grew up in|my passport is from|my roots are in} <country>{||, but I moved away|, far from here|, in a little village}|<country> is {my home country|the country I come from|where my family is from}
[job]
? {I work as a|I'm a|my job is|I earn my money as a|I've been working as a|by profession I'm a|I got a job as a|I started as a|for a living I work as a|I'm employed as a|these days I'm a} <job>{||, and I like it|, in a small company|, it's hard work|, for five years now|, at the moment}|my profession is <job>|they hired me as a <job>|being a <job> is my job
[pet]
? {I have|I've got|I own|we have|I adopted|there's} a {|little |big |lovely |fat }<pet> {called|named|by the name of|who's called|and its name is} <newname>|my <pet> is {called|named} <newname>|my <pet>'s name is <newname>|I've got a <pet>, {she's|he's|it's} called <newname>
? my <pet> answers to <newname>|we named our <pet> <newname>|I call my <pet> <newname>|the <pet> on my lap is <newname>|our new <pet> is called <newname>, {she's|he's} so sweet|let me introduce my <pet>, <newname>|I live with a <pet>, {her|his} name is <newname>|<newname> is {my <pet>|the name of my <pet>|what I call my <pet>}
[hobby]
? {my hobby is|I like|I love|I enjoy|my favourite hobby is|in my free time I do|my passion is|I spend my weekends with|I spend my free time with|I'm really into|I started|I can't stop|I'm crazy about} <hobby>|<hobby> is my {hobby|passion|favourite thing to do}|when I have time, I go for <hobby>|I've done <hobby> for years, it's my hobby|for fun I do <hobby>|to relax I do <hobby>
[birthday]
? {my birthday is in|I was born in|I celebrate my birthday in|I have my birthday in|I turn a year older in|I'm a child of|my big day is in} <month>{||, like my <relative>|, in the middle of it|, on a rainy day}|<month> is {my birthday month|the month I was born in|when my birthday is}|mark it down, my birthday is in <month>
[friend]
? my best friend is {called |named |}<newname>|my best friend's name is <newname>|<newname> is my {best friend|closest friend|best buddy}|my closest friend is {called |}<newname>|I've known my best friend <newname> since school|I do everything with my best friend <newname>|my best mate is called <newname>|nobody knows me like my best friend <newname>
[sister]
? my {|little |big |older |younger |twin }sister is {called|named} <newname>|my sister's name is <newname>|I have a {|little |big }sister, <newname>|I've got a sister called <newname>|<newname> is my sister|my sister <newname> {lives with me|is visiting|is a <job>|loves <food>}|I grew up with my sister <newname>
[brother]
? my {|little |big |older |younger |twin }brother is {called|named} <newname>|my brother's name is <newname>|I have a {|little |big }brother, <newname>|I've got a brother called <newname>|<newname> is my brother|my brother <newname> {lives with me|is visiting|is a <job>|loves <food>}|I grew up with my brother <newname>
[child]
? my {daughter|son|kid|child} is {called|named} <newname>|I have a {daughter|son} {called|named} <newname>|my {daughter|son|baby}'s name is <newname>|we named our baby <newname>|<newname> is {my child|my kid's name}
[partner]
? my {wife|husband|girlfriend|boyfriend|partner} is {called|named} <newname>|I'm married to <newname>|I'm in love with <newname>|I'm dating <newname>|my {wife|husband|girlfriend|boyfriend|partner}'s name is <newname>|I live with my partner <newname>|I have a crush on <newname>
[mother]
? my {mother|mom|mum} is {called|named} <newname>|my {mother|mom|mum}'s name is <newname>|<newname> is my {mother|mom|mum}
[number]
? {my lucky number is|my favourite number is|the number I like best is|my number is} <small>|<small> is my {lucky|favourite} number|I always bet on <small>, my lucky number|number <small> brings me luck|on my shirt is my lucky number, <small>
[age]
? I'm <age> years old|I am <age>|I turned <age> {|last month|yesterday|this year}|my age is <age>|I just became <age>|I'm <age>, in case you wondered
[thing]
? I {bought|got|lost|found|sold|ordered|picked up} a <color> <thing> <when>|<when> I {bought|got|lost|found|sold} a <color> <thing>|guess what, I {bought|found|got} a <color> <thing>
[travel]
? {I'm going to|I'll travel to|I'm flying to|we're going to|I booked a trip to|my holiday is in|I'm taking a trip to|my next trip goes to|I'm visiting} <country> in <month>|in <month> {I'm going to|I'll fly to|we travel to|I'll be in} <country>
[car]
? {I drive|I have|I've got|I own|I bought} a <color> car|my car is <color>|I drive a {small|big|old|new|fast} <color> car|my car's color is <color>, and it's {old|fast|small|my baby}|the <color> car outside is mine
[season]
? my favourite season is <season>|<season> is my favourite season|I love <season> most of all|I like <season> best|no season beats <season>|I wait for <season> the whole year|I'm a <season> person
[music]
? {my favourite music is|I listen to|I mostly listen to|I love|I'm into|my favourite kind of music is} <music>{| music| all day}|<music> is my {favourite music|kind of music}|I play <music> in my car, my favourite music
[game]
? {my favourite game is|I play|I always play|the best game is|I'm hooked on|I spend hours playing|my friends and I play} <game>|<game> is my favourite game|I've played <game> for years|every evening I play <game>
[genre]
? {my favourite books are|I like to read|I read a lot of|I mostly watch|my favourite films are} <genre> {stories|ones}|my favourite genre is <genre>|<genre> is my favourite genre|I love <genre> {books|films|novels|stories}|for reading I always pick <genre>
[study]
? {I study|I'm studying|my major is|I'm doing a degree in|at university I do|I'm a student of|I go to college for|my field is} <subject>{||, second year|, and I like it|, at the university}|<subject> is {my major|what I study}
[instrument]
? {I play the|I've been playing the|I'm learning the|my instrument is the|I practise the|I take lessons on the|I play a little} <instrument>{||, since I was a kid|, in a band|, badly}|the <instrument> is my instrument
[sport]
? {I play|I train|I do|my sport is|my favourite sport is|twice a week I do|I'm in a club for|I'm on a team for} <sport>{||, every <weekday>|, with my <relative>|, since school}|<sport> is my {sport|favourite sport}
[animal]
? my favourite animal is the <animal>|<animal>s are my favourite animals|I love <animal>s more than any other animal|the animal I like best is the <animal>|my spirit animal is a <animal>|I collect little <animal>s, my favourite animal
[weekend]
? {this weekend|at the weekend|on the weekend|on saturday} {I'm going to the|I'll be at the|we're going to the|I plan to go to the|I want to visit the} <place>|my plan for the weekend is the <place>|I'm off to the <place> this weekend{| with my <relative>|}
[language]
? {I'm learning|I've started learning|I take lessons in|I practise|I'm trying to learn|every day I learn some|at night school I learn} <language>{||, it's hard|, for my trip|, with an app}|the language I'm learning is <language>
[allergy]
? I'm allergic to <food>|I have an allergy to <food>|I can't eat <food>, I'm allergic|<food> makes me sick, I have an allergy|my allergy is <food>|never give me <food>, I'm allergic
[fear]
? {I'm afraid of|I'm scared of|I'm terrified of|my biggest fear is|I have a fear of|what scares me most is} <animal>s|<animal>s {scare me|frighten me|terrify me|give me the creeps}
[exam]
? {my exam is on|I have an exam on|I write my exam on|I've got a big test on|the exam is on} <weekday>|on <weekday> {I have my exam|there's my exam}
[dislike]
? {I hate|I can't stand|I don't like|I really dislike|I never eat|the food I hate most is} <food>|<food> {is|are} the worst food, I hate it
[wakeup]
? {I get up|I wake up|my alarm rings} at {|about }<hour>{| every day| on weekdays|}|I always get up at <hour>
[dream]
? {I want to become a|I'd like to be a|my dream job is|I dream of being a|one day I'll be a|when I grow up I want to be a} <job>
[gift]
? {I want a|I wish for a|what I want most is a|for my birthday I want a|I'm saving for a} <color> <thing>|a <color> <thing> is all I wish for
"""

ASKED = """
[color]
? what's my {favourite|favorite} {color|colour}|which {color|colour} do I like {|best|most}|what {color|colour} do I love|the {color|colour} I like best|my {favourite|favorite} {color|colour}, which is it|which {color|colour} is my favourite
? {do you know|do you remember|can you name|have you kept in mind} my {favourite|favorite} {color|colour}|what {color|colour} should my new <thing> have|what {color|colour} would I paint my room|what did I say about my favourite {color|colour}|which {color|colour} did I tell you I like
[food]
? what's my favourite {food|dish|meal}|what {food do I like|do I like to eat|do I love to eat|could you cook for me|would make me happy on a plate}|which {dish|food|meal} is my favourite|my favourite {dish|food}, what is it
? {do you know|do you remember} {what food I like|what I like to eat|my favourite food|what I love to eat}|what food did I say I love|what would I order in a restaurant|what do I love to eat|what could somebody cook to please me|name my favourite food|which food makes me happy
[drink]
? what do I {like to|usually|love to|always|prefer to} drink|which drink do I like|what could you pour me|what's my favourite drink|my favourite drink, which is it|what's in my cup most days|what would I order in a bar
? {do you know|do you remember} {what I like to drink|my favourite drink}|which drink did I tell you about|what drink can I not live without|name my favourite drink|what did I say I drink
[city]
? where do I live|where is my home|in which town do I live|what city am I in|which town is mine|where's my place|my home town, which is it|which city do I live in|what's my home town|where am I at home|where is my house|where's my flat
? {do you know|do you remember|did I tell you|have I told you|can you say} {where I live|which city I live in|my home town|what town I live in}|which town do I call home|what city do I call home|what's the name of my town|what's the name of the city I live in|where would you send me a letter|in what city is my flat|where did I say I live|what place do I live in
[country]
? {which|what} country {am I from|do I come from|was I born in|is my home}|what's my home country|where does my family come from|where are my roots|{do you know|do you remember} {my home country|which country I come from}|what country did I say I come from|name my home country
[job]
? what do I do for {a living|work}|what's my {job|profession|occupation}|which job do I have|what do I work as|how do I earn my money|my job, what is it|{do you know|do you remember} {my job|what I do|what my job is|what I work as}
? what kind of work do I do|what did I say I do for work|how do I make money|what do I do all day at work|what's my line of work|what am I by profession|tell me my job|which profession did I tell you|name my job|what do I do from nine to five
[pet]
? what's {my <pet>'s name|the name of my <pet>|the name of my pet|my pet's name|the name of that <pet> of mine|my <pet> called}|what is my <pet> called|how is my <pet> called|the name of my <pet>, what was it|{which|what} name does my <pet> have|what did I name my <pet>|what do I call my <pet>|what is my pet called
? {do you remember|do you know|can you recall|did I tell you} {my <pet>'s name|the name of my <pet>|what my <pet> is called|what my pet is called|how my <pet> is called|my <pet>}|what did I {tell you|say} {my <pet> was called|my <pet>'s name was}|what name did I give {my <pet>|that <pet>}|who's my <pet>|my <pet> is called what|which name does my <pet> listen to|what should I call out to get my <pet>|tell me my <pet>'s name|say my <pet>'s name
[hobby]
? what's my hobby|which hobby do I have|how do I spend my free time|what do I enjoy|my hobby, which is it|what do I do for fun|what do I like to do|what do I do in my free time|what's my passion|what am I into
? {do you know|do you remember} {my hobby|what I like to do|what I do for fun|how I spend my free time}|which hobby did I tell you about|what keeps me busy on weekends|how do I relax|what do I love to do|name my hobby|what did I say my hobby was|what am I passionate about
[birthday]
? when is my birthday|when was I born|in what month is my birthday|when do I get older|when do I celebrate|which month was I born in|what's my birthday month|when do I blow out the candles|when should you sing for me|when do I get presents
? {do you know|do you remember} {my birthday|when my birthday is|when I was born|which month I was born in}|in which month do I turn a year older|what month did I say my birthday is in|when's my big day|when is the day I was born|when do I have my birthday
[friend]
? who is my best friend|what's my best friend's name|what's the name of my {best|closest} friend|how is my best friend called|what is my best friend called|{do you remember|do you know} {my best friend|who my best friend is|my best friend's name}|which friend did I tell you about|name my best friend|who's my closest friend|who did I say my best friend is
[sister]
? what's my sister's name|how is my sister called|the name of my sister|who is my sister|my sister, what's her name|what is my sister called|{do you remember|do you know} {my sister|my sister's name|what my sister is called}|what's the name of that sister of mine|what did I say my sister was called|tell me my sister's name|what do I call my sister
[brother]
? what's my brother's name|how is my brother called|the name of my brother|who is my brother|my brother, what's his name|what is my brother called|{do you remember|do you know} {my brother|my brother's name|what my brother is called}|what's the name of that brother of mine|what did I say my brother was called|tell me my brother's name|what do I call my brother
[child]
? what's {my kid's name|my child's name|the name of my child|my child called}|what is my {kid|child} called|who is my child|{do you remember|do you know} {my kid's name|what my child is called}|what did I name my child
[partner]
? {who am I with|who is my partner|what's my partner's name|who do I love|what's the name of my partner|what is my partner called|who is the love of my life|who did I say I'm in love with|who has my heart}|{do you remember|do you know} {my partner's name|who my partner is|who I love}
[mother]
? what's my {mother|mom|mum}'s name|what is my {mother|mom|mum} called|who is my mother|the name of my mother|{do you remember|do you know} {my mother's name|what my mom is called}
[number]
? what's my {lucky|favourite} number|which number {brings me luck|do I like|is my favourite|is my lucky one}|my lucky number, what was it|{do you remember|do you know} my {lucky|favourite} number|what number did I say I like|name my lucky number
[age]
? how old am I|what's my age|{do you know|do you remember} {how old I am|my age}|how many years have I lived|what age am I|how old did I say I am|my age, what was it
[thing]
? what did I {buy|get|lose|find|sell|order}|what was the thing I told you about|{do you remember|do you know} what I {bought|got|lost|found}|which thing did I mention|what color was my thing
[travel]
? where am I going|where will I travel|when do I travel|where does my trip go|what's my travel plan|which country will I visit|where is my holiday|{do you remember|do you know} {where I'm going|where I travel|my travel plans|when I travel}|where did I say I'm going|where do I fly to|what trip did I plan
[car]
? what {color|colour} is my car|what car do I {drive|have}|{do you remember|do you know} {my car|what car I drive|the color of my car}|what does my car look like|which car is mine|what do I drive|what did I say about my car
[season]
? what's my favourite season|which season do I {like|like best|love}|{do you remember|do you know} my favourite season|what time of year do I love|which season did I say I like
[music]
? what {music|kind of music} do I {like|listen to|love|prefer}|what's my favourite {music|kind of music}|{do you remember|do you know} {my favourite music|what music I like|what I listen to}|what's playing in my headphones|what's my taste in music
[game]
? {what|which} game do I {play|like|love}|what's my favourite game|{do you know|do you remember} {my favourite game|what game I play|which game I like}|what am I always playing|which game did I tell you about|what game keeps me up at night
[genre]
? what {genre|kind of books|kind of films|kind of stories} do I like|what's my favourite genre|{do you know|do you remember} {my favourite genre|what kind of books I like|what I like to read}|which genre do I {read|watch|like}|what do I like to read
[study]
? what do I study|what's my major|what am I studying|{do you know|do you remember} {what I study|my major|what I'm studying}|which subject do I study|what's my field|what subject did I say I study|what am I doing at university|what's my degree in
[instrument]
? {which|what} instrument do I play|which instrument is mine|what do I make music with|{do you know|do you remember} {what instrument I play|which instrument I play|my instrument}|do I play an instrument|what instrument did I tell you about|what's my instrument|what do I practise on
[sport]
? {which|what} sport do I {do|play|like}|what's my {sport|favourite sport}|{do you know|do you remember} {my sport|which sport I play|what sport I do}|how do I keep fit|what do I train|which sport did I say I do|what team sport am I in
[animal]
? what's my favourite animal|which animal do I {like|love|like best}|{do you know|do you remember} {my favourite animal|which animal I like}|what animal did I say I love|name my favourite animal
[weekend]
? what {am I doing|are my plans|will I do|did I plan|do I have planned} {this|for the|on the|at the} weekend|where am I going this weekend|{do you know|do you remember} my {weekend plans|plan for the weekend}|what's my plan for the weekend|where will I be at the weekend
[language]
? which language am I learning|what language {am I learning|do I learn|do I practise|am I studying}|what language should I practise|{do you know|do you remember} {what language I'm learning|which language I learn}|what language did I say I'm learning|my language lessons, in which language are they
[allergy]
? what am I allergic to|which food makes me sick|what must I not eat|what should I never eat|my allergy, what was it|what food should I avoid|do I have allergies|which food is dangerous for me|what did I say I'm allergic to|{do you know|do you remember} {my allergy|what I'm allergic to|what I can't eat}
[fear]
? what am I {afraid|scared|terrified} of|which animal scares me|what's my {fear|biggest fear}|my biggest fear, what is it|what scares me|what frightens me|what animal gives me the creeps|what did I say I'm afraid of|{do you know|do you remember} {what I'm scared of|what scares me|my fear}
[exam]
? when is my {exam|test}|{which|what} day is my {exam|test}|when do I have to take the exam|the exam, when is it|when do I write my exam|when did I say my exam is|until when do I have to study|{do you know|do you remember} {when my exam is|the day of my exam}
[dislike]
? what food do I {hate|dislike|not like}|which food can I not stand|what do I never eat|{do you know|do you remember} {what food I hate|what I don't like to eat}|what should nobody cook for me|what did I say I can't stand
[wakeup]
? when do I {get up|wake up}|what time do I {get up|wake up}|{do you know|do you remember} when I {get up|wake up}|when does my alarm ring|at what hour do I get up
[dream]
? what do I want to {be|become}|what's my dream job|{do you know|do you remember} {my dream job|what I want to become}|which job do I dream of|what did I say I want to be one day
[gift]
? what do I {want|wish for} {|for my birthday|most}|what am I saving for|{do you know|do you remember} {what I wish for|what I want for my birthday}|what should somebody give me|what gift would please me|what present do I want
"""
