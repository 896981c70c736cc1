"""A case as a folder that a person can edit: its tables, how they are read, checked and kept."""
