"""Names for a programme: identifiers for symbols, letters of sizes and named parts."""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Iterator
from itertools import chain, count

from calc_core.parse.characters import GREEK

_SUBSCRIPTS = {ord(c): str(k) for k, c in enumerate("₀₁₂₃₄₅₆₇₈₉")}
# What the programmes use themselves, and words of Julia that are none of Python.
_RESERVED = """
    np jnp jax torch math linalg special sum range len float int max min abs size length vec
    diag kron tr det inv norm reshape zeros ones exp log sqrt sin cos tan function end begin
    do let struct local const export using module baremodule quote macro where I logdet
    transpose tril triu Diagonal Matrix softmax logsumexp sigmoid softplus adjugate commutation
    matrix_function prod svd pi sign init
"""
RESERVED = frozenset(_RESERVED.split())


class Names:
    """Gives every thing a name of its own that is an identifier."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {*RESERVED, *taken}
        self._given: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        """The identifier of a symbol; the same for the same symbol."""
        if name not in self._given:
            self._given[name] = self._free(_spelled(name))
        return self._given[name]

    def letter(self, letter: str) -> str:
        """The identifier of a letter of sizes, which may be the name of a symbol as well."""
        key = f"size {letter}"
        if key not in self._given:
            self._given[key] = self._free(_spelled(letter))
        return self._given[key]

    def fresh(self, wish: str = "") -> str:
        """An identifier that nothing has yet."""
        candidates = [wish] if wish else list("uvw")
        return self._first(chain(candidates, (f"{candidates[0]}{k}" for k in count(2))))

    def _free(self, wish: str) -> str:
        return self._first(chain([wish], (f"{wish}_{'' if k == 1 else k}" for k in count(1))))

    def _first(self, candidates: Iterator[str]) -> str:
        name = next(c for c in candidates if c not in self._taken and not keyword.iskeyword(c))
        self._taken.add(name)
        return name


def _spelled(name: str) -> str:
    """``name`` in the letters, digits and underscores of ASCII, Greek letters written out."""
    plain = "".join(GREEK.get(c, c) for c in name.translate(_SUBSCRIPTS))
    kept = "".join(c if c.isascii() and c.isalnum() else "_" for c in plain)
    return kept if kept[:1].isalpha() else f"v{kept}"
