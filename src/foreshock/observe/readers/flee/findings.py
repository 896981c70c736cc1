"""What is found while a folder is read: faults that stop it, and what a person should look at."""

from __future__ import annotations

from collections.abc import Collection

from foreshock.case.faults import Fault, nearest

SUGGESTED = 20
"""Faults for which the nearest known names are looked up; beyond, it would take minutes."""

FAR = 5_000
"""Known names among which a nearest one is looked up."""


class Findings:
    """Faults and warnings, in the order in which they are met.

    Attributes
    ----------
    faults : list of Fault
        What stops a run.
    warnings : list of Fault
        What does not, and is worth a look.

    Examples
    --------
    >>> findings = Findings()
    >>> findings.fault("routes.csv", 7, "name2", "no such site 'gondl'", "write 'gondal'")
    >>> [str(fault) for fault in findings.faults]
    ["routes.csv:7, name2: no such site 'gondl'. Mend: write 'gondal'."]
    """

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.warnings: list[Fault] = []
        self._suggested = 0

    def fault(self, file: str, line: int, column: str, what: str, mend: str = "") -> None:
        """Note something that stops a run."""
        self.faults.append(Fault(file, line, column, what, mend))

    def warn(self, file: str, line: int, column: str, what: str, mend: str = "") -> None:
        """Note something worth a look."""
        self.warnings.append(Fault(file, line, column, what, mend))

    def like(self, name: str, known: Collection[str], otherwise: str) -> str:
        """Suggest the nearest known name, as a mend, while that is quick."""
        if self._suggested >= SUGGESTED or len(known) > FAR:
            return otherwise
        self._suggested += 1
        return nearest(name, known) or otherwise
