"""Every kind of assumption sheet explained, entry by entry, from the schemas themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from foreshock.case.sheets.entries import Amount, Chance, Interval, Sheet, Stated
from foreshock.case.sheets.kinds import KINDS

_OPENING = """\
## scenarios/*.yaml

Assumption sheets: what somebody supposes, to be worked out as a scenario and never as a forecast
(docs/scenarios.md says how). A sheet is a file in the folder `scenarios`, named after its `sheet`;
what happened afterwards stands in a file of its own, `NAME.after.yaml`, and is told only once it is
known. Entries marked * must be filled. Every number is an interval, with where it is from; one of
`source` and `assumed_by` at least:

```yaml
cost: {low: 0.1, high: 0.3, source: [C1, REP2], assumed_by: the compilers, note: Two raids a week.}
```

| entry | what it holds |
|---|---|"""


def sheets_explained() -> Iterator[str]:
    """Explain the sheets, as lines of Markdown."""
    yield _OPENING
    yield from _entries(Interval)
    yield from ("", "Every sheet has:", "", "| entry | what it holds |", "|---|---|")
    yield from _entries(Sheet)
    for kind, model in KINDS.items():
        own = [name for name in model.model_fields if name not in Sheet.model_fields]
        yield from ("", f"### kind: {kind}", "", _about(model), "")
        yield from ("| entry | what it holds |", "|---|---|")
        yield from _entries(model, own)
        for path, part in _parts(model, own):
            yield from ("", f"#### {kind}: {path}", "", _about(part), "")
            yield from ("| entry | what it holds |", "|---|---|")
            yield from _entries(part, _own(part))


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Give the models that the type of an entry names."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from models_in(inner)


def _about(model: type[BaseModel]) -> str:
    return (model.__doc__ or "").strip().partition("\n")[0]


def _entries(model: type[BaseModel], names: list[str] | None = None) -> Iterator[str]:
    for name in names or model.model_fields:
        field = model.model_fields[name]
        star = "*" if field.is_required() else ""
        yield f"| `{name}`{star} | {' '.join(_said(field))} |"


def _said(field: FieldInfo) -> Iterator[str]:
    """Say what an entry holds, which words it may hold, and between which ends a number lies."""
    yield field.description or "What is reckoned from the sheet."
    if get_origin(field.annotation) is Literal:
        yield f"One of `{'`, `'.join(get_args(field.annotation))}`."
    model = next(models_in(field.annotation), None)
    if model is not None and issubclass(model, Chance):
        yield "From 0 to 1."
    if model is not None and issubclass(model, Amount):
        yield "0 or more."


def _parts(
    model: type[BaseModel], names: list[str], above: str = ""
) -> Iterator[tuple[str, type[BaseModel]]]:
    for name in names:
        for part in models_in(model.model_fields[name].annotation):
            if own := _own(part):
                yield f"{above}{name}", part
                yield from _parts(part, own, f"{above}{name}.")


def _own(part: type[BaseModel]) -> list[str]:
    """Give the entries that not every number has."""
    if issubclass(part, Interval):
        return []
    return [name for name in part.model_fields if name not in Stated.model_fields]
