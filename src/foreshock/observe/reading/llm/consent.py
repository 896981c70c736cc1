"""Leave to send text to another machine: asked once for each host, and written down.

The word of the user is kept in a small file beside the stores. Only a host is agreed to, never
a key or a text; ``http`` and ``https`` of one machine are two hosts, for one of them is open.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from foreshock.case.home import home
from foreshock.core.errors import HostNotConfirmed
from foreshock.core.files import write_whole
from foreshock.observe.reading.llm.settings import Host

CONFIRM_VARIABLE = "FORESHOCK_LLM_CONFIRM_HOST"
CONFIRM_OPTION = "--confirm-host"


class _Confirmed(BaseModel):
    """The file of agreed hosts: each with the instant at which the user agreed."""

    model_config = ConfigDict(extra="forbid", strict=True)

    hosts: dict[str, str]


def consent_file() -> Path:
    """Give the file in which agreed hosts are kept."""
    return home() / "model-hosts.json"


def is_confirmed(host: Host) -> bool:
    """Tell whether text may go to a host: it is this machine, or the user once agreed to it.

    Examples
    --------
    >>> is_confirmed(Host("http", "localhost", 8080))
    True
    """
    return host.is_local or str(host) in _read()


def warning(host: Host) -> str:
    """Say what is about to happen, for the user to agree to.

    Examples
    --------
    >>> print(warning(Host("http", "models.example", 80)))
    The text of what you read will leave this machine for http://models.example:80.
    WARNING: the way there is not encrypted. Whoever sits on it can read and change the text,
    the answers and your key. Use https unless you know the network.
    """
    text = f"The text of what you read will leave this machine for {host}."
    if host.is_open:
        text += (
            "\nWARNING: the way there is not encrypted. Whoever sits on it can read and change"
            " the text,\nthe answers and your key. Use https unless you know the network."
        )
    return text


def require_consent(
    host: Host,
    *,
    ask: Callable[[str], bool] | None = None,
    named: str | None = None,
    environment: Mapping[str, str] = os.environ,
) -> None:
    """See to it that the user has agreed to a host, asking once if they can be asked.

    Parameters
    ----------
    host : Host
        Where text would go.
    ask : callable, optional
        Shows the warning and gives the user's yes or no; None where nobody sits before a screen.
    named : str, optional
        The host as the user wrote it beside ``--confirm-host``; else
        ``FORESHOCK_LLM_CONFIRM_HOST`` is looked at. ``--yes`` agrees to no host.

    Raises
    ------
    HostNotConfirmed
        If nobody agreed, or another host was named than the one that is set.

    Examples
    --------
    >>> require_consent(Host("https", "models.example", 443), environment={})
    Traceback (most recent call last):
    foreshock.core.errors.HostNotConfirmed: nobody has agreed ... https://models.example:443. ...
    """
    if is_confirmed(host):
        return
    said = named or environment.get(CONFIRM_VARIABLE, "").strip()
    if said:
        if not _is(said, host):
            raise HostNotConfirmed(
                f"you agreed to {said[:200]!r}, but text would go to {host}",
                mend=f"name the host in full, as in {CONFIRM_OPTION} {host}, or mend the address",
            )
    elif ask is None or not ask(warning(host)):
        raise HostNotConfirmed(
            f"nobody has agreed that text may leave this machine for {host}",
            mend=f"add {CONFIRM_OPTION} {host} once, or set {CONFIRM_VARIABLE}={host}"
            + (" (the way there is not encrypted: better use https)" if host.is_open else ""),
        )
    _write({**_read(), str(host): datetime.now(UTC).isoformat(timespec="seconds")})


def _is(said: str, host: Host) -> bool:
    try:
        return Host.parse(said) == host
    except ValueError:
        return False


def _read() -> dict[str, str]:
    # A file that cannot be read agrees to nothing: the user is asked again.
    try:
        return _Confirmed.model_validate_json(consent_file().read_bytes()).hosts
    except (OSError, ValidationError):
        return {}


def _write(hosts: Mapping[str, str]) -> None:
    file = consent_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, json.dumps({"hosts": dict(hosts)}, indent=1, sort_keys=True) + "\n")
