"""The watch list as tables: CSV that no spreadsheet takes for formulas, Parquet, GeoJSON.

Forecasts alone, never the months that were counted: those are the panel's, with terms of its own.
Every row says which vintage, origin, model and configuration it is from, so that it can be pasted
anywhere.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from foreshock.brief.watch.document import CountryItem, MonthItem, WatchList
from foreshock.brief.watch.words import EACH_ALONE
from foreshock.brief.watch.world import credit, geometry
from foreshock.core.errors import ForeshockError
from foreshock.core.files import check_target, write_whole
from foreshock.core.panel import month_id
from foreshock.core.periods import write_period
from foreshock.evidence.cells import write_csv

FORMATS = (".csv", ".parquet", ".geojson")


def check_export(file: Path) -> None:
    """Refuse a file whose ending names no format, before any work is done for it.

    Raises
    ------
    ForeshockError
        If it does, or nothing can be written there.

    Examples
    --------
    >>> check_export(Path("watch.xlsx"))
    Traceback (most recent call last):
    foreshock.core.errors.ForeshockError: watch.xlsx: no format is known by the ending '.xlsx'.
    Mend: end the file's name with one of .csv, .parquet, .geojson.
    """
    if file.suffix.lower() not in FORMATS:
        raise ForeshockError(
            f"no format is known by the ending {file.suffix!r}",
            where=str(file),
            mend="end the file's name with one of " + ", ".join(FORMATS),
        )
    check_target(file)


def export_watch(listed: WatchList, file: Path) -> int:
    """Write a watch list.

    CSV and Parquet have a row a country and month; GeoJSON a feature a country, with its months.
    Countries that are withheld have a row, or a feature, without any number.

    Parameters
    ----------
    listed : WatchList
    file : pathlib.Path
        Its ending chooses the format: one of `FORMATS`.

    Returns
    -------
    int
        Rows or features.

    Raises
    ------
    ForeshockError
        If the ending is none of these, or the file cannot be written.
    """
    check_export(file)
    if file.suffix.lower() == ".geojson":
        found = _geojson(listed)
        write_whole(file, json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n")
        return len(found["features"])
    rows = list(rows_of(listed))
    if file.suffix.lower() == ".csv":
        cells = [{name: _cell(value) for name, value in row.items()} for row in rows]
        write_whole(file, write_csv(list(rows[0]), cells))
    else:
        import polars

        out = io.BytesIO()
        about = _source(listed) | {"note": EACH_ALONE}
        told = {f"foreshock.{name}": str(value) for name, value in about.items()}
        polars.DataFrame(rows, infer_schema_length=None).write_parquet(out, metadata=told)
        write_whole(file, out.getvalue())
    return len(rows)


def rows_of(listed: WatchList) -> Iterator[dict[str, Any]]:
    """Give a row a country and month; what is not known is None."""
    source = _source(listed)
    for country in listed.countries:
        for month in country.months:
            yield _where(country.key, country.name, country.code) | _said(month) | source
    for each in listed.withheld:
        empty = dict.fromkeys(_said(listed.countries[0].months[0]))
        where = _where(each.key, each.name, each.code)
        yield where | empty | {"withheld": each.why} | source


def _where(key: str, name: str, code: str) -> dict[str, Any]:
    return {"country_id": key, "country": name, "iso_numeric": code}


def _said(month: MonthItem) -> dict[str, Any]:
    return {
        "month": write_period(month.month, "month"),
        "month_id": month_id(month.month),
        "months_ahead": month.ahead,
        "median": month.median,
        "low_5": month.low,
        "high_95": month.high,
        "mean": month.mean,
        "p_25": month.deadly,
        "p_1000": month.war,
        "p_onset": month.onset,
        "p_doubled": month.doubled,
        "withheld": None,
    }


def _source(listed: WatchList) -> dict[str, Any]:
    return {
        "variable": f"{listed.variable}, {listed.about}" if listed.about else listed.variable,
        "origin": write_period(listed.origin, "month"),
        "vintage": listed.vintage,
        "evidence": listed.evidence,
        "model": listed.model,
        "config": listed.config,
        "seed": listed.seed,
        "issued_at": listed.issued_at.isoformat(),
        "standing": listed.standing,
        "citation": listed.citation,
        "licence": listed.licence,
    }


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.12g}"
    return "" if value is None else str(value)


def _geojson(listed: WatchList) -> dict[str, Any]:
    features = [_feature(each, listed) for each in listed.countries]
    for each in listed.withheld:
        where = _where(each.key, each.name, each.code)
        features.append(_shaped(each.code, where | {"withheld": each.why}))
    about = _source(listed) | {"note": EACH_ALONE, "map": credit()}
    return {"type": "FeatureCollection", "foreshock": about, "features": features}


def _feature(country: CountryItem, listed: WatchList) -> dict[str, Any]:
    told = {
        f"{name}_{said['month']}": value
        for month in country.months
        for said in [_said(month)]
        for name, value in said.items()
        if name in {"median", "low_5", "high_95", "p_25", "p_1000", "p_onset", "p_doubled"}
    }
    source = {name: value for name, value in _source(listed).items() if name in _NEEDED}
    return _shaped(country.code, _where(country.key, country.name, country.code) | told | source)


_NEEDED = {"origin", "vintage", "model", "config", "seed"}


def _shaped(code: str, properties: dict[str, Any]) -> dict[str, Any]:
    shape = geometry(code) if code else None
    return {"type": "Feature", "geometry": shape, "properties": properties}
