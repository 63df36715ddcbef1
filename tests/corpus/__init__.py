"""The functions of ``functions.txt``: what derivations, tidying and printing are tested on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from calc_core import Derivation, Expression, gradient, hessian, jacobian, parse

_FILE = Path(__file__).with_name("functions.txt")


@dataclass(frozen=True)
class Entry:
    """One row: a function as typed, its variables, and what kind it is."""

    text: str
    variables: tuple[str, ...]
    unknown: bool
    golden: str

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
    text, names, *rest = [part.strip() for part in line.split("::")]
    tags = rest[0].split() if rest else []
    golden = [tag.removeprefix("golden=") for tag in tags if tag.startswith("golden=")]
    strange = {tag.partition("=")[0] for tag in tags} - {"unknown", "golden"}
    if strange:
        raise ValueError(f"unknown tags {strange} in the row {line!r}")
    variables = tuple(name.strip() for name in names.split(","))
    return Entry(text, variables, "unknown" in tags, golden[0] if golden else "")
