"""Which names are variables, and in which order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from calc_core.errors import InputError
from calc_core.parse import limits
from calc_core.parse.scanner import scan
from calc_core.parse.tokens import Kind

_ORDER = (
    "x", "y", "z", "p", "q", "r", "s", "t", "u", "v", "w", "rho", "theta", "phi", "X", "Y", "Z",
)  # fmt: skip
"""Letters that are usually variables, in their customary order."""

USUAL = frozenset(_ORDER) - {"rho"}
_RANK = {letter: rank for rank, letter in enumerate(_ORDER)}


def letter_of(name: str) -> str:
    """The letter without its subscript."""
    return name.partition("_")[0]


def is_usual(name: str) -> bool:
    """Whether the name is customarily a variable rather than a constant."""
    return letter_of(name) in USUAL


def ordered(names: Iterable[str]) -> tuple[str, ...]:
    """The names in customary order: x, y, z first, subscripts by number."""
    return tuple(sorted(names, key=_key))


def _key(name: str) -> tuple[int, str, list[tuple[int, int, str]]]:
    letter, _, index = name.partition("_")
    parts = [
        (0, int(part), "") if part.isdigit() else (1, 0, part)
        for part in re.findall(r"[0-9]+|[^0-9]+", index)
    ]
    return _RANK.get(letter, len(_RANK)), letter, parts


def detect(free: Iterable[str]) -> tuple[str, ...]:
    """The variables among the free names: the usual letters, or all if there is none of them."""
    names = set(free)
    usual = {name for name in names if is_usual(name)}
    if usual & {"theta", "phi"}:
        # Beside angles ρ is a distance; alone it is a density.
        usual |= names & {"rho"}
    return ordered(usual or names)


def declared(names: Sequence[str] | str | None) -> tuple[str, ...] | None:
    """The names of variables in canonical form; InputError for what is no name."""
    if names is None:
        return None
    if isinstance(names, str):
        names = [part for part in re.split(r"[,;\s]+", names) if part]
    canonical = tuple([_canonical(name) for name in names])
    if not canonical:
        raise InputError("There is no variable.", hint="Name at least one, such as x.")
    if len(set(canonical)) < len(canonical):
        raise InputError("A variable is named twice.", hint="Name each variable once.")
    return canonical


def _canonical(name: object) -> str:
    hint = "A variable is a letter, such as x, x_1 or theta."
    if not isinstance(name, str) or not name.strip() or len(name) > limits.DIGITS:
        raise InputError("A variable has no usable name.", None, hint)
    try:
        tokens, _, _ = scan(name)
    except InputError as error:
        raise InputError(f"A variable has no usable name: {error.message}", None, hint) from None
    if len(tokens) != 2 or tokens[0].kind is not Kind.NAME:
        if tokens[0].kind is Kind.CONSTANT and len(tokens) == 2:
            raise InputError(f"“{name}” is a constant and cannot be a variable.", None, hint)
        raise InputError(f"“{name}” cannot be the name of a variable.", None, hint)
    return tokens[0].text
