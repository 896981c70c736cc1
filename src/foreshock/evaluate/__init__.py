"""Studies: models and simple methods on the same past days, scored by what then came."""
