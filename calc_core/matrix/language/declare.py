"""What a person says about the names: shapes, symmetry and structure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from calc_core.errors import InputError
from calc_core.matrix.language.scanner import scan
from calc_core.parse.tokens import Kind

Declarable = Any
"""A shape as a person writes it: ("m", "n"), (3, 2), "m×n", "n", (), "scalar", "vector" …"""

_LARGEST = 1000
_EXTENT = r"[0-9]+|[A-Za-z](?:_?[0-9]+)?"
_PAIR = re.compile(rf"\(?\s*({_EXTENT})\s*(?:[×x*,]|by|\s)\s*({_EXTENT})\s*\)?")
_SINGLE = re.compile(rf"\(?\s*({_EXTENT})\s*,?\s*\)?")
_KINDS = {
    "scalar": "scalar", "number": "scalar", "()": "scalar", "vector": "vector",
    "column": "vector", "column vector": "vector", "row": "row", "row vector": "row",
    "matrix": "matrix", "square": "square", "square matrix": "square",
}  # fmt: skip
_TRAITS = {
    "symmetric": "symmetric", "diagonal": "diagonal", "orthogonal": "orthogonal",
    "lower": "lower", "upper": "upper", "triangular": "lower", "lower triangular": "lower",
    "upper triangular": "upper", "lower-triangular": "lower", "upper-triangular": "upper",
    "invertible": "", "regular": "", "nonsingular": "", "general": "", "none": "", "": "",
    "positive definite": "symmetric", "spd": "symmetric", "square": "square",
}  # fmt: skip
_HOW = "Write a shape such as m×n, n, (3, 2), scalar, vector or matrix."


@dataclass(frozen=True, slots=True)
class Declared:
    """What is said about a name: its kind, and its extents where they are told."""

    kind: str
    extents: tuple[int | str, ...] = ()


def canonical(name: object) -> str:
    """The name as the scanner gives it: theta for θ, x_1 for x₁.  Raises InputError."""
    hint = "A name is a letter, such as X, x_1 or theta."
    if not isinstance(name, str) or not name.strip() or len(name) > 40:
        raise InputError("This is no name.", None, hint)
    try:
        tokens = scan(name.strip()).tokens
    except InputError as error:
        raise InputError(f"This is no name: {error.message}", None, hint) from None
    if len(tokens) != 2 or not (tokens[0].kind is Kind.NAME or tokens[0].text == "e"):
        raise InputError(f"“{name}” cannot be the name of a matrix or number.", None, hint)
    return tokens[0].text


def shapes_of(shapes: Mapping[str, Declarable] | None) -> dict[str, Declared]:
    """The declared shapes by canonical name."""
    if shapes is None:
        return {}
    if not isinstance(shapes, Mapping):
        raise InputError("Shapes are given by name.", None, 'Write {"A": ("m", "n")}.')
    return {canonical(name): _declared(str(name), shape) for name, shape in shapes.items()}


def _declared(name: str, shape: Declarable) -> Declared:
    if isinstance(shape, str):
        return _written(name, " ".join(shape.split()))
    if isinstance(shape, int | list | tuple) and not isinstance(shape, bool):
        parts = [shape] if isinstance(shape, int) else list(shape)
        extents = tuple([_extent(name, part) for part in parts])
        if len(extents) == 0 or extents == (1, 1):
            return Declared("scalar")
        if len(extents) <= 2:
            return _of_extents(*extents) if len(extents) == 2 else _of_extents(extents[0], 1)
    raise InputError(f"The shape of {name} cannot be read.", None, _HOW)


def _written(name: str, shape: str) -> Declared:
    if shape.lower() in _KINDS:
        return Declared(_KINDS[shape.lower()])
    pair = _PAIR.fullmatch(shape)
    if pair:
        return _of_extents(*[_extent(name, part) for part in pair.groups()])
    single = _SINGLE.fullmatch(shape)
    if single:
        return _of_extents(_extent(name, single.group(1)), 1)
    shown = shape if len(shape) <= 24 else shape[:24] + "…"
    raise InputError(f"The shape “{shown}” of {name} cannot be read.", None, _HOW)


def _of_extents(rows: int | str, columns: int | str) -> Declared:
    if rows == columns == 1:
        return Declared("scalar")
    if columns == 1:
        return Declared("vector", (rows,))
    return Declared("row", (columns,)) if rows == 1 else Declared("matrix", (rows, columns))


def _extent(name: str, extent: object) -> int | str:
    text = str(extent).strip()
    if not re.fullmatch(_EXTENT, text):
        raise InputError(f"The shape of {name} cannot be read.", None, _HOW)
    if not text.isdigit():
        return text
    if len(text) > 4 or not 1 <= int(text) <= _LARGEST:
        raise InputError(
            f"The shape of {name} has the extent {text[:12]}.",
            None,
            f"Use numbers from 1 to {_LARGEST}, or letters.",
        )
    return int(text)


def traits_of(
    symmetric: str | Iterable[str], structure: str | Mapping[str, str] | None, wrt: str
) -> dict[str, tuple[str, ...]]:
    """The traits of each name; a structure without a name is that of what moves."""
    if not isinstance(symmetric, Iterable):
        raise InputError("Symmetric matrices are given by name.", None, 'Write "A, B".')
    names = re.split(r"[,;\s]+", symmetric) if isinstance(symmetric, str) else symmetric
    traits = {canonical(name): {"symmetric"} for name in names if name != ""}
    if isinstance(structure, str):
        structure = {wrt: structure}
    if not isinstance(structure, Mapping | None):
        raise InputError("A structure is given by name.", None, 'Write {"A": "symmetric"}.')
    for name, trait in (structure or {}).items():
        traits.setdefault(canonical(name), set()).add(_trait(trait))
    return {name: tuple(sorted(found)) for name, found in traits.items()}


def _trait(trait: object) -> str:
    known = _TRAITS.get(trait.strip().lower()) if isinstance(trait, str) else None
    if known is None:
        raise InputError(
            f"The structure “{str(trait)[:24]}” is not known.",
            None,
            "Use symmetric, diagonal, lower, upper or orthogonal.",
        )
    return known
