"""What the place of a name tells about it, before any shape is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from calc_core.matrix.language import tree as t
from calc_core.matrix.language.tree import Tree, walk

_PLAIN = (t.NUMBER, t.CONSTANT, t.NAME, t.SUM, t.NEGATIVE, t.PRODUCT, t.OVER, t.POWER, t.DOTTED)
_OF_NUMBERS = ("sin", "cos", "tan", "exp", "log", "ln", "sqrt", "sinh", "cosh", "tanh", "abs")
_COUNTS = frozenset("kmnNMK")
_SIZED = ("eye", "ones", "zeros")


def names(root: Tree) -> list[str]:
    """Every name, in the order in which they stand in the text."""
    marks = {id(tree.script) for tree in walk(root) if tree.script and tree.data != "log"}
    # The F of norm(A, F) is no name either.
    marks |= {id(arg) for tree in walk(root) if tree.is_a(t.CALL, "norm") for arg in tree.args[1:]}
    found = sorted(
        (tree.start, tree.data)
        for tree in walk(root)
        if tree.op == t.NAME and id(tree) not in marks
    )
    return list(dict.fromkeys([name for _, name in found]))


def scalars(root: Tree) -> frozenset[str]:
    """Names that can only be numbers: in exponents, in matrices written out, in 1/n."""
    found = frozenset(name for tree in walk(root) for name in _scalars_at(tree))
    return found - transposed(root)


def transposed(root: Tree) -> frozenset[str]:
    """Names that are transposed: no numbers."""
    return frozenset(
        tree.args[0].data
        for tree in walk(root)
        if tree.op == t.TRANSPOSED and tree.args[0].op == t.NAME
    )


def multipliers(root: Tree) -> frozenset[str]:
    """Small letters that always stand in front of a matrix, as t in tX + (1 - t)Y.

    A column cannot be multiplied by a matrix: these can only be numbers.
    """
    everywhere = Counter(tree.data for tree in walk(root) if tree.op == t.NAME)
    in_front = Counter(name for tree in walk(root) for name in _in_front(tree))
    beside = Counter(name for tree in walk(root) for name in _beside_number(tree))
    return frozenset(name for name in in_front if in_front[name] + beside[name] == everywhere[name])


def _in_front(tree: Tree) -> Iterator[str]:
    if tree.op not in (t.PRODUCT, t.DOTTED):
        return
    names: list[str] = []
    for factor in tree.args:
        base = factor.args[0] if factor.op == t.POWER else factor
        if base.op == t.NAME and len(base.data) == 1 and base.data.islower():
            names.append(base.data)
        elif _is_matrix(factor):
            yield from names
            return
        elif factor.op not in (t.NUMBER, t.OVER) and not _is_number(factor):
            return


def _is_number(tree: Tree) -> bool:
    return tree.bracketed and bool(list(_beside_number(tree)))


def _is_matrix(tree: Tree) -> bool:
    while tree.op in (t.POWER, t.TRANSPOSED):
        tree = tree.args[0]
    capital = tree.op == t.NAME and tree.data[0].isupper()
    return capital or tree.is_a(t.CALL, "inv", "transpose", "eye", "expm", "logm", "Diag")


def _beside_number(tree: Tree) -> Iterator[str]:
    """The names in 1 - t, where a number stands beside them."""
    if tree.op == t.SUM and any(term.is_a(t.NUMBER) and term.data != 0 for term in tree.args):
        terms = [term.args[0] if term.op == t.NEGATIVE else term for term in tree.args]
        yield from [term.data for term in terms if term.op == t.NAME]


def _scalars_at(tree: Tree) -> Iterator[str]:
    if tree.op in (t.POWER, t.ENTRY_POWER):
        base, exponent = tree.args
        if base.op not in (t.CONSTANT, t.NUMBER):
            yield from _plain_names(exponent)
    elif tree.op == t.LITERAL:
        for entry in tree.args:
            yield from _plain_names(entry)
    elif tree.op == t.OVER:
        below = tree.args[1]
        factors = below.args if below.op == t.PRODUCT else (below,)
        yield from [f.data for f in factors if f.op == t.NAME and f.data in _COUNTS]
    elif tree.is_a(t.CALL, "root", "pow", "log") and len(tree.args) == 2:
        yield from _plain_names(tree.args[1])
    elif tree.is_a(t.CALL, "log") and tree.script is not None:
        yield from _plain_names(tree.script)


def _plain_names(tree: Tree) -> list[str]:
    """The lower-case names of a formula of numbers; none if it may be one of matrices."""
    found = list(walk(tree))
    plain = all(part.op in _PLAIN or part.is_a(t.CALL, *_OF_NUMBERS) for part in found)
    return [p.data for p in found if p.op == t.NAME and p.data[0].islower()] if plain else []


def extents(root: Tree) -> frozenset[str]:
    """Names that stand for numbers of rows and columns: the n of eye(n), 1_n and I_n."""
    found: set[str] = set()
    for tree in walk(root):
        if tree.is_a(t.CALL, *_SIZED):
            found.update(part.data for arg in tree.args for part in walk(arg) if part.op == t.NAME)
        elif tree.is_a(t.CONSTANT, "1") and tree.script is not None:
            found.update(part.data for part in walk(tree.script) if part.op == t.NAME)
        elif tree.op == t.NAME and is_sized_identity(tree.data):
            found.update(letter for letter in tree.data[2:] if letter.isalpha())
    return frozenset(found)


def is_sized_identity(name: str) -> bool:
    """Whether this is I_n, I_3 or I_mn."""
    index = name[2:]
    return name.startswith("I_") and (index.isdigit() or (index.isalpha() and index.islower()))
