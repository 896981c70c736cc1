"""Pages, taken apart: what a browser would find in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.verify.outlooks import past, projector

from foreshock.brief.document import Brief
from foreshock.brief.page.build import build_page
from foreshock.case.opening import open_case
from foreshock.cycle import cycle
from foreshock.verify.judgements import judge

PAIRS = ("kestria>morvia", "morvia>kestria", "aurelia>kestria")
SECOND_CASE = Path(__file__).parents[2] / "cases" / "ilde-2011"
VOID = {"meta", "br", "input", "hr", "img", "link", "base", "embed", "area", "col", "source"}

# Rows and cells end where the next begins, or their table; items of a list likewise, with the
# paragraph in them. Nothing else on the page may.
ENDED_BY_START = {"td": {"td"}, "th": {"th"}, "tr": {"td", "tr"}, "li": {"li", "p"}}
ENDED_BY_END = {"thead": {"th", "tr"}, "tbody": {"td", "tr"}, "ul": {"li", "p"}}


@dataclass(eq=False)
class Node:
    """An element: its tag, attributes, and what stands in it."""

    tag: str
    attributes: dict[str, str]
    inside: list[Node | str] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        yield self
        for part in self.inside:
            if isinstance(part, Node):
                yield from part.walk()

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.inside)

    @property
    def links(self) -> list[str]:
        return [node.attributes["href"] for node in self.walk() if "href" in node.attributes]


class Html(HTMLParser):
    """A page as a tree."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.raw = text
        self.root = Node("", {})
        self.open = [self.root]
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.end_by_itself(tag, ENDED_BY_START)
        node = Node(tag, {name: value or "" for name, value in attrs})
        assert len(node.attributes) == len(attrs), f"an attribute twice in {tag}: {attrs}"
        self.open[-1].inside.append(node)
        if tag not in VOID:
            self.open.append(node)

    def end_by_itself(self, tag: str, ended: dict[str, set[str]]) -> None:
        while self.open[-1].tag in ended.get(tag, ()):
            self.open.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self.end_by_itself(tag, ENDED_BY_END)
        assert self.open[-1].tag == tag, f"{tag} closes {self.open[-1].tag}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)

    @cached_property
    def all(self) -> list[Node]:
        return list(self.root.walk())

    @cached_property
    def by_id(self) -> dict[str, Node]:
        return {node.attributes["id"]: node for node in self.all if "id" in node.attributes}

    def only(self, tag: str) -> Node:
        (found,) = (node for node in self.all if node.tag == tag)
        return found


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Brief:
    """Brief the small second case, with made-up forecasts of two days and what came after."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FORESHOCK_HOME", str(tmp_path_factory.mktemp("home")))
        patch.setattr(
            "foreshock.foresee.project", projector(PAIRS, withheld={PAIRS[2]: "1 act on record"})
        )
        patch.setattr(
            "foreshock.cycle.settled_counts",
            lambda _case, day, _recorded_by: past(day, PAIRS, days=120),
        )
        case = open_case(str(SECOND_CASE))
        judge(case, "Q1", date(2011, 5, 10), 0.4, "A. Hope", "The guns have not moved.")
        cycle(case, date(2011, 5, 10), members=300)
        return cycle(case, members=300, then=date(2011, 6, 24))


@pytest.fixture(scope="session")
def page(brief: Brief) -> Html:
    """Give the page of the bundled case."""
    return Html(build_page(brief))


@pytest.fixture(scope="session")
def small_page(small: Brief) -> Html:
    """Give the page of the small second case."""
    return Html(build_page(small))


@pytest.fixture(params=["page", "small_page"])
def either(request: pytest.FixtureRequest) -> Html:
    """Give the one page, then the other."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def as_page():
    """Make a page of a brief, taken apart."""
    return lambda brief: Html(build_page(brief))
