"""How well a coder reads: gold in several formats, matching, and totals."""
