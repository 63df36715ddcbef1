"""All words by name: the number of arguments, the shape of the result and its node."""

from __future__ import annotations

from calc_core.matrix.language.words import functions, matrices, numbers, products
from calc_core.matrix.language.words.call import Word

WORDS: dict[str, Word] = {
    **functions.WORDS,
    **numbers.WORDS,
    **products.WORDS,
    **matrices.WORDS,
}

TAKES_SCRIPT = frozenset(("norm", "log"))
