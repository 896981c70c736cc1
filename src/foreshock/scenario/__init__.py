"""Labelled assumptions, never forecasts: bargaining range, patron restraint, what-ifs."""
