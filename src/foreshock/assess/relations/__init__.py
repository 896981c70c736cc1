"""Relations: what each pair of actors is suffering, in deeds and in words, against its own past."""
