"""Displacement scored: as published, and without what published scores let a forecast see."""
