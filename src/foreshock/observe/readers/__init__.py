"""Readers: how published tables and folders are read, one file or folder a format."""
