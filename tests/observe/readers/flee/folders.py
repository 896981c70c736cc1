"""Small invented folders in Flee's format."""

from datetime import timedelta
from pathlib import Path

from foreshock.observe.readers.flee.folder import read_folder

FILES = {
    "input_csv/locations.csv": (
        "#name,region,country,lat,lon,location_type,conflict_date,pop/cap\n"
        "Angora,North,gondal,1.0,2.0,conflict_zone,0,4000\n"
        "Elbe,North,gondal,1.1,2.1,conflict_zone,2,2500\n"
        "Regina,South,gondal,1.2,2.2,town,,\n"
        "Zedora,East,gaaldine,1.3,2.3,camp,,900\n"
        "Alcona,East,gaaldine,1.4,2.4,camp,,0\n"
        "Exina,South,gondal,1.5,2.5,idpcamp,,300\n"
    ),
    "input_csv/routes.csv": (
        "#name1,name2,distance,forced_redirection\n"
        "Angora,Elbe,40,0\n"
        "Elbe,Regina,55.5,\n"
        "Regina,Zedora,120,0\n"
        "Regina,Alcona,90,2\n"
        "Angora,Exina,30\n"
    ),
    "input_csv/closures.csv": (
        "#closure_type,name1,name2,closure_start,closure_end\n"
        "country,gondal,gaaldine,1,3\n"
        "camp,Alcona,,4,-1\n"
    ),
    "input_csv/conflicts.csv": (
        "#Day,Angora,Elbe\n0,1,0\n1,1,0\n2,1,1\n3,0.5,1\n4,0,1\n5,0,1\n6,0,1\n7,0,1\n"
    ),
    "input_csv/sim_period.csv": "StartDate,2031-05-01\nLength,8\n",
    "source_data/data_layout.csv": (
        "total,refugees.csv\nZedora,zedora.csv\nAlcona,alcona.csv\nExina,exina.csv\n"
    ),
    "source_data/refugees.csv": "2031-05-01,10\n2031-05-09,600\n",
    "source_data/zedora.csv": "2031-05-01,10\n2031-05-05,210\n2031-05-09,410\n",
    "source_data/alcona.csv": "#a remark\n2031-05-01,0\n2031-05-07,31\n2031-05-08,100\n",
    "source_data/exina.csv": "Date,count\n2031-04-20,5\n2031-05-04,65\n",
}
"""A folder without a fault."""


def made(root: Path, changed: dict[str, str | bytes | None] | None = None) -> Path:
    """Write the folder, with some files replaced, added, or (None) left out."""
    for name, content in (FILES | (changed or {})).items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            file.write_bytes(content)
        elif content is not None:
            file.write_text(content, "utf-8")
    return root


def with_lines(name: str, *lines: str) -> dict[str, str]:
    """Give a file with lines added at its end."""
    return {name: FILES[name] + "".join(f"{line}\n" for line in lines)}


def instead(name: str, old: str, new: str) -> dict[str, str]:
    """Give a file with one piece of it replaced."""
    assert old in FILES[name], old
    return {name: FILES[name].replace(old, new)}


def output(folder: Path, members: int = 0, spread: int = 0) -> str:
    """Give an output of a run: all that was counted, and in member m `spread` times m more."""
    read = read_folder(folder)
    camps = [camp for camp in read.counted.camps if camp.name in {"Zedora", "Alcona", "Exina"}]
    head = ["Day", "Date", *(f"{camp.name} {what}" for camp in camps for what in ("sim", "data"))]
    lines = [",".join([*(["member"] if members else []), *head])]
    for member in range(max(members, 1)):
        for day in range(read.network.days):
            cells = [str(day), str(read.network.start + timedelta(days=day))]
            for camp in camps:
                people = int(camp.interpolated([day])[0])
                cells += [str(people + spread * member), str(people)]
            lines.append(",".join([*([str(member)] if members else []), *cells]))
    return "\n".join(lines) + "\n"
