"""Sound in and sound out: microphones, speakers, files, scripts, and the echo between them. No words are known here."""
