"""Destinations: where those who leave go, over the places that are open on the day."""
