"""Small things that everything else is made of: days, places, quantities, random streams, errors."""
