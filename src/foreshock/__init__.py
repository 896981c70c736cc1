"""Foreshock: early warning for conflicts with many hands in them, from attributed evidence."""

__version__ = "0.1.0"
