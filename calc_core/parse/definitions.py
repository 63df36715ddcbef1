"""Functions given by name, one after the other, as inner functions are: u = x y, v = x + y."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from calc_core.errors import InputError
from calc_core.expression import Expression, Note
from calc_core.parse.reading import parse

Layer = Mapping[str, Expression]

OTHER = "Use another letter for one of the two."
HOW = "For example u = x y, v = x + y; what these depend on in turn comes after a semicolon."


@dataclass(frozen=True, slots=True)
class Definitions:
    """``layers``  functions by their names; each layer may depend on the names of the next."""

    layers: tuple[Layer, ...]

    @property
    def functions(self) -> Iterator[Expression]:
        """All functions, in the order in which they are given."""
        return (f for layer in self.layers for f in layer.values())

    @property
    def notes(self) -> tuple[Note, ...]:
        """Choices between customary readings."""
        return tuple(note for f in self.functions for note in f.notes)


def read_definitions(text: str) -> Definitions:
    """The functions that a text gives: commas part them, semicolons the layers.

    Raises InputError if they cannot be read.

    >>> [list(layer) for layer in read_definitions("u = x y, v = x + y; x = cos t").layers]
    [['u', 'v'], ['x']]
    """
    layers: list[dict[str, Expression]] = [{}]
    for piece, start, ends_layer in _pieces(text):
        if piece.strip():
            name, expression = _definition(piece, start)
            if name in layers[-1]:
                raise InputError(f"{name} is given twice.", start, "Give each name once.")
            layers[-1][name] = expression
        if ends_layer and layers[-1]:
            layers.append({})
    found = tuple(layer for layer in layers if layer)
    if not found:
        raise InputError("No inner function is given.", hint=HOW)
    return Definitions(found)


def _pieces(text: str) -> Iterator[tuple[str, int, bool]]:
    """(text, where it starts, whether a layer ends with it) between commas outside brackets."""
    depth = start = 0
    for i, c in enumerate(text):
        depth += (c in "([{") - (c in ")]}")
        is_space = text[i - 1 : i] == "\\"  # in LaTeX \\, and \\; are spaces
        if depth <= 0 and c in ",;\n" and not is_space:
            yield text[start:i], start, c == ";"
            start = i + 1
    yield text[start:], start, False


def _definition(piece: str, start: int) -> tuple[str, Expression]:
    indent = start + len(piece) - len(piece.lstrip())
    if "=" not in piece:
        raise InputError("A name and the sign = are missing here.", indent, HOW)
    try:
        expression = parse(piece)
    except InputError as problem:
        if _is_circular(piece):
            raise InputError(
                "The name on the left stands on the right, too.", indent, OTHER
            ) from None
        column = None if problem.column is None else problem.column + start
        raise InputError(problem.message, column, problem.hint) from None
    if not expression.is_scalar:
        raise InputError("Give each component a name of its own.", indent, HOW)
    if not expression.name:
        raise InputError("A single letter stands on the left of the sign =.", indent, HOW)
    return expression.name, expression


def _is_circular(piece: str) -> bool:
    """Whether the piece reads u = (something of u)."""
    left, _, right = piece.partition("=")
    try:
        return parse(left).node.free <= parse(right).node.free != frozenset()
    except InputError:
        return False
