"""A spoken conversation as a cascade: sound, speech, words, the hub, sentences, sound."""
