"""Movement: people of a network go from place to place, by rules known from Flee."""
