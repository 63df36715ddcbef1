"""Which part of a function is looked at: the point, the ranges, and what is held still."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calc_core.errors import InputError
from calc_core.evaluate import Grid, compile_numpy
from calc_core.graph import Node, array, entries

Array = NDArray[np.float64]
Range = tuple[float, float]

# More variables than this have no axis of their own; they are held at the point's value.
MOST_AXES = 2


@dataclass(frozen=True)
class View:
    """A point, and around it the ranges of the variables that are drawn along axes.

    ``names``      the variables of f, in order;
    ``point``      a value for each;
    ``ranges``     (low, high) for each that is drawn;
    ``constants``  values of the other names in f;
    ``shown``      the variables along the axes; by default the first two.
    """

    names: tuple[str, ...]
    point: Mapping[str, float]
    ranges: Mapping[str, Range]
    constants: Mapping[str, float] = field(default_factory=dict)
    shown: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.shown:
            object.__setattr__(self, "shown", self.names[:MOST_AXES])
        for name in self.names:
            if not isfinite(self.point.get(name, float("nan"))):
                raise InputError(f"The point has no value for {name}.")
        for name in self.shown:
            low, high = self.ranges.get(name, (0.0, 0.0))
            if not (isfinite(low) and isfinite(high) and low < high):
                raise InputError(
                    f"The range of {name} is empty.", hint="The lower end comes first."
                )

    @property
    def at(self) -> Array:
        """The point as an array, (n,)."""
        return np.array([self.point[name] for name in self.names], dtype=np.float64)

    @property
    def shown_at(self) -> Array:
        """The coordinates of the point along the axes."""
        return np.array([self.point[name] for name in self.shown], dtype=np.float64)

    @property
    def shown_places(self) -> list[int]:
        """Where the shown variables stand among all."""
        return [self.names.index(name) for name in self.shown]

    @property
    def held(self) -> dict[str, float]:
        """The variables that are held still, and their values."""
        return {name: self.point[name] for name in self.names if name not in self.shown}

    @property
    def spans(self) -> Array:
        """The lengths of the ranges shown."""
        return np.array([self.ranges[name][1] - self.ranges[name][0] for name in self.shown])

    def grid(self, count: int) -> Grid:
        """Evenly spaced points over the ranges shown."""
        return Grid.over({name: self.ranges[name] for name in self.shown}, count)

    def function(self, node: Node, extent: tuple[int, ...] = ()) -> Callable[..., Array]:
        """The node as a function of the shown variables alone, with values of shape ``extent``."""
        scalars = entries(node)
        whole = array(extent, scalars) if extent else scalars[0]
        names = [*self.names, *self.constants]
        run = compile_numpy(whole, names)
        fixed = {**self.constants, **self.point}

        def of(*coordinates: Any) -> Array:
            values = {**fixed, **dict(zip(self.shown, coordinates, strict=True))}
            result: Array = run(*[values[name] for name in names])
            return result

        return of

    def over(self, f: Callable[..., Array], grid: Grid) -> Array:
        """The values of such a function on a grid of the shown variables."""
        return f(*grid.open().values())

    def here(self, f: Callable[..., Array]) -> Array:
        """The value of such a function at the point."""
        return f(*self.shown_at)


def finite(values: Iterable[float] | Array) -> bool:
    """Whether all of the values are."""
    return bool(np.isfinite(np.asarray(values)).all())
