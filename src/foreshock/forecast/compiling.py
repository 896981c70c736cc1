"""How inner loops run: compiled on the first call and kept on disk, and each on one thread."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

import numba
from threadpoolctl import ThreadpoolController

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


def compiled(function: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
    """Let numba compile a function when it is first called, and keep the outcome on disk.

    Floating-point arithmetic is left in the order in which it is written (no ``fastmath``), so that
    a plain-numpy twin agrees to rounding and a run repeats bit by bit. The outcome is kept beside
    the file of the function, or in numba's cache folder where that cannot be written to. Division
    by 0 gives infinity or no number, as in numpy, for the caller to refuse.

    Examples
    --------
    >>> from foreshock.forecast.escalation.excitation.simulate import count_at
    >>> count_at(0.99, 2.0, 0.5)  # compiled here, if no run before this one has done so
    9
    """
    return cast(
        Callable[_Arguments, _Result], numba.njit(cache=True, error_model="numpy")(function)
    )


def compiled_whole(function: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
    """Let numba compile a function into whatever calls it, without counting references.

    For loops of small steps that hand the same dozens of arrays on and on. Counting who holds an
    array takes several times as long as such a step, and is of no use where nothing is allocated;
    so such a function may allocate nothing, and what it works on must be given to it.

    Examples
    --------
    >>> import numpy as np
    >>> from foreshock.forecast.displacement.movement.draws import uniform
    >>> 0 <= uniform(np.array([7], np.uint64)) < 1
    True
    """
    return cast(Callable[_Arguments, _Result], _lean(forceinline=True)(function))


def compiled_apart(function: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
    """Let numba compile a function as `compiled_whole` does, but once, to be called.

    For what is large, called from many places and given little.

    Examples
    --------
    >>> import numpy as np
    >>> from foreshock.forecast.displacement.movement.draws import binomial
    >>> 0 <= binomial(np.array([7], np.uint64), 1_000, 0.5) <= 1_000
    True
    """
    return cast(Callable[_Arguments, _Result], _lean(forceinline=False)(function))


def _lean(*, forceinline: bool) -> Callable[..., Any]:
    # numba's own switch for code without reference counts has no public name.
    options: dict[str, Any] = {"forceinline": forceinline, "nogil": True, "_nrt": False}
    return cast(Callable[..., Any], numba.njit(cache=True, error_model="numpy", **options))


@functools.cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()


def single_threaded(function: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
    """Let linear algebra inside a function use one thread.

    Thousands of products of small matrices gain nothing from more, wait for each other on a busy
    machine, and could differ in their last bits with the number of cores.

    Examples
    --------
    >>> @single_threaded
    ... def product(x):
    ...     return x @ x
    >>> import numpy as np
    >>> product(np.ones(3))
    np.float64(3.0)
    """

    @functools.wraps(function)
    def limited(*arguments: _Arguments.args, **named: _Arguments.kwargs) -> _Result:
        with _controller().limit(limits=1):
            return function(*arguments, **named)

    return limited
