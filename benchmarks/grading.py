"""How long an exercise and the judgement of an answer take, beside SymPy's comparison.

    .venv/bin/python benchmarks/grading.py [--seeds 6]

Every kind of exercise at every level is made and answered: with the right answer, with what each
wrong plan leads to, with what some of the wrong laws lead to, and with a number changed. The peer
is the way in which a grader is usually written: ``sympy.simplify(given - right) == 0``, which says
only whether an answer is right.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from time import perf_counter

import sympy as sp

sys.path.insert(0, str(Path(__file__).parent.parent))  # a script sees only its own folder

from calc_core.calculus import read
from calc_core.errors import InputError
from calc_core.exercises import EXERCISE_KINDS, Exercise, generate, grade
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.work import Suspects
from calc_core.graph import Node, array, entries
from calc_core.printing import Text
from calc_core.run import TookTooLong, run
from calc_core.sympy_bridge import to_sympy

#: Of the wrong laws so many are answered with in each exercise.
WRONG = 4
#: Seconds after which the peer is stopped.
PATIENCE = 2.0


def answers(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """(what it is, the text) of answers to an exercise."""
    answer = exercise.answer
    yield "right", answer.text()
    if not isinstance(answer, FormulaAnswer):
        return
    for suspect in list(Suspects(answer.work).single())[:WRONG]:
        if suspect.node.shape == answer.shape and suspect.node.free <= set(answer.names):
            yield from _readable("a known mistake", suspect.node)
    changed = _with(answer.node, entries(answer.node)[0] * 7 + 11)
    yield from _readable("an unknown one", changed)


def _readable(what: str, node: Node) -> Iterator[tuple[str, str]]:
    """The answer as text; some mistakes lead to a division by zero, which nobody can hand in."""
    text = str(Text()(node))
    with suppress(InputError):
        read(text)
        yield what, text


def _with(node: Node, first: Node) -> Node:
    parts = entries(node)
    return array(node.shape, (first, *parts[1:])) if node.shape else first


def by_sympy(given: str, right: Node) -> bool:
    """Whether two formulas are equal, as SymPy sees it."""
    pairs = zip(entries(read(given).node), entries(right), strict=True)
    return all(sp.simplify(to_sympy(a) - to_sympy(b)) == 0 for a, b in pairs)


def timed_peer(given: str, right: Node) -> float:
    """The peer's time, or the limit at which it was stopped."""
    start = perf_counter()
    try:
        run(by_sympy, given, right, seconds=PATIENCE)
    except (TookTooLong, InputError, ValueError):
        return PATIENCE
    return perf_counter() - start


def row(name: str, times: list[float]) -> str:
    """A row of the table, in milliseconds."""
    p95 = statistics.quantiles(times, n=20)[-1]
    numbers = (statistics.median(times), p95, max(times))
    return f"| {name} | {len(times)} | " + " | ".join(f"{1e3 * t:.1f}" for t in numbers) + " |"


def main() -> None:
    """Make, answer and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=6)
    seeds = range(parser.parse_args().seeds)
    making: list[float] = []
    grading: dict[str, list[float]] = {}
    ratios: list[float] = []
    peers: list[float] = []
    for kind in EXERCISE_KINDS:
        for level in range(1, 6):
            for seed in seeds:
                start = perf_counter()
                exercise = generate(kind, level, seed)
                making.append(perf_counter() - start)
                for what, text in answers(exercise):
                    start = perf_counter()
                    # As on the page: the exercise is made again, nothing is kept in between.
                    grade(generate(kind, level, seed), text)
                    ours = perf_counter() - start
                    grading.setdefault(what, []).append(ours)
                    if seed == 0 and isinstance(exercise.answer, FormulaAnswer):
                        peers.append(timed_peer(text, exercise.answer.node))
                        ratios.append(ours / peers[-1])
    print("| | number | median, ms | p95, ms | longest, ms |")
    print("|---|---:|---:|---:|---:|")
    print(row("a new exercise", making))
    for what, times in grading.items():
        print(row(f"graded: {what}", times))
    print(row("graded: all", [t for times in grading.values() for t in times]))
    print(row("`sympy.simplify`, formulas of seed 0", peers))
    mean = statistics.geometric_mean(ratios)
    print(f"\nOur time over SymPy's, geometric mean of {len(ratios)} answers: {mean:.2f}")


if __name__ == "__main__":
    # A worker must be able to import what it is to do.
    import_module("benchmarks.grading").main()
