"""Daily series: what was done by whom to whom, day by day, and what of it was not known yet."""
