"""The peers of ``foreshock ingest`` on GDELT: what one would write with pandas in an afternoon.

``python -m benchmarks.pandas_gdelt same|plain SOURCE TARGET``: *same* makes the same table with the
same checks and keeps the rows at fault aside (without their lines); *plain* reads the file, makes
days of the two stamps and writes everything to Parquet, unchecked.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from pathlib import Path

import pandas as pd

from benchmarks.synthetic_gdelt import COLUMNS
from foreshock.lexicon import cameo_acts

_PLACES = {"1": "country", "2": "adm1", "3": "near", "4": "near", "5": "adm1"}


def _table(source: str) -> pd.DataFrame:
    return pd.read_csv(
        source,
        sep="\t",
        header=None,
        names=COLUMNS,
        dtype=str,
        keep_default_na=False,
        quoting=csv.QUOTE_NONE,
        encoding_errors="replace",
    )


def same(source: str, target: str) -> None:
    """Make the native table, with the checks of the reader."""
    raw = _table(source)
    acts = cameo_acts()
    out = pd.DataFrame({"row": range(1, len(raw) + 1)})
    bad = pd.Series(False, index=raw.index)
    for name in ("GLOBALEVENTID", "NumMentions", "NumSources"):
        out[name] = pd.to_numeric(raw[name], errors="coerce")
        bad |= out[name].isna() | (out[name] < 0) | (out[name] % 1 != 0)
    for name, limit in (("ActionGeo_Lat", 90), ("ActionGeo_Long", 180)):
        out[name] = pd.to_numeric(raw[name], errors="coerce")
        bad |= (out[name].isna() & (raw[name] != "")) | (out[name].abs() > limit)
    out["end"] = pd.to_datetime(raw["SQLDATE"], format="%Y%m%d", errors="coerce")
    out["start"] = out["end"]
    known = pd.to_datetime(raw["DATEADDED"], format="%Y%m%d%H%M%S", errors="coerce")
    out["known_at"] = known.dt.normalize()
    out["told_at"] = out["known_at"]
    bad |= out["end"].isna() | known.isna()
    out["told_type"] = raw["EventCode"]
    bad |= ~raw["EventCode"].isin(list(acts)) | (raw["EventCode"].str[:2] != raw["EventRootCode"])
    out["type"] = raw["EventCode"].map({code: each[0] for code, each in acts.items()})
    out["mode"] = raw["EventCode"].map({code: each[1] for code, each in acts.items()})
    a, b = raw["Actor1Code"], raw["Actor2Code"]
    out["actor_a_id"], out["actor_b_id"] = a, b
    out["actor_a_kind"], out["actor_b_kind"] = raw["Actor1Type1Code"], raw["Actor2Type1Code"]
    out["actor_a"] = raw["Actor1Name"].where(raw["Actor1Name"] != "", a)
    out["actor_b"] = raw["Actor2Name"].where(raw["Actor2Name"] != "", b)
    both = (a != "") & (b != "")
    out["direction"] = both.map({True: "a to b", False: "undirected"})
    out["dyad"] = (out["actor_a"] + " - " + out["actor_b"]).where(
        both, out["actor_a"] + out["actor_b"]
    )
    out["dyad_id"] = (a + "-" + b).where(both)
    out["place_precision"] = raw["ActionGeo_Type"].map(_PLACES)
    bad |= ~raw["ActionGeo_Type"].isin(["", "0", *_PLACES])
    out["place"] = raw["ActionGeo_FullName"]
    out["country"] = raw["ActionGeo_CountryCode"]
    adm1 = raw["ActionGeo_ADM1Code"]
    out["adm1"] = adm1.where(adm1 != raw["ActionGeo_CountryCode"], "")
    out["adm2"] = raw["ActionGeo_ADM2Code"]
    out["url"] = raw["SOURCEURL"]
    out["dataset"], out["date_precision"], out["known_basis"] = "gdelt", "day", "source"
    out["event_id"] = raw["GLOBALEVENTID"]
    bad |= raw["GLOBALEVENTID"].duplicated()
    raw[bad].to_csv(f"{target}.rejected.csv")
    good = out[~bad]
    good.to_parquet(target, compression="zstd")
    print("known before its day", (good["known_at"] < good["end"]).sum())
    late = good["known_at"] > good["end"] + pd.Timedelta(days=366)
    print("known over a year after its day", late.sum())
    names = ["actor_a", "actor_b", "place", "url"]
    odd = pd.concat([good[name].str.contains("�", regex=False) for name in names], axis=1)
    print("bytes that are no UTF-8", odd.any(axis=1).sum())
    for file in (source, target):
        print(hashlib.sha256(Path(file).read_bytes()).hexdigest())


def plain(source: str, target: str) -> None:
    """Copy the table, with days as days."""
    raw = _table(source)
    raw["SQLDATE"] = pd.to_datetime(raw["SQLDATE"], format="%Y%m%d")
    raw["DATEADDED"] = pd.to_datetime(raw["DATEADDED"], format="%Y%m%d%H%M%S")
    raw.to_parquet(target)


if __name__ == "__main__":
    {"same": same, "plain": plain}[sys.argv[1]](*sys.argv[2:])
