"""The rule coder: acts, roles, attribution and factuality, put together sentence by sentence."""
