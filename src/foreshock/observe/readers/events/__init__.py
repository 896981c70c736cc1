"""Readers of published event tables, one file a format; each declares its `FORMAT`."""
