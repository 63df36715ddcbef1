"""What a reader asks about a matrix expression, and how it was understood."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from calc_core.errors import InputError
from calc_core.graph import MATRIX, Node
from calc_core.matrix.derivation import name_of
from calc_core.matrix.language import Problem, read
from calc_core.matrix.language.scanner import scan
from calc_core.matrix.layouts import is_column, is_row
from calc_core.parse.brackets import match_brackets
from calc_core.parse.heading import read_heading
from calc_core.parse.tokens import Kind
from calc_core.printing import Latex, Text
from calc_core.shapes import Extent, Shape

#: What a letter can stand for, as it is called on the page and in the language.
KINDS = {"number": "scalar", "column": "vector", "row": "row", "matrix": "matrix"}
#: What can be assumed of a square matrix, likewise.
TRAITS = {
    "symmetric": "symmetric",
    "diagonal": "diagonal",
    "orthogonal": "orthogonal",
    "lower triangular": "lower",
    "upper triangular": "upper",
}
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_CALLED = {trait: name for name, trait in TRAITS.items()}


@dataclass(frozen=True, slots=True)
class Question:
    """A function of matrices, what moves in it, and what is said about its letters.

    ``wrt``     the letter that moves, or nothing for the usual one;
    ``kinds``   of :data:`KINDS`, by letter; ``shapes`` such as "m×n", by letter;
    ``traits``  of :data:`TRAITS`, by letter.
    """

    text: str
    wrt: str = ""
    kinds: Mapping[str, str] = field(default_factory=dict)
    shapes: Mapping[str, str] = field(default_factory=dict)
    traits: Mapping[str, str] = field(default_factory=dict)

    def problem(self) -> Problem:
        """What is to be differentiated.  Raises InputError if it cannot be read."""
        return read(
            self.text, self.wrt or None, self.declared or None, structure=self.structure or None
        )

    @property
    def declared(self) -> dict[str, str]:
        """The kinds and shapes in the words of the language.

        >>> Question("A x", kinds={"x": "row", "A": "matrix"}, shapes={"x": "n", "A": "3"}).declared
        {'x': '1×n', 'A': '3×3'}
        """
        names = dict.fromkeys((*self.kinds, *self.shapes))
        said = {n: _said(self.kinds.get(n, ""), self.shapes.get(n, "").strip()) for n in names}
        return {name: shape for name, shape in said.items() if shape}

    @property
    def structure(self) -> dict[str, str]:
        """The traits in the words of the language."""
        return {name: TRAITS.get(trait, trait) for name, trait in self.traits.items() if trait}


def _said(kind: str, shape: str) -> str:
    """One shape from a kind and extents; the extents decide where the two do not agree."""
    if not shape:
        return KINDS.get(kind, kind)
    if re.fullmatch(r"\w+", shape):
        return {"row": f"1×{shape}", "matrix": f"{shape}×{shape}"}.get(kind, shape)
    return shape


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the formula: how it is written, and what it stands for.

    ``kind`` and ``shape`` are empty while the formula cannot be read.
    """

    name: str
    text: str
    latex: str
    kind: str = ""
    shape: str = ""
    trait: str = ""
    is_square: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """How a question was read.

    ``echo``     f(X) = …, in LaTeX;
    ``wrt``      the name of what moves; ``letters`` all there are; ``notes`` other readings;
    ``shape``    of f, as text; ``is_scalar``, ``by_vector`` whether f is a number, x a vector.
    """

    echo: str
    wrt: str
    letters: tuple[Letter, ...]
    notes: tuple[str, ...]
    shape: str
    is_scalar: bool
    by_vector: bool

    @property
    def variable(self) -> Letter:
        """The letter that moves."""
        return next(letter for letter in self.letters if letter.name == self.wrt)


def understand(question: Question) -> Understood:
    r"""Read a question.  Raises InputError.

    >>> understood = understand(Question("A x"))
    >>> understood.echo, [f"{letter.text}: {letter.shape}" for letter in understood.letters]
    ('f(x) = A x', ['A: m×n', 'x: n×1'])
    """
    problem = question.problem()
    printer = Latex(decimal=problem.decimal)
    name = name_of(problem.wrt)
    return Understood(
        echo=f"f({printer.symbol(name)}) = {printer(problem.node)}",
        wrt=name,
        letters=tuple(map(_letter, problem.symbols)),
        notes=tuple(note.message for note in problem.notes),
        shape=shape_text(problem.node.shape),
        is_scalar=not problem.node.shape,
        by_vector=is_column(problem.wrt.shape),
    )


def letters_in(text: str) -> tuple[Letter, ...]:
    """The letters of a formula whose shapes do not fit, so that they can be declared.

    >>> [letter.name for letter in letters_in("f(X) = t A + X")]
    ['t', 'A', 'X']
    """
    try:
        tokens = scan(text).tokens
        start = read_heading(tokens, match_brackets(tokens, text)).end
    except InputError:
        return ()
    names = dict.fromkeys(t.text for t in tokens[start:] if t.kind is Kind.NAME and t.text != "I")
    return tuple(Letter(name, Text().symbol(name), Latex().symbol(name)) for name in names)


def _letter(symbol: Node) -> Letter:
    name = name_of(symbol)
    shape = symbol.shape
    traits = symbol.data.traits if symbol.op == MATRIX else ()
    return Letter(
        name,
        Text().symbol(name),
        Latex().symbol(name),
        kind_of(shape),
        shape_text(shape),
        _CALLED[traits[0]] if traits else "",
        bool(shape) and shape[0] == shape[1],
    )


def kind_of(shape: Shape) -> str:
    """The name in :data:`KINDS` of what has this shape."""
    if not shape:
        return "number"
    return "column" if is_column(shape) else "row" if is_row(shape) else "matrix"


def shape_text(shape: Shape) -> str:
    """A shape for people.

    >>> shape_text(("m", "n")), shape_text(("m*n", 1)), shape_text(())
    ('m×n', 'mn×1', 'a number')
    """
    return "×".join(map(extent_text, shape)) if shape else "a number"


def extent_text(extent: Extent) -> str:
    """An extent for people.

    >>> extent_text("2*m*n"), extent_text("n*n")
    ('2mn', 'n²')
    """
    counted = Counter(str(extent).split("*"))
    return "".join(
        part if n == 1 else f"{part}{str(n).translate(_RAISED)}" for part, n in counted.items()
    )
