"""Words on their way to the ear: made speakable, given a mouth, counted as heard. Pure; time is an argument."""
