"""An advance on a place: would it get there in time, and would help hold the place."""
