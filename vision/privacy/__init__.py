"""What her eyes never look at, and what never leaves them. Pure: values in, values out."""

from vision.privacy.redact import HIDDEN, redact
from vision.privacy.rules import Rules, Verdict, may_look

__all__ = ["HIDDEN", "Rules", "Verdict", "may_look", "redact"]
