"""Asking until an answer has its shape: first the cache, then the model, twice again at most."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from foreshock.core.errors import AnswerUnusable, BudgetSpent
from foreshock.observe.reading.llm.answers import (
    Coding,
    CutOff,
    Propositions,
    read_answer,
    schema,
)
from foreshock.observe.reading.llm.cache import AnswerCache
from foreshock.observe.reading.llm.prompt import Question, version

if TYPE_CHECKING:
    from foreshock.observe.reading.llm.endpoint import Endpoint, Message, Reply

Shape = TypeVar("Shape", Propositions, Coding)

REASKED = 2
"""How often a model is told what is wrong with its answer before it is given up."""

_REPEATED = 20_000  # characters of a faulty answer that are shown to the model again

_CHARACTERS_A_TOKEN = 3
"""For estimates: English takes about four characters a token, other scripts fewer."""


class Asking:
    """The questions of one document, with what they may take together.

    Parameters
    ----------
    endpoint : Endpoint
    cache : AnswerCache
    """

    def __init__(self, endpoint: Endpoint, cache: AnswerCache) -> None:
        self._endpoint = endpoint
        self._cache = cache
        self.limits = endpoint.limits
        self._deadline = time.monotonic() + self.limits.document_seconds
        self.tokens = 0
        self.requests = 0
        self.unkept = False

    def ask(
        self,
        question: Question,
        shape: type[Shape],
        faults: Callable[[Shape], str] = lambda answer: "",
    ) -> Shape:
        """Get an answer of the right shape.

        Parameters
        ----------
        question : Question
        shape : type
            `Propositions` or `Coding`.
        faults : callable, optional
            Says what else is wrong with an answer, empty for nothing. The model is asked once to
            mend it; what is still wrong then is for the caller to leave out.

        Raises
        ------
        CutOff
            If the answer, or the question, is too long for the model.
        ModelError
            If there is no answer, or none of the shape after asking again.
        """
        key = self._key(question)
        kept = self._cache.get(key)
        if kept is not None:
            try:
                return read_answer(shape, kept)
            except AnswerUnusable:
                pass  # a damaged entry: ask again, and write it anew
        answer = self._fresh(question, shape, faults)
        if not self._cache.put(key, answer.model_dump_json()):
            self.unkept = True
        return answer

    def _fresh(
        self, question: Question, shape: type[Shape], faults: Callable[[Shape], str]
    ) -> Shape:
        messages: list[Message] = [
            {"role": "system", "content": question.task},
            {"role": "user", "content": question.data},
        ]
        best: Shape | None = None
        left = REASKED
        while True:
            reply = self._send(messages, schema(shape))
            if reply.cut_off:
                raise CutOff("the model could not finish its answer")
            try:
                answer = read_answer(shape, reply.text)
            except AnswerUnusable as error:
                if best is not None:
                    return best
                if not left:
                    raise
                wrong = str(error)
            else:
                wrong = faults(answer)
                if not (wrong and left and best is None):
                    return answer
                best = answer
            left -= 1
            messages = [
                *messages[:2],
                {"role": "assistant", "content": reply.text[:_REPEATED]},
                {"role": "user", "content": f"That cannot be used: {wrong} Answer again, whole."},
            ]

    def _send(self, messages: list[Message], wanted: str) -> Reply:
        sent = sum(len(message["content"]) for message in messages) + len(wanted)
        estimate = sent // _CHARACTERS_A_TOKEN
        left = self.limits.document_tokens - self.tokens
        if estimate > left:
            raise BudgetSpent(
                f"the next question takes about {estimate:,} tokens, and {max(left, 0):,} of"
                f" {self.limits.document_tokens:,} are left for the document",
                mend="allow more tokens for a document, or cut it up",
            )
        self.requests += 1
        reply = self._endpoint.ask(messages, wanted, self._deadline)
        said = estimate + len(reply.text) // _CHARACTERS_A_TOKEN
        self.tokens += said if reply.tokens is None else max(reply.tokens, 0)
        return reply

    def _key(self, question: Question) -> str:
        settings = self._endpoint.settings
        return AnswerCache.key(
            {
                "prompt": version(),
                "task": question.task,
                "data": question.data,
                "schema": schema(question.shape),
                "base_url": settings.base_url,
                "model": settings.model,
                "answer_tokens": self.limits.answer_tokens,
                "temperature": 0,
                "seed": 0,
            }
        )
