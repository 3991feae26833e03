"""What the eyes see, kept with ages: for the prompt, and for what she says about it."""
