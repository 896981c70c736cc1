"""Small things that all else is made of: days, places, quantities, random streams, errors."""
