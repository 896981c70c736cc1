"""Answers kept on disk, so that the same text is asked about once.

An entry is named by what was asked: the words of the question, the model, its host and the way of
asking. It holds the answer alone: neither the text that was sent nor a key.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from foreshock.case.home import home
from foreshock.core.digest import canonical
from foreshock.core.errors import ForeshockError
from foreshock.core.files import write_whole


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    asked: str
    answer: str


class AnswerCache:
    """A folder of answers.

    Parameters
    ----------
    folder : pathlib.Path, optional
        Where they are kept; in the user's data folder if left out.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     kept = AnswerCache(Path(folder))
    ...     done = kept.put(AnswerCache.key({"model": "m"}), "an answer")
    ...     kept.get(AnswerCache.key({"model": "m"})), kept.get(AnswerCache.key({"model": "n"}))
    ('an answer', None)
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder if folder is not None else home() / "model-answers"

    @staticmethod
    def key(asked: Mapping[str, object]) -> str:
        """Name a question by all that makes it what it is: the whole SHA-256 of its parts."""
        return hashlib.sha256(canonical(dict(asked)).encode("utf-8", "surrogatepass")).hexdigest()

    def get(self, key: str) -> str | None:
        """Give the answer to a question; None if there is none, or none that can be read."""
        try:
            entry = _Entry.model_validate_json(self._file(key).read_bytes())
        except (OSError, ValidationError):
            return None
        return entry.answer if entry.asked == key else None

    def put(self, key: str, answer: str) -> bool:
        """Keep an answer, whole or not at all; False where the disk does not take it."""
        file = self._file(key)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(file, json.dumps({"asked": key, "answer": answer}) + "\n")
        except (OSError, ForeshockError):
            return False
        return True

    def _file(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"
