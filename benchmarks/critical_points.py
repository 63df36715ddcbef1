"""Certified critical points beside sympy.solve on the gradient.

``python benchmarks/critical_points.py`` searches the box (−5, 5)ⁿ for every function, and asks
``sympy.solve`` for the zeros of the gradient, in a process of its own that is stopped after ten
seconds.  Ours: the certified points, the degenerate ones that are reported as undecided, whether
the list is proved to be complete, and the median time of five searches, reading the text and
differentiating included.  SymPy: how many real solutions in the same box it returns, its time, and
how many of our certified points are not among them.  A solution with a free symbol in it (a curve
of critical points) counts as one.

A second table is about functions that no search gets to the end of, with one second for each: how
long it takes until the answer is there, what is proved by then, and that the rest is said to be
undecided.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from statistics import median
from sys import path
from time import perf_counter
from typing import Any

import sympy as sp

path.insert(0, str(Path(__file__).resolve().parents[1]))

from calc_core import critical_points, parse
from calc_core.geometry.critical import CriticalPoints
from calc_core.run import TookTooLong, WorkerFailed, run, warm
from calc_core.sympy_bridge import to_sympy

SECONDS = 10.0
TARGET = 0.5
# Real roots that are written with complex radicals come out with an imaginary part of this order.
ROUNDING = 1e-12
FUNCTIONS = {
    "Himmelblau": "(x^2+y-11)^2 + (x+y^2-7)^2",
    "Rosenbrock": "(1-x)^2 + 100(y-x^2)^2",
    "six-hump camel": "(4-2.1x^2+x^4/3)x^2 + x y + (-4+4y^2)y^2",
    "Beale": "(1.5-x+x y)^2 + (2.25-x+x y^2)^2 + (2.625-x+x y^3)^2",
    "McCormick": "sin(x+y) + (x-y)^2 - 1.5x + 2.5y + 1",
    "Rastrigin": "20 + x^2 + y^2 - 10(cos(2 pi x) + cos(2 pi y))",
    "peaks": "3(1-x)^2 e^(-x^2-(y+1)^2) - 10(x/5-x^3-y^5) e^(-x^2-y^2) - 1/3 e^(-(x+1)^2-y^2)",
    "folium": "x^3 - 3x y + y^3",
    "two wells": "x^4 + y^4 - 4x y + 1",
    "lemniscate": "(x^2+y^2)^2 - 2(x^2-y^2)",
    "cubic, Stewart 14.7": "y^3 + 3x^2 y - 6x^2 - 6y^2 + 2",
    "two minima only": "(x^2-1)^2 + (x^2 y-x-1)^2",
    "egg box": "sin(x) sin(y)",
    "sum of sines": "sin(x) + sin(y) + sin(x+y)",
    "bump and dent": "x e^(-x^2-y^2)",
    "product with decay": "x y e^(-x-y)",
    "rational": "x/(1+x^2+y^2)",
    "with poles": "x^2 + x y + y^2 + 3/x + 3/y",
    "logarithm": "ln(x) - x + y^2",
    "x^x": "x^x",
    "three variables": "x^2 + y^2 + z^2 - x y z",
    "three sines": "sin(x) + sin(y) + sin(z) + x y z/10",
    "monkey saddle": "x^3 - 3x y^2",
    "flat bowl": "x^4 + y^4",
    "cubes": "x^3 + y^3",
    "Peano": "(y-x^2)(y-3x^2)",
    "cross of minima": "x^2 y^2",
    "circle of minima": "(x^2+y^2-1)^2",
    "volcano": "(x^2+y^2) e^(-x^2-y^2)",
    "corner": "abs(x) + y^2",
}

LIMIT = 1.0
HARD = (
    "sin(1/x) sin(1/y)",
    "erf(x y) sin(x/y)",
    "sin(5x)^4 + sin(5y)^4",
    "sin(30x) sin(30y)",
    "tan(x y) tan(x+y)",
    "integral(sin(t x), t, 0, y)",
    "x y z w u + sin(x+y+z+w+u)",
    "x1 x2 x3 x4 x5 x6 x7 x8 + x1^2",
)


def by_sympy(text: str) -> tuple[list[tuple[float, ...]], int]:
    """The real solutions as numbers, in the order of the variables, and those with parameters."""
    expression = parse(text)
    f = to_sympy(expression.node)
    variables = [sp.Symbol(name, real=True) for name in expression.variables]
    found, curves = [], 0
    for solution in sp.solve([sp.diff(f, v) for v in variables], variables, dict=True):
        values = [sp.N(solution.get(v, v), 20) for v in variables]
        if any(value.free_symbols for value in values):
            curves += 1
        elif all(abs(sp.im(value)) <= ROUNDING * (1 + abs(value)) for value in values):
            found.append(tuple(float(sp.re(value)) for value in values))
    return found, curves


def asked_sympy(text: str) -> tuple[Any, float]:
    """What SymPy found, or a word, and its time."""
    start = perf_counter()
    try:
        answer: Any = run(by_sympy, text, seconds=SECONDS)
    except TookTooLong:
        answer = "stopped"
    except (WorkerFailed, NotImplementedError, ArithmeticError, TypeError, ValueError) as error:
        answer = type(error).__name__
    return answer, perf_counter() - start


def searched(text: str) -> tuple[CriticalPoints, float]:
    """Our result and the median time."""
    times = []
    for _ in range(5):
        start = perf_counter()
        found = critical_points(text)
        times.append(perf_counter() - start)
    return found, median(times)


def verdict(found: CriticalPoints) -> str:
    """What we say about the box as a whole."""
    if found.complete:
        return "complete"
    degenerate = sum(not p.certified for p in found)
    places = len(found.undecided_boxes)
    parts = [(degenerate, "degenerate"), (places, "undecided here")]
    return ", ".join(f"{count} {word}" for count, word in parts if count)


def row(name: str, text: str) -> str:
    """One line of the table."""
    found, ours = searched(text)
    answer, theirs = asked_sympy(text)
    certified = [p for p in found if p.certified]
    said, missed = str(answer), "all" if certified else "—"
    if isinstance(answer, tuple):
        points, curves = answer
        inside = [p for p in points if all(-5 <= v <= 5 for v in p)]
        said = f"{len(inside)}" + (f" and {curves} curves" if curves else "")
        lost = sum(not any(_same(p.point, other) for other in points) for p in certified)
        missed = str(lost)
    slow = "" if ours < TARGET else " (!)"
    return (
        f"| {name} | `{text}` | {len(certified)} | {verdict(found)} | {1e3 * ours:.0f}{slow} |"
        f" {said} | {missed} | {1e3 * theirs:.0f} |"
    )


def _same(point: dict[str, float], other: tuple[float, ...]) -> bool:
    return all(abs(a - b) < 1e-8 for a, b in zip(point.values(), other, strict=True))


def limited(text: str) -> str:
    """One line of the table of hard ones."""
    start = perf_counter()
    found = critical_points(text, seconds=LIMIT)
    took = perf_counter() - start
    certified = sum(p.certified for p in found)
    return f"| `{text}` | {took:.2f} | {certified} | {verdict(found)} |"


def main() -> None:
    """Print the tables."""
    warm()
    run(by_sympy, "x^2 + y^2", seconds=60)
    critical_points("x^2 + y^2")
    print("| | f | certified | the box | ms | sympy.solve | missed | ms |")
    print("|---|---|---:|---|---:|---:|---:|---:|")
    for name, text in FUNCTIONS.items():
        print(row(name, text), flush=True)
    print("\n| f | s | certified | the box |")
    print("|---|---:|---:|---|")
    for text in HARD:
        print(limited(text), flush=True)


if __name__ == "__main__":
    # Imported once more, under a name by which a worker process finds it.
    import_module("benchmarks.critical_points").main()
