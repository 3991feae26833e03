"""Units of measure: from their symbols to English words, in the singular and the plural.

Only symbols that mean nothing else beside a number are here ("in", "A" and "K" are not). Numbers are not known here.
"""

from __future__ import annotations

import re

_PLAIN = {
    "km": "kilometer", "m": "meter", "cm": "centimeter", "mm": "millimeter", "µm": "micrometer", "nm": "nanometer",
    "mi": "mile", "ft": "foot", "yd": "yard", "kg": "kilogram", "g": "gram", "mg": "milligram", "µg": "microgram",
    "lb": "pound", "lbs": "pound", "oz": "ounce", "l": "liter", "L": "liter", "ml": "milliliter", "mL": "milliliter",
    "cl": "centiliter", "dl": "deciliter", "gal": "gallon", "s": "second", "sec": "second", "secs": "second",
    "ms": "millisecond", "µs": "microsecond", "ns": "nanosecond", "min": "minute", "mins": "minute", "h": "hour",
    "hr": "hour", "hrs": "hour", "wk": "week", "yr": "year", "yrs": "year",
    "kB": "kilobyte", "KB": "kilobyte", "MB": "megabyte", "GB": "gigabyte", "TB": "terabyte", "PB": "petabyte",
    "KiB": "kibibyte", "MiB": "mebibyte", "GiB": "gibibyte", "TiB": "tebibyte", "kb": "kilobit", "Mb": "megabit",
    "Gb": "gigabit", "kbit": "kilobit", "Mbit": "megabit", "Gbit": "gigabit", "W": "watt", "kW": "kilowatt",
    "MW": "megawatt", "GW": "gigawatt", "mW": "milliwatt", "Wh": "watt hour", "kWh": "kilowatt hour",
    "mAh": "milliamp hour", "mA": "milliamp", "V": "volt", "mV": "millivolt", "kV": "kilovolt", "Ω": "ohm",
    "kΩ": "kilohm", "dB": "decibel", "J": "joule", "kJ": "kilojoule", "cal": "calorie", "kcal": "kilocalorie",
    "Pa": "pascal", "hPa": "hectopascal", "kPa": "kilopascal", "px": "pixel", "MP": "megapixel", "ha": "hectare",
    "m²": "square meter", "m2": "square meter", "km²": "square kilometer", "km2": "square kilometer",
    "cm²": "square centimeter", "m³": "cubic meter", "m3": "cubic meter", "cm³": "cubic centimeter",
}  # fmt: skip
_WORDS = {
    "token": "token", "tokens": "token", "tok": "token", "frame": "frame", "frames": "frame", "word": "word",
    "words": "word", "request": "request", "requests": "request", "day": "day", "week": "week", "month": "month",
    "year": "year", "hour": "hour", "minute": "minute", "second": "second", "person": "person", "req": "request",
    "reqs": "request", "s²": "second squared", "s^2": "second squared",
}  # fmt: skip
"""words that only beside a slash are to be read as units: "5 tokens/s" """
_ODD_PLURALS = {"foot": "feet", "person": "people"}
_WHOLE = {
    "Hz": "hertz", "kHz": "kilohertz", "MHz": "megahertz", "GHz": "gigahertz", "fps": "frames per second",
    "rpm": "revolutions per minute", "bpm": "beats per minute", "dpi": "dots per inch", "ppm": "parts per million",
    "mph": "miles per hour", "mpg": "miles per gallon", "kph": "kilometers per hour", "kmh": "kilometers per hour",
    "bps": "bits per second", "kbps": "kilobits per second", "Mbps": "megabits per second", "psi": "P S I",
    "Gbps": "gigabits per second", "°C": "degrees Celsius", "°F": "degrees Fahrenheit", "°": "degrees",
    "‰": "per mille", "%": "percent",
}  # fmt: skip
"""units that are the same in the singular, or nearly"""
_ONE_OF = {"°C": "degree Celsius", "°F": "degree Fahrenheit", "°": "degree", "mph": "mile per hour"}


def _any_of(*tables: dict[str, str]) -> str:
    symbols = sorted((symbol for table in tables for symbol in table), key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, symbols)) + ")"


PATTERN = rf"(?:{_any_of(_PLAIN, _WORDS)}/{_any_of(_PLAIN, _WORDS)}|{_any_of(_PLAIN, _WHOLE)})(?!\w|/[A-Za-z])"
"""A symbol, or two with a slash, that stands at the end of a word."""


def name(symbol: str, *, singular: bool) -> str:
    """The unit of a symbol that `PATTERN` matches: "km/h" → "kilometers per hour"."""
    if symbol in _WHOLE:
        return _ONE_OF.get(symbol, _WHOLE[symbol]) if singular else _WHOLE[symbol]
    above, per, below = symbol.partition("/")
    words = _simple(above, singular=singular)
    return f"{words} per {_simple(below, singular=True)}" if per else words


def _simple(symbol: str, *, singular: bool) -> str:
    unit = _PLAIN.get(symbol) or _WORDS[symbol]
    return unit if singular else _ODD_PLURALS.get(unit, unit + "s")
