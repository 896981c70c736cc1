"""Arrivals: how many people are newly displaced, by month and by day."""
