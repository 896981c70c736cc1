"""What every command shares: the program itself, its common options, and how it speaks."""

from __future__ import annotations

import atexit
import gc
import io
import os
import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, Timer
from time import monotonic
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime
    from types import FrameType

    from rich.console import Console

    from foreshock.case.opening import Case

app = typer.Typer(
    name="foreshock",
    help="Early warning for conflicts with many hands in them: who says what, what is disputed, "
    "and what it amounts to on a day.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

CaseName = Annotated[
    str, typer.Argument(metavar="CASE", help="A bundled case, such as idlib-2020, or a folder.")
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DAY", help="End of this UTC day, YYYY-MM-DD; else the case's own day."
    ),
]
RecordedBy = Annotated[
    str | None,
    typer.Option(
        "--recorded-by",
        metavar="TIME",
        help="Only what had been recorded by then: a day, or an instant such as 2020-02-05T12:00Z.",
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="Write a page to this file, FILE.html, for any browser; with --json, the JSON.",
    ),
]
Members = Annotated[
    int,
    typer.Option(
        "--members", metavar="N", min=100, max=100_000, help="Equally likely futures to draw."
    ),
]
Seed = Annotated[
    int, typer.Option("--seed", metavar="S", min=0, help="Of the random numbers of the forecast.")
]
Then = Annotated[
    str | None,
    typer.Option(
        "--then",
        metavar="DAY",
        help="A later day: show beside the forecast what had happened by its end.",
    ),
]
Monthly = Annotated[
    Path,
    typer.Argument(
        metavar="TABLE", help="People newly displaced by month: CSV of place,year,month,people."
    ),
]
Fighting = Annotated[
    Path | None,
    typer.Option(
        "--events", metavar="TABLE", help="Events in the same places that `foreshock ingest` wrote."
    ),
]
Provinces = Annotated[
    Path | None,
    typer.Option(
        "--provinces",
        metavar="FILE",
        help="What the events call each place: CSV of place,province.",
    ),
]
MEMBERS = 10_000
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        # A narrow encoding of the terminal or pipe must not stop a brief: "•" becomes "?".
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    # Memory that Polars gives back between two batches it needs again at once.
    os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:10000,muzzy_decay_ms:10000")
    # What a command made ends with it: Python need not walk it all in search of cycles, often while
    # it grows or at the end.
    gc.set_threshold(50_000)
    atexit.register(gc.freeze)
    signal.signal(signal.SIGTERM, _end)
    app()


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    """End as by an error, so that what is half done is cleared away."""
    raise SystemExit(128 + number)


# ---------------------------------------------------------------------- means


def times(as_of: str | None, recorded_by: str | None) -> tuple[date | None, datetime | None]:
    """Read the two times that a command may be given."""
    from foreshock.core.time import parse_day, parse_instant

    day = parse_day(as_of) if as_of else None
    return day, parse_instant(recorded_by) if recorded_by else None


def open_named(name: str, *, empty: bool = False) -> Case:
    """Open a case, telling on stderr what takes long."""
    from foreshock.case.opening import open_case

    return open_case(name, empty=empty, progress=say)


def console() -> Console:
    """Give the console that text goes to: plain and 80 columns wide where it is a pipe."""
    from rich.console import Console

    # Piped text has no width of its own: 80 columns, without colour, fit everywhere.
    return Console(width=None if sys.stdout.isatty() else 80, highlight=False, markup=False)


def say(line: str) -> None:
    """Say a line on stderr."""
    typer.echo(safe(line), err=True)


def safe(text: str) -> str:
    """Make text from a case harmless in a terminal."""
    from foreshock.brief.words import plain

    return plain(text)


@contextmanager
def patience(seconds: float = 2.0) -> Iterator[Callable[[str], None]]:
    """Tell on stderr what is being done, once it has taken so long and from then on.

    Parameters
    ----------
    seconds : float
        What is done sooner is not worth a word.
    """
    lock = Lock()
    began, untold = monotonic(), ""

    def tell() -> None:
        nonlocal untold
        with lock:
            if untold:
                say(f"{untold} ...")
            untold = ""

    def step(text: str) -> None:
        nonlocal untold
        with lock:
            untold = text
        if monotonic() - began >= seconds:
            tell()

    timer = Timer(seconds, tell)
    timer.daemon = True
    timer.start()
    try:
        yield step
    finally:
        timer.cancel()


@contextmanager
def faults_told() -> Iterator[None]:
    """Turn our errors into a message and an exit code; nothing else is caught."""
    from foreshock.core.errors import CaseError, DeclarationError, ForeshockError

    try:
        yield
    except ForeshockError as error:
        say(f"error: {error}")
        for fault in error.faults if isinstance(error, CaseError | DeclarationError) else ():
            say(f"  {fault}")
        raise typer.Exit(error.exit_code) from None
    except BrokenPipeError:
        raise
    except OSError as error:
        say(f"error: {error.filename or ''}: {error.strerror or error}")
        raise typer.Exit(2) from None
    except (KeyboardInterrupt, EOFError):
        say("Left; nothing was stored.")
        raise typer.Exit(1) from None


if __name__ == "__main__":
    main()
