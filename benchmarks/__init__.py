"""What Foreshock is measured by: each budget of the design as a command that anyone can repeat.

``make bench``, or ``python -m benchmarks --help``. The numbers of record stand in
``docs/benchmarks.md``.
"""
