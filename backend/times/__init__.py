"""The words with which people name a time, and which moment they mean. Pure."""
