"""Telling speech from other sounds, frame by frame."""
