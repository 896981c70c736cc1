"""Control ahead: who may hold each place on each day, simulated from belief and fitted hazards."""
