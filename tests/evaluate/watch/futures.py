"""Whether a method looks into the future: garbage after the origin must change no bit."""

from collections.abc import Mapping, Sequence

import numpy as np

from foreshock.core.panel import Panel
from foreshock.evaluate.watch.methods import Method, told
from foreshock.evaluate.watch.windows import Window


def spoiled(panel: Panel, window: Window, seed: int = 9) -> Panel:
    """Turn everything after the origin into something else, missing values among it."""
    values = panel.values.copy()
    later = values[:, panel.column(window.origin) + 1 :]
    random = np.random.default_rng(seed)
    garbage = random.integers(0, 10**6, later.shape).astype(float)
    garbage[random.random(later.shape) < 0.2] = np.nan
    later[:] = garbage
    return Panel(
        **{name: getattr(panel, name) for name in Panel.__dataclass_fields__} | {"values": values}
    )


def see_the_future(
    methods: Mapping[str, Method],
    panel: Panel,
    windows: Sequence[Window],
    *,
    draws: int = 1000,
    seed: int = 0,
) -> list[str]:
    """Name the methods, and windows, whose forecasts differ by a bit when the future does."""

    def forecast(name: str, some: Panel, window: Window) -> bytes:
        known = some.until(window.origin).values
        return told(name, methods[name], known, window.horizons, draws, seed).tobytes()

    return [
        f"{name}, {window.name}"
        for window in windows
        for name in methods
        if forecast(name, panel, window) != forecast(name, spoiled(panel, window), window)
    ]
