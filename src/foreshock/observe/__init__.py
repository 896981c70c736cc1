"""How reports become claims, and published tables become events."""
