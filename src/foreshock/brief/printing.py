"""How things are printed in a terminal: lines that wrap, and claims that are cited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from foreshock.brief.document import Brief
from foreshock.brief.words import plain, scale_in_words, unique
from foreshock.core.time import say_day


class Sheet:
    """Prints lines, points and notes.

    Parameters
    ----------
    console : rich.console.Console
    """

    def __init__(self, console: Console) -> None:
        self.out = console

    def heading(self, text: str) -> None:
        """Begin a part."""
        self.out.print()
        self.line(Text(text.upper(), style="bold"))

    def line(self, text: Text) -> None:
        """Print a line."""
        self.out.print(text, soft_wrap=False, highlight=False)

    def item(self, label: str, text: Text) -> None:
        """Print a point with its label."""
        line = Text("• ")
        line.append(f"{plain(label)}: ", style="dim")
        line.append_text(text)
        self.out.print(Padding(line, (0, 0, 0, 1), expand=False), highlight=False)

    def under(self, text: Text | str, style: str = "") -> None:
        """Print a line that belongs to the point above."""
        self.out.print(
            Padding(
                text if isinstance(text, Text) else Text(text, style=style),
                (0, 0, 0, 4),
                expand=False,
            ),
            highlight=False,
        )

    def note(self, text: str) -> None:
        """Print what a reader must bear in mind."""
        self.out.print(
            Padding(Text(text, style="dim italic"), (0, 0, 0, 1), expand=False), highlight=False
        )


class Printer(Sheet):
    """Prints parts of a brief, and remembers which claims were named.

    Parameters
    ----------
    brief : Brief
    console : rich.console.Console
    """

    def __init__(self, brief: Brief, console: Console) -> None:
        super().__init__(console)
        self.brief = brief
        self.events = {event.id: event for event in brief.events}
        self.cited: list[str] = []

    def sources(self, *, likelihoods: bool = True) -> None:
        """List the claims that were named, with who says them.

        Parameters
        ----------
        likelihoods : bool
            Whether words for probability stand above and have to be explained.
        """
        self.heading("Claims named above, with their sources")
        by_source: dict[str, list[str]] = {}
        for key in sorted(unique(self.cited), key=self.name):
            by_source.setdefault(self.source(key), []).append(self.name(key))
        for source, names in by_source.items():
            line = Text(f"{' '.join(names)} ", style="cyan")
            line.append(source, style="default")
            self.line(line)
        words = f" Words for probability: {scale_in_words()}." if likelihoods else ""
        self.note(
            "Ratings: 1 confirmed, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, "
            f"6 cannot be judged.{words}"
        )

    def source(self, key: str) -> str:
        """Say who says a claim, since when it is known, and how it is rated."""
        claim = self.brief.claims[key]
        report = self.brief.reports[claim.report]
        voices = " via ".join(plain(link.name) for link in claim.chain)
        told = say_day(claim.known_at) if claim.known_at else "undated"
        if report.withheld or report.known_at is None:
            told += " (public then, read in a later report)"
        recalled = ", recalled" if claim.basis == "recalled" else ""
        return f"{voices}; known {told}; rated {claim.rating}{recalled}"

    def name(self, claim: str) -> str:
        """Give the handle of a claim."""
        return self.brief.claims[claim].key or claim[:8]

    def keys(self, claims: Sequence[str], most: int = 6) -> str:
        """Name claims in brackets; they stand in the list of sources then."""
        shown = list(claims)[:most]
        self.cited.extend(shown)
        more = f" +{len(claims) - most}" if len(claims) > most else ""
        return f"[{' '.join(self.name(claim) for claim in shown)}{more}]"

    def day(self, day: date) -> str:
        """Write a day; the year of the as-of, which stands in the title, is not said again."""
        return self.when(say_day(day))

    def when(self, text: str) -> str:
        """Shorten days in a text likewise."""
        return text.replace(f" {self.brief.as_of.year}", "")
