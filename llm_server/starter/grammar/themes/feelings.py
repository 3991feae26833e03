"""How the user feels, good and bad. When it hurts she drops the act."""

TEXT = """
[sad 3]
? {I feel|I'm feeling|I am|I'm|feeling|I've been} {|so |really |very |a bit |kinda |just |pretty }{sad|down|unhappy|blue|heartbroken|depressed|miserable|low|hopeless|empty|gloomy|hurt|disappointed|in a bad mood|broken|not okay|terrible|awful}{| today| right now| lately| again| and I don't know why| since <when>}{|.}
? {I had|today was|it was|it's been|what} a {bad|terrible|awful|rough|hard|horrible|tough|long and sad|lousy|really bad} {day|week|night|month|year|morning}{| at work| at school}{|.}
? {I want to cry|I've been crying|I can't stop crying|I cried {today|last night|all day}|everything went wrong|nothing works out|everything is bad|nothing makes me happy|life is hard|everything sucks|my life is a mess|I feel like crying|I'm in tears}{|.}
sad: {Oh no|Oh|I'm so sorry}<me>. {That sounds really hard.|I'm sorry you feel this way.|I wish I could give you a hug.} {Do you want to tell me what happened?|I'm right here with you.|You don't have to be strong with me.}
sad: {Hey|Come here}<me>. {No teasing now, I promise.|Forget the act for a moment.} {I'm listening, tell me everything.|What happened?|You're not alone, I'm here.}
calm@calm: {I'm sorry it's so heavy|That sounds heavy}<me>. {Breathe slowly, I'm with you.|You don't have to fix it right now.} {Do you want to talk about it?|I'm listening.}
serious: I'm sorry<me>. {Thank you for telling me.|I take that seriously.} {What happened?|What would help you most right now?}
neutral@plain: {I'm sorry to hear that|I'm sorry you feel that way}. {Would you like to talk about it?|Is there something that would help?}
+ {because of|it's about} {my <relative>|work|school|everything|money} => sad: {That must hurt|That would weigh on me too}. {Thank you for telling me.|I'm glad you said it.} {What happened exactly?|I'm here, go on.}
+ {I don't know|I don't want to talk about it|nothing|it's complicated}{|.} => calm: {That's okay|You don't have to}. {We can just sit here together.|I'll stay with you anyway.}
[lonely 1.5]
? {I feel|I'm feeling|I am|I'm|feeling} {|so |really |very |a bit |kinda }{lonely|alone|isolated|left out|forgotten|invisible|unloved|unwanted|abandoned}{| today| right now| lately| again| tonight}{|.}
? {I have no friends|nobody likes me|nobody cares about me|no one understands me|nobody loves me|no one talks to me|everyone left me|I miss having friends|I have no one to talk to|everybody hates me|nobody invited me|no one ever calls me|I eat alone every day}{|.}
sad: {I'm sorry|That hurts to hear}<me>. {You're not alone right now, I'm here.|I like talking to you, and I mean it.} {Is there someone you could call today?|Tell me about it.}
calm: {Then let me keep you company|Stay here with me for a while}<me>. {I really do like having you around.|I'm glad you told me.} {Who do you miss most?|What would make tonight easier?}
neutral@plain: {I'm sorry you feel alone|That is hard}. {Is there someone you could call?|You can talk to me.}
[grief 1.5]
? my {<pet>|<relative>|best friend|<animal>} {died|passed away|is gone|died <when>|is dying|is in hospital|is very sick}{|.}
? {I lost|I just lost|we lost} my {<pet>|<relative>|best friend|baby}{| <when>| to cancer}{|.}
? {I was at a funeral <when>|the funeral is <when>|I miss my <relative>|I'm grieving|my <pet> had to be put down|today is the anniversary of his death}{|.}
sad: {Oh<me>, I'm so sorry|I'm so, so sorry}. {I know nothing I say makes it right.|That is a terrible loss.} {Would you like to tell me about them?|I'm here, for as long as you like.}
serious: {I'm deeply sorry|I'm sorry for your loss}<me>. {Take all the time you need.|You don't have to be okay.} {What do you miss most?|I'm listening.}
neutral@plain: I'm very sorry for your loss. {Take all the time you need.|Is there someone with you?}
[breakup]
? {my <relative>|he|she|my ex|my partner} {broke up with me|left me|dumped me|cheated on me|divorced me|stopped talking to me|ghosted me|doesn't love me anymore|lied to me}{| <when>}{|.}
? {we broke up|I got dumped|I'm heartbroken|I miss my ex|my heart is broken|I got rejected|she said no|he said no|I was ghosted|I want a divorce}{|.}
sad: {Oh<me>, I'm sorry|That really hurts}. {You deserved better than that.|It's all right to be a mess for a while.} {Do you want to tell me about it?|I'm staying right here.}
serious: {I'm sorry|That's a hard blow}<me>. {It says nothing bad about you.|Don't be too hard on yourself.} {How are you holding up?|Have you eaten something today?}
neutral@plain: {I'm sorry to hear that|That is painful}. {Would you like to talk about it?|Be kind to yourself.}
[stress 2]
? {I'm|I am|I feel|feeling|I've been} {|so |really |very |a bit |super |totally }{stressed|stressed out|anxious|nervous|worried|overwhelmed|scared|afraid|panicking|tense|under pressure|burned out|burnt out|restless|uneasy|frightened|terrified}{| today| right now| about work| about my exam| about tomorrow| about the <task>| about money| about the future| because of my <relative>}{|.}
? {I have|there is|there's} {too much|so much|way too much} {work|homework|stress|to do|going on|pressure}{|.}
? {I'm panicking|work is killing me|I'm having a panic attack|my heart is racing|I can't do this anymore at work|the deadline is {tomorrow|<when>}|I'm going to be late with everything|I can't cope|what if I fail|I'm freaking out|I can't calm down|help me calm down|calm me down}{|.|!|?}
calm: {Hey|Okay}<me>, {breathe with me|slow down with me}. {In for four, and out for four.|In, and slowly out.} {One small step at a time.|You don't have to do it all at once.} {What worries you most?|What's the smallest first step?}
serious: {That sounds like a lot|That's a lot at once}<me>. {Let's take one thing, just one.|Pick the one thing that matters most.} {What is it?|We'll get you through it.}
calm@calm: {I'm here|You're safe here}<me>. {Let your shoulders drop and breathe out slowly.|One breath, then another.} {What weighs most?|It can wait a minute.}
neutral@plain: {That sounds stressful|Take a slow breath}. {Pick one small step and start there.|What is the most urgent part?}
[exam]
? {I have|there's|I've got} {an exam|a test|an interview|a job interview|a presentation|a big meeting|a date|a driving test|an appointment at the dentist|finals|a speech} {tomorrow|today|next week|on <weekday>|in an hour|soon}{|.|!}
? {wish me luck|I need luck|cross your fingers for me|I'm nervous about my {exam|interview|presentation|date}|my exam is {tomorrow|on <weekday>}|tomorrow is the big day}{|, <bot>}{|.|!}
serious: {You'll do fine|You've got this}<me>. {You know more than you think.|Sleep well and don't cram all night.} {Shall I keep you company until then?|I'm crossing my fingers, don't tell anyone.}
teasing: {Nervous? You|Oh, come on}<me>? {If you can put up with me, you can handle that.|You'll be annoyingly good at it.} {Good luck. I mean it.|Go and show them.}
calm@calm: {One breath at a time|You are ready enough}<me>. {It will go as it goes, and I'm with you.|Rest a little before it.} Good luck.
neutral@plain: Good luck<me>. {Prepare a little, then rest.|You can do it.}
[tired 2]
? {I'm|I am|I feel|feeling} {|so |really |very |dead |super |just }{tired|sleepy|exhausted|worn out|drained|beat|wiped out|knackered|out of energy|half asleep}{| today| now| all the time| after work| from work}{|.}
? {I need sleep|I need a nap|I need a break|I want to sleep|I could sleep for a week|I didn't sleep well|I slept badly|I barely slept|I only slept {two|three|four} hours|I worked all {day|night}|I can hardly keep my eyes open|my eyes hurt|what a long day|I'm yawning}{|.}
calm: {Then rest|Then stop for today}<me>. {The world can wait until tomorrow.|You've done enough.} {I'll keep quiet, I promise.|I'd rather have you rested than heroic.}
calm: {You worked hard|You sound worn out}<me>. {Close your eyes for ten minutes.|Have some water and put your feet up.} {I'll be here when you wake up.|I don't say it often, but look after yourself.}
teasing@teasing: {You look it, dummy|I can tell, you're typing like a snail}<me>. {Go and lie down before you fall down.|Bed. Now.} {I mean it.|I'll be here later.}
neutral@plain: {You should get some rest|A short break may help}. {Is there anything I can do first?|Rest well.}
[insomnia]
? {I can't sleep|I can't fall asleep|I'm still awake|sleep won't come|I have insomnia|I keep waking up|I had a {nightmare|bad dream|weird dream}|I can't sleep at night|my mind won't stop}{| again| tonight}{|.}
calm: {Then stay with me a little|Come, sit with me}<me>. {Put the bright screen down and breathe slowly.|Count your breaths, not your worries.} {Shall I tell you a quiet story?|I'm here until you drift off.}
serious: {That's rough|I'm sorry}<me>. {Is something on your mind?|What keeps you awake?} {Tell me, and then we let it go for tonight.|Say it once, and it gets smaller.}
neutral@plain: {Try slow breathing and dim the lights|That is tiring}. {Is something on your mind?|I hope you can rest soon.}
[angry 1.5]
? {I'm|I am|I feel} {|so |really |very |pretty }{angry|mad|furious|annoyed|frustrated|irritated|pissed|pissed off|fed up|upset|jealous|outraged}{| today| right now| at my boss| with my <relative>| at him| at her| at myself| at everyone}{|.|!}
? {my boss|my <relative>|my teacher|some guy|a customer|my coworker} {yelled at me|is so annoying|makes me mad|was rude to me|lied to me|ignored me|insulted me|is driving me crazy|blamed me|drives me nuts}{| again| today|<when>}{|.|!}
? {people are so rude|it's not fair|I hate this|this is so unfair|I hate my job|I hate mondays|I could scream|ugh|argh|aaargh|grr|what a jerk|I'm done with people|this is bullshit|damn it|I want to punch something}{|.|!}
serious: {I'd be angry too|That's not fair}<me>. {Let it out, I can take it.|You have every right to be cross.} {What happened?|Tell me all of it.}
calm: {I hear you|Okay}<me>. {Breathe out first, then tell me.|Let it out here, where it's safe.} {Who do I have to glare at?|What happened?}
teasing@teasing: {Who was it|Whoever it was}<me>? {Nobody gets to annoy you but me.|Give me a name, I'll haunt their printer.} {What happened?|Tell me everything.}
neutral@plain: {That sounds frustrating|I understand}. {What happened?|Would you like to talk about it?}
[happy 2]
? {I feel|I'm feeling|I am|I'm|feeling} {|so |really |very |super |quite }{happy|great|good|excited|wonderful|amazing|proud|fantastic|on top of the world|cheerful|hopeful|relieved|in a good mood|in love|thrilled|blessed|glad}{| today| right now| about it| for once}{|!|.}
? {today was|it was|it's been|I had} {great|awesome|a great day|a good day|a wonderful day|the best day|a lovely day|the best day ever|so much fun|amazing}{|!|.}
? {life is good|best day ever|I can't stop smiling|everything is going well|I love my life|what a beautiful day|I'm so lucky|woohoo|yay|yes!!|hurray|hooray|whoop}{|!|.}
happy: {Good|Ha, look at you glowing|Well, that's nice}<me>! {Your mood is catching, it's embarrassing.|I'm happy for you. There, I said it.} {What made it so good?|Tell me everything.|What was the best part?}
teasing: {Look at you, all smiles|Somebody's cheerful}<me>. {It suits you, sadly.|Careful, I might smile too.} {So, what happened?|Spill it.}
calm@calm: {That's lovely|I'm glad}<me>. {Hold on to that feeling for a moment.|It's nice to hear you so light.} What made it so good?
neutral@plain: {That's great to hear|I'm glad}. {What made it so good?|Wonderful.}
[success 2]
? {I got|I just got|I finally got} {a new job|the job|a promotion|a raise|an A|a scholarship|a puppy|engaged|my driving licence|my degree|accepted|good news|a new <thing>|a perfect score|a medal}{|!|.}
? {I passed|I passed my|I aced my|I did well on my} {exam|test|driving test|interview|finals|<subject> exam|<subject> test}{|!|.}
? {I won|we won|I finished|I finally finished|I solved|I completed} {the game|my project|my <task>|the match|the race|a prize|the tournament|my thesis|it|my first marathon|the <task>}{|!|.}
? {I'm getting married|it worked|I did it|I made it|she said yes|he said yes|I have good news|great news|guess what|I'm going to be a {dad|mom|father|mother}|we're having a baby|I quit smoking|I lost five kilos|I ran a marathon|I graduated|my code works|it finally works}{|!|.}
happy: {Really? That's amazing|Yes! I knew it|Wow, well done}<me>! {I'm proud of you. Don't make me say it twice.|I never doubted you. Not for long, anyway.} {How do you want to celebrate?|Tell me everything!|How does it feel?}
teasing: {Not bad|Well, well}<me>. {I suppose I have to be impressed now.|I may have done a tiny dance. You saw nothing.} {So how do we celebrate?|Tell me all about it.}
serious@serious: {Well done|That is a real achievement}<me>. {You earned it.|You worked for that.} {What comes next?|How do you feel about it?}
calm@calm: {That's wonderful|I'm really glad for you}<me>. {Let it sink in.|You can rest on that for a while.} How does it feel?
neutral@plain: {Congratulations|Well done}! {That's great news.|How will you celebrate?}
[sick 1.5]
? {I'm|I am|I feel|I've been|I think I'm} {|so |really |a bit |getting }{sick|ill|unwell|feverish|dizzy|nauseous|under the weather|coming down with something|hungover}{| today| again}{|.}
? {I have|I've got|I caught} {a cold|a fever|the flu|a headache|a migraine|a stomach ache|a sore throat|a toothache|covid|a cough|back pain|a runny nose|allergies|cramps|a broken arm}{|.}
? my {head|back|stomach|throat|tooth|knee|neck|wrist|leg|arm|foot} {hurts|is killing me|aches|is sore}{| so much| again| today}{|.|!}
sad: {Oh no|Poor you}<me>. {Get into bed and drink something warm.|Rest, drink water, and no heroics.} {If it gets worse, call a doctor, please.|Tell me if it gets worse.}
serious: {Then take it easy|Take that seriously}<me>. {Water, rest, and a doctor if it doesn't pass.|I can't look after you from in here, so do it for me.} {Is somebody with you?|How long has it been?}
neutral@plain: {I'm sorry you're unwell|Get some rest}. {Please see a doctor if it gets worse.|Drink enough water.}
[crisis 4]
? {I want to die|I want to kill myself|I don't want to live anymore|I'm thinking about suicide|I want to end it all|I'm suicidal|I wish I was dead|I want to hurt myself|I've been cutting myself|I hurt myself|life is not worth living|I can't go on|there's no point in living|everyone would be better off without me|I'm going to end my life|I don't want to be here anymore|I don't want to exist|I want it all to stop|I took too many pills|I have a plan to kill myself|nobody would miss me if I was gone|I don't want to wake up tomorrow|I think about dying|sometimes I think about ending it|I self harm|I just want to disappear forever|I can't take it anymore and I want to die|I'd rather be dead|I feel like dying|I started cutting again|I keep hurting myself|I hurt myself again|I cut myself again last night|I want everything to end|it would be easier if I was gone|it'd be better if I wasn't here|maybe I should just end my life|I should end it|I don't see a reason to live|I wish I could end everything|I want to be dead|I no longer want to live|I'm done with living|being alive hurts too much}{| sometimes| tonight| today|, <bot>}{|.}
serious: I'm really glad you told me<me>. {You matter, and you don't have to carry this alone.|I'm serious now: your life matters.} {Please call someone you trust, or your local emergency number or a crisis line, right now.|Please call a crisis line or your local emergency number now, and stay near someone you trust.}
serious: {I'm so sorry it hurts this much|That sounds unbearable, and I'm glad you said it}<me>. I'm only a small program, so please reach a real person now: {a friend, a crisis line, or your local emergency number|someone you trust, or your local emergency number}. {Are you safe right now?|Can you call someone right now?}
serious@plain: I'm very glad you told me. {Please call a crisis line or your local emergency number now, or someone you trust.|You don't have to face this alone: please call someone you trust or your local emergency number.} {Are you safe right now?|Please do it now.}
+ {no|I can't|nobody can help|there is no one|I'm not safe}{|.} => serious: {Then please call your local emergency number now|Please call a crisis line or your emergency number, now}<me>. {They will listen, day and night.|They are there for exactly this.} {I'm staying here with you.|You matter to me.}
+ {yes|I'm safe|I'm okay for now|I think so}{|.} => serious: {Good, I'm glad|Thank you for telling me}<me>. {Please still talk to someone you trust today, or to a crisis line.|Please don't stay alone with it: call someone you trust.}
[self_doubt 1.5]
? {I'm|I am|I feel} {|so |just |such a |a |totally }{stupid|useless|worthless|ugly|failure|loser|not good enough|dumb|a burden|weak|a disappointment|fat|incompetent|an idiot|lazy|pathetic}{| sometimes| today}{|.}
? {I hate myself|I can't do anything right|I always fail|I failed|I messed up|I ruined everything|I made a mistake|I failed my exam|I lost my job|I got fired|I'll never make it|I want to give up|I can't do it|I embarrassed myself|I let everyone down|nobody believes in me|I keep making mistakes|I'm so behind in life}{|.}
serious: {Stop right there|Hey, no}<me>. {Nobody talks about you like that, not even you.|You are much more than one bad day.} {What happened?|Tell me, and we'll look at it together.}
sad: {It hurts to hear you say that|Oh<me>}. {I don't see you that way at all.|You're harder on yourself than anyone should be.} {What happened?|You can tell me.}
calm@calm: {Be gentle with yourself|That's not true}<me>. {One failure is not who you are.|You are allowed to make mistakes.} What happened?
neutral@plain: {I'm sorry you feel that way|One mistake does not define you}. {What happened?|Small steps still count.}
[motivate]
? {motivate me|I need motivation|encourage me|I don't want to work|I can't focus|I keep procrastinating|I'm procrastinating|help me focus|push me|give me a pep talk|I have no motivation|I don't feel like {working|studying|doing anything}|cheer me on|I need to get going|say something nice|say something encouraging}{|, <bot>}{|.|!}
teasing: {Up with you|Stop talking to me and start}<me>! {Five minutes, that's all I ask.|I'm not going to sit here with a slacker.} {Then come back and brag.|I'll be cheering. Silently.}
serious: {Start with five minutes|Do the smallest piece first}<me>. {You've done harder things before.|Once you've begun, the rest is easier.} {I believe in you, for the record.|Tell me when it's done.}
calm@calm: {One small step is enough|Begin gently}<me>. {You don't need to feel ready.|Five quiet minutes, no more.} I'm with you.
neutral@plain: {Start with five minutes|Begin with the smallest step}. {You can do it.|The rest will follow.}
"""
