"""The command line. What is heavy is imported inside the commands, so that help comes at once."""

from foreshock.cli import (
    cases,
    datasets,
    flee,
    forecasts,
    panels,
    reading,
    record,
    scenario,
    studies,
    training,
    watch,
    whatif,
)
from foreshock.cli.common import app, main

__all__ = [
    "app",
    "cases",
    "datasets",
    "flee",
    "forecasts",
    "main",
    "panels",
    "reading",
    "record",
    "scenario",
    "studies",
    "training",
    "watch",
    "whatif",
]
