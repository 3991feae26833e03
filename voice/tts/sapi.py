"""Windows' speech interface (SAPI 5) through COM, by ctypes alone: a sentence is written into a WAV file.

Written after its documentation; not tried on Windows yet. The numbers of the methods are their places in the
interfaces' tables (sapi.h), which are fixed for ever.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from alisa.runtime.errors import EngineError
from voice.tts.speech import MAX_PITCH_SEMITONES, MAX_RATE, MIN_RATE, Output, SpeakRequest, VoiceInfo

RATE = 22050
TOKENS = r"SOFTWARE\Microsoft\Speech\Voices\Tokens"
_SP_VOICE = "{96749377-3391-11D2-9EE3-00C04F797396}"
_I_SP_VOICE = "{6C44DF74-72B9-4992-A1EC-EF996E0422D4}"
_SP_STREAM = "{715D9C59-4442-11D2-9605-00C04F8EE628}"
_I_SP_STREAM = "{12E3CCA9-7518-44C5-A5E7-BA5A79CB929E}"
_WAVE_FORMAT = "{C31ADBAE-527F-4FF5-A230-F62BB61FF70C}"
_RELEASE, _SET_OUTPUT, _SPEAK, _BIND_TO_FILE, _CLOSE = 2, 13, 20, 17, 18
_CREATE_ALWAYS, _IS_XML, _CLSCTX_ALL = 3, 8, 23
_RATE_STEPS, _RATE_BASE = 10, 3.0
"""A speed of 10 is three times as fast."""


class _Guid(ctypes.Structure):
    _fields_ = (("data", ctypes.c_ubyte * 16),)


class _WaveFormat(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (
        ("tag", ctypes.c_uint16),
        ("channels", ctypes.c_uint16),
        ("rate", ctypes.c_uint32),
        ("bytes_a_second", ctypes.c_uint32),
        ("block", ctypes.c_uint16),
        ("bits", ctypes.c_uint16),
        ("more", ctypes.c_uint16),
    )


class Sapi:
    """Writes sentences with a voice of Windows."""

    def __init__(self) -> None:
        self._ole: Any = _windows().ole32
        self._ole.CoInitialize(None)

    def write(self, request: SpeakRequest, path: Path, _out: Output) -> None:
        """Write the sentence. Raises EngineError."""
        voice = self._make(_SP_VOICE, _I_SP_VOICE)
        stream = self._make(_SP_STREAM, _I_SP_STREAM)
        form = _WaveFormat(1, 1, RATE, RATE * 2, 2, 16, 0)
        kind = self._guid(_WAVE_FORMAT)
        try:
            _call(
                stream, _BIND_TO_FILE, ctypes.c_wchar_p(str(path)), ctypes.c_int(_CREATE_ALWAYS),
                ctypes.byref(kind), ctypes.byref(form), ctypes.c_ulonglong(0),
            )  # fmt: skip
            _call(voice, _SET_OUTPUT, stream, ctypes.c_int(0))
            _call(voice, _SPEAK, ctypes.c_wchar_p(as_xml(request)), ctypes.c_uint(_IS_XML), None)
            _call(stream, _CLOSE)
        finally:
            _call(voice, _RELEASE)
            _call(stream, _RELEASE)

    def voices(self) -> Sequence[VoiceInfo]:
        """What the registry lists."""
        import winreg

        registry: Any = winreg
        found = []
        with registry.OpenKey(registry.HKEY_LOCAL_MACHINE, TOKENS) as tokens:
            for place in range(registry.QueryInfoKey(tokens)[0]):
                with registry.OpenKey(tokens, registry.EnumKey(tokens, place) + r"\Attributes") as attributes:
                    name, gender = (registry.QueryValueEx(attributes, field)[0] for field in ("Name", "Gender"))
                    found.append(VoiceInfo(name, gender=gender.lower()))
        return found

    def _make(self, what: str, interface: str) -> Any:
        made = ctypes.c_void_p()
        result = self._ole.CoCreateInstance(
            ctypes.byref(self._guid(what)), None, _CLSCTX_ALL, ctypes.byref(self._guid(interface)), ctypes.byref(made)
        )
        _check(result)
        return made

    def _guid(self, text: str) -> _Guid:
        guid = _Guid()
        _check(self._ole.CLSIDFromString(ctypes.c_wchar_p(text), ctypes.byref(guid)))
        return guid


def as_xml(request: SpeakRequest) -> str:
    """The sentence in SAPI's own XML: the voice by its name (else a woman's), the speed and the pitch."""
    wish = f"Name={request.voice}" if request.voice else "Gender=Female"
    factor = min(max(request.rate, MIN_RATE), MAX_RATE)
    speed = round(_RATE_STEPS * math.log(factor, _RATE_BASE))
    pitch = round(min(max(request.pitch, -MAX_PITCH_SEMITONES), MAX_PITCH_SEMITONES) * 2)  # 24 steps an octave
    text = escape(request.text)
    kind = "required" if request.voice else "optional"
    return (
        f'<voice {kind}={quoteattr(wish)}><rate absspeed="{speed}">'
        f'<pitch absmiddle="{max(-10, min(10, pitch))}">{text}</pitch></rate></voice>'
    )


def _call(thing: Any, place: int, *arguments: Any) -> None:
    """Call the method at that place of a COM object's table. Raises EngineError when it fails."""
    table = ctypes.cast(thing, ctypes.POINTER(ctypes.POINTER(ctypes.c_void_p))).contents
    method = ctypes.CFUNCTYPE(ctypes.c_long, ctypes.c_void_p, *(_kind(each) for each in arguments))(table[place] or 0)
    result = method(thing, *arguments)
    if place != _RELEASE:
        _check(result)


def _kind(argument: Any) -> Any:
    simple = (ctypes.c_wchar_p, ctypes.c_int, ctypes.c_uint, ctypes.c_ulonglong)
    return type(argument) if isinstance(argument, simple) else ctypes.c_void_p


def _check(result: int) -> None:
    if result < 0:
        raise EngineError(
            "system_voice_failed",
            f"The system's voice could not speak: Windows said 0x{result & 0xFFFFFFFF:08X}.",
            "`alisa voices` lists the others.",
        )


def _windows() -> Any:
    libraries: Any = getattr(ctypes, "windll", None)
    if libraries is None:
        raise EngineError(
            "system_voice_failed", "The system's voice could not speak: this is not Windows.", "Choose another voice."
        )
    return libraries
