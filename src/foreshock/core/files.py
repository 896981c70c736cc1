"""Files: what is no file is refused; one is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from foreshock.core.errors import ForeshockError


def check_target(file: Path) -> None:
    """Refuse what cannot become a file, before any work is done for it.

    Parameters
    ----------
    file : pathlib.Path
        Where something is to be written.

    Raises
    ------
    ForeshockError
        If it is a folder or a device, or in a folder that is not there.

    Examples
    --------
    >>> check_target(Path("."))
    Traceback (most recent call last):
    foreshock.core.errors.ForeshockError: .: is a folder. Mend: name a file in it.
    """
    if file.is_dir():
        raise ForeshockError("is a folder", where=str(file), mend="name a file in it")
    if file.exists() and not file.is_file():
        raise ForeshockError("is not a file", where=str(file), mend="name a file")
    if not file.parent.is_dir():
        raise ForeshockError(
            "there is no such folder", where=str(file.parent), mend="make it, or name another"
        )


def check_source(file: Path) -> None:
    """Refuse to read what is there and is no plain file: a pipe or a device may never end.

    Raises
    ------
    ForeshockError

    Examples
    --------
    >>> check_source(Path("/dev/null"))
    Traceback (most recent call last):
    foreshock.core.errors.ForeshockError: /dev/null: is not a plain file. Mend: name a file; what \
comes from a pipe or a device, write to one first.
    """
    if file.exists() and not file.is_file():
        raise ForeshockError(
            "is not a plain file",
            where=str(file),
            mend="name a file; what comes from a pipe or a device, write to one first",
        )


def write_whole(file: Path, content: str | bytes) -> None:
    """Write a file so that a reader finds the old file or the new one, never a part.

    Parameters
    ----------
    file : pathlib.Path
        Where to; a file that is there is replaced, and a link goes on pointing to its target.
    content : str or bytes
        Text is written as UTF-8, with its line ends as they are.

    Raises
    ------
    ForeshockError
        If it cannot be written; what was there is still there then.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_whole(Path(folder, "a.txt"), "whole")
    ...     Path(folder, "a.txt").read_text()
    'whole'
    """
    check_target(file)
    target = file.resolve()
    draft = target.with_name(f".foreshock-{os.getpid()}.part")
    raw = content.encode() if isinstance(content, str) else content
    try:
        draft.write_bytes(raw)
        if target.exists():
            draft.chmod(target.stat().st_mode)
        draft.replace(target)
    except OSError as error:
        raise ForeshockError(
            f"cannot be written ({error.strerror})",
            where=str(file),
            mend="name a file in a folder that may be written and has room",
        ) from error
    finally:
        draft.unlink(missing_ok=True)
