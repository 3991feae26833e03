"""Words that fill the slots of the patterns."""

from __future__ import annotations

import random

_LISTS = {
    "name": """Sam Alex Mia Leo Anna Ben Emma Noah Lily Max Zoe Tom Kate Omar Nina Yuki Carlos Priya Ivan Sara Jack Luna
        Peter Maria Daniel Julia Finn Clara Hugo Ella Felix Ruby Oscar Alice Robin Jonas Freya Karim Lena Milo Nora Otto
        Paula Quinn Rosa Simon Tara Uma Victor Wendy Xavier Yara Zack Amir Bianca Chloe Dmitri Elena Farid Greta Hana
        Isaac Jasmine Kenji Laura Marco Nadia Olga Pablo Rachel Stefan Tomas Ursula Vera Will Aisha Bruno Dora Ethan
        George Harry Ines James John Mary Lucas Sophie David Michael Chris Jordan Taylor Emily Hannah Grace Kim Lee""",
    "food": """pizza pasta sushi tacos soup curry salad pancakes noodles chocolate rice bread cheese dumplings waffles
        lasagna ramen burgers fries stew omelettes cake cookies icecream apples strawberries mangoes toast porridge
        kebab risotto pierogi falafel yoghurt chicken fish eggs potatoes mushrooms bananas blueberries donuts steak
        sandwiches muffins cereal popcorn paella gnocchi tofu beans""",
    "drink": "tea coffee cocoa juice water milk lemonade cola wine beer matcha espresso soda smoothies",
    "color": "blue red green yellow purple orange black white pink teal grey violet turquoise brown gold silver",
    "animal": """cat dog rabbit fox owl penguin horse dolphin hamster parrot turtle wolf bear otter panda frog bee
        elephant tiger goldfish snake lizard crow duck squirrel hedgehog whale spider koala""",
    "pet": "cat dog rabbit hamster parrot turtle goldfish puppy kitten lizard snake horse budgie ferret",
    "hobby": """painting reading running cooking gaming hiking dancing chess gardening music swimming drawing knitting
        photography baking cycling climbing yoga fishing pottery writing singing skating sewing origami juggling
        astronomy birdwatching karate surfing woodworking camping""",
    "city": """Paris London Berlin Tokyo Madrid Rome Oslo Delhi Cairo Lima Boston Sydney Vienna Dublin Prague Lisbon
        Warsaw Athens Helsinki Zurich Toronto Chicago Seoul Osaka Bangkok Nairobi Havana Dakar Munich Venice Krakow
        Hamburg Seattle Denver Moscow Istanbul Mumbai Jakarta Manila Porto Milan Geneva Bergen Kyoto""",
    "country": """France Japan Germany Italy Spain Brazil Peru Kenya India China Canada Mexico Norway Poland Egypt Turkey
        Greece Portugal Chile Korea Vietnam Thailand Iceland Ireland Finland Sweden Austria Australia Argentina""",
    "language": """French Spanish German Italian Japanese Russian Chinese Korean Portuguese Polish Dutch Arabic Turkish
        Swedish Greek Hindi Latin Finnish Czech Ukrainian""",
    "job": """teacher nurse doctor programmer engineer baker writer student cook driver designer musician lawyer
        carpenter gardener electrician waiter journalist plumber librarian pilot photographer accountant mechanic
        painter architect farmer translator barista dentist""",
    "subject": """history physics chemistry biology geography philosophy economics politics astronomy mathematics
        geometry algebra literature art architecture psychology law medicine engineering statistics linguistics
        calculus genetics archaeology sociology grammar robotics electronics""",
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
    "instrument": "guitar piano violin drums flute cello trumpet saxophone bass ukulele harp clarinet accordion",
    "game": """chess Minecraft Tetris Zelda Mario Portal Skyrim Go poker solitaire Fortnite Stardew_Valley Pokemon
        Dark_Souls Valorant Hades checkers Scrabble Monopoly Catan Mario_Kart Terraria Undertale Celeste""",
    "sport": """football tennis basketball volleyball swimming running boxing rugby cricket badminton hockey skiing
        cycling rowing golf climbing judo fencing handball""",
    "relative": """mother father sister brother mom dad grandma grandpa aunt uncle cousin son daughter wife husband
        girlfriend boyfriend friend roommate neighbour boss colleague teacher niece nephew""",
    "month": "January February March April May June July August September October November December",
    "weekday": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "season": "spring summer autumn winter",
    "genre": "fantasy horror comedy romance mystery thriller adventure crime drama western documentary cartoon",
    "music": "rock jazz pop metal techno folk classical rap blues punk country reggae opera soul disco indie",
    "app": "Firefox Spotify Discord Steam calculator notepad Chrome terminal Blender GIMP Photoshop Excel Word Outlook",
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
    "kel lor mar nel os pra qui ras sol tam ul ven wil xan yor zel th sh ch ba be ga ge ha ho ra re sa so ta te va ve"
).split()
NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()


def made_up(rng: random.Random) -> str:
    """A name nobody has, so that names are copied and not guessed."""
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.choice((2, 2, 3)))).capitalize()


def draw(rng: random.Random, slot: str) -> str:
    """A word for `slot`.

    Raises KeyError for an unknown slot.
    """
    if slot == "name":
        return rng.choice(WORDS["name"]) if rng.random() < 0.92 else made_up(rng)
    if slot == "newname":
        return rng.choice(WORDS["name"]) if rng.random() < 0.85 else made_up(rng)
    return rng.choice(WORDS[slot])
