"""Rendering: templates in which every text is made harmless, and the policy that goes with them."""

from __future__ import annotations

import base64
import hashlib
from importlib import resources
from typing import Any
from xml.etree.ElementTree import Element, tostring

from jinja2 import Environment, FunctionLoader, StrictUndefined

from foreshock.brief.page.acts import external
from foreshock.brief.words import SCALE, counted, plain
from foreshock.core.time import say_day


def policy(style: str, script: str) -> str:
    """Write the content security policy: these two texts may act, and nothing may be fetched."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def environment(*packages: str) -> Environment:
    """Make the environment of templates that lie in some packages, the first that has one."""
    found = Environment(
        loader=FunctionLoader(lambda name: asset(name, *packages)),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["tight"] = lambda text: text.replace(" %", "\u00a0%")
    found.globals |= {
        "day": say_day,
        "count": counted,
        "number": "{:,}".format,
        "percent": lambda share: round(100 * share),
        "svg": written,
        "links": lambda picture: sum(1 for _ in picture.iter("a")),
        "target": _target,
        "scale": SCALE,
    }
    return found


def asset(name: str, *packages: str) -> str:
    """Read a text that comes with the first of some packages that has it."""
    for package in packages:
        file = resources.files(package).joinpath(name)
        if file.is_file():
            return file.read_text("utf-8").replace("\r\n", "\n")
    raise FileNotFoundError(name)


def written(picture: Element) -> str:
    """Write a tree of elements, escaped, so that text in it stays text."""
    # A ">" in it is written as an entity, so that what is shortened here ends an element for sure.
    return tostring(picture, encoding="unicode").replace(" />", "/>")


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _harmless(value: Any) -> Any:
    # Every text that the page shows goes through here, so that none can be forgotten. What is
    # markup already (`safe` in the templates) is ours: styles, script, policy and drawings.
    if isinstance(value, str) and not hasattr(value, "__html__") and not value.isprintable():
        return plain(value)
    return value


def _target(href: str) -> str:
    return href if href.startswith("#") else external(href)
