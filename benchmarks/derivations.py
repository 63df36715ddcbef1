"""Deriving with steps and certificate, beside bare ``sympy.diff`` and ``sympy.hessian``.

``python benchmarks/derivations.py`` prints the two tables of README.md.  Each row is the median of
several runs, ours and SymPy's in turn; SymPy's cache is cleared before every one of its runs.  Only
the families at the end are run once where a run takes seconds.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial
from math import exp, log
from pathlib import Path
from statistics import median
from sys import path
from time import perf_counter
from typing import Any

import sympy as sp
from sympy.core.cache import clear_cache

path.insert(0, str(Path(__file__).resolve().parents[1]))

from calc_core import Derivation, Expression, gradient, hessian, parse
from calc_core.graph import Node, add, fn, mul, sym
from calc_core.sympy_bridge import to_sympy

RUNS = 9

CLASSROOM = [
    ("x^3 y - 2x y^2 + y", "x y"),
    ("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", "x y"),
    ("(1 - x)^2 + 100 (y - x^2)^2", "x y"),
    ("x y z/(x + y + z)", "x y z"),
    ("x y/(x^2 + y^2)", "x y"),
    ("sqrt(x^2 + y^2 + z^2)", "x y z"),
    ("1/sqrt(x^2 + y^2 + z^2)", "x y z"),
    ("x e^(-x^2 - y^2)", "x y"),
    ("e^x sin(y) + e^y cos(x)", "x y"),
    ("sin(x y) + cos(x + y)", "x y"),
    ("x^2 sin(y z) e^(x z)", "x y z"),
    ("ln(1 + x^2 + y^2) arctan(x - y)", "x y"),
    ("arctan(y/x)", "x y"),
    ("x^y", "x y"),
    ("2^(x y) + 3^(x - y)", "x y"),
    ("A K^a L^(1 - a)", "K L"),
    ("(a x^p + (1 - a) y^p)^(1/p)", "x y"),
    ("(P + a n^2/V^2)(V - n b)", "P V"),
    ("e^(-x^2/(4 k t))/sqrt(4 pi k t)", "x t"),
    ("4 ε ((σ/r)^12 - (σ/r)^6)", "r"),
    ("V S/(K + S)", "V S K"),
    ("e^(-((x - m)/s)^2/2)/(s sqrt(2 pi))", "x m s"),
    ("1/(1/x + 1/y + 1/z)", "x y z"),
    ("tanh(w x + b) sinh(x y)", "x y w"),
    ("ln(1 + e^(sin(x y)/(1 + x^2)))", "x y"),
    ("sin(3x) cos(2y)/(1 + x^2 y^2)", "x y"),
    ("x y z w e^(-x y z w)", "x y z w"),
    ("-20 e^(-0.2 sqrt((x^2 + y^2)/2)) - e^((cos(2 pi x) + cos(2 pi y))/2)", "x y"),
]


def timed(task: Callable[[], Any]) -> float:
    """Milliseconds that one call takes, SymPy's cache being empty."""
    clear_cache()
    start = perf_counter()
    task()
    return 1e3 * (perf_counter() - start)


def side_by_side(tasks: list[Callable[[], Any]], runs: int = RUNS) -> list[float]:
    """The median of each task, the tasks taken in turn."""
    taken: list[list[float]] = [[] for _ in tasks]
    for _ in range(runs):
        # The garbage is collected between the rounds only, lest one task pay for another's.
        gc.collect()
        gc.disable()
        for task, times in zip(tasks, taken, strict=True):
            times.append(timed(task))
        gc.enable()
    return [median(times) for times in taken]


def with_steps(derive: Callable[[Expression], Derivation], f: Expression) -> Derivation:
    """The derivation with its steps; they are made at once, nothing is put off."""
    return derive(f)


def with_certificate(derive: Callable[[Expression], Derivation], f: Expression) -> Derivation:
    """The derivation with its steps, each checked."""
    d = derive(f)
    if not d.certificate.confirmed:
        raise SystemExit(f"{f.text}: {d.certificate.summary()}")
    return d


def times_of(f: Expression, runs: int = RUNS) -> list[float]:
    """Milliseconds: sympy.diff, gradient, its certificate too; sympy.hessian, Hessian, and so."""
    whole = to_sympy(f.node)
    variables = [sp.Symbol(name, real=True) for name in f.variables]
    return side_by_side(
        [
            lambda: [sp.diff(whole, v) for v in variables],
            lambda: with_steps(gradient, f),
            lambda: with_certificate(gradient, f),
            lambda: sp.hessian(whole, variables),
            lambda: with_steps(hessian, f),
            lambda: with_certificate(hessian, f),
        ],
        runs,
    )


def classroom() -> None:
    """Print the table of classroom functions."""
    print(
        "| f | sympy.diff | ∇f, steps | ∇f, steps and certificate | ratio "
        "| sympy.hessian | H, steps | ratio | H, steps and certificate | ratio |"
    )
    print("|---|" + "---:|" * 9)
    ratios: list[tuple[float, ...]] = []
    for text, names in CLASSROOM:
        f = parse(text, names)
        times_of(f, 1)
        diff, g, gc_, hess, h, hc = times_of(f)
        ratios.append((gc_ / diff, h / hess, hc / hess))
        cells = [f"`{text}`", f"{diff:.2f}", f"{g:.2f}", f"{gc_:.2f}", f"{gc_ / diff:.2f}"]
        cells += [f"{hess:.2f}", f"{h:.2f}", f"{h / hess:.2f}", f"{hc:.2f}", f"{hc / hess:.2f}"]
        print("| " + " | ".join(cells) + " |", flush=True)
    print()
    names_of = ("∇f with certificate", "H with steps", "H with steps and certificate")
    for name, column in zip(names_of, zip(*ratios, strict=True), strict=True):
        mean = exp(sum(map(log, column)) / len(column))
        print(f"- {name}: {mean:.2f} of SymPy's time (geometric mean), {max(column):.2f} at most")


def expression(node: Node, names: list[str]) -> Expression:
    """A function that nobody types."""
    return Expression("", node, tuple(names))


def log_sum_exp(n: int) -> Expression:
    """The function ln Σ e^x_i."""
    names = [f"x_{i}" for i in range(1, n + 1)]
    return expression(fn("ln", add(*[fn("exp", sym(v)) for v in names])), names)


def tower(levels: int) -> Expression:
    """The function f ← sin f + cos f, again and again, from x."""
    f = sym("x")
    for _ in range(levels):
        f = fn("sin", f) + fn("cos", f)
    return expression(f, ["x"])


def factors(n: int) -> Expression:
    """The product of sin x_i."""
    names = [f"x_{i}" for i in range(1, n + 1)]
    return expression(mul(*[fn("sin", sym(v)) for v in names]), names)


def family(
    name: str,
    make: Callable[[int], Expression],
    derive: Callable[[Expression], Derivation],
    sizes: dict[int, int],
) -> None:
    """Print one row a size; ``sizes`` says how often SymPy is run (0: not at all)."""
    for n, runs in sizes.items():
        f = make(n)
        tasks = [partial(with_steps, derive, f), partial(with_certificate, derive, f)]
        ours, checked = side_by_side(tasks, 3)
        theirs = sympy_time(f, derive, runs)
        steps = len(derive(f).steps)
        ratio = f"{ours / theirs:.3f}" if theirs else ""
        shown = f"{theirs:.1f}" if theirs else "—"
        row = f"| {name} {n} | {shown} | {ours:.1f} | {checked:.1f} | {ratio} | {steps} |"
        print(row, flush=True)


def sympy_time(f: Expression, derive: Callable[[Expression], Derivation], runs: int) -> float:
    """The median time of SymPy for the same thing; 0 if it is not run."""
    if not runs:
        return 0.0
    variables = [sp.Symbol(name, real=True) for name in f.variables]
    whole = to_sympy(f.node)
    if derive is hessian:
        return side_by_side([lambda: sp.hessian(whole, variables)], runs)[0]
    return side_by_side([lambda: [sp.diff(whole, v) for v in variables]], runs)[0]


def families() -> None:
    """Print the table of families that grow."""
    print("| family | SymPy | ours, steps | ours, steps and certificate | ratio | steps |")
    print("|---|" + "---:|" * 5)
    sizes = {8: 5, 16: 5, 32: 3, 64: 1, 128: 1}
    family("Hessian of log-sum-exp, variables:", log_sum_exp, hessian, sizes)
    sizes = {5: 3, 8: 3, 10: 1, 12: 1, 20: 0, 30: 0}
    family("derivative of the tower, levels:", tower, gradient, sizes)
    family("second derivative of the tower, levels:", tower, hessian, {5: 3, 8: 1, 20: 0, 30: 0})
    family("gradient of a product, factors:", factors, gradient, {8: 5, 32: 3, 64: 1, 128: 0})


def main() -> None:
    """Print both tables."""
    print("Milliseconds.\n")
    classroom()
    print()
    families()


if __name__ == "__main__":
    main()
