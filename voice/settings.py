"""The section of the configuration that only the voice reads."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from alisa.runtime.settings import Section


class VoiceSettings(Section):
    """Her ears and her voice: how you talk with her, what hears you, and what speaks."""

    section: ClassVar[str] = "voice"

    # --- how you talk with her ---
    mode: Literal["hands_free", "push_to_talk", "wake"] = "hands_free"
    """How you begin: just speak; hold the conversation open with a key; or call her by name first."""
    names: list[str] = Field(["Alisa", "Alissa", "Alyssa", "Elisa", "Alice"], min_length=1, max_length=16)
    """What she answers to when called by name, with what a recogniser may make of it."""
    wake_seconds: float = Field(12.0, ge=0.0, le=600.0)
    """In the mode `wake`: how long after a reply she still listens without being called."""
    hotkey: str = "ctrl+alt+space"
    """The keys that open and close the microphone, wherever you are; empty: none. Not on macOS."""
    barge_in: bool = True
    """Let her be interrupted by your voice while she speaks."""
    half_duplex: Literal["auto", "on", "off"] = "auto"
    """Do not listen while she speaks. `auto`: only where her own voice cannot be removed from the microphone."""
    language: str = Field("en", min_length=2, max_length=12)
    """The language that is spoken."""

    # --- devices ---
    source: str = "device"
    """Where sound comes from: `device`; `file` and `scripted` are for tests."""
    sink: str = "device"
    """Where her voice goes: `device`; `file` and `scripted` are for tests."""
    microphone: str = ""
    """A part of the name of the microphone (`alisa devices` lists them). Empty: the system's."""
    speaker: str = ""
    """A part of the name of the loudspeaker or headset. Empty: the system's."""
    echo: str = "webrtc"
    """What removes her own voice from the microphone: `webrtc`, or `off` where you wear a headset."""
    echo_delay_ms: int = Field(0, ge=0, le=500)
    """How late her voice comes back into the microphone, where that is known; 0 lets it be found."""
    volume: float = Field(1.0, ge=0.0, le=2.0)
    """How loud she is at first."""
    duck: float = Field(0.15, ge=0.0, le=1.0)
    """How loud she stays while it is not yet clear whether you interrupt her."""

    # --- when somebody speaks, and when they have finished ---
    vad: str = "silero"
    """What tells speech from other sounds: `silero`; `scripted` is for tests."""
    vad_threshold: float = Field(0.5, gt=0.0, lt=1.0)
    """How sure it must be that somebody speaks."""
    soft_end_ms: int = Field(100, ge=32, le=2000)
    """After so much silence she begins to work on what was said."""
    hard_end_ms: int = Field(400, ge=64, le=5000)
    """After so much silence she takes it as finished, at first: it adapts to how you speak and to what you say."""
    longest_turn_seconds: float = Field(60.0, ge=5.0, le=600.0)
    """The longest that one speaks in one go."""
    end_of_turn: str = ""
    """A model that judges, beside silence and words, whether somebody has finished: `smart_turn`
    (`alisa models pull smart-turn` gets it). Empty: silence and words alone decide."""
    end_of_turn_model: str = ""
    """The file of another model of that kind. Empty: the one that `alisa models pull` got."""

    # --- what understands ---
    stt: str = "auto"
    """What turns speech into words. `auto`: Whisper once a model is there (`alisa models pull whisper-base`),
    else the small recogniser that ships; or `whisper`, `sphinx`, `openai`."""
    stt_model: str = ""
    """The model for it: a name such as `whisper-base`, or a model's name at `stt_url`. Empty: what fits here."""
    stt_url: str = ""
    """A server with `/v1/audio/transcriptions`, such as `http://127.0.0.1:9000/v1`."""
    stt_api_key: str = Field("", repr=False)
    """The key for that server."""

    # --- what speaks ---
    tts: str = ""
    """What makes her voice: `espeak` (built in), `kokoro`, `piper`, `edge` (her sentences leave this machine),
    `system`, `openai`, `elevenlabs`. Empty: she asks once; until then the built-in one speaks."""
    tts_fallbacks: list[str] = Field(["espeak"], max_length=8)
    """Who speaks when that one fails, one after the other."""
    tts_voice: str = ""
    """The name of the voice (`alisa voices` lists them). Empty: the one of her persona, else the engine's."""
    tts_rate: float = Field(1.0, ge=0.5, le=2.0)
    """How fast she speaks; 1 is usual."""
    tts_pitch: float = Field(0.0, ge=-12.0, le=12.0)
    """How much higher or lower she speaks, in semitones."""
    tts_model: str = ""
    """The model for it, where the engine has several."""
    tts_url: str = ""
    """A server with `/v1/audio/speech`."""
    tts_api_key: str = Field("", repr=False)
    """The key for that server, or for ElevenLabs."""
    tts_python: str = ""
    """The Python of the environment that Kokoro or Piper is installed in. Empty: the one that
    `alisa models pull` made, else Alisa's own."""
    tts_timeout_seconds: float = Field(8.0, ge=0.5, le=120.0)
    """How long an engine may take to the first sound of a sentence before the next one speaks it."""
    tts_cache_mib: int = Field(16, ge=0, le=1024)
    """How much sound is kept for sentences that she says often."""
    rvc_model: str = ""
    """A voice model that her voice is converted with, after any engine. Empty: none."""
    mood: bool = True
    """Let how she feels move the rate and the pitch of her voice a little."""
