"""What to tell: the brief as data with a published schema, in words, and in the terminal."""
