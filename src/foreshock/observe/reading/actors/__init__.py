"""Who is named: phrases for states, leaders, groups, bodies and people, resolved to parties."""
