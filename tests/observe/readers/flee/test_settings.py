"""Settings files: what is taken, what is refused by name, what changes nothing."""

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreshock.core.rules import MovementRules, Pushing
from foreshock.observe.readers.flee.findings import Findings
from foreshock.observe.readers.flee.settings import read_settings


def read(tmp_path: Path, text: str | bytes) -> tuple[MovementRules, Findings]:
    file = tmp_path / "simsetting.yml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    findings = Findings()
    return read_settings(file, findings), findings


@pytest.mark.parametrize("text", ["", "move_rules:\noptimisations:\n", "#nothing\n", "{}"])
def test_nothing_said_leaves_the_defaults(tmp_path: Path, text: str):
    rules, findings = read(tmp_path, text)
    assert rules == MovementRules()
    assert not findings.faults


def test_everything_supported_is_taken(tmp_path: Path):
    rules, findings = read(
        tmp_path,
        """
spawn_rules:
  conflict_driven_spawning: {spawn_mode: Poisson, displaced_per_conflict_day: 12.9}
  conflict_spawn_decay: [1.0, 0.5]
  conflict_spawn_decay_interval: 20
  take_from_population: True
move_rules:
  max_move_speed: 200
  awareness_level: 2
  start_on_foot: yes
  weight_power: -0.5
optimisations:
  hasten: 10
""",
    )
    assert not findings.faults
    assert rules == MovementRules(
        pushing=Pushing.POISSON,
        displaced_per_conflict_day=12.0,
        conflict_spawn_decay=(1.0, 0.5),
        conflict_spawn_decay_interval=20,
        take_from_population=True,
        max_move_speed=200.0,
        awareness_level=2,
        start_on_foot=True,
        weight_power=-0.5,
        hasten=10,
    )


def test_every_rule_can_be_set(tmp_path: Path):
    """A rule that no key sets would be one that a file asks for in vain."""
    apart = {"hasten", "pushing", "displaced_per_conflict_day"}
    spawn = {
        "sum_from_camps", "insert_day0", "empty_camps_on_day0", "take_from_population",
        "conflict_spawn_decay", "conflict_spawn_decay_interval", "camps_are_sinks",
    }  # fmt: skip
    for rule in fields(MovementRules):
        if rule.name in apart:
            continue
        default = getattr(MovementRules(), rule.name)
        value = "[0.5]" if default is None else str(not default) if default is not True else "False"
        if isinstance(default, float | int) and not isinstance(default, bool):
            value = "1"
        section = "spawn_rules" if rule.name in spawn else "move_rules"
        rules, findings = read(tmp_path, f"{section}:\n  {rule.name}: {value}\n")
        assert not findings.faults, rule.name
        same = default in (1, 1.0) and not isinstance(default, bool)
        assert (getattr(rules, rule.name) == default) == same, rule.name


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nonsense: 1\n", "simsetting.yml:1, nonsense: an unknown setting, not supported"),
        (
            "move_rules:\n  awareness_lvl: 1\n",
            "simsetting.yml:2, move_rules.awareness_lvl: an unknown setting, not supported. "
            "Mend: write 'awareness_level'",
        ),
        ("move_rules:\n  use_v1_rules: true\n", "move_rules.use_v1_rules: not supported"),
        ("move_rules:\n  flood_rules: {a: 1}\n", "move_rules.flood_rules: not supported"),
        ("move_rules:\n  fixed_routes: true\n", "move_rules.fixed_routes: not supported"),
        (
            "move_rules:\n  two_system_decision_making: 0.5\n",
            "move_rules.two_system_decision_making: not supported",
        ),
        ("move_rules:\n  MatchCampReligion: true\n", "move_rules.MatchCampReligion: not supported"),
        ("spawn_rules:\n  flood_driven_spawning: {}\n", "spawn_rules.flood_driven_spawning: not"),
        ("spawn_rules:\n  camps_are_sicks: true\n", "spawn_rules.camps_are_sicks: not supported"),
        ("spawn_rules:\n  max_move_speed: 1\n", "spawn_rules.max_move_speed: an unknown setting"),
        ("spawn_rules:\n  sum_from_camps: maybe\n", "'maybe' is neither true nor false"),
        ("spawn_rules:\n  conflict_spawn_decay: 1\n", "1 is no list of numbers"),
        ("spawn_rules:\n  conflict_spawn_decay: [1, x]\n", "'x' is no number of at least 0"),
        (
            "spawn_rules:\n  conflict_driven_spawning: {spawn_mode: all}\n",
            "conflict_driven_spawning.spawn_mode: 'all' is not constant, poisson, pop_ratio",
        ),
        (
            "spawn_rules:\n  conflict_driven_spawning: {spawn_rate: 2}\n",
            "conflict_driven_spawning.spawn_rate: an unknown setting",
        ),
        ("move_rules:\n  awareness_level: 0\n", "0 is no whole number of at least 1"),
        ("move_rules:\n  awareness_level: 1.5\n", "1.5 is no whole number of at least 1"),
        ("move_rules:\n  camp_movechance: 1.5\n", "1.5 is no number from 0 to 1"),
        ("move_rules:\n  max_move_speed: .inf\n", "inf is no number"),
        ("move_rules:\n  max_move_speed: .nan\n", "nan is no number"),
        ("move_rules:\n  max_move_speed: fast\n", "'fast' is no number"),
        ("move_rules:\n  max_move_speed: true\n", "True is no number"),
        ("move_rules: 3\n", "simsetting.yml:1, move_rules: 3 is no list of settings"),
        ("- 1\n- 2\n", "[1, 2] is no list of settings"),
        ("move_rules: [\n", "not YAML"),
        ("a: &a [*a]\nmove_rules: *b\n", "not YAML"),
        (b"a: \xff", "byte 0xff is not UTF-8"),
        ("a: !!python/object:os.system {}\n", "not YAML"),
    ],
)
def test_what_is_wrong_is_told_by_name(tmp_path: Path, text: str | bytes, told: str):
    _, findings = read(tmp_path, text)
    assert [fault for fault in findings.faults if told in str(fault)], findings.faults


@pytest.mark.parametrize(
    "text",
    [
        "log_levels: {agent: 1}\n",
        "number_of_steps: 30\n",
        "spawn_rules:\n  conflict_zone_spawning_only: true\n",
        "spawn_rules:\n  flood_driven_spawning:\n",
        "move_rules:\n  max_crossing_speed: 20.0\n",
        "move_rules:\n  home_distance_power: 0.5\n",
        "move_rules:\n  pruning_threshold: 1.0\n",
        "move_rules:\n  ChildrenAvoidHazards: false\n",
        "spawn_rules:\n  average_social_connectivity: 3.0\n",
    ],
)
def test_what_changes_nothing_is_taken_and_told(tmp_path: Path, text: str):
    rules, findings = read(tmp_path, text)
    assert rules == MovementRules()
    assert not findings.faults
    assert len(findings.warnings) == 1
    assert "changes nothing" in str(findings.warnings[0])


def test_a_key_that_flee_misspells_is_told(tmp_path: Path):
    rules, findings = read(tmp_path, "spawn_rules:\n  camps_are_sinks: true\n")
    assert rules.camps_are_sinks
    assert "Flee never reads this key" in str(findings.warnings[0])


def test_a_missing_file_is_a_fault(tmp_path: Path):
    findings = Findings()
    read_settings(tmp_path / "absent.yml", findings)
    assert "absent.yml: cannot be read" in str(findings.faults[0])


leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
keys = st.sampled_from(
    ["move_rules", "spawn_rules", "optimisations", "hasten", "softening", "conflict_spawn_decay",
     "conflict_driven_spawning", "spawn_mode", "displaced_per_conflict_day", "log_levels"]
) | st.text(max_size=4)  # fmt: skip
trees = st.recursive(
    leaves, lambda t: st.lists(t, max_size=3) | st.dictionaries(keys, t), max_leaves=12
)


@given(tree=trees)
def test_no_document_makes_it_crash(tmp_path_factory: pytest.TempPathFactory, tree):
    import yaml

    rules, _ = read(tmp_path_factory.mktemp("drawn"), yaml.safe_dump(tree))
    assert isinstance(rules, MovementRules)


@given(raw=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode()))
def test_no_bytes_make_it_crash(tmp_path_factory: pytest.TempPathFactory, raw: bytes):
    rules, _ = read(tmp_path_factory.mktemp("drawn"), raw)
    assert isinstance(rules, MovementRules)


@pytest.mark.shared
def test_the_shared_settings_are_taken(shared: Path):
    findings = Findings()
    rules = read_settings(shared / "data" / "flee" / "simsetting.yml", findings)
    assert not findings.faults
    assert (rules.max_move_speed, rules.softening, rules.capacity_scaling) == (400.0, 50.0, 1.25)
    assert rules.conflict_spawn_decay == (1.0, 1.0, 1.0, 0.5, 0.1)
    assert rules.avoid_short_stints
    assert rules.hasten == 1
