"""The wire: one question to an OpenAI-compatible server, one answer or one error, in bounded time.

The SDK sends, retries and waits; this module sees to it that no wait, redirect, error or endless
answer of a server goes beyond what was allowed, and that no key comes out in a message. Importing
it needs the extra ``foreshock[llm]``.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

import openai
from pydantic import BaseModel, ConfigDict, ValidationError

from foreshock.core.errors import (
    AnswerUnusable,
    ModelError,
    ModelRefused,
    ModelTooSlow,
    ModelUnreachable,
)
from foreshock.observe.reading.llm.ladder import Ladder
from foreshock.observe.reading.llm.settings import API_KEY, Limits, Settings

Message = dict[str, str]

_QUOTED = 200  # characters of a server's own message that are repeated
_UNSUPPORTED = {400, 415, 422, 501}  # how servers say that they do not know a way of asking
_PAYLOAD = 413
_TOO_LONG = re.compile(r"context[ _](length|window|size)|too (long|many tokens)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model wrote.

    Parameters
    ----------
    text : str
    cut_off : bool
        Whether the model had to stop before its end, or could not take in the question at all.
    tokens : int or None
        Tokens sent and received, None where the server does not count.
    """

    text: str
    cut_off: bool = False
    tokens: int | None = None


class _Message(BaseModel):
    model_config = ConfigDict(extra="ignore")

    content: str | list[dict[str, Any]] | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    model_config = ConfigDict(extra="ignore")

    message: _Message
    finish_reason: str | None = None


class _Usage(BaseModel):
    model_config = ConfigDict(extra="ignore")

    total_tokens: int | None = None


class _Completion(BaseModel):
    """The part of a server's answer that matters; servers add fields of their own."""

    model_config = ConfigDict(extra="ignore")

    choices: list[_Choice]
    usage: _Usage | None = None


class _Stopped(openai.OpenAIError):
    """Ends an exchange from within the transport: the SDK hands it on without a retry."""

    def __init__(self, error: ModelError) -> None:
        super().__init__(str(error))
        self.error = error


class Endpoint:
    """A model on its server.

    Parameters
    ----------
    settings : Settings
    limits : Limits
    """

    def __init__(self, settings: Settings, limits: Limits) -> None:
        self.settings = settings
        self.limits = limits
        self.ladder = Ladder()
        self._deadline = 0.0
        host = settings.host
        # The account that is set for OpenAI is no other server's affair.
        unsaid: Any = openai.Omit()
        self._client = openai.OpenAI(
            base_url=settings.base_url,
            api_key=settings.api_key or "none",
            max_retries=limits.retries,
            timeout=limits.request_seconds,
            default_headers={
                "OpenAI-Organization": unsaid,
                "OpenAI-Project": unsaid,
                "Accept-Encoding": "identity",  # bytes counted are bytes that unfold to no more
            },
            http_client=openai.DefaultHttpxClient(
                follow_redirects=False,
                trust_env=not host.is_local,  # no proxy between us and ourselves
                # Certificates take a while to load, and plain talk with ourselves has none.
                verify=host.scheme == "https" or not host.is_local,
                event_hooks={"request": [self._hurry], "response": [self._bound]},
            ),
        )

    def ask(self, messages: list[Message], schema: str, deadline: float) -> Reply:
        """Ask once, in the best way that the server knows.

        Parameters
        ----------
        messages : list of dict
            As the interface has them: ``role`` and ``content``.
        schema : str
            JSON schema of the answer.
        deadline : float
            When to give up at the latest, on the clock of `time.monotonic`.

        Raises
        ------
        ModelUnreachable, ModelTooSlow, ModelRefused, AnswerUnusable
        """
        self._deadline = deadline
        known = self.ladder.rung
        while True:
            rung = self.ladder.rung
            try:
                return _reply(self._send(rung.messages(messages, schema), rung.options(schema)))
            except openai.APIStatusError as error:
                if _is_too_long(error):
                    return Reply("", cut_off=True)
                if error.status_code in _UNSUPPORTED:
                    if self.ladder.down(error.message):
                        continue
                    self.ladder.rung = known  # it was something else that it did not like
                raise self._told(error) from None
            except openai.APITimeoutError:
                raise self._too_slow() from None
            except openai.APIConnectionError as error:
                cause = type(error.__cause__).__name__ if error.__cause__ else "no connection"
                raise ModelUnreachable(
                    f"cannot be reached ({cause})",
                    str(self.settings.host),
                    mend="see whether the server runs and the address is right",
                ) from None
            except _Stopped as stopped:
                raise stopped.error from None

    def _send(self, messages: list[Message], options: dict[str, Any]) -> str:
        create: Any = self._client.chat.completions.with_raw_response.create
        response = create(
            model=self.settings.model,
            messages=messages,
            timeout=self._left(),
            **{self.ladder.limit_name: self.limits.answer_tokens},
            **self.ladder.sampling,
            **options,
        )
        return str(response.text)

    def _left(self) -> float:
        return max(0.001, min(self.limits.request_seconds, self._deadline - time.monotonic()))

    def _hurry(self, request: Any) -> None:
        # Called before each try: a retry gets no more time than is left.
        if time.monotonic() >= self._deadline:
            raise _Stopped(self._too_slow())
        request.extensions["timeout"] = dict.fromkeys(
            ("connect", "read", "write", "pool"), self._left()
        )

    def _bound(self, response: Any) -> None:
        # Called when the head of an answer is there, before its body is read.
        if response.headers.get("content-encoding", "identity") != "identity":
            raise _Stopped(self._unusable("comes packed, though plain text was asked for"))
        wait = _seconds(response.headers)
        if wait > min(self.limits.retry_seconds, self._deadline - time.monotonic()):
            response.headers["x-should-retry"] = "false"  # heeded by the SDK
        started, stream = time.monotonic(), response.stream
        kind = next(base for base in type(stream).__mro__ if base.__name__ == "SyncByteStream")

        def body(_: Any) -> Iterator[bytes]:
            taken = 0
            for piece in stream:
                taken += len(piece)
                if taken > self.limits.answer_bytes:
                    raise _Stopped(
                        self._unusable(f"is longer than {self.limits.answer_bytes:,} bytes")
                    )
                now = time.monotonic()
                if now > self._deadline or now - started > self.limits.request_seconds:
                    raise _Stopped(self._too_slow())
                yield piece

        metered = type("Metered", (kind,), {"__iter__": body, "close": lambda _: stream.close()})
        response.stream = metered()

    def _too_slow(self) -> ModelTooSlow:
        return ModelTooSlow(
            "no answer in the time that was allowed",
            str(self.settings.host),
            mend="allow more time, or ask a faster model",
        )

    def _unusable(self, what: str) -> AnswerUnusable:
        return AnswerUnusable(f"the answer {what}", str(self.settings.host))

    def _told(self, error: openai.APIStatusError) -> ModelError:
        """Say what a status means, with the server's own words as far as they give nothing away."""
        host, status = str(self.settings.host), error.status_code
        if 300 <= status < 400:
            return ModelUnreachable(
                f"sends us elsewhere (status {status}); nothing was sent there",
                host,
                mend="set the address at which it answers itself",
            )
        said = _first_line(error.message, self.settings.api_key)
        if status in {401, 403}:
            mend = f"see whether {API_KEY} is right for this host"
        elif status == 404:
            mend = "see whether the address ends as the server's manual says, and the model's name"
        elif status == 429:
            mend = "wait, or see what your account allows"
        else:
            mend = "try again later" if status >= 500 else "see the server's manual"
        return ModelUnreachable(f"answers with status {status} ({said})", host, mend=mend)


def _reply(body: str) -> Reply:
    """Take the model's words out of a server's answer."""
    try:
        completion = _Completion.model_validate_json(body)
        choice = completion.choices[0]
    except (ValidationError, IndexError):
        raise AnswerUnusable(
            "the server's answer is no chat completion",
            mend="see whether the address is that of an OpenAI-compatible interface",
        ) from None
    content = choice.message.content
    if isinstance(content, list):  # some servers give it in parts
        content = "".join(str(part.get("text", "")) for part in content)
    if choice.message.refusal or choice.finish_reason == "content_filter":
        raise ModelRefused(
            f"the model declined to read the text ({_first_line(choice.message.refusal or '')})"
        )
    tokens = completion.usage.total_tokens if completion.usage else None
    return Reply(content or "", cut_off=choice.finish_reason == "length", tokens=tokens)


def _is_too_long(error: openai.APIStatusError) -> bool:
    """Whether a server says that it was sent more than its model can take in."""
    if error.status_code == _PAYLOAD:
        return True
    return error.status_code in _UNSUPPORTED and _TOO_LONG.search(error.message) is not None


def _seconds(headers: Any) -> float:
    """Give the wait that a server asks for, 0 where it asks for none."""
    said = headers.get("retry-after", "0")
    try:
        return float(said)
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(said).timestamp() - time.time()
    except (ValueError, OverflowError):
        return 0.0


def _first_line(text: str, secret: str = "") -> str:
    if secret:
        text = text.replace(secret, "***")
    line = " ".join(text.split())[:_QUOTED]
    return json.dumps(line, ensure_ascii=False)[1:-1] or "no reason given"
