"""No secret leaves the eyes; what is none is left as it is."""

from __future__ import annotations

import base64
import random
import string
import time
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vision.privacy import HIDDEN, redact

LETTERS = string.ascii_letters + string.digits


def _of(chance: random.Random, alphabet: str, length: int) -> str:
    return "".join(chance.choice(alphabet) for _ in range(length))


def _base64(chance: random.Random, length: int) -> str:
    return base64.urlsafe_b64encode(chance.randbytes(length)).decode().rstrip("=")


def _card(chance: random.Random) -> str:
    length, head = chance.choice([(16, "4"), (16, "53"), (15, "37"), (16, "6011"), (14, "36"), (16, "3530")])
    digits = head + _of(chance, string.digits, length - 1 - len(head))
    for last in string.digits:
        total = 0
        for place, digit in enumerate(reversed(digits + last)):
            value = int(digit) * (1 + place % 2)
            total += value - 9 if value > 9 else value
        if total % 10 == 0:
            return digits + last
    raise AssertionError(digits)


def _spaced_card(chance: random.Random) -> str:
    number = _card(chance)
    groups = [4, 6, 5] if len(number) == 15 else [4, 6, 4] if len(number) == 14 else [4, 4, 4, 4]
    parts = []
    for size in groups:
        parts.append(number[:size])
        number = number[size:]
    return chance.choice(" -").join(parts)


def _iban(chance: random.Random) -> str:
    country, length = chance.choice([("DE", 22), ("FR", 27), ("GB", 22), ("NL", 18), ("PL", 28), ("CH", 21)])
    bank = _of(chance, string.ascii_uppercase, 4) if country in ("GB", "NL") else ""
    account = bank + _of(chance, string.digits, length - 4 - len(bank))
    number = int("".join(str(int(letter, 36)) for letter in f"{account}{country}00"))
    return f"{country}{98 - number % 97:02d}{account}"


def _spaced_iban(chance: random.Random) -> str:
    number = _iban(chance)
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))


KEYS: dict[str, Callable[[random.Random], str]] = {
    "openai": lambda c: "sk-proj-" + _of(c, LETTERS, 19) + c.choice(string.digits) + _of(c, LETTERS, 28),
    "anthropic": lambda c: "sk-ant-api03-" + _of(c, LETTERS + "_-", 80),
    "github": lambda c: "gh" + c.choice("pousr") + "_" + _of(c, LETTERS, 36),
    "github fine": lambda c: "github_pat_" + _of(c, LETTERS + "_", 70),
    "gitlab": lambda c: "glpat-" + _of(c, LETTERS, 10) + "7" + _of(c, LETTERS, 9),
    "slack": lambda c: "xoxb-" + _of(c, string.digits, 12) + "-" + _of(c, LETTERS, 24),
    "aws": lambda c: "AKIA" + _of(c, string.ascii_uppercase + string.digits, 16),
    "google": lambda c: "AIza" + _of(c, LETTERS + "_-", 35),
    "stripe": lambda c: "sk_live_" + _of(c, LETTERS, 24),
    "npm": lambda c: "npm_" + _of(c, LETTERS, 36),
    "pypi": lambda c: "pypi-AgEIcHlwaS5vcmc" + _of(c, LETTERS + "_-", 80),
    "hugging face": lambda c: "hf_" + _of(c, LETTERS, 34),
    "sendgrid": lambda c: f"SG.{_of(c, LETTERS, 22)}.{_of(c, LETTERS, 43)}",
    "telegram": lambda c: _of(c, string.digits, 9) + ":" + _of(c, LETTERS + "_-", 35),
    "jwt": lambda c: f"eyJ{_of(c, LETTERS, 33)}.eyJ{_of(c, LETTERS, 60)}.{_of(c, LETTERS + '_-', 43)}",
    "hex": lambda c: _of(c, "0123456789abcdef", 64),
}
NUMBERS: dict[str, Callable[[random.Random], str]] = {
    "card": _card,
    "card in groups": _spaced_card,
    "iban": _iban,
    "iban in groups": _spaced_iban,
}
NAMED: dict[str, Callable[[random.Random], str]] = {
    "bearer": lambda c: "Bearer " + _of(c, LETTERS, 12) + "4" + _of(c, LETTERS + ".-_", 20),
    "basic": lambda c: "Authorization: Basic " + base64.b64encode(c.randbytes(15)).decode(),
    "password=": lambda c: f"password={_of(c, LETTERS + '!#+*', 9)}7",
    "pwd:": lambda c: f"pwd: {_of(c, LETTERS + '!#+*', 9)}7",
    "quoted": lambda c: f'"password": "{_of(c, LETTERS + " !$#", 12)}7"',
    "environment": lambda c: f"DB_PASSWORD={_of(c, LETTERS, 12)}",
    "url": lambda c: f"postgres://admin:{_of(c, LETTERS + '!@$', 12)}7@db.example.com:5432/app",
    "ado": lambda c: f"Server=db;User Id=sa;Password={_of(c, LETTERS, 12)};",
}

SEEDS = st.integers(0, 2**32)
AROUND = st.text(
    st.sampled_from(string.ascii_letters + string.digits + " .,:;()[]{}<>\"'`/\\|=-_+*#@\n\t…│€ä"), max_size=30
)


def survives(secret: str, text: str, *, letters: int = 8) -> bool:
    """Whether so many letters of the secret in a row stand in the text, however its lines are broken."""
    flat, core = "".join(text.split()), "".join(secret.split())
    return any(core[at : at + letters] in flat for at in range(len(core) - letters + 1))


def broken(secret: str, chance: random.Random) -> str:
    """The secret as it is read from a narrow window: broken once or twice, with what stands around such a break."""
    cuts = sorted({chance.randrange(10, max(11, len(secret) - 9)) for _ in range(chance.choice([1, 1, 2]))})
    cuts = [cut for before, cut in zip([0, *cuts], cuts, strict=False) if cut - before >= 10]
    parts = [secret[a:b] for a, b in zip([0, *cuts], [*cuts, len(secret)], strict=True)]
    return chance.choice(["\n", " \n", "\n  ", "\r\n", " |\n"]).join(parts)


@given(st.sampled_from([*KEYS]), SEEDS, AROUND, AROUND)
def test_no_key_survives_whatever_stands_around_it(kind: str, seed: int, before: str, after: str) -> None:
    """Keys of the known kinds are hidden between any letters."""
    secret = KEYS[kind](random.Random(seed))
    assert not survives(secret.partition("-")[2] if kind == "openai" else secret, redact(before + secret + after))


@given(st.sampled_from([*KEYS]), SEEDS, AROUND, AROUND)
def test_no_key_survives_a_broken_line(kind: str, seed: int, before: str, after: str) -> None:
    """A key that goes on in the next line is hidden on both."""
    chance = random.Random(seed)
    secret = KEYS[kind](chance)
    told = redact(f"{before} {broken(secret, chance)} {after}")
    assert not survives(secret, told, letters=12), told


@given(st.sampled_from([*NUMBERS]), SEEDS, AROUND, AROUND)
def test_no_number_survives_whatever_stands_around_it(kind: str, seed: int, before: str, after: str) -> None:
    """Numbers of cards and of accounts are hidden, grouped or not."""
    secret = NUMBERS[kind](random.Random(seed))
    assert not survives(secret, redact(f"{before}x {secret} x{after}"), letters=10)
    assert not survives(secret, redact(f"{before}:{secret}.{after}"), letters=10)


@given(st.sampled_from(["card in groups", "iban in groups"]), SEEDS, AROUND)
def test_no_grouped_number_survives_a_broken_line(kind: str, seed: int, after: str) -> None:
    """A number that is broken between two groups is hidden."""
    chance = random.Random(seed)
    secret = NUMBERS[kind](chance)
    at = secret.replace("-", " ").index(" ", 6)
    assert not survives(secret, redact(f"No. {secret[:at]}\n{secret[at + 1 :]} x{after}"), letters=10)


@given(st.sampled_from([*NAMED]), SEEDS, AROUND)
def test_no_password_survives_behind_its_name(kind: str, seed: int, before: str) -> None:
    """What stands behind `password=` and its like is hidden."""
    secret = NAMED[kind](random.Random(seed))
    value = (
        {"bearer": "Bearer ", "basic": "Basic ", "url": "admin:"}.get(kind) or ": " if kind != "ado" else "Password="
    )
    core = secret.partition(value)[2] or secret.partition("=")[2]
    core = core.strip('"').partition("@db.")[0].rstrip(";")
    assert not survives(core, redact(f"{before}\n{secret} \nand so on")), redact(f"{before}\n{secret} \nand so on")


@given(SEEDS, AROUND)
def test_no_code_without_a_name_survives(seed: int, around: str) -> None:
    """A long code is known by its disorder alone, in base 64 as in hexadecimal digits."""
    chance = random.Random(seed)
    secret = _base64(chance, 48)
    assert not survives(secret, redact(f"{around}\n{secret}\n{around}"), letters=24)
    assert not survives(secret, redact(f"{around}\n{broken(secret, chance)}\n{around}"), letters=24)


@given(SEEDS, AROUND)
def test_no_private_key_survives(seed: int, after: str) -> None:
    """A private key is hidden as a whole, and as far as it shows where its end is not on the screen."""
    chance = random.Random(seed)
    lines = [base64.b64encode(chance.randbytes(48)).decode() for _ in range(6)]
    kind = chance.choice(["RSA ", "EC ", "OPENSSH ", "", "ENCRYPTED "])
    start, end = f"-----BEGIN {kind}PRIVATE KEY-----", f"-----END {kind}PRIVATE KEY-----"
    whole = redact("\n".join(["cat id_rsa", start, *lines, end, "$ ls", after]))
    cut = redact("\n".join(["cat id_rsa", start, *lines]))
    for line in lines:
        assert not survives(line, whole)
        assert not survives(line, cut)
    assert "cat id_rsa" in whole
    assert "$ ls" in whole


def test_a_seed_phrase_is_hidden() -> None:
    """The words of a wallet, behind their name or numbered, are hidden."""
    words = ["apple", "river", "stone", "candle", "window", "forest"]
    words += ["rocket", "silver", "garden", "summer", "puzzle", "violin"]
    named = redact(f"Your seed phrase: {' '.join(words)}\nWrite it down.")
    numbered = redact(" ".join(f"{place}. {word}" for place, word in enumerate(words, 1)))
    assert not survives("".join(words), named)
    assert not survives("".join(words), numbered)
    assert "Write it down" in named


def test_people_are_shortened() -> None:
    """Addresses and telephone numbers are told as such, and no more."""
    told = redact("From jane.doe@example.com, call +49 151 2345 6789 or (555) 234-5678 or 030/1234567")
    assert told == "From j…@….com, call +49… or (555)… or 030…" or "2345" not in told
    assert "jane.doe" not in told
    assert "j…@….com" in told
    assert redact("git clone git@github.com:a/b") == "git clone git@github.com:a/b"


def test_cards_with_slips_of_the_reader() -> None:
    """A nought that was read as a letter does not save the number."""
    assert redact("4111 1111 11l1 1111") == HIDDEN
    assert redact("DE89 37O4 0044 0532 0130 00") == HIDDEN


ORDINARY = [
    "def connect(user: str, password: str | None = None) -> Connection:",
    "    if password:\n        return login(user, password)",
    "    password = getpass.getpass()",
    "token = next(tokens)",
    "self._token = token",
    "secret = secrets.token_urlsafe(32)",
    "max_tokens = 4096, token_count: 17",
    "const token = await getToken();",
    "The password is required. A password must be long.",
    "The bearer of this letter is a friend.",
    "Enter your password:",
    "usage: tool [--password PASSWORD] [--token TOKEN]",
    "export PASSWORD=$SECRET",
    "password: ${DB_PASSWORD}",
    "see https://localhost:8080/@user and https://medium.com/@someone",
    "http://127.0.0.1:8765/status",
    "task-oriented risk-assessment of disk-usage",
    "HTTPServerResponseFactoryBuilder testThatTheThingWorksAsItShould2",
    "/home/user/projects/alisa/backend/conversation/context.py",
    "C:\\Users\\Somebody\\AppData\\Local\\Programs\\Python\\Python312\\python.exe",
    "123e4567-e89b-12d3-a456-426614174000",
    "2026-11-29T22:17:36.123456+00:00",
    "1732918656123 1732918656124",
    "192.168.100.200:8080 10.0.0.1",
    "0000020 6f72 6c64 210a 0000",
    "10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n20",
    "4001\n4002\n4003\n4004\n4005\n4006",
    "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16",
    "ISBN 978-3-16-148410-0",
    "x = [4, 5, 6, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4]",
    "except ValidationError as error:",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
    "commit 8f0a73a Rooms for the eyes",
    "@app.route('/x')\nasync def f(): ...",
    "me@laptop:~/src$ make -j4",
    "react@18.2.0 typescript@5.4.5",
    "aGVsbG8= aGk=",
    "compass: north, bypass = true, passport: none",
    'File "main.py", line 12, in <module>',
    "Meine Bank hat heute geschlossen, sagt sie.",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_what_is_no_secret_is_left_as_it_is(text: str) -> None:
    """Code, prose, paths, versions and numbers stay readable."""
    assert redact(text) == text


@given(st.lists(st.sampled_from([*ORDINARY, *(make(random.Random(7)) for make in (KEYS | NUMBERS | NAMED).values())])))
@example(["password=[hidden]"])
@example(["http://127.0.0.1:[hidden]\n@app.route('/x')"])
def test_a_second_time_changes_nothing(lines: list[str]) -> None:
    """What has been redacted stays as it is."""
    once = redact("\n".join(lines))
    assert redact(once) == once


@given(st.text(max_size=300))
def test_any_text_can_be_redacted(text: str) -> None:
    """No text brings it down, and a text without letters of ours is returned."""
    assert isinstance(redact(text), str)


def test_a_screen_full_of_one_code_takes_a_moment() -> None:
    """What `base64` prints of a file: it is one secret, found in one go and not anew at each of its letters."""
    code = base64.b64encode(random.Random(3).randbytes(9000)).decode()
    lines = "\n".join(code[at : at + 76] for at in range(0, len(code), 76))
    began = time.perf_counter()
    assert redact(f"$ base64 x\n{lines}\n$ ls") == f"$ base64 x\n{HIDDEN}\n$ ls"
    assert time.perf_counter() - began < 3.0  # it is some hundredths of one; at each letter anew it was many


WITH_COMPANY = [
    ("Your verification code is 482913", "482913"),
    ("G-482913 is your Google verification code", "482913"),
    ("Dein Bestätigungscode: 482913", "482913"),
    ("Sign-in code\n482 913", "482 913"),
    ("Recovery code: 4f8a-92kd-77xq", "4f8a"),
    ("OTP: 482913", "482913"),
    ("PIN: 4821", "4821"),
    ("CVC 737", "737"),
    ("SSN: 123-45-6789", "45-6789"),
    ("mysql -u root -pS3cret!x shop", "S3cret"),
    ("sshpass -p hunter2 ssh desk", "hunter2"),
    ("docker login -u mira -p hunter2 hub.example", "hunter2"),
    ("redis-cli -h desk -a hunter2", "hunter2"),
    ("<password>hunter2</password>", "hunter2"),
    ("https://x.example/a?se=2026&sig=abcDEF123%2Bxyz", "abcDEF123"),
    ("WPA2 key: correcthorse9", "correcthorse9"),
    ("passphrase: correct horse battery staple", "battery"),
    ("machine x login mira password hunter22", "hunter22"),
    ("密码\uff1aabc12345", "abc12345"),
    ("Basic dXNlcjpwYXNzd29yZA==", "dXNlcjpw"),
    ("root:$6$rounds$abc.DEF123ghiJKL456mno:19000:0", "abc.DEF123"),
    ("eyJhbGciOiJIUzI1NiJ9 . eyJzdWIiOiIxMjM0In0 . abcDEF123ghi", "eyJzdWI"),
    ("AKlAIOSFODNN7EXAMPLE", "FODNN7"),
    ("5555.5555.5555.4444", "5555.5555"),
]
COMPANY_WITHOUT = [
    "error code 500, exit code 137, HTTP status code 404",
    "const int PIN 13 = 4;",
    "ssh -p 2222 desk and docker run -p 8080:80 web and mysql -p",
    "password hashing with argon2id, sha256 and PBKDF2",
    "the password must have 8 characters",
    "4123.4567 8901.2345 6712.9981",
    "<token></token> and <title>Passwords</title>",
    "signature=none sig=short",
    "see the security code of conduct of 2024",
    "    |    |    |",
]


@pytest.mark.parametrize(("text", "secret"), WITH_COMPANY)
def test_what_only_its_company_gives_away_is_hidden(text: str, secret: str) -> None:
    """A number is a number until somebody writes that it is a code; an option is one of a command."""
    assert secret not in redact(text)


@pytest.mark.parametrize("text", COMPANY_WITHOUT)
def test_the_same_words_without_a_secret_stay(text: str) -> None:
    """Codes of errors, ports, names of methods, columns of numbers."""
    assert redact(text) == text


def test_a_line_of_blanks_takes_a_moment() -> None:
    """An empty screen, or a title of ten thousand of them."""
    began = time.perf_counter()
    assert redact(" " * 5000) == " " * 5000
    assert time.perf_counter() - began < 3.0  # once it was minutes
