"""Which field of gradients belongs to which function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

import numpy as np

from calc_core.exercises.figure_questions.plane import (
    LETTERS,
    PANELS,
    Array,
    field_panel,
    plane,
    slopes,
    stated,
    written,
)
from calc_core.exercises.functions import tidied
from calc_core.exercises.kinds.base import Degenerate, Draft
from calc_core.exercises.multiple_choice import choice_in_order, choice_of
from calc_core.geometry.numerals import numeral
from calc_core.geometry.questions import FigureQuestion, Twin, field_of, values_at
from calc_core.graph import Node, array, neg, substitute, sym
from calc_core.printing import Latex

Vector = tuple[Node, Node]

# 1 linear, 2 squares or a product, 3 two kinds of terms, 4 cubic, 5 not polynomial.
FUNCTIONS = (
    ("{s}*{a}*x + {r}*{b}*y",),
    ("{s}*{a}*x^2 + {r}*{b}*y^2", "{s}*x*y"),
    ("{s}*{a}*x^2/2 + {r}*{b}*y", "{s}*x*y + {r}*{b}*x", "{s}*x^2/2 + {r}*x*y"),
    ("{s}*(x^3/3 - x) + {r}*y^2/2", "{s}*x*y^2 + {r}*x", "{s}*(x^2*y - {b}*y)"),
    ("{s}*sin({a}*x) + {r}*cos(y)", "{s}*x*exp(-x^2/2 - y^2/2)", "{s}*sin(x)*cos(y)"),
)
# The least difference between two fields, as the mean of 1 − cos of the angle between them.
DIFFERENT = 0.25
# Points at which the table gives the vectors of each field.
TABLE = tuple((x, y) for y in (1.0, -1.0) for x in (-1.0, 1.0))


def field_of_function(rng: Random, level: int) -> Draft:
    """A function is given; which of four fields is its gradient?"""
    f = written(rng, rng.choice(FUNCTIONS[level - 1]))
    p, q = right = slopes(f)
    wrong: list[tuple[Vector, str]] = [
        ((neg(p), neg(q)), "downhill"),
        ((neg(q), p), "along-level-line"),
        ((q, p), "partials-exchanged"),
        ((p, neg(q)), "sign-of-partial"),
        ((neg(p), q), "sign-of-partial"),
    ]
    rng.shuffle(wrong)
    chosen = _different([(right, ""), *wrong], lambda vector: vector)
    rng.shuffle(chosen)
    answer = choice_in_order([(PANELS[k], mistake) for k, (_, mistake) in enumerate(chosen)])
    task = (
        f"Which of the four fields is the gradient of ${stated(f)}$?\n\n"
        "Longer arrows stand for longer vectors."
    )
    fields = [vector for vector, _ in chosen]
    remark = rf"$\nabla f = \left({Latex()(tidied(p))},\; {Latex()(tidied(q))}\right)$"
    return Draft(task, answer, None, remark, lambda: _fields(fields))


def function_of_field(rng: Random, level: int) -> Draft:
    """A field is drawn; of which of four functions is it the gradient?"""
    texts = FUNCTIONS[level - 1]
    f = written(rng, rng.choice(texts))
    x, y = (sym(name) for name in LETTERS)
    wrong = [
        (tidied(neg(f)), "opposite-function"),
        (tidied(substitute(f, {x: y, y: x})), "variables-exchanged"),
        (tidied(substitute(f, {y: neg(y)})), "mirrored-function"),
        (tidied(substitute(f, {x: neg(x)})), "mirrored-function"),
        (written(rng, rng.choice(texts)), "other-function"),
        (written(rng, rng.choice(texts)), "other-function"),
        (written(rng, rng.choice(FUNCTIONS[max(level - 2, 1)])), "other-function"),
    ]
    rng.shuffle(wrong)
    (_, _), *others = _different([(f, ""), *wrong], slopes)
    answer = choice_of(
        rng, f"${stated(f)}$", [(f"${stated(g)}$", mistake) for g, mistake in others]
    )
    task = (
        "The figure shows the gradient of one of these functions. Of which one?\n\n"
        "Longer arrows stand for longer vectors."
    )
    remark = (
        "The arrow at a point has the two partial derivatives there as its components: look where "
        "arrows vanish, and how they point on the axes."
    )
    return Draft(task, answer, None, remark, lambda: _fields([slopes(f)]))


T = TypeVar("T")


def _different(
    candidates: Sequence[tuple[T, str]], field: Callable[[T], Vector]
) -> list[tuple[T, str]]:
    """Four of the candidates, the first among them, whose fields can be told apart."""
    kept: list[tuple[T, str]] = []
    drawn: list[Array] = []
    for candidate, mistake in candidates:
        vectors = field_of(field(candidate), plane())[1]
        if all(_apart(vectors, other) >= DIFFERENT for other in drawn):
            kept.append((candidate, mistake))
            drawn.append(vectors)
        if len(kept) == len(PANELS):
            return kept
    raise Degenerate


def _apart(left: Array, right: Array) -> float:
    """The mean of 1 − cos of the angle between two fields."""
    lengths = np.hypot(*left.T) * np.hypot(*right.T)
    known = lengths > 1e-9
    cosines = (left * right).sum(axis=1)[known] / lengths[known]
    return float((1 - cosines).mean()) if known.any() else 0.0


def _fields(vectors: Sequence[Vector]) -> FigureQuestion:
    single = len(vectors) == 1
    names = ("",) if single else PANELS
    panels = tuple(field_panel(name, v) for name, v in zip(names, vectors, strict=False))
    places = np.array(TABLE)
    columns = ("at (x, y)", *(("vector",) if single else [f"field {name}" for name in names]))
    found = [values_at(array((2,), v), LETTERS, places).T for v in vectors]
    rows = [
        (_pair(place), *[_pair(values[k]) for values in found]) for k, place in enumerate(places)
    ]
    sentence = "Each field is an arrow at each of 81 points; at four of them the vectors are these."
    title = "A field of gradients" if single else "Four fields"
    return FigureQuestion(title, panels, Twin(sentence, columns, tuple(rows)))


def _pair(values: Array) -> str:
    return f"({', '.join(numeral(float(v), 3) for v in values)})"
