"""The names of Windows' cameras in the order in which OpenCV numbers them: DirectShow's list, by ctypes alone.

Written after its documentation; not tried on Windows yet. The numbers of the methods are their places in the
interfaces' tables (strmif.h, objidl.h, oaidl.h), which are fixed for ever.
"""

from __future__ import annotations

import contextlib
import ctypes
from typing import Any

_DEVICE_ENUM = "{62BE5D10-60EB-11D0-BD3B-00A0C911CE86}"
_I_CREATE_DEV_ENUM = "{29840822-5B84-11D0-BD3B-00A0C911CE86}"
_VIDEO_INPUTS = "{860BB310-5D01-11D0-BD3B-00A0C911CE86}"
_I_PROPERTY_BAG = "{55272A00-42CB-11CE-8135-00AA004BB851}"
_RELEASE, _CREATE_CLASS_ENUMERATOR, _NEXT, _BIND_TO_STORAGE, _READ = 2, 3, 3, 9, 3
_IN_PROCESS, _OK, _IS_TEXT = 1, 0, 8


class _Guid(ctypes.Structure):
    _fields_ = (("data", ctypes.c_ubyte * 16),)


class _Variant(ctypes.Structure):
    """A VARIANT: what kind of value it is, and a place for it."""

    _fields_ = (
        ("kind", ctypes.c_uint16),
        ("reserved", ctypes.c_uint16 * 3),
        ("value", ctypes.c_void_p),
        ("more", ctypes.c_void_p),
    )


def names() -> list[str]:
    """Return the names of the cameras; those without one are called ""."""
    windows: Any = getattr(ctypes, "windll", None)
    ole, automation = windows.ole32, windows.oleaut32
    ole.CoInitialize(None)
    found: list[str] = []
    with contextlib.ExitStack() as held:
        maker = ctypes.c_void_p()
        made = ole.CoCreateInstance(
            ctypes.byref(_guid(ole, _DEVICE_ENUM)), None, _IN_PROCESS,
            ctypes.byref(_guid(ole, _I_CREATE_DEV_ENUM)), ctypes.byref(maker),
        )  # fmt: skip
        if made != _OK:
            return []
        held.callback(_call, maker, _RELEASE)
        listed = ctypes.c_void_p()
        kind = _guid(ole, _VIDEO_INPUTS)
        # S_FALSE: the class is there and empty
        if _call(maker, _CREATE_CLASS_ENUMERATOR, ctypes.byref(kind), ctypes.byref(listed), ctypes.c_uint(0)) != _OK:
            return []
        held.callback(_call, listed, _RELEASE)
        moniker = ctypes.c_void_p()
        while _call(listed, _NEXT, ctypes.c_uint(1), ctypes.byref(moniker), None) == _OK:
            found.append(_name(ole, automation, moniker))
            _call(moniker, _RELEASE)
    return found


def _name(ole: Any, automation: Any, moniker: Any) -> str:
    bag = ctypes.c_void_p()
    interface = _guid(ole, _I_PROPERTY_BAG)
    if _call(moniker, _BIND_TO_STORAGE, None, None, ctypes.byref(interface), ctypes.byref(bag)) != _OK:
        return ""
    value = _Variant()
    try:
        read = _call(bag, _READ, ctypes.c_wchar_p("FriendlyName"), ctypes.byref(value), None)
        is_text = read == _OK and value.kind == _IS_TEXT and value.value
        return ctypes.wstring_at(value.value) if is_text else ""
    finally:
        automation.VariantClear(ctypes.byref(value))
        _call(bag, _RELEASE)


def _call(thing: Any, place: int, *arguments: Any) -> int:
    """Call the method at that place of a COM object's table; return what Windows said."""
    table = ctypes.cast(thing, ctypes.POINTER(ctypes.POINTER(ctypes.c_void_p))).contents
    kinds = (
        type(each) if isinstance(each, (ctypes.c_wchar_p, ctypes.c_uint)) else ctypes.c_void_p for each in arguments
    )
    return int(ctypes.CFUNCTYPE(ctypes.c_long, ctypes.c_void_p, *kinds)(table[place] or 0)(thing, *arguments))


def _guid(ole: Any, text: str) -> _Guid:
    guid = _Guid()
    ole.CLSIDFromString(ctypes.c_wchar_p(text), ctypes.byref(guid))
    return guid
