"""A light grammar of news English: word classes, phrases and clauses, in linear time."""
