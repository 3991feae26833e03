"""Ears and a voice: a process that hears the user, speaks her words, and talks with the hub over the wire."""
