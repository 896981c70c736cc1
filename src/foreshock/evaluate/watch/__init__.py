"""How good the watch is: windows, scores of every cell, strata, paired comparison, tables."""
