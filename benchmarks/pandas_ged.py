"""The peers of ``foreshock ingest``: what one would write with pandas in an afternoon.

``python -m benchmarks.pandas_ged same|plain SOURCE TARGET``: *same* makes the same table with the
same checks and keeps the rows at fault aside (without their lines); *plain* reads the file, makes
days of the two dates and writes everything to Parquet, unchecked.
"""

from __future__ import annotations

import sys

import pandas as pd

_COUNTS = ["best", "low", "high", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"]
_CODES = ["type_of_violence", "where_prec", "date_prec"]
_IDS = ["id", "dyad_new_id", "side_a_new_id", "side_b_new_id"]
_NAMES = ["dyad_name", "side_a", "side_b", "adm_1", "adm_2", "country"]
_TYPES = {1: "state-based", 2: "non-state", 3: "one-sided"}
_DIRECTIONS = {1: "undirected", 2: "undirected", 3: "a to b"}
_PLACES = {
    1: "exact", 2: "near", 3: "adm2", 4: "adm1", 5: "area", 6: "country", 7: "international",
}  # fmt: skip
_DATES = {1: "day", 2: "within", 3: "week", 4: "month", 5: "year"}


def same(source: str, target: str) -> None:
    """Make the native table, with the checks of the reader."""
    raw = pd.read_csv(source, dtype=str, keep_default_na=False)
    out = pd.DataFrame({"row": range(1, len(raw) + 1)})
    bad = pd.Series(False, index=raw.index)
    for name in [*_COUNTS, *_CODES, *_IDS, "number_of_sources", "latitude", "longitude"]:
        out[name] = pd.to_numeric(raw[name], errors="coerce")
        bad |= out[name].isna() & (raw[name] != "")
    for name in ("date_start", "date_end"):
        out[name] = pd.to_datetime(raw[name].str[:10], format="%Y-%m-%d", errors="coerce")
        bad |= out[name].isna()
    for name in _COUNTS:
        bad |= (out[name] < 0) | (out[name] % 1 != 0)
    bad |= (out["date_end"] < out["date_start"]) | out["id"].duplicated()
    bad |= (out["latitude"].abs() > 90) | (out["longitude"].abs() > 180)
    for name in _IDS:
        out[name] = out[name].astype("Int64").astype(str)
    out["dataset"], out["type"], out["mode"] = "ucdp-ged", "ASSAULT", ""
    out["told_type"] = out["type_of_violence"].map(_TYPES)
    out["direction"] = out["type_of_violence"].map(_DIRECTIONS)
    out["place_precision"] = out["where_prec"].map(_PLACES)
    out["date_precision"] = out["date_prec"].map(_DATES)
    for name in ("told_type", "place_precision", "date_precision"):
        bad |= out[name].isna()
    for name in _NAMES:
        out[name] = raw[name]
        bad |= (raw[name] == "") & (name in _NAMES[:3])
    out["known_at"] = out["date_end"] + pd.Timedelta(days=1)
    out["known_basis"] = "declared"
    raw[bad].to_csv(f"{target}.rejected.csv")
    out[~bad].to_parquet(target)


def plain(source: str, target: str) -> None:
    """Copy the table, with days as days."""
    raw = pd.read_csv(source, low_memory=False)
    for name in ("date_start", "date_end"):
        raw[name] = pd.to_datetime(raw[name])
    raw.to_parquet(target)


if __name__ == "__main__":
    {"same": same, "plain": plain}[sys.argv[1]](*sys.argv[2:])
