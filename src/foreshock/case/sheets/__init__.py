"""Assumption sheets: intervals in a case's folder, each with its source or who assumed it."""
