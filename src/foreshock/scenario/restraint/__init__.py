"""Patron restraint: which of the things that a patron gives could make its client stop."""
