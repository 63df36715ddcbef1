"""f, its gradient and its Hessian on a 200×200 grid: the graph's reader beside sympy.lambdify.

``python benchmarks/evaluating.py`` prints, for each function, the median milliseconds to prepare
and to run: the programme of :mod:`calc_core.evaluate` on open axes, the same programme written out
as Python source and compiled (which is why it is not done so), and six separate ``lambdify`` calls
on full and on open grids.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from statistics import median
from sys import path
from time import perf_counter
from typing import Any

import numpy as np
import sympy as sp

path.insert(0, str(Path(__file__).resolve().parents[1]))

from calc_core.evaluate import Grid, compile_numpy
from calc_core.evaluate.arrays import _programme
from calc_core.graph import E, Node, add, fn, mul, num, power, sym

X, Y = sp.symbols("x y", real=True)
FUNCTIONS = [
    X**3 * Y - 2 * X * Y**2 + Y,
    sp.exp(-(X**2 + Y**2) / 2) * sp.sin(X * Y) + X**3 * sp.cos(Y),
    sp.log(1 + X**2 + Y**2) * sp.atan(X - Y),
    X * sp.exp(-(X**2) - Y**2),
    sp.sin(3 * X) * sp.cos(2 * Y) / (1 + X**2 * Y**2),
]
GRID = Grid.over({"x": (-3, 3), "y": (-3, 3)}, 200)


def as_node(expression: Any) -> Node:
    """The graph of a SymPy expression, as it stands."""
    if expression.is_Rational:
        return num(Fraction(int(expression.p), int(expression.q)))
    if expression.is_Symbol:
        return sym(expression.name)
    parts = [as_node(part) for part in expression.args]
    if expression.is_Add:
        return add(*parts)
    if expression.is_Mul:
        return mul(*parts)
    if expression.is_Pow:
        return power(*parts)
    if isinstance(expression, sp.exp):
        return power(E, parts[0])
    return fn({"log": "ln"}.get(expression.func.__name__, expression.func.__name__), *parts)


def as_source(roots: list[Node]) -> Callable[..., Any]:
    """The programme of the roots as straight-line Python: for comparison only, never in the app."""
    programme = _programme(roots, ["x", "y"])
    scope: dict[str, Any] = {f"c{k}": v for k, v in enumerate(programme.memory)}
    fixed = [f" u{k + 2} = c{k}" for k, v in enumerate(programme.memory) if v is not None]
    lines = ["def run(u0, u1):", *fixed]
    for number, (operation, slots, target) in enumerate(programme.code):
        scope[f"f{number}"] = operation
        if operation in (np.add, np.multiply):
            sign = "+" if operation is np.add else "*"
            lines.append(f" u{target} = u{slots[0]} {sign} u{slots[1]}")
        else:
            lines.append(f" u{target} = f{number}({', '.join(f'u{k}' for k in slots)})")
    lines.append(f" return {', '.join(f'u{k}' for k in programme.results)}")
    exec(compile("\n".join(lines), "benchmark", "exec"), scope)  # noqa: S102
    run: Callable[..., Any] = scope["run"]
    return run


def milliseconds(task: Callable[[], Any], times: int = 25) -> float:
    """The median time of one call."""
    task()
    taken = []
    for _ in range(times):
        start = perf_counter()
        task()
        taken.append(perf_counter() - start)
    return 1e3 * median(taken)


def times_of(f: Any) -> list[float]:
    """The row of f: milliseconds for each column."""
    x, y = GRID.open().values()
    full = np.meshgrid(*GRID.axes)
    gradient = [sp.diff(f, v) for v in (X, Y)]
    expressions = [f, *gradient, sp.diff(f, X, X), sp.diff(f, X, Y), sp.diff(f, Y, Y)]
    roots = [as_node(e) for e in expressions]
    function = compile_numpy(roots, ["x", "y"])
    source = as_source(roots)
    separate = [sp.lambdify((X, Y), e) for e in expressions]
    for ours, theirs in zip(function(x, y), separate, strict=True):
        np.testing.assert_allclose(ours, theirs(*full) + 0 * full[0], rtol=1e-9, atol=1e-9)
    return [
        milliseconds(lambda: compile_numpy(roots, ["x", "y"])),
        milliseconds(lambda: as_source(roots)),
        milliseconds(lambda: [sp.lambdify((X, Y), e) for e in expressions], 5),
        milliseconds(lambda: function(x, y)),
        milliseconds(lambda: source(x, y)),
        milliseconds(lambda: [g(*full) for g in separate]),
        milliseconds(lambda: [g(x, y) for g in separate]),
    ]


def main() -> None:
    """Print the table."""
    columns = ["prepare", "source", "lambdify", "run", "source", "lambdify", "lambdify open"]
    print("| f | " + " | ".join(columns) + " |")
    print("|---|" + "---:|" * len(columns))
    for f in FUNCTIONS:
        print(f"| {f} | " + " | ".join(f"{t:.2f}" for t in times_of(f)) + " |")


if __name__ == "__main__":
    main()
