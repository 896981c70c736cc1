"""A table of one's own, whose columns and terms are declared in a file beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import polars as pl

from foreshock.core.time import Precision
from foreshock.evidence.published import COLUMNS, DIRECTED, REVERSED, SCHEMA, UNDIRECTED
from foreshock.lexicon import load_ontology
from foreshock.observe.cells import Reading, among, day_as, written, yes_or_no
from foreshock.observe.layout import (
    ROW,
    Cell,
    Dialect,
    Format,
    Rule,
    day,
    degrees,
    whole,
    word,
)
from foreshock.observe.sides import pair
from foreshock.observe.table_declaration import (
    ISO_DAY,
    ColumnForm,
    TableDeclaration,
    read_declaration,
)

_MAY_BE_EMPTY = {"mode", "actor_a", "actor_b", "dyad"}
_DATE_PRECISIONS = (
    Precision.DAY, Precision.WITHIN, Precision.WEEK, Precision.MONTH, Precision.YEAR,
)  # fmt: skip
_PLACE_PRECISIONS = ("exact", "near", "adm2", "adm1", "area", "country", "international")
_DEGREES = {"lat": 90, "lon": 180}
_SIDES = ("actor_a", "actor_b")
_LISTED, _SHOWN = 20, 60
_DEATHS = ("deaths_low", "deaths", "deaths_high")


def declared_format(columns: Path) -> Format:
    """Make the format of a table from what is declared of it.

    Parameters
    ----------
    columns : pathlib.Path
        TOML or YAML.

    Raises
    ------
    DeclarationError
        If there are faults in it.
    """
    declaration = read_declaration(columns, _faults)
    text, forms = declaration.file, declaration.forms()
    cells = [
        Cell(
            column=form.column,
            name=name,
            read=_reading(name, form, declaration),
            expected=_expected(name, form, declaration),
            required=COLUMNS[name].always and name not in _MAY_BE_EMPTY | {"known_at"},
            missing=text.missing,
        )
        for name, form in forms.items()
        if form.column is not None
    ]
    kind = forms["type"].column
    if "told_type" not in forms and kind is not None:
        cells.append(Cell(kind, "told_type", word, "a type of event"))
    read = {cell.name for cell in cells}
    return Format(
        name=f"table-{declaration.name}",
        title=declaration.title,
        licence=declaration.licence,
        citation=declaration.citation,
        url=declaration.url,
        redistribution=declaration.redistribution,
        delay_days=declaration.delay_days,
        delay_about=declaration.delay_about,
        shape=f"the columns that {columns.name} declares: "
        + _listed(dict.fromkeys(cell.column for cell in cells)),
        release=lambda name: "",
        dialect=Dialect(
            separator=text.separator,
            quoted=text.quoted,
            header=text.header,
            ended=True,  # else a last figure that was cut in two would be read as a smaller one
            encoding=text.encoding,
        ),
        cells=cells,
        rules=_rules(read, forms),
        derived=_derived(read, declaration),
        remarks=_remarks(set(forms)),
    )


# ------------------------------------------------------------------ cells


def _words(name: str) -> list[str] | None:
    """Give the words that a native column may hold; None where it holds any."""
    ontology = load_ontology()
    match name:
        case "type":
            return ["", *ontology.types]  # empty: PLOVER holds no such act
        case "mode":
            modes = (mode for kind in ontology.types.values() for mode in kind.modes)
            return ["", *dict.fromkeys(modes)]
        case "direction":
            return [DIRECTED, REVERSED, UNDIRECTED]
        case "date_precision":
            return [str(each) for each in _DATE_PRECISIONS]
        case "place_precision":
            return list(_PLACE_PRECISIONS)
    return None


def _plain(name: str, declaration: TableDeclaration, dates: str | None = None) -> Reading:
    """Read a native value from its own text."""
    words, text = _words(name), declaration.file
    if words is not None:
        return among({each: each for each in words})
    dtype = SCHEMA[name]
    if dtype == pl.Date:
        form = dates or text.dates
        return day if form == ISO_DAY else day_as(form)
    if dtype == pl.Boolean:
        return yes_or_no
    if dtype == pl.Float64:
        return written(degrees(_DEGREES[name]), text.decimal, text.thousands)
    if dtype == pl.Int64:
        return written(whole, text.decimal, text.thousands)
    return word


def _reading(name: str, form: ColumnForm, declaration: TableDeclaration) -> Reading:
    plain, missing = _plain(name, declaration, form.dates), list(declaration.file.missing)
    meant = among(form.means) if form.means is not None else word

    def read(text: pl.Series) -> pl.Series:
        if missing:
            told = ~text.is_in(missing).fill_null(False)
            text = text.zip_with(told, pl.Series([None], dtype=pl.String))
        return plain(meant(text))

    return read


def _expected(name: str, form: ColumnForm, declaration: TableDeclaration) -> str:
    if form.means is not None:
        return "one of " + _listed(form.means)
    words, dtype = _words(name), SCHEMA[name]
    if words is not None:
        return "one of " + _listed(words)
    if dtype == pl.Date:
        return f"a day in the form {form.dates or declaration.file.dates}"
    if dtype == pl.Float64:
        return f"-{_DEGREES[name]} to {_DEGREES[name]}"
    if dtype == pl.Int64:
        return "a count, 0 or more"
    return "yes or no" if dtype == pl.Boolean else "a text"


def _listed(words: Iterable[str]) -> str:
    named = [each[:_SHOWN] for each in words if each]
    return ", ".join(named[:_LISTED]) + (" …" if len(named) > _LISTED else "")


# ------------------------------------------------------------------ what must hold, what follows


def _acts() -> list[str]:
    """Give every type with each of its modes, as one text each."""
    types = load_ontology().types
    acts = [f"{code} {mode}" for code, kind in types.items() for mode in ("", *kind.modes)]
    return [" ", *acts]


def _rules(read: set[str], forms: Mapping[str, ColumnForm]) -> list[Rule]:
    rules = []
    if "end" in read:
        ends = pl.col("start") <= pl.col("end")
        rules.append(Rule(str(forms["end"].column), ends, "the event ends before it starts"))
    if "mode" in read:
        kind = pl.col("type") if "type" in read else pl.lit(forms["type"].always)
        act = kind + " " + pl.col("mode").fill_null("")
        rules.append(Rule(str(forms["mode"].column), act.is_in(_acts()), "no mode of that type"))
    return rules


def _derived(read: set[str], declaration: TableDeclaration) -> dict[str, pl.Expr]:
    forms = declaration.forms()
    value = {name: pl.col(name) for name in read} | {
        name: pl.lit(_constant(name, form, declaration))
        for name, form in forms.items()
        if form.always is not None
    }
    nothing = pl.lit("")
    a, b = (value.get(side, nothing) for side in _SIDES)
    several_days = value["start"] != value.get("end", value["start"])
    otherwise = {
        "event_id": pl.col(ROW).cast(pl.String),
        "told_type": value["type"],
        "end": value["start"],
        "date_precision": pl.when(several_days)
        .then(pl.lit(str(Precision.WITHIN)))
        .otherwise(pl.lit(str(Precision.DAY))),
        "direction": pl.lit(UNDIRECTED),
        "dyad": pair(a, b),
        **dict.fromkeys(("mode", *_SIDES), nothing),
    }
    return {
        name: each.fill_null("") if name in _MAY_BE_EMPTY else each
        for name, each in (otherwise | value).items()
    }


def _remarks(given: set[str]) -> dict[str, pl.Expr]:
    low, best, high = (pl.col(name) for name in _DEATHS)
    if not given.issuperset(_DEATHS):
        return {}
    return {"best figure of deaths outside low and high": (best < low) | (best > high)}


# ------------------------------------------------------------------ faults in the declaration


def _constant(name: str, form: ColumnForm, declaration: TableDeclaration) -> object:
    return _plain(name, declaration)(pl.Series([form.always], dtype=pl.String)).item()


def _faults(declaration: TableDeclaration) -> list[tuple[tuple[str, ...], str, str]]:
    faults = []
    for name, form in declaration.forms().items():
        here = ("columns", name)
        means = form.means or {}
        plain = _plain(name, declaration, form.dates)
        values = pl.Series([form.always, *means.values()], dtype=pl.String)
        places = [(*here, "always"), *((*here, "means", said) for said in means)]
        wanted = _expected(name, ColumnForm(column="any"), declaration)
        for place, value, read in zip(places, values, plain(values), strict=True):
            if value is not None and read is None:
                faults.append((place, f"cannot read {value[:60]!r}", f"write {wanted}"))
        header = declaration.file.header
        if header and form.column is not None and form.column not in header:
            faults.append((here, f"no column {form.column!r} in file.header", "add it there"))
    return faults
