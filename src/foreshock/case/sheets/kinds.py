"""The kinds of assumption sheets. A new kind is a class with its rules, and its line here."""

from __future__ import annotations

from collections.abc import Mapping

from foreshock.case.sheets.advance import AdvanceSheet
from foreshock.case.sheets.aftermath import Aftermath
from foreshock.case.sheets.bargaining import BargainingSheet
from foreshock.case.sheets.entries import Sheet
from foreshock.case.sheets.interventions import WhatIf
from foreshock.case.sheets.restraint import RestraintSheet

KINDS: Mapping[str, type[Sheet]] = {
    "bargaining": BargainingSheet,
    "restraint": RestraintSheet,
    "what-if": WhatIf,
    "advance": AdvanceSheet,
    "after": Aftermath,
}
"""Class of each kind of sheet."""
