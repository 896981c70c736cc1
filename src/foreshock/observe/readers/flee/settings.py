"""``simsetting.yml``: rules of movement; what is not supported is refused by its name."""

from __future__ import annotations

import reprlib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from foreshock.case.decoding import decode
from foreshock.core.rules import MovementRules, Pushing
from foreshock.observe.readers.flee.findings import Findings

LARGEST_FILE = 2**20

_LEAST: Mapping[str, float] = {
    "awareness_level": 1,
    "hasten": 1,
    "conflict_spawn_decay_interval": 1,
    "max_move_speed": 1e-6,
    "max_walk_speed": 1e-6,
    "movechance_pop_base": 1e-6,
}
"""What a number must at least be, where that is not 0."""

_MOST: Mapping[str, float] = {
    "default_movechance": 1,
    "conflict_movechance": 1,
    "camp_movechance": 1,
    "idpcamp_movechance": 1,
    "capacity_buffer": 1,
}
_SIGNED = {"movechance_pop_scale_factor", "distance_power", "weight_power"}
_LARGEST = 1e12

_SPAWN = (
    "sum_from_camps", "insert_day0", "empty_camps_on_day0", "take_from_population",
    "conflict_spawn_decay", "conflict_spawn_decay_interval", "camps_are_sinks",
)  # fmt: skip
_APART = ("pushing", "displaced_per_conflict_day", "hasten")
_MOVE = tuple(f.name for f in fields(MovementRules) if f.name not in {*_SPAWN, *_APART})

_NOTHING: Mapping[str, Mapping[str, tuple[Any, ...]]] = {
    "": {"number_of_steps": (), "conflict_input_file": ()},
    "spawn_rules": {
        "conflict_zone_spawning_only": (True,),
        "flood_zone_spawning_only": (False,),
        "flood_driven_spawning": (None,),
        "read_from_agents_csv_file": (False,),
        "average_social_connectivity": (),
        "camps_are_sicks": (False,),
    },
    "move_rules": {
        "max_crossing_speed": (),
        "stay_close_to_home": (False,),
        "home_distance_power": (),
        "use_v1_rules": (False,),
        "use_economic_pull": (False,),
        "fixed_routes": (False,),
        "pruning_threshold": (1, 1.0),
        "flood_rules": (None,),
        "avg_religion_fraction": (),
        "two_system_decision_making": (False,),
        **dict.fromkeys(
            (
                "ChildrenAvoidHazards", "WomenAvoidHazards", "ElderlyAvoidHazards",
                "BoysTakeRisk", "MatchCampReligion", "MatchCampEthnicity", "MatchTownEthnicity",
                "MatchConflictEthnicity",
            ),
            (False,),
        ),
    },
    "optimisations": {},
}  # fmt: skip
"""Keys of Flee that are not supported, by section, with the values with which they change nothing;
no value: they change nothing beside the supported ones."""


def read_settings(path: Path, findings: Findings) -> MovementRules:
    """Read a settings file.

    Parameters
    ----------
    path : pathlib.Path
    findings : Findings
        Takes what is wrong, and what is read and changes nothing.

    Returns
    -------
    MovementRules
        The defaults in place of what has a fault.
    """
    text = _text(path, findings)
    if text is None:
        return MovementRules()
    import yaml

    try:
        document = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        what = f"not YAML: {getattr(error, 'problem', None) or type(error).__name__}"
        findings.fault(path.name, mark.line + 1 if mark else 0, "", what, "correct the line")
        return MovementRules()
    return _Settings(path.name, _keys_with_lines(text), findings).rules(document)


def _text(path: Path, findings: Findings) -> str | None:
    try:
        if path.stat().st_size > LARGEST_FILE:
            findings.fault(path.name, 0, "", f"larger than {LARGEST_FILE:,} bytes")
            return None
        raw = path.read_bytes()
    except OSError as error:
        findings.fault(path.name, 0, "", f"cannot be read ({error.strerror})", "name another file")
        return None
    text, fault = decode(raw, path.name)
    if fault:
        findings.faults.append(fault)
        return None
    return text


def _keys_with_lines(text: str) -> dict[str, int]:
    """Find the line on which each key first stands."""
    lines: dict[str, int] = {}
    for at, line in enumerate(text.splitlines(), 1):
        key, colon, _ = line.partition(":")
        if colon:
            lines.setdefault(key.strip().strip("'\""), at)
    return lines


def _shown(value: Any) -> str:
    """Show a value in little room, however deep or long it is."""
    try:
        return reprlib.repr(value)
    except ValueError:
        return "a number of thousands of digits"


class _Settings:
    """One settings file, on the way to being rules."""

    def __init__(self, file: str, lines: Mapping[str, int], findings: Findings) -> None:
        self._file, self._lines, self._findings = file, lines, findings
        self._given: dict[str, Any] = {}

    def rules(self, document: Any) -> MovementRules:
        """Read the whole document."""
        sections = self._mapping("", document)
        for name, content in sections.items():
            if name == "log_levels":
                self._changes_nothing(name, "what Flee logs")
            elif name in {"spawn_rules", "move_rules", "optimisations"}:
                self._section(name, self._mapping(name, content))
            else:
                self._unsupported("", name, content)
        return MovementRules(**self._given)

    def _section(self, section: str, content: Mapping[str, Any]) -> None:
        supported = {"spawn_rules": _SPAWN, "move_rules": _MOVE, "optimisations": ("hasten",)}
        for key, value in content.items():
            if section == "spawn_rules" and key == "conflict_driven_spawning":
                self._pushing(value)
            elif key in supported[section]:
                self._take(section, key, value)
            else:
                self._unsupported(section, key, value)

    def _take(self, section: str, key: str, value: Any) -> None:
        default = getattr(MovementRules(), key)
        name = f"{section}.{key}"
        if key == "conflict_spawn_decay":
            self._decay(name, key, value)
        elif isinstance(default, bool):
            if isinstance(value, bool):
                self._given[key] = value
            else:
                self._fault(key, name, f"{_shown(value)} is neither true nor false")
        elif (found := self._number(key, name, value, isinstance(default, int))) is not None:
            self._given[key] = found
        if key == "camps_are_sinks" and value is True:
            what = "Flee never reads this key, so that compat mode leaves people in the camps"
            self._findings.warn(self._file, self._line(key), name, what)

    def _number(self, key: str, name: str, value: Any, integer: bool) -> float | int | None:
        least = -_LARGEST if key in _SIGNED else _LEAST.get(key, 0)
        most = _MOST.get(key, _LARGEST)
        ok = isinstance(value, int | float) and not isinstance(value, bool)
        if not ok or not least <= value <= most or (integer and value != int(value)):
            kind = "whole number" if integer else "number"
            limits = f"from {least:g} to {most:g}" if most < _LARGEST else f"of at least {least:g}"
            self._fault(key, name, f"{_shown(value)} is no {kind} {limits}")
            return None
        return int(value) if integer else float(value)

    def _decay(self, name: str, key: str, value: Any) -> None:
        if value is None:
            return
        if not isinstance(value, list) or not value:
            self._fault(key, name, f"{_shown(value)} is no list of numbers")
            return
        found = [self._number(key, name, each, False) for each in value]
        if None not in found:
            self._given[key] = tuple(found)

    def _pushing(self, value: Any) -> None:
        """Read a section that, where it has content, sets how many flee apart from any counts."""
        section = "conflict_driven_spawning"
        if value is None:
            return
        content = self._mapping(section, value)
        mode = content.get("spawn_mode", "constant")
        known = {each.value: each for each in Pushing if each is not Pushing.COUNTED}
        if not isinstance(mode, str) or mode.lower() not in known:
            what = f"{_shown(mode)} is not {', '.join(known)}"
            self._fault("spawn_mode", f"{section}.spawn_mode", what)
            return
        pushing = known[mode.lower()]
        share = pushing is Pushing.SHARE_OF_POPULATION
        key = "displaced_per_conflict_day"
        people = self._number(
            key, f"{section}.{key}", content.get(key, 0.01 if share else 500), False
        )
        if people is not None:
            # Flee cuts a number of persons to a whole one, not a share.
            whole = people if share else float(int(people))
            self._given.update(pushing=pushing, displaced_per_conflict_day=whole)
        for other in content.keys() - {"spawn_mode", key}:
            self._unsupported(section, other, content[other])

    def _unsupported(self, section: str, key: str, value: Any) -> None:
        known = _NOTHING.get(section, {})
        name = f"{section}.{key}" if section else key
        if key in known and (not known[key] or value in known[key]):
            self._changes_nothing(name, "a setting that is not used here")
            return
        what = "not supported" if key in known else "an unknown setting, not supported"
        mend = f"delete it, or write {known[key][0]}".lower() if known.get(key) else ""
        if not mend:
            mend = self._findings.like(key, [*_SPAWN, *_MOVE, "hasten"], "delete it")
        self._findings.fault(self._file, self._line(key), name[:80], what, mend)

    def _changes_nothing(self, name: str, what: str) -> None:
        key = name.rpartition(".")[2]
        self._findings.warn(self._file, self._line(key), name, f"changes nothing: {what}")

    def _fault(self, key: str, name: str, what: str) -> None:
        self._findings.fault(self._file, self._line(key), name, what, "correct it or delete it")

    def _mapping(self, name: str, value: Any) -> dict[str, Any]:
        if value is None:
            return {}
        if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
            what = f"{_shown(value)} is no list of settings"
            self._findings.fault(self._file, self._line(name), name, what, "write key: value")
            return {}
        return value

    def _line(self, key: str) -> int:
        return self._lines.get(key, 0)
