"""Ears and a voice: a process of its own that hears the user, speaks her words, and talks with the hub over the wire."""
