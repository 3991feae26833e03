"""`alisa say` and `alisa voices`: the real engines, heard through files."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from alisa.runtime.paths import Home
from alisa.runtime.ports import free_port
from tests.alisa.cli.conftest import Alisa
from voice.audio.clips import read_wav


def test_a_sentence_becomes_a_file(alisa: Alisa, tmp_path: Path) -> None:
    """Sound that is no silence, as long as it says, by the built-in voice."""
    out = tmp_path / "hello there.wav"
    done = alisa("say", "Hello there,", "my friend", "--out", str(out))
    assert (done.code, done.err) == (0, "")
    assert "by espeak" in done.out
    clip = read_wav(out)
    assert 0.8 < clip.seconds < 4
    assert abs(clip.samples).max() > 0.1


def test_for_programs(alisa: Alisa, tmp_path: Path) -> None:
    """Who spoke, how soon, and when each word; numbers were put into words, unless the text is to stay."""
    out = tmp_path / "x.wav"
    told = json.loads(alisa("say", "I have 3 cats", "--out", str(out), "--json").out)
    assert (told["engine"], told["wanted"], told["why"]) == ("espeak", "espeak", "")
    assert [word["text"] for word in told["words"]] == ["I", "have", "three", "cats"]
    assert told["first_audio_ms"] < 1000
    assert told["seconds"] == pytest.approx(read_wav(out).seconds, abs=0.01)
    plain = json.loads(alisa("say", "I have 3 cats", "--out", str(out), "--json", "--plain").out)
    assert "3" in [word["text"] for word in plain["words"]]


def test_rate_voice_and_engine(alisa: Alisa, tmp_path: Path) -> None:
    """What is asked for here counts more than what is set."""
    out = str(tmp_path / "x.wav")
    usual = json.loads(alisa("say", "Hello my friend", "--out", out, "--json").out)
    fast = json.loads(alisa("say", "Hello my friend", "--out", out, "--json", "--rate", "1.5").out)
    assert fast["seconds"] < 0.85 * usual["seconds"]
    tones = json.loads(alisa("say", "one two", "--out", out, "--json", "--engine", "scripted", "--voice", "low").out)
    assert (tones["engine"], tones["seconds"]) == ("scripted", 0.4)


def test_from_standard_input(alisa: Alisa, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` stands for it."""
    monkeypatch.setattr("sys.stdin", io.StringIO("from outside\n"))
    told = json.loads(alisa("say", "-", "--out", str(tmp_path / "x.wav"), "--json").out)
    assert told["said"] == "from outside"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("say",), 2, "nothing to say"),
        (("say", "…"), 2, "nothing in this text"),
        (("say", "Hello", "--engine", "esspeak"), 2, "Did you mean espeak?"),
        (("say", "Hello", "--engine", "kokoro"), 3, "alisa models pull kokoro"),
        (("say", "Hello", "--rate", "9"), 2, "--rate"),
        (("say", "Hello", "--engine", "scripted", "--out", "/no/such/folder/x.wav"), 1, "its folder is not there"),
        (("say", "Hello", "--engine", "rvc"), 2, "rvc makes no speech"),
        (("voices", "--engine", "nobody"), 2, "no voice engine called 'nobody'"),
        (("voices", "--engine", "rvc"), 2, "rvc makes no speech"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    alisa: Alisa, tmp_path: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    """What is wrong, and what to do; no trace."""
    out = () if "--out" in arguments or "voices" in arguments else ("--out", str(tmp_path / "x.wav"))
    done = alisa(*arguments, *out)
    assert done.code == code
    assert words in done.err
    assert len(done.err.strip().splitlines()) == 1
    assert not (tmp_path / "x.wav").exists()


def test_when_the_chosen_voice_is_away_another_speaks(alisa: Alisa, home: Home, tmp_path: Path) -> None:
    """And it is said which, and why."""
    home.config_file.write_text(f'[voice]\ntts = "openai"\ntts_url = "http://127.0.0.1:{free_port()}/v1"\n')
    done = alisa("say", "Hello there", "--out", str(tmp_path / "x.wav"))
    assert done.code == 0
    assert "espeak speaks instead of openai: The voice server 127.0.0.1 cannot be reached" in done.err


def test_a_voice_that_is_not_there_is_said(alisa: Alisa, tmp_path: Path) -> None:
    """The engine speaks with its own; nobody stands in for anybody."""
    done = alisa("say", "Hello", "--voice", "nobody", "--out", str(tmp_path / "x.wav"))
    assert done.code == 0
    assert done.err.strip() == "espeak-ng has no voice 'nobody'."


def test_what_leaves_the_machine_is_said_once(
    alisa: Alisa, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And not again with every sentence."""
    monkeypatch.setattr("voice.tts.assemble.options_of", lambda *_: {"notice": "What she says is sent away."})
    said = [alisa("say", "one", "--engine", "scripted", "--out", str(tmp_path / "x.wav")).err for _ in range(2)]
    assert said == ["What she says is sent away.\n", ""]


def test_the_engines_are_listed(alisa: Alisa, home: Home) -> None:
    """The chosen one is marked; those for tests are left out."""
    home.config_file.write_text('[voice]\ntts = "piper"\n')
    done = alisa("voices")
    assert done.code == 0
    assert "* piper" in done.out
    assert "scripted" not in done.out
    assert "rvc" not in done.out
    rows = {row["engine"]: row for row in json.loads(alisa("voices", "--json").out)["engines"]}
    assert rows["espeak"]["fallback"]
    assert rows["edge"]["needs"] == ["online"]


def test_the_voices_of_an_engine_are_listed(alisa: Alisa) -> None:
    """As the engine itself tells them."""
    assert "* en-us+f3" in " ".join(alisa("voices", "--engine", "espeak").out.split())
    found = json.loads(alisa("voices", "--engine", "scripted", "--json").out)["voices"]
    assert [(voice["name"], voice["default"]) for voice in found] == [("high", True), ("low", False)]
