"""GDELT 2.0 files of the tests' own: made-up lands, 61 columns, no header."""

import io
import zipfile

from foreshock.observe.readers.events.gdelt import COLUMNS

ROW = dict.fromkeys(COLUMNS, "") | {
    "GLOBALEVENTID": "1200000001",
    "SQLDATE": "20310501",
    "MonthYear": "203105",
    "Year": "2031",
    "FractionDate": "2031.3315",
    "Actor1Code": "RURMIL",
    "Actor1Name": "RURITANIA",
    "Actor1CountryCode": "RUR",
    "Actor1Type1Code": "MIL",
    "Actor2Code": "GNDREB",
    "Actor2Name": "GONDAL FRONT",
    "Actor2Type1Code": "REB",
    "IsRootEvent": "1",
    "EventCode": "0871",
    "EventBaseCode": "087",
    "EventRootCode": "08",
    "QuadClass": "2",
    "GoldsteinScale": "9",
    "NumMentions": "12",
    "NumSources": "3",
    "NumArticles": "12",
    "AvgTone": "-2.5",
    "ActionGeo_Type": "4",
    "ActionGeo_FullName": "Streslau, North Province, Ruritania",
    "ActionGeo_CountryCode": "RX",
    "ActionGeo_ADM1Code": "RX07",
    "ActionGeo_ADM2Code": "26543",
    "ActionGeo_Lat": "50.25",
    "ActionGeo_Long": "14.5",
    "ActionGeo_FeatureID": "-1500123",
    "DATEADDED": "20310502001500",
    "SOURCEURL": "https://gazette.example/a?x=1&y=2",
}


def row(number: int = 1, **changed: str) -> dict[str, str]:
    """Give a good row with an id of its own, and some cells changed."""
    return ROW | {"GLOBALEVENTID": str(1_200_000_000 + number)} | changed


def text(rows: list[dict[str, str]], end: str = "\n") -> bytes:
    """Write rows as GDELT does."""
    return "".join("\t".join(each.values()) + end for each in rows).encode()


def zipped(content: bytes, name: str = "20310502001500.export.CSV") -> bytes:
    """Pack a table as GDELT does."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()
