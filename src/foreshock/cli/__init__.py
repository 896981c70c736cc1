"""The command line. What is heavy is imported inside the commands, so that help comes at once."""

from foreshock.cli import cases, datasets, forecasts, record, studies, training
from foreshock.cli.common import app, main

__all__ = ["app", "cases", "datasets", "forecasts", "main", "record", "studies", "training"]
