"""Invented folders in Flee's format, long enough to be scored."""

from datetime import date, timedelta
from pathlib import Path

from tests.observe.readers.flee import folders

START = date(2031, 5, 1)


def long(root: Path, home: str = "gondal", days: int = 100, rates=(3, 6, 1)) -> Path:
    """Write a folder of some months: camps of a country are reported now and then and grow."""
    locations = folders.FILES["input_csv/locations.csv"].replace(",gondal,", f",{home},")
    closures = f"country,{home},gaaldine,1,3\ncamp,Alcona,,0,25\n"
    changed = {
        "input_csv/locations.csv": locations,
        "input_csv/closures.csv": closures,
        "input_csv/conflicts.csv": "#Day,Angora,Elbe\n"
        + "".join(f"{day},1,{int(day >= 20)}\n" for day in range(days)),
        "input_csv/sim_period.csv": f"StartDate,{START}\nLength,{days}\n",
        "source_data/refugees.csv": f"{START},10\n",
    }
    for name, rate in zip(("zedora", "alcona", "exina"), rates, strict=True):
        first = 30 if name == "alcona" else 0
        lines = [
            f"{START + timedelta(days=day)},{max(day - first, 0) * rate * 10}\n"
            for day in range(0, days, 9)
        ]
        changed[f"source_data/{name}.csv"] = "".join(lines)
    return folders.made(root, changed)
