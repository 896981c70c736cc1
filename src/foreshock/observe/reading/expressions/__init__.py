"""Words for days, numbers and places, read as intervals, counts and positions."""
