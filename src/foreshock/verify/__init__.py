"""How good we were: what was forecast, written down before it was shown, and its scores."""
