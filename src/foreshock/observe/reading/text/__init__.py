"""From raw bytes to sentences and words, each of which knows where it stands in the original."""
