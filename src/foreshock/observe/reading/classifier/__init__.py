"""Which act a sentence tells: a small linear model, and the sentences that taught it."""
