"""Words that fill the slots of the patterns."""

from __future__ import annotations

import random

_LISTS = {
    "name": """Sam Alex Mia Leo Anna Ben Emma Noah Lily Max Zoe Tom Kate Omar Nina Yuki Carlos Priya Ivan Sara Jack Luna
        Peter Maria Daniel Julia Finn Clara Hugo Ella Felix Ruby Oscar Alice Robin Jonas Freya Karim Lena Milo Nora
        Otto Paula Quinn Rosa Simon Tara Uma Victor Wendy Xavier Yara Zack Amir Bianca Chloe Dmitri Elena Farid
        Greta Hana Isaac Jasmine Kenji Laura Marco Nadia Olga Pablo Rachel Stefan Tomas Ursula Vera Will Aisha Bruno
        Dora Ethan George Harry Ines James John Mary Lucas Sophie David Michael Chris Jordan Taylor Emily Hannah
        Grace Kim Lee Adele Adrian Agnes Ahmed Aiden Alan Albert Alina Alison Amanda Amber Andrea Andrew Angela
        Anita Anton April Arthur Asher Astrid Aurora Ava Barbara Basil Beatrice Bella Bernard Betty Boris Brenda
        Brian Bridget Caleb Camille Carla Caroline Cecilia Charlie Charlotte Christian Claudia Colin Connor Cora
        Craig Cynthia Damian Dana Dario Deborah Dennis Diana Diego Dominic Doris Dylan Edgar Edith Edward Eileen
        Elias Elif Elijah Eliza Emil Eric Erin Esther Eva Evan Fatima Fiona Florence Frances Frank Gabriel Gavin
        Gemma Georgia Gerald Gina Gloria Gordon Graham Gwen Harold Harriet Hassan Heather Hector Helen Henry Hilda
        Howard Ian Igor Imogen Irene Iris Isabel Ivy Jacob Jade Jan Jane Jason Javier Jean Jennifer Jessica Joan
        Joel Joseph Josh Judith Julian Juliet Justin Karen Kasper Katya Keith Kelly Kevin Kira Kyle Lars Leah Leila
        Leon Liam Linda Lisa Lloyd Louis Louise Lucia Lydia Mabel Magnus Malik Marcus Margaret Marina Marion Mark
        Martha Martin Matilda Matt Maya Megan Mehmet Melissa Mira Miriam Mohamed Monica Morgan Nancy Natalie Nathan
        Neil Nick Nicole Niels Oliver Olivia Owen Pamela Patrick Paul Penelope Petra Philip Phoebe Rafael Raj Ralph
        Rebecca Ricardo Rita Robert Roger Ronja Rose Roy Russell Ruth Ryan Sabrina Salma Samira Sandra Scott Sean
        Selma Serena Sergei Sheila Shreya Silvia Sonia Stella Steve Susan Sven Tamara Tanya Teresa Theo Thomas Tim
        Tina Tobias Tony Tracy Vanessa Vincent Violet Walter Wanda Warren William Winston Yasmin Yusuf Yvonne Zelda
        Zainab""",
    "food": """pizza pasta sushi tacos soup curry salad pancakes noodles chocolate rice bread cheese dumplings waffles
        lasagna ramen burgers fries stew omelettes cake cookies icecream apples strawberries mangoes toast porridge
        kebab risotto pierogi falafel yoghurt chicken fish eggs potatoes mushrooms bananas blueberries donuts steak
        sandwiches muffins cereal popcorn paella gnocchi tofu beans spaghetti ravioli lentils spinach broccoli
        carrots peas pumpkin garlic olives onions tomatoes peppers cabbage celery corn beetroot cucumber avocado
        hummus couscous quiche crepes croissants bagels scones pretzels crackers nachos burritos quesadillas
        enchiladas hotdogs sausages bacon ham turkey beef lamb duck salmon tuna shrimp crab oysters lobster
        meatballs goulash chili ratatouille pudding custard honey jam butter cream yogurt granola oatmeal walnuts
        almonds cashews hazelnuts raisins grapes cherries peaches plums pears oranges lemons melons pineapples
        raspberries brownies cupcakes cheesecake marzipan liquorice candy gelato sorbet tiramisu baklava bibimbap
        kimchi""",
    "drink": """tea coffee cocoa juice water milk lemonade cola wine beer matcha espresso soda smoothies cider lassi
        kombucha champagne whisky rum gin tonic punch mead chai cappuccino latte mocha cordial kefir sherry
        buttermilk eggnog sake""",
    "color": """blue red green yellow purple orange black white pink teal grey violet turquoise brown gold silver maroon
        beige navy lime olive crimson scarlet indigo lavender magenta cyan cream bronze copper peach coral khaki
        amber ivory charcoal mint""",
    "animal": """cat dog rabbit fox owl penguin horse dolphin hamster parrot turtle wolf bear otter panda frog bee elephant
        tiger goldfish snake lizard crow duck squirrel hedgehog whale spider koala giraffe zebra lion monkey gorilla
        camel kangaroo moose deer goat sheep cow pig donkey pony rooster turkey swan goose eagle falcon raven pigeon
        seagull peacock flamingo crocodile alligator shark octopus squid jellyfish crab lobster snail worm beetle
        ant butterfly moth wasp mosquito bat mouse rat mole badger beaver raccoon skunk seal""",
    "pet": """cat dog rabbit hamster parrot turtle goldfish puppy kitten lizard snake horse budgie ferret canary gecko
        tortoise chinchilla gerbil cockatoo poodle terrier husky beagle guinea_pig rat axolotl""",
    "hobby": """painting reading running cooking gaming hiking dancing chess gardening music swimming drawing knitting
        photography baking cycling climbing yoga fishing pottery writing singing skating sewing origami juggling
        astronomy birdwatching karate surfing woodworking camping archery bowling rowing fencing boxing gliding
        sailing kayaking geocaching skateboarding snowboarding blogging podcasting acting beekeeping brewing
        foraging quilting crocheting embroidery calligraphy sketching sculpting whittling metalwork programming
        electronics stargazing collecting_stamps collecting_coins board_games crosswords sudoku trivia volunteering
        travelling meditating jogging weightlifting trampolining""",
    "city": """Paris London Berlin Tokyo Madrid Rome Oslo Delhi Cairo Lima Boston Sydney Vienna Dublin Prague Lisbon Warsaw
        Athens Helsinki Zurich Toronto Chicago Seoul Osaka Bangkok Nairobi Havana Dakar Munich Venice Krakow Hamburg
        Seattle Denver Moscow Istanbul Mumbai Jakarta Manila Porto Milan Geneva Bergen Kyoto Glasgow Cardiff Bristol
        Manchester Liverpool Oxford York Cork Galway Lyon Nice Bordeaux Marseille Lille Nantes Turin Naples Florence
        Bologna Verona Palermo Seville Valencia Granada Bilbao Malaga Stuttgart Leipzig Dresden Cologne Bremen
        Salzburg Graz Basel Bern Lausanne Rotterdam Utrecht Delft Bruges Aarhus Malmo Uppsala Turku Tallinn Riga
        Vilnius Gdansk Poznan Brno Bratislava Budapest Zagreb Ljubljana Belgrade Sofia Bucharest Odessa Kyiv Minsk
        Ankara Izmir Tbilisi Yerevan Baku Tehran Baghdad Beirut Amman Haifa Jeddah Doha Muscat Karachi Lahore
        Kolkata Chennai Pune Jaipur Dhaka Colombo Kathmandu Hanoi Saigon Singapore Taipei Busan Nagoya Sapporo
        Shanghai Brisbane Perth Auckland Wellington Honolulu Portland Oakland Phoenix Dallas Houston Atlanta Miami
        Detroit Cleveland Pittsburgh Baltimore Montreal Ottawa Halifax Calgary Vancouver Bogota Quito Santiago
        Montevideo Recife""",
    "country": """France Japan Germany Italy Spain Brazil Peru Kenya India China Canada Mexico Norway Poland Egypt Turkey
        Greece Portugal Chile Korea Vietnam Thailand Iceland Ireland Finland Sweden Austria Australia Argentina
        Belgium Denmark Hungary Romania Bulgaria Croatia Serbia Ukraine Estonia Latvia Lithuania Switzerland
        Netherlands Morocco Tunisia Ghana Nigeria Uganda Tanzania Ethiopia Zambia Namibia Madagascar Jordan Lebanon
        Oman Pakistan Nepal Bangladesh Malaysia Indonesia Philippines Cambodia Laos Mongolia Cuba Jamaica Panama
        Colombia Ecuador Bolivia Uruguay Paraguay Scotland Wales""",
    "language": """French Spanish German Italian Japanese Russian Chinese Korean Portuguese Polish Dutch Arabic Turkish Swedish
        Greek Hindi Latin Finnish Czech Ukrainian Danish Norwegian Hungarian Romanian Bulgarian Croatian Vietnamese
        Thai Bengali Urdu Persian Hebrew Welsh Gaelic Swahili Esperanto Catalan Basque Icelandic""",
    "job": """teacher nurse doctor programmer engineer baker writer student cook driver designer musician lawyer carpenter
        gardener electrician waiter journalist plumber librarian pilot photographer accountant mechanic painter
        architect farmer translator barista dentist barber butcher florist tailor cobbler welder builder roofer
        mason locksmith janitor cleaner cashier clerk secretary receptionist manager salesman broker banker auditor
        consultant analyst economist chemist physicist biologist geologist surgeon midwife paramedic therapist
        psychologist pharmacist vet coach referee firefighter policeman soldier sailor fisherman lumberjack miner
        courier postman conductor bartender chef hairdresser actor dancer singer composer editor publisher reporter
        animator illustrator tutor professor researcher scientist webmaster tester administrator dispatcher trucker
        tiler decorator""",
    "subject": """history physics chemistry biology geography philosophy economics politics astronomy mathematics geometry
        algebra literature art architecture psychology law medicine engineering statistics linguistics calculus
        genetics archaeology sociology grammar robotics electronics theology anthropology zoology botany ecology
        meteorology oceanography marketing accounting finance management nursing pharmacy dentistry journalism music
        drama design logistics informatics""",
    "thing": """book phone lamp chair bike car guitar jacket camera laptop keyboard garden kitchen window door shelf
        table backpack bottle cup shirt dress clock mirror blanket pillow desk plant tree flower fence roof boat train
        bus ticket letter parcel umbrella hat watch ring wallet key bag box ball puzzle toy drum piano violin painting
        photo poster candle carpet oven fridge printer monitor mouse cable battery radio speaker screen tent ladder
        hammer screwdriver scarf sock shoe coat sweater necklace notebook pencil brush bucket broom basket pan knife""",
    "topic": """space dinosaurs volcanoes football politics computers the_ocean the_moon cars trains robots bitcoin
        quantum_physics black_holes the_stock_market climate_change evolution electricity the_roman_empire
        world_war_two photosynthesis gravity the_internet vaccines inflation tectonic_plates the_human_brain DNA
        the_french_revolution Shakespeare Napoleon Einstein Cleopatra Mozart Picasso the_pyramids earthquakes penguins
        whales bees honey coffee tea chess tennis cricket basketball the_olympics rockets satellites Mars Jupiter
        comets rainbows thunder tides glaciers deserts jungles coral_reefs Python JavaScript Linux Docker blockchain
        machine_learning neural_networks 3D_printing solar_panels nuclear_power taxes mortgages insurance visas
        passports democracy philosophy religion yoga nutrition vitamins allergies migraines the_heart cancer sleep_cycles
        the_vikings samurai knights the_cold_war the_moon_landing the_titanic the_eiffel_tower mount_everest the_amazon""",
    "instrument": """guitar piano violin drums flute cello trumpet saxophone bass ukulele harp clarinet accordion banjo mandolin
        oboe bassoon tuba trombone viola sitar lute recorder harmonica organ xylophone keyboard""",
    "game": """chess Minecraft Tetris Zelda Mario Portal Skyrim Go poker solitaire Fortnite Stardew_Valley Pokemon
        Dark_Souls Valorant Hades checkers Scrabble Monopoly Catan Mario_Kart Terraria Undertale Celeste""",
    "sport": """football tennis basketball volleyball swimming running boxing rugby cricket badminton hockey skiing cycling
        rowing golf climbing judo fencing handball archery lacrosse softball squash curling wrestling karate snooker
        darts polo triathlon gymnastics athletics canoeing snowboarding bouldering""",
    "relative": """mother father sister brother mom dad grandma grandpa aunt uncle cousin son daughter wife husband
        girlfriend boyfriend friend roommate neighbour boss colleague teacher niece nephew""",
    "month": "January February March April May June July August September October November December",
    "weekday": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "season": "spring summer autumn winter",
    "genre": "fantasy horror comedy romance mystery thriller adventure crime drama western documentary cartoon",
    "music": """rock jazz pop metal techno folk classical rap blues punk country reggae opera soul disco indie ska swing
        gospel trance house grunge ambient salsa tango bluegrass funk dubstep bossa_nova synthwave baroque""",
    "app": """Firefox Spotify Discord Steam calculator notepad Chrome terminal Blender GIMP Photoshop Excel Word Outlook
        Slack Zoom Teams Skype Telegram Signal WhatsApp Thunderbird Notion Obsidian Inkscape Krita Audacity VLC
        Safari Edge Opera Brave Paint Explorer Finder Calendar Maps Evernote LibreOffice PowerPoint OneNote
        Minecraft PyCharm""",
    "when": "today yesterday this_morning last_night last_week tonight this_afternoon earlier on_Sunday just_now",
    "place": """park beach supermarket library gym office school museum cinema bakery station market hospital cafe
        restaurant mountains forest lake pool church bank mall zoo castle harbour village university theatre""",
    "trait": "cute sweet pretty beautiful nice kind smart funny adorable awesome lovely clever charming cool gorgeous",
    "task": """homework essay taxes dishes laundry cleaning project presentation report thesis application email
        shopping packing exercise dusting spreadsheet code bug assignment chores paperwork ironing""",
}
WORDS: dict[str, tuple[str, ...]] = {
    slot: tuple(word.replace("_", " ").replace("icecream", "ice cream") for word in text.split())
    for slot, text in _LISTS.items()
}
SYLLABLES = (
    "ka mi ro lu sen tor bel an dri vo zu pe li na gor fi ya mon ste ria el do wen ash bri cor dan fer gil hal ith jo "
    "kel lor mar nel os pra qui ras sol tam ul ven wil xan yor zel th sh ch ba be ga ge ha ho ra re sa so ta te va ve "
    "al ar en er in ir on or un ur ald alm arn art ast eld ell emb ern est ild ing irk ist olf ond orm ost ulf und ust "
    "bo bu by da de di du dy fa fe fo fu gi go gu he hi hu ja je ji ju ke ki ko ku la le lo ly ma me mo mu ne ni no nu "
    "pa pi po pu ri ru ry se si su ti to tu ty vi vy wa we wi wo ye yu za ze zi zo bla bre clo cra dra dre fla fre gla "
    "gra gri kla kri pla pri sha she shi sla sta tra tre tri tha the tho gen ham ham ley man rik sen son ton vik win"
).split()
NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()


INVENTED = {"name": 0.3, "newname": 0.4, "city": 0.25}
"""Share of the names of people, pets and towns that nobody has: what is not known by heart must be copied."""


def made_up(rng: random.Random) -> str:
    """A name nobody has."""
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.choice((2, 2, 3)))).capitalize()


def draw(rng: random.Random, slot: str) -> str:
    """A word for `slot`.

    Raises KeyError for an unknown slot.
    """
    if slot in INVENTED and rng.random() < INVENTED[slot]:
        return made_up(rng)
    if slot == "newname":
        slot = "name"
    return rng.choice(WORDS[slot])
