"""Flee's input folders: one file a format, and all of it together."""
