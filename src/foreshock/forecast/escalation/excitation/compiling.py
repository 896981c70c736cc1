"""Compiling inner loops: on the first call, kept on disk, never while a module loads."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


def compiled(function: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
    """Let numba compile a function when it is first called, and keep the outcome on disk.

    Floating-point arithmetic is left in the order in which it is written (no ``fastmath``), so that
    a plain-numpy twin agrees to rounding and a run repeats bit by bit.

    Examples
    --------
    >>> @compiled
    ... def twice(x):
    ...     return 2 * x
    >>> twice.py_func(4)
    8
    """
    return cast(Callable[_Arguments, _Result], numba.njit(cache=True)(function))
