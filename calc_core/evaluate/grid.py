"""A rectangular grid of points, on open axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Grid:
    """The points (x, y, …) with x from the first axis, y from the second, and so on.

    Values on the grid are arrays whose axes run in *reversed* order, ``values[…, iy, ix]``: that is
    how a picture is laid out (rows go up y, columns along x), and what plotting libraries expect.
    """

    names: tuple[str, ...]
    axes: tuple[Floats, ...]

    @classmethod
    def over(cls, ranges: Mapping[str, tuple[float, float]], count: int | Sequence[int]) -> Grid:
        """Evenly spaced points over ``{name: (low, high)}``, ``count`` along each axis."""
        counts = [count] * len(ranges) if isinstance(count, int) else list(count)
        axes = tuple(
            np.linspace(low, high, n)
            for (low, high), n in zip(ranges.values(), counts, strict=True)
        )
        return cls(tuple(ranges), axes)

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of values on the grid: the lengths of the axes, reversed."""
        return tuple(len(axis) for axis in reversed(self.axes))

    def open(self) -> dict[str, Floats]:
        """``{name: values}`` on axes that broadcast: x is (nx,), y is (ny, 1), z is (nz, 1, 1)."""
        pairs = zip(self.names, self.axes, strict=True)
        return {name: axis.reshape(-1, *[1] * k) for k, (name, axis) in enumerate(pairs)}

    def full(self) -> tuple[Floats, ...]:
        """The coordinates of every point: one array of :attr:`shape` for each variable."""
        return tuple(np.broadcast_arrays(*self.open().values()))
