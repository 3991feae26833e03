"""A voice for her words: engines in worker processes, a small protocol between, and a chain of fallbacks."""
