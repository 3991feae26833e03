"""Who she is: persona cards and modes."""

from backend.persona.cards import (
    DEFAULT_PERSONA,
    NO_MODE,
    Mode,
    PersonaCard,
    broken_cards,
    list_modes,
    list_personas,
    load_mode,
    load_persona,
    mode_or_none,
    persona_or_default,
)

__all__ = [
    "DEFAULT_PERSONA",
    "NO_MODE",
    "Mode",
    "PersonaCard",
    "broken_cards",
    "list_modes",
    "list_personas",
    "load_mode",
    "load_persona",
    "mode_or_none",
    "persona_or_default",
]
