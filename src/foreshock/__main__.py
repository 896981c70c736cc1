"""Run Foreshock as ``python -m foreshock``."""

from foreshock.cli import main

main()
