"""The speech bubble."""
