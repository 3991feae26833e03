"""What the chat's tests share."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile("alisa", deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("alisa")
