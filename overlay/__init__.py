"""The floating avatar: her face on the desktop, a process of its own that speaks with the hub over the wire."""
