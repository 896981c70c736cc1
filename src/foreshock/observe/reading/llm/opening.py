"""Making the model coder from what the user has set, after asking whether text may leave."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from foreshock.observe.reading.document import Document
from foreshock.observe.reading.llm.coder import LLMCoder, Progress
from foreshock.observe.reading.llm.consent import require_consent
from foreshock.observe.reading.llm.settings import Limits, Settings
from foreshock.observe.reading.resolver import Resolver


def open_model(
    resolving: Callable[[Document], Resolver],
    *,
    ask: Callable[[str], bool] | None = None,
    confirm_host: str | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
    environment: Mapping[str, str] = os.environ,
) -> LLMCoder:
    """Make the coder that asks the model set in the environment.

    Parameters
    ----------
    resolving : callable
        Gives for a document what turns its words into parties, days, places and numbers
        (`foreshock.observe.reading.resolving.resolving`).
    ask : callable, optional
        Shows a text and gives the user's yes or no; None where nobody can be asked.
    confirm_host : str, optional
        The host to which the user agrees beforehand, as given with ``--confirm-host``.
    limits : Limits, optional
    progress : callable, optional
        Told characters read and characters in all, after each stretch.
    environment : mapping
        Holds ``FORESHOCK_LLM_BASE_URL``, ``FORESHOCK_LLM_MODEL``, ``FORESHOCK_LLM_API_KEY``.

    Raises
    ------
    ModelNotSet
        Naming the variable, or the package, that is missing.
    HostNotConfirmed
        If the user does not agree to the host.

    Examples
    --------
    >>> open_model(lambda document: None, environment={})
    Traceback (most recent call last):
    foreshock.core.errors.ModelNotSet: FORESHOCK_LLM_BASE_URL: is not set. ...
    """
    settings = Settings.from_environment(environment)
    require_consent(settings.host, ask=ask, named=confirm_host, environment=environment)
    return LLMCoder(settings, resolving, limits=limits, progress=progress)
