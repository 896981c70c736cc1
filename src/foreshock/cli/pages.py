"""Pages and data that commands write to a file, instead of printing them."""

from __future__ import annotations

from pathlib import Path

import typer

from foreshock.cli.common import safe


def check_page(output: Path, *, json: bool) -> None:
    """Refuse a name that no page can have, before any work is done for it.

    Parameters
    ----------
    output : pathlib.Path
    json : bool
        Whether it is to be data and no page; then any name will do.
    """
    from foreshock.core.errors import ForeshockError
    from foreshock.core.files import check_target

    check_target(output)
    if not json and output.suffix.lower() not in {".html", ".htm"}:
        raise ForeshockError(
            f"a page is written to a name that ends in .html, not in {output.suffix!r}",
            where=str(output),
            mend="end the name in .html, or add --json for the data",
        )


def write_page(output: Path, text: str, what: str) -> None:
    """Write a file whole, and say how large it is and of what."""
    from foreshock.core.files import write_whole

    write_whole(output, text)
    size = len(text.encode())
    told = f"{size / 1e6:.1f} MB" if size >= 1e5 else f"{size / 1e3:.0f} kB"
    typer.echo(safe(f"{output}: {what}, {told}"))
