"""How fighting may go on, by day and pair of actors: filters, learners, excitation, their pool."""
