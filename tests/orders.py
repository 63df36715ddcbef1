"""In which order to multiply a chain of Jacobians.

A composition Rⁿ⁰ → Rⁿ¹ → … → Rⁿᵏ has the derivative J_k ⋯ J₂ J₁, where J_i is n_i × n_{i−1}.  The
product is the same in whatever order it is worked out, and the work is not: (p×q) times (q×r) takes
p·q·r multiplications, all entries counted.  From the right, J_k(⋯(J₂ J₁)), is *forward* mode, the
way the values are computed; from the left, ((J_k J_{k−1})⋯)J₁, is *backward* (reverse) mode.

Griewank & Walther, *Evaluating Derivatives*, 2nd ed., SIAM 2008, ch. 3; Baydin, Pearlmutter, Radul
& Siskind, "Automatic differentiation in machine learning: a survey", JMLR 18 (2018).  The best
order by dynamic programming: Godbole, "On efficient computation of matrix chain products", IEEE
Trans. Comput. C-22 (1973).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

#: An order of multiplying: the number of a factor, or (left, right) of two products.
Tree = int | tuple[Any, Any]
# The table of the best order grows with the cube of the factors.
MOST_FACTORS = 12


@dataclass(frozen=True)
class Orders:
    """What the three orders cost, in multiplications, for ``widths`` n₀, n₁, …, n_k."""

    widths: tuple[int, ...]
    forward: int
    backward: int
    best: int
    best_tree: Tree


def orders(widths: Sequence[int]) -> Orders:
    """The cost of each order.

    >>> orders((100, 50, 20, 1))
    Orders(widths=(100, 50, 20, 1), forward=102000, backward=6000, best=6000, best_tree=((3, 2), 1))
    """
    n = tuple(widths)
    k = len(n) - 1
    if k < 1 or k > MOST_FACTORS or min(n) < 1:
        raise ValueError(f"no chain of at most {MOST_FACTORS} Jacobians: {n}")
    tree = best_tree(n)
    return Orders(n, cost(n, forward(k)), cost(n, backward(k)), cost(n, tree), tree)


def forward(k: int) -> Tree:
    """From the right: J_k(⋯(J₂ J₁)).

    >>> forward(3)
    (3, (2, 1))
    """
    tree: Tree = 1
    for i in range(2, k + 1):
        tree = (i, tree)
    return tree


def backward(k: int) -> Tree:
    """From the left: ((J_k J_{k−1})⋯)J₁.

    >>> backward(3)
    ((3, 2), 1)
    """
    tree: Tree = k
    for i in range(k - 1, 0, -1):
        tree = (tree, i)
    return tree


def cost(widths: Sequence[int], tree: Tree) -> int:
    """The multiplications of an order; J_i is widths[i] × widths[i−1].

    >>> cost((2, 3, 4), (2, 1))
    24
    """

    def shape(t: Tree) -> tuple[int, int, int]:
        if isinstance(t, int):
            return widths[t], widths[t - 1], 0
        (p, q, left), (_, r, right) = shape(t[0]), shape(t[1])
        return p, r, left + right + p * q * r

    return shape(tree)[2]


def best_tree(widths: Sequence[int]) -> Tree:
    """An order that takes the fewest multiplications, by dynamic programming."""

    @cache
    def least(low: int, high: int) -> tuple[int, Tree]:
        # The product J_high ⋯ J_low, split into J_high ⋯ J_{m+1} and J_m ⋯ J_low.
        if low == high:
            return 0, low
        found = []
        for m in range(low, high):
            right, left = least(low, m), least(m + 1, high)
            work = left[0] + right[0] + widths[high] * widths[m] * widths[low - 1]
            found.append((work, (left[1], right[1])))
        return min(found, key=lambda pair: pair[0])

    return least(1, len(widths) - 1)[1]
