"""The coder that asks a language model, and checks every word of its answer against the text."""
