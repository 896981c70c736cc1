"""The watch list: countries and months ahead, in a terminal, as a page and as tables."""
