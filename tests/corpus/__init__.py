"""The functions of ``functions.txt``: what derivations, tidying and printing are tested on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from calc_core import Derivation, Expression, gradient, hessian, jacobian, parse

_FILE = Path(__file__).with_name("functions.txt")


@dataclass(frozen=True)
class Entry:
    """One row: a function as typed, its variables, and whether it holds unknown functions."""

    text: str
    variables: tuple[str, ...]
    unknown: bool

    @property
    def expression(self) -> Expression:
        """The function, read."""
        return parse(self.text, self.variables)

    def derivations(self) -> tuple[Derivation, ...]:
        """What the contract is tested on: gradient and Hessian, or the Jacobian."""
        f = self.expression
        return (gradient(f), hessian(f)) if f.is_scalar else (jacobian(f),)


@cache
def entries() -> tuple[Entry, ...]:
    """Every row, in the order of the file."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return tuple(_entry(line) for line in lines if line and not line.startswith("#"))


def _entry(line: str) -> Entry:
    text, names, *tags = [part.strip() for part in line.split("::")]
    if tags not in ([], ["unknown"]):
        raise ValueError(f"unknown tag in the row {line!r}")
    return Entry(text, tuple(name.strip() for name in names.split(",")), bool(tags))
