"""Simple methods that a forecast must beat: what recent windows held, and little else."""

from foreshock.forecast.baselines.daily import outlook
from foreshock.forecast.baselines.totals import NAMES, Tuning, totals, tune

__all__ = ["NAMES", "Tuning", "outlook", "totals", "tune"]
