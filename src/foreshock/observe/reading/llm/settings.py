"""Which model to ask, where it runs, and how much it may take: from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from ipaddress import ip_address
from math import inf
from typing import Any, Self
from urllib.parse import urlsplit

from foreshock.core.errors import ModelNotSet

_PREFIX = "FORESHOCK_LLM_"
BASE_URL = f"{_PREFIX}BASE_URL"
MODEL = f"{_PREFIX}MODEL"
API_KEY = f"{_PREFIX}API_KEY"

_PORTS = {"http": 80, "https": 443}
_PAGE = "docs/reading-models.md"


@dataclass(frozen=True, slots=True)
class Host:
    """The machine to which text would go.

    Examples
    --------
    >>> str(Host("https", "models.example", 443)), Host("http", "127.0.0.1", 8080).is_local
    ('https://models.example:443', True)
    """

    scheme: str
    name: str
    port: int

    @classmethod
    def parse(cls, address: str) -> Self:
        """Take the host out of an address.

        Raises
        ------
        ValueError
            Saying what is wrong with the address, without repeating it.

        Examples
        --------
        >>> str(Host.parse("https://Models.example/v1"))
        'https://models.example:443'
        """
        try:
            parts = urlsplit(address)
            name = (parts.hostname or "").encode("idna").decode("ascii").lower()
            port = parts.port or _PORTS.get(parts.scheme, 0)
        except (ValueError, UnicodeError):
            raise ValueError("is no address of the web") from None
        if parts.scheme not in _PORTS or not name:
            raise ValueError("is no address of the web")
        if parts.username is not None or parts.password is not None:
            raise ValueError(f"holds a name or a password; a key belongs into {API_KEY}")
        if parts.query or parts.fragment:
            raise ValueError("goes on after the path, with ? or #")
        return cls(parts.scheme, name, port)

    @property
    def is_local(self) -> bool:
        """Whether it is this machine: ``localhost`` or a loopback address."""
        if self.name == "localhost":
            return True
        try:
            return ip_address(self.name).is_loopback
        except ValueError:
            return False

    @property
    def is_open(self) -> bool:
        """Whether text travels to it unencrypted over a network."""
        return self.scheme == "http" and not self.is_local

    def __str__(self) -> str:
        """Write scheme, host and port, as the user confirms them."""
        name = f"[{self.name}]" if ":" in self.name else self.name
        return f"{self.scheme}://{name}:{self.port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A model and how to reach it.

    Parameters
    ----------
    base_url : str
        Address of an OpenAI-compatible interface, such as ``http://localhost:11434/v1``.
    model : str
        Name of the model, as its server knows it.
    api_key : str
        The right to ask; may be empty for a server on this machine. It is shown nowhere.
    """

    base_url: str
    model: str
    api_key: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        """Refuse an address that is none, before anything is sent."""
        host = self.host
        if not self.model.strip():
            raise _unset(MODEL, "the name of the model, as its server knows it")
        if not self.api_key and not host.is_local:
            raise _unset(API_KEY, f"the key with which {host} may be asked")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read the settings from environment variables.

        Parameters
        ----------
        environment : mapping
            ``FORESHOCK_LLM_BASE_URL``, ``FORESHOCK_LLM_MODEL`` and ``FORESHOCK_LLM_API_KEY``.

        Raises
        ------
        ModelNotSet
            Naming the variable that is missing or wrong.

        Examples
        --------
        >>> Settings.from_environment({})
        Traceback (most recent call last):
        foreshock.core.errors.ModelNotSet: FORESHOCK_LLM_BASE_URL: is not set. Expected: ...
        """
        base_url = environment.get(BASE_URL, "").strip()
        if not base_url:
            raise _unset(
                BASE_URL, "the address of a model's server, such as http://localhost:11434/v1"
            )
        return cls(
            base_url=base_url,
            model=environment.get(MODEL, "").strip(),
            api_key=environment.get(API_KEY, "").strip(),
        )

    @property
    def host(self) -> Host:
        """The machine to which text would go."""
        # The address itself is never repeated in a message: it may hold a password.
        try:
            return Host.parse(self.base_url)
        except ValueError as error:
            raise ModelNotSet(
                str(error),
                BASE_URL,
                "an address such as http://localhost:11434/v1",
                f"mend it; see {_PAGE}",
            ) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a model may take for one document.

    Parameters
    ----------
    request_seconds : float
        For one answer.
    document_seconds : float
        For all answers together, waits and retries included.
    document_tokens : int
        Tokens sent and received for one document, as the server counts them, else as estimated.
    answer_tokens : int
        Longest answer that is asked for.
    answer_bytes : int
        Longest answer that is taken in.
    retries : int
        How often a request is sent again after 408, 409, 429, 5xx or a lost connection.
    retry_seconds : float
        Longest wait that a server may ask for before a retry.
    chunk_characters : int
        Longest stretch of a document that is asked about at a time.
    batch : int
        Most statements that are coded in one request.
    """

    request_seconds: float = 120.0
    document_seconds: float = 900.0
    document_tokens: int = 200_000
    answer_tokens: int = 8_000
    answer_bytes: int = 1_000_000
    retries: int = 3
    retry_seconds: float = 60.0
    chunk_characters: int = 6_000
    batch: int = 20

    def __post_init__(self) -> None:
        """Refuse limits under which nothing could be read."""
        for name in self.__slots__:
            value = getattr(self, name)
            if not 0 <= value < inf or (value == 0 and name not in {"retries", "retry_seconds"}):
                raise ModelNotSet(
                    f"{value} is no limit", f"{_PREFIX}{name.upper()}", "a number above zero"
                )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read limits from environment variables, called ``FORESHOCK_LLM_`` and the limit's name.

        Raises
        ------
        ModelNotSet
            Naming the variable that holds no number above zero.

        Examples
        --------
        >>> Limits.from_environment({"FORESHOCK_LLM_REQUEST_SECONDS": "600"}).request_seconds
        600.0
        """
        told: dict[str, Any] = {}
        for limit in fields(cls):
            variable = f"{_PREFIX}{limit.name.upper()}"
            text = environment.get(variable, "").strip()
            if not text:
                continue
            try:
                told[limit.name] = int(text) if isinstance(limit.default, int) else float(text)
            except ValueError:
                raise ModelNotSet(
                    f"{text[:40]!r} is no limit", variable, "a number above zero"
                ) from None
        return cls(**told)


def _unset(variable: str, expected: str) -> ModelNotSet:
    return ModelNotSet("is not set", variable, expected, f"set it; see {_PAGE}")
