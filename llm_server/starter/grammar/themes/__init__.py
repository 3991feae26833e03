"""What people say and what she answers, theme by theme; the notation is described in `grammar/intents.py`."""
