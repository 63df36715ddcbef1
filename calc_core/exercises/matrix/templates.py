"""Functions of matrices as they stand in the exercises: a pattern, in which letters are drawn."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from calc_core.exercises.matrix.function import MatrixFunction
from calc_core.shapes import Shape

# The letters that stand for what moves, for constant columns and for constant matrices; none that
# is also a number of rows, a transpose, an identity or a differential.
_MOVING = {"x": "xyz", "s": "suw", "X": "XYZ", "t": "t"}
_COLUMNS, _MATRICES = "abcuvw", "ABCGHKMPQS"
# A letter that stands alone, unlike those of tr, det and norm2.
_LETTER = re.compile(r"(?<![A-Za-z])[A-Za-z](?![A-Za-z0-9])")
# These stand for small whole numbers.
_NUMBERS = "kl"


@dataclass(frozen=True, slots=True)
class Template:
    """A pattern of a function.

    ``text``       in the language of matrices; k and l stand for small numbers;
    ``wrt``        the letter that moves;
    ``shapes``     of each letter: ``"x:n A:mn t:"``, with extents of one letter or digit;
    ``symmetric``  letters of symmetric matrices;
    ``plans``      wrong plans: ids of mistakes and what they lead to, in the same letters.
    """

    text: str
    wrt: str
    shapes: str
    symmetric: str = ""
    plans: tuple[tuple[str, str], ...] = ()


def drawn(rng: Random, template: Template) -> tuple[MatrixFunction, tuple[tuple[str, str], ...]]:
    """The function with letters and numbers of its own, and its wrong plans in the same."""
    names = _names(rng, [part.partition(":")[0] for part in template.shapes.split()])
    names |= {letter: str(rng.randint(2, 5)) for letter in _NUMBERS}
    shapes = dict(_declared(part, names) for part in template.shapes.split())
    function = MatrixFunction(
        _renamed(template.text, names),
        names[template.wrt],
        shapes,
        tuple(names[letter] for letter in template.symmetric),
    )
    return function, tuple((m, _renamed(text, names)) for m, text in template.plans)


def chosen(rng: Random, templates: Sequence[Template]) -> MatrixFunction:
    """One of the functions."""
    return drawn(rng, rng.choice(templates))[0]


def _names(rng: Random, letters: Sequence[str]) -> dict[str, str]:
    """A letter for each letter, of the same kind, no two the same."""
    found: dict[str, str] = {}
    # What moves comes first: of its letters there are few.
    for letter in sorted(letters, key=lambda letter: letter not in _MOVING):
        pool = _MOVING.get(letter) or (_MATRICES if letter.isupper() else _COLUMNS)
        found[letter] = rng.choice([c for c in pool if c not in found.values()])
    return found


def _declared(part: str, names: dict[str, str]) -> tuple[str, Shape]:
    letter, _, extents = part.partition(":")
    axes: Shape = tuple(int(e) if e.isdigit() else e for e in extents)
    return names[letter], (*axes, 1) if len(axes) == 1 else axes


def _renamed(text: str, names: dict[str, str]) -> str:
    return _LETTER.sub(lambda found: names.get(found[0], found[0]), text)
