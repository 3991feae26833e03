"""Every section of the configuration, of every process, in the order in which people read them, and who reads each."""

from __future__ import annotations

from collections.abc import Mapping

from alisa.runtime.sections import HubSettings, LlmSettings, LogSettings, QuietSettings
from alisa.runtime.settings import Section
from backend.settings import ConversationSettings, InitiativeSettings, JournalSettings, StorageSettings
from overlay.settings import OverlaySettings
from vision.settings import VisionSettings
from voice.settings import VoiceSettings

SECTIONS: tuple[type[Section], ...] = (
    HubSettings, LlmSettings, ConversationSettings, VoiceSettings, VisionSettings, OverlaySettings,
    QuietSettings, InitiativeSettings, StorageSettings, LogSettings, JournalSettings,
)  # fmt: skip

PARTS_OF: Mapping[str, tuple[str, ...]] = {
    "hub": ("backend",),
    "llm": ("llm_server", "backend"),
    "conversation": ("backend",),
    "voice": ("voice",),
    "vision": (),
    "overlay": ("overlay",),
    "quiet": ("backend", "overlay"),
    "initiative": ("backend",),
    "storage": ("backend",),
    "log": ("backend", "llm_server", "overlay", "voice", "vision"),
    "journal": ("backend",),
}
"""Which parts have to start again before a change in a section counts; the eyes notice one by themselves."""

TITLES: Mapping[str, str] = {
    "conversation": "Conversation",
    "voice": "Her ears and voice",
    "overlay": "Her face",
    "vision": "Her eyes",
    "initiative": "Speaking up by herself",
    "quiet": "Quiet hours",
    "llm": "The language model",
    "storage": "History",
    "hub": "The hub",
    "log": "Logs",
    "journal": "Journal",
}
"""What a person calls each section, in the order in which the page of the settings shows them."""
