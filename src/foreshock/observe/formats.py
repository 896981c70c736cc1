"""Which formats of event tables there are readers for."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

from foreshock.case.faults import nearest
from foreshock.core.errors import TableError
from foreshock.observe.layout import Format
from foreshock.observe.readers import events as readers


def formats() -> list[str]:
    """Name the formats that there are readers for.

    Examples
    --------
    >>> formats()
    ['acled', 'gdelt', 'table', 'ucdp-ged']
    """
    return sorted(
        module.name.replace("_", "-") for module in pkgutil.iter_modules(readers.__path__)
    )


def find_format(name: str, columns: Path | None = None) -> Format:
    """Find a format by its name.

    Parameters
    ----------
    name : str
        One of `formats`.
    columns : pathlib.Path, optional
        What the user declares of the columns, where the format leaves that to the user.

    Raises
    ------
    TableError
        If there is no reader for it, or columns are declared where they are known, or are not where
        they are needed.
    """
    if name not in formats():
        raise TableError(
            f"no format is called {name[:80]!r}",
            expected="one of " + ", ".join(formats()),
            mend=nearest(name, formats()) or None,
        )
    module = importlib.import_module(f"{readers.__name__}.{name.replace('-', '_')}")
    layout: Format | None = getattr(module, "FORMAT", None)
    if layout is not None and columns is not None:
        raise TableError(f"the columns of {name} are known", mend="leave --columns out")
    if layout is not None:
        return layout
    if columns is None:
        raise TableError(
            f"the columns of a {name} have to be declared", mend="give them with --columns FILE"
        )
    declared: Format = module.declared_format(columns)
    return declared


def known_formats() -> Iterator[Format]:
    """Give the formats whose columns are known."""
    for name in formats():
        module = importlib.import_module(f"{readers.__name__}.{name.replace('-', '_')}")
        if hasattr(module, "FORMAT"):
            yield module.FORMAT
