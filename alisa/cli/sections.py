"""Every section of the configuration, of every process, in the order in which people read them."""

from __future__ import annotations

from alisa.runtime.sections import HubSettings, LlmSettings, LogSettings, QuietSettings
from alisa.runtime.settings import Section
from backend.settings import ConversationSettings, InitiativeSettings, JournalSettings, StorageSettings
from overlay.settings import OverlaySettings
from voice.settings import VoiceSettings

SECTIONS: tuple[type[Section], ...] = (
    HubSettings, LlmSettings, ConversationSettings, VoiceSettings, OverlaySettings, QuietSettings,
    InitiativeSettings, StorageSettings, LogSettings, JournalSettings,
)  # fmt: skip
