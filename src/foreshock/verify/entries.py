"""Entries of the ledger: what was asked, what was answered, from which evidence, and when."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec
from numpy.typing import NDArray

from foreshock.core.answers import HUNDRED, Answer
from foreshock.core.digest import digest
from foreshock.core.ensemble import Ensemble, quantiles
from foreshock.core.errors import LedgerError
from foreshock.core.questions import Question

LIVE_WITHIN = timedelta(days=1)
"""A forecast is live if it is issued on the day that it speaks of, or on the one after it."""


class Kind(StrEnum):
    """What an entry is."""

    FORECAST = "forecast"
    JUDGEMENT = "judgement"
    NOTE = "note"


class Standing(StrEnum):
    """Whether an entry was issued in time, or afterwards on the evidence of its day."""

    LIVE = "live"
    HINDCAST = "hindcast"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is to be written into the ledger.

    Parameters
    ----------
    as_of : datetime.date
        The day at whose end it speaks.
    evidence : str
        Digest of the evidence that it rests on.
    kind : Kind
    question, series : str
        What it is about: one of the two.
    terms : mapping
        What was asked, in full, so that nobody can change the question afterwards.
    answer : mapping
        ``probability``, or ``median`` and ``values``; with ``interval``.
    baselines : mapping of str to mapping
        What simple methods answer, by name.
    model, config : str
        Name of the model, and digest of everything that was set or fitted, version included.
    seed : int or None
    resolver : str
        Who settles it.
    by, reason : str
        Of a judgement: who signs it, and why. Of a note: what happened.
    """

    as_of: date
    evidence: str = ""
    kind: Kind = Kind.FORECAST
    question: str = ""
    series: str = ""
    terms: Mapping[str, Any] = field(default_factory=dict)
    answer: Mapping[str, Any] = field(default_factory=dict)
    baselines: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    model: str = ""
    config: str = ""
    seed: int | None = None
    resolver: str = ""
    by: str = ""
    reason: str = ""

    @property
    def key(self) -> str:
        """Digest of what makes two entries one: evidence, seed, question and configuration.

        A judgement is one with another only if it says the same. Notes are never one.
        """
        judged = self.kind is not Kind.FORECAST
        said = (self.by, dict(self.answer.items()), self.reason) if judged else ()
        about = (self.kind, self.question, self.series, self.terms)
        return digest(about, self.as_of, self.evidence, self.config, self.seed, said)

    @property
    def probability(self) -> float | None:
        """The probability of a yes; None if a number was asked for."""
        told = self.answer.get("probability")
        return None if told is None else float(told)

    @property
    def closes(self) -> date | None:
        """Last day of what was asked about; None for a note."""
        told = self.terms.get("closes")
        return None if told is None else date.fromisoformat(told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Draft):
    """A line of the ledger: a draft, and what the ledger says of it.

    Parameters
    ----------
    case : str
    number : int
        Its place, from 0.
    issued_at : datetime.datetime
        When it was written, UTC.
    standing : Standing
    version : str
        Version of Foreshock that wrote it.
    previous, hash : str
        SHA-256 of the line before it (empty for the first), and its own.
    """

    case: str
    number: int
    issued_at: datetime
    standing: Standing
    version: str
    previous: str
    hash: str


def standing_of(as_of: date, issued_at: datetime) -> Standing:
    """Tell whether a forecast is in time: live on the as-of's day or the one after it, in UTC.

    Raises
    ------
    LedgerError
        If the as-of has not come yet.

    Examples
    --------
    >>> [str(standing_of(date(2031, 5, day), datetime(2031, 5, 3, 12, tzinfo=UTC)))
    ...  for day in (1, 2, 3)]
    ['hindcast', 'live', 'live']
    """
    late = issued_at.astimezone(UTC).date() - as_of
    if late < timedelta(0):
        raise LedgerError(
            f"the as-of {as_of} has not come yet",
            expected=f"a day up to {issued_at.astimezone(UTC).date()}",
        )
    return Standing.LIVE if late <= LIVE_WITHIN else Standing.HINDCAST


def terms_of(question: Question) -> dict[str, Any]:
    """Write down what a question asks, in full."""
    told = {name.name: getattr(question, name.name) for name in fields(question)}
    told = {name: value for name, value in told.items() if name not in {"id", "origin"}}
    return {
        name: value.isoformat() if isinstance(value, date) else _listed(value)
        for name, value in told.items()
    }


def forecast(
    question: Question,
    answer: Answer,
    baselines: Mapping[str, Answer],
    *,
    as_of: date,
    evidence: str,
    model: str,
    config: str,
    seed: int,
) -> Draft:
    """Draft the entry of an answered question."""
    return Draft(
        as_of=as_of,
        evidence=evidence,
        question=question.id,
        terms=terms_of(question),
        answer=answer.plain(),
        baselines={name: simple.plain() for name, simple in sorted(baselines.items())},
        model=model,
        config=config,
        seed=seed,
        resolver=question.resolver,
    )


def series_forecast(
    series: str,
    ensemble: Ensemble,
    baselines: Mapping[str, Ensemble],
    *,
    horizon: int,
    as_of: date,
    evidence: str,
    model: str,
    config: str,
    seed: int,
    resolver: str = "",
) -> Draft:
    """Draft the entry of a series' total over the first days of an ensemble."""
    days = ensemble.dates[:horizon]
    return Draft(
        as_of=as_of,
        evidence=evidence,
        series=series,
        terms={
            "variable": ensemble.variable,
            "first": days[0].isoformat(),
            "closes": days[-1].isoformat(),
        },
        answer=_total(ensemble, series, horizon),
        baselines={name: _total(each, series, horizon) for name, each in sorted(baselines.items())},
        model=model,
        config=config,
        seed=seed,
        resolver=resolver,
    )


def values_forecast(
    series: str,
    values: NDArray[Any],
    baselines: Mapping[str, NDArray[Any]],
    terms: Mapping[str, Any],
    **common: Any,
) -> Draft:
    """Draft the entry of a number that each member has a value of.

    Parameters
    ----------
    series : str
        Name of what is forecast.
    values : ndarray, shape (member,)
    baselines : mapping of str to ndarray, shape (member,)
        The same of simple methods.
    terms : mapping
        What is forecast, exactly: at least ``variable``, ``first`` and ``closes``.
    **common
        As of `series_forecast`.
    """
    return Draft(
        series=series,
        terms=terms,
        answer=_spread(values),
        baselines={name: _spread(each) for name, each in sorted(baselines.items())},
        **common,
    )


def _total(ensemble: Ensemble, series: str, horizon: int) -> dict[str, Any]:
    # Of one series alone: quantiles of all of them would be worked out for each.
    return _spread(ensemble.merged([series], series).total(horizon)[:, 0])


def _spread(values: NDArray[Any]) -> dict[str, Any]:
    low, high, *hundred = quantiles(values, [0.05, 0.95, *HUNDRED]).tolist()
    return {
        "interval": [low, high],
        "median": hundred[len(hundred) // 2 - 1],
        "members": len(values),
        "values": hundred,
    }


class Unread(Mapping[str, Any]):
    """A mapping as it stands in a line, read whenever something of it is asked for.

    A use of the ledger checks every line and needs the answers of few, and of few at a time.

    Examples
    --------
    >>> Unread(b'{"probability":0.3}') == {"probability": 0.3}
    True
    """

    __slots__ = ("_text",)

    def __init__(self, text: bytes) -> None:
        self._text = text

    def items(self) -> ItemsView[str, Any]:
        """Give all of it, read once."""
        told: dict[str, Any] = msgspec.json.decode(self._text)
        return told.items()

    def __getitem__(self, name: str) -> Any:
        """Give what it says under a name."""
        return dict(self.items())[name]

    def __iter__(self) -> Iterator[str]:
        """Give its names."""
        return iter(dict(self.items()))

    def __len__(self) -> int:
        """Give how many names it has."""
        return len(self.items())


def plain(entry: Draft) -> dict[str, Any]:
    """Give an entry as JSON values, in the order in which it is written."""
    return {each.name: _plain(getattr(entry, each.name)) for each in fields(entry)}


def read(line: bytes) -> Entry:
    """Read an entry back; what a later version of Foreshock added to it is left out.

    Raises
    ------
    ValueError, TypeError, KeyError, RecursionError
        If it is none.
    """
    try:
        told = _PARTS.decode(line)
        kept: dict[str, Any] = {
            each.name: Unread(bytes(part)) if each.name in _LONG else msgspec.json.decode(part)
            for each in fields(Entry)
            if (part := told.get(each.name)) is not None
        }
    except msgspec.MsgspecError as error:
        raise ValueError("no entry") from error
    return Entry(
        **kept
        | {
            "as_of": date.fromisoformat(kept["as_of"]),
            "issued_at": datetime.fromisoformat(kept["issued_at"]),
            "kind": Kind(kept["kind"]),
            "standing": Standing(kept["standing"]),
        }
    )


_PARTS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_LONG = {"answer", "baselines"}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value.items())
    return value.isoformat() if isinstance(value, date) else value


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
