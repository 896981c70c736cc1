"""Crosswalks: the same act in the codes of CAMEO, ACLED and UCDP.

Ways out of PLOVER lose detail and are rules in data files; the ways in are rows of the same files.
An act that the other scheme does not hold gives None, or no type on the way in: that is a finding
about the scheme, not a fault.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from foreshock.core.errors import LexiconError
from foreshock.lexicon.ontology import event_mode, event_type, load_ontology
from foreshock.lexicon.tables import read_table


@dataclass(frozen=True, slots=True)
class CameoCode:
    """A CAMEO code and what PLOVER makes of it.

    Parameters
    ----------
    code : str
        Two to four digits, leading zeros kept: ``05`` and ``057``.
    name : str
        What it stands for.
    quad : {1, 2, 3, 4}
        Quad of its root, as GDELT has it.
    goldstein : float or None
        Goldstein value, +10 most cooperative to -10 most conflictual; None where none is published.
    type, mode : str
        PLOVER type, and mode or empty.
    note : str
        What a careful reader should know.

    Examples
    --------
    >>> root = cameo_root("MOBILIZE", "troops")
    >>> root.code, root.name, root.quad, root.goldstein
    ('15', 'EXHIBIT FORCE POSTURE', 4, -7.2)
    """

    code: str
    name: str
    quad: int
    goldstein: float | None
    type: str
    mode: str = ""
    note: str = ""


def cameo_root(type: str, mode: str = "") -> CameoCode | None:
    """Give the CAMEO root of an act: the way down is many-to-one and stops there.

    Parameters
    ----------
    type, mode : str
        PLOVER codes; the mode may be empty.

    Returns
    -------
    CameoCode or None
        The root; None for DISPLACE, which CAMEO does not hold.

    Raises
    ------
    LexiconError
        If the type or mode is not known.

    Examples
    --------
    >>> cameo_root("ASSAULT", "heavy-weapons").code, cameo_root("ACCUSE", "investigate").code
    ('19', '09')
    >>> cameo_root("DISPLACE") is None
    True
    """
    event_mode(type, mode)
    down = _table("crosswalk_cameo")["down"][type]
    root = down.get("modes", {}).get(mode, down.get("root"))
    return None if root is None else _cameo_codes()[root]


def from_cameo(code: str) -> tuple[str, str]:
    """Give the PLOVER type and mode of a CAMEO code.

    A code that is not listed by itself takes type and mode of the longest listed code that it
    starts with.

    Parameters
    ----------
    code : str
        Two to four digits as a string, leading zeros kept.

    Returns
    -------
    tuple of str
        Type, and mode or empty.

    Raises
    ------
    LexiconError
        If CAMEO has no such code.

    Examples
    --------
    >>> from_cameo("0871")
    ('RETREAT', 'ceasefire')
    >>> from_cameo("163"), from_cameo("164")
    (('COERCE', 'restrict'), ('SANCTION', ''))
    >>> from_cameo("87")
    Traceback (most recent call last):
    foreshock.core.errors.LexiconError: no such CAMEO code: '87'. \
Expected: 2 to 4 digits as a string, leading zeros kept. Mend: write '087' if that is meant.
    """
    _require_cameo(code)
    codes = _cameo_codes()
    listed = next(code[:length] for length in (4, 3, 2) if code[:length] in codes)
    return codes[listed].type, codes[listed].mode


def cameo_acts() -> dict[str, tuple[str, str]]:
    """Give the PLOVER type and mode of every CAMEO code.

    Examples
    --------
    >>> acts = cameo_acts()
    >>> acts["0871"], acts["164"], "87" in acts
    (('RETREAT', 'ceasefire'), ('SANCTION', ''), False)
    """
    table = _table("crosswalk_cameo")
    return {code: from_cameo(code) for code in sorted({*table["goldstein"], *table["unscaled"]})}


def goldstein(code: str) -> float:
    """Give the Goldstein value of a CAMEO code.

    Parameters
    ----------
    code : str
        Two to four digits as a string, leading zeros kept.

    Returns
    -------
    float
        +10 most cooperative, -10 most conflictual.

    Raises
    ------
    LexiconError
        If CAMEO has no such code, or the published table has no value for it. The root's value is
        never put in its place.

    References
    ----------
    Goldstein (1992), Journal of Conflict Resolution 36(2), 369-385.

    Examples
    --------
    >>> goldstein("05"), goldstein("057")
    (3.5, 8.0)
    """
    _require_cameo(code)
    value: float | None = _table("crosswalk_cameo")["goldstein"].get(code)
    if value is None:
        raise LexiconError(
            f"CAMEO {code} has no published Goldstein value",
            mend=f"use the value of its root, {code[:2]}, and say so",
        )
    return value


def acled_sub_event(
    type: str,
    mode: str,
    recipient_sectors: Collection[str],
    actor_sectors: Collection[str],
) -> str | None:
    """Give the ACLED sub-event type of an act.

    Parameters
    ----------
    type, mode : str
        PLOVER codes; the mode may be empty.
    recipient_sectors, actor_sectors : collection of str
        PLOVER sectors of each side; empty where nobody is named.

    Returns
    -------
    str or None
        Name of the sub-event type; None where ACLED does not hold such an act, or the sectors do
        not decide.

    Raises
    ------
    LexiconError
        If a type, mode or sector is not known.

    Examples
    --------
    >>> acled_sub_event("ASSAULT", "heavy-weapons", ["MIL"], ["GOV"])
    'Shelling/artillery/missile attack'
    >>> [acled_sub_event("ASSAULT", "", [recipient], ["MIL"]) for recipient in ("CVL", "REB")]
    ['Attack', 'Armed clash']
    >>> acled_sub_event("CONSULT", "phone", ["GOV"], ["GOV"]) is None
    True
    """
    event_mode(type, mode)
    table = _table("crosswalk_acled")
    sides = _Sides.of(actor_sectors, recipient_sectors)
    for rule in table["rule"]:
        named = rule["type"] == type and mode in rule["modes"]
        if named and sides.match(rule, table["groups"]):
            return str(rule["sub_event"])
    return None


def ucdp_type_of_violence(
    type: str,
    actor_sectors: Collection[str],
    recipient_sectors: Collection[str],
    deaths: float | None,
) -> int | None:
    """Give the UCDP type of violence of an act.

    Parameters
    ----------
    type : str
        PLOVER code.
    actor_sectors, recipient_sectors : collection of str
        PLOVER sectors of each side; empty where nobody is named.
    deaths : float or None
        Direct deaths, 0 or more; None where nobody said.

    Returns
    -------
    int or None
        1 state-based, 2 non-state, 3 one-sided; None where UCDP would not count the act: no death
        known, no assault, or a side that is not known or not organised.

    Raises
    ------
    LexiconError
        If a type or sector is not known.

    Examples
    --------
    >>> ucdp_type_of_violence("ASSAULT", ["GOV"], ["MIL", "CVL"], deaths=10)
    1
    >>> ucdp_type_of_violence("ASSAULT", ["REB"], ["CVL"], deaths=3)
    3
    >>> ucdp_type_of_violence("ASSAULT", ["REB"], ["CVL"], deaths=None) is None
    True
    """
    event_type(type)
    table = _table("crosswalk_ucdp")
    sides = _Sides.of(actor_sectors, recipient_sectors)
    if type not in table["types"] or deaths is None or deaths < table["least_deaths"]:
        return None
    for rule in table["rule"]:
        if sides.match(rule, table["groups"]):
            return int(rule["type_of_violence"])
    return None


@dataclass(frozen=True, slots=True)
class UcdpViolence:
    """A UCDP type of violence and what PLOVER makes of it.

    Parameters
    ----------
    code : {1, 2, 3}
        UCDP's number.
    label : str
        state-based, non-state or one-sided.
    type : str
        PLOVER type.
    directed : bool
        Whether side a did it to side b; in a battle UCDP does not say who did what to whom.
    """

    code: int
    label: str
    type: str
    directed: bool


def from_ucdp() -> tuple[UcdpViolence, ...]:
    """Give the UCDP types of violence in PLOVER's terms, by their number.

    Examples
    --------
    >>> [(each.code, each.type, each.directed) for each in from_ucdp()]
    [(1, 'ASSAULT', False), (2, 'ASSAULT', False), (3, 'ASSAULT', True)]
    """
    table = _table("crosswalk_ucdp")
    return tuple(
        UcdpViolence(row["code"], row["label"], table["types"][0], row["directed"])
        for row in table["type_of_violence"]
    )


@dataclass(frozen=True, slots=True)
class AcledSubEvent:
    """An ACLED sub-event type and what PLOVER makes of it.

    Parameters
    ----------
    name, event_type : str
        ACLED's words: ``Armed clash`` of ``Battles``.
    type, mode : str
        PLOVER type and mode; both empty where PLOVER holds no such act, the mode where ACLED does
        not say.
    one_sided : bool
        Whether one side does it to the other by definition; in a battle both do.
    """

    name: str
    event_type: str
    type: str
    mode: str
    one_sided: bool


def from_acled() -> tuple[AcledSubEvent, ...]:
    """Give the ACLED sub-event types in PLOVER's terms.

    Examples
    --------
    >>> clash, blast = (each for each in from_acled() if each.name in {"Armed clash", "Grenade"})
    >>> (clash.event_type, clash.type, clash.mode, clash.one_sided)
    ('Battles', 'ASSAULT', '', False)
    >>> (blast.type, blast.mode, blast.one_sided)
    ('ASSAULT', 'explosives', True)
    """
    return tuple(
        AcledSubEvent(
            name=row["name"],
            event_type=row["event_type"],
            type=row.get("type", ""),
            mode=row.get("mode", ""),
            one_sided=row.get("one_sided", False),
        )
        for row in _table("crosswalk_acled")["sub_event"]
    )


@dataclass(frozen=True, slots=True)
class AcledSide:
    """A kind of actor in ACLED.

    Parameters
    ----------
    code : int
        Its number, 1 to 8, in exports before 2023-03-20.
    name : str
        Its word in those after.
    also : tuple of str
        Other spellings.
    unarmed : bool
        Civilians and peaceful demonstrators: what is one-sided is done to them.
    """

    code: int
    name: str
    also: tuple[str, ...]
    unarmed: bool


def acled_sides() -> tuple[AcledSide, ...]:
    """Give the kinds of actors in ACLED, by their number.

    Examples
    --------
    >>> [side.name for side in acled_sides() if side.unarmed]
    ['Protesters', 'Civilians']
    """
    return tuple(
        AcledSide(row["code"], row["name"], tuple(row.get("also", ())), row.get("unarmed", False))
        for row in _table("crosswalk_acled")["side"]
    )


@cache
def _table(name: str) -> dict[str, Any]:
    return read_table(name)


@cache
def _cameo_codes() -> dict[str, CameoCode]:
    table = _table("crosswalk_cameo")
    quads = {root["code"]: root["quad"] for root in table["root"]}
    return {
        row["code"]: CameoCode(
            code=row["code"],
            name=row["name"],
            quad=quads[row["code"][:2]],
            goldstein=table["goldstein"].get(row["code"]),
            type=row["type"],
            mode=row.get("mode", ""),
            note=row.get("note", ""),
        )
        for row in (*table["root"], *table["code"])
    }


def _require_cameo(code: str) -> None:
    table = _table("crosswalk_cameo")
    if code in table["goldstein"] or code in table["unscaled"]:
        return
    # A lost leading zero is the common fault: tools that read codes as numbers drop it.
    padded = f"0{code}"
    raise LexiconError(
        f"no such CAMEO code: {code!r}",
        expected="2 to 4 digits as a string, leading zeros kept",
        mend=f"write {padded!r} if that is meant" if padded in table["goldstein"] else None,
    )


@dataclass(frozen=True, slots=True)
class _Sides:
    """The sectors of both sides, and whether they meet the conditions of a rule."""

    actor: frozenset[str]
    recipient: frozenset[str]

    @classmethod
    def of(cls, actor: Collection[str], recipient: Collection[str]) -> _Sides:
        known = load_ontology().sectors
        return cls(
            frozenset(known.find(code, "actor sectors").code for code in actor),
            frozenset(known.find(code, "recipient sectors").code for code in recipient),
        )

    def match(self, rule: dict[str, Any], groups: dict[str, list[str]]) -> bool:
        return all(
            _holds(rule[side], groups, getattr(self, side))
            for side in ("actor", "recipient")
            if side in rule
        )


def _holds(condition: str, groups: dict[str, list[str]], sectors: frozenset[str]) -> bool:
    quantifier, group = condition.split(":")
    members = groups[group]
    if quantifier == "only":
        return bool(sectors) and sectors.issubset(members)
    return not sectors.isdisjoint(members)
