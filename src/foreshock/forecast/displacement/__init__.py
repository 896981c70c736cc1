"""Displacement: how many will move, from where to where, and when."""
