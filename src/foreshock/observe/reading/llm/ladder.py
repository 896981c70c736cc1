"""The ways of asking for JSON, best first: each server knows some of them.

A server that does not know a way says so once, and is asked in the next way from then on.
"""

from __future__ import annotations

import json
from enum import IntEnum
from typing import Any

_SCHEMA = "\n\nAnswer with one JSON object of this schema and with nothing else:\n"


class Rung(IntEnum):
    """A way of asking for JSON."""

    SCHEMA = 0
    OBJECT = 1
    TEXT = 2

    def options(self, schema: str) -> dict[str, Any]:
        """Give the option of the request that asks in this way.

        Examples
        --------
        >>> Rung.OBJECT.options("{}"), Rung.TEXT.options("{}")
        ({'response_format': {'type': 'json_object'}}, {})
        """
        match self:
            case Rung.SCHEMA:
                shape = {"name": "answer", "strict": True, "schema": json.loads(schema)}
                return {"response_format": {"type": "json_schema", "json_schema": shape}}
            case Rung.OBJECT:
                return {"response_format": {"type": "json_object"}}
        return {}

    def messages(self, messages: list[dict[str, str]], schema: str) -> list[dict[str, str]]:
        """Give the messages as they are sent: with the schema in them where nothing else tells it.

        Examples
        --------
        >>> told = Rung.TEXT.messages([{"role": "system", "content": "Read."}], "{}")
        >>> print(told[0]["content"])
        Read.
        <BLANKLINE>
        Answer with one JSON object of this schema and with nothing else:
        {}
        """
        if self is Rung.SCHEMA:
            return messages
        first, *others = messages
        return [{**first, "content": first["content"] + _SCHEMA + schema}, *others]


class Ladder:
    """What one server has been found to know.

    Examples
    --------
    >>> ladder = Ladder()
    >>> ladder.down("response_format is not supported"), ladder.rung
    (True, <Rung.OBJECT: 1>)
    >>> ladder.down("unsupported parameter: temperature"), ladder.rung, ladder.sampling
    (True, <Rung.OBJECT: 1>, {'seed': 0})
    """

    def __init__(self) -> None:
        self.rung = Rung.SCHEMA
        self.limit_name = "max_tokens"
        self.sampling: dict[str, Any] = {"temperature": 0, "seed": 0}

    def down(self, complaint: str) -> bool:
        """Take one step down for a request that the server would not take; False at the foot.

        Parameters
        ----------
        complaint : str
            What the server says. Where it names a setting that it does not know, that one is left
            out or called by its other name; where it names none, JSON is asked for otherwise.
        """
        for name in self.sampling:
            if name in complaint:
                del self.sampling[name]
                return True
        if self.limit_name == "max_tokens" and "max_completion_tokens" in complaint:
            self.limit_name = "max_completion_tokens"
            return True
        if self.rung is Rung.TEXT:
            return False
        self.rung = Rung(self.rung + 1)
        return True
