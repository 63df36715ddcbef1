"""Random functions of sensible size, graded by the rules that their derivatives need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import gcd
from random import Random

from calc_core.derive import Engine, Step
from calc_core.graph import D, Node, add, array, div, fn, mul, neg, num, power, sym
from calc_core.tidy import Tidier

LEVELS = (1, 2, 3, 4, 5)
#: Functions of every course, and those that need a positive argument.
EVERYWHERE, POSITIVE = ("sin", "cos", "exp"), ("ln", "sqrt")
# The rules that everybody can do, and those that count as steps up.
_FIRST = frozenset(("sum", "constant-multiple", "constant", "variable", "gradient", "jacobian",
                    "hessian", "inner-first", "known"))  # fmt: skip
_TIDY = Tidier()


def tidied(u: Node) -> Node:
    """The form in which a person would write it."""
    return _TIDY(u)[0]


def coefficient(rng: Random, largest: int = 5, may_be_negative: bool = True) -> int:
    """A whole number other than 0, more often positive."""
    size = rng.randint(1, largest)
    return -size if may_be_negative and rng.random() < 0.3 else size


def some_of(rng: Random, names: Sequence[str], count: int) -> list[str]:
    """So many of the names, in their own order."""
    chosen = rng.sample(list(names), count)
    return [name for name in names if name in chosen]


def monomial(rng: Random, names: Sequence[str], degree: int, largest: int = 5) -> Node:
    """A monomial c xᵃyᵇ… with exponents that add up to at most the degree, and to at least 1."""
    exponents = dict.fromkeys(names, 0)
    for _ in range(rng.randint(1, degree)):
        exponents[rng.choice(names)] += 1
    letters = [power(sym(v), num(n)) if n > 1 else sym(v) for v, n in exponents.items() if n]
    c = coefficient(rng, largest)
    return mul(num(c), *letters) if c != 1 else mul(*letters)


def polynomial(rng: Random, names: Sequence[str], terms: int, degree: int) -> Node:
    """A sum of monomials in which every variable occurs if there is room, sometimes a constant."""
    parts = [monomial(rng, names, degree) for _ in range(terms)]
    if rng.random() < 0.4:
        parts.append(num(coefficient(rng)))
    return tidied(add(*parts))


def linear(rng: Random, names: Sequence[str]) -> Node:
    """A linear function a x + b y, or a multiple of one variable."""
    return linear_in_all(rng, some_of(rng, names, rng.randint(1, min(2, len(names)))))


def linear_in_all(rng: Random, names: Sequence[str]) -> Node:
    """A linear function a x + b y + … in which every variable occurs."""
    numbers = _coprime([coefficient(rng, 3, k > 0) for k in range(len(names))])
    return tidied(add(*[mul(num(c), sym(v)) for c, v in zip(numbers, names, strict=True)]))


def _coprime(numbers: Sequence[int]) -> list[int]:
    """Several numbers without their common factor; one alone stays as it is."""
    common = gcd(*numbers) if len(numbers) > 1 else 1
    return [n // common for n in numbers]


def inner(rng: Random, names: Sequence[str]) -> Node:
    """An inner function worth a chain rule: linear, a product, or a sum of squares."""
    if rng.randrange(3) and len(names) > 1:
        return curved_inner(rng, names)
    found = linear(rng, names)
    # sin(x) would need no chain rule.
    return tidied(mul(num(rng.randint(2, 4)), found)) if found.op == "sym" else found


def curved_inner(rng: Random, names: Sequence[str]) -> Node:
    """An inner function that is not linear: a product, or a sum of squares."""
    if rng.random() < 0.5:
        return mul(*[sym(v) for v in some_of(rng, names, 2)])
    signs = rng.choice(((1, 1), (1, -1), (1, 2)))
    squares = [mul(num(c), sym(v) ** 2) for c, v in zip(signs, names, strict=False)]
    return tidied(add(*squares))


def positive_inner(rng: Random, names: Sequence[str]) -> Node:
    """An inner function that is positive everywhere: 1 + a x² + b y²."""
    chosen = some_of(rng, names, rng.randint(1, len(names)))
    *numbers, last = _coprime([*[rng.randint(1, 3) for _ in chosen], rng.randint(1, 4)])
    squares = [mul(num(c), sym(v) ** 2) for c, v in zip(numbers, chosen, strict=True)]
    return tidied(add(*squares, num(last)))


def elementary(rng: Random, argument: Node) -> Node:
    """sin, cos or exp of the argument."""
    return fn(rng.choice(EVERYWHERE), argument)


def composite(rng: Random, names: Sequence[str]) -> Node:
    """An elementary function of an inner function."""
    if rng.random() < 0.3:
        return fn(rng.choice(POSITIVE), positive_inner(rng, names))
    return elementary(rng, inner(rng, names))


def raw_function(rng: Random, names: Sequence[str], level: int) -> Node:
    """A function of about this level."""
    x = sym(rng.choice(list(names)))
    if level == 1:
        return polynomial(rng, names, rng.randint(2, 3), 3)
    if level == 2:
        simple = fn(rng.choice((*EVERYWHERE, "ln")), x)
        return rng.choice((mul, add))(monomial(rng, names, 2, 4), simple)
    if level == 3:
        outer = composite(rng, names)
        if rng.random() < 0.3:
            base = inner(rng, names)
            base = add(base, num(rng.choice((-1, 1, 2)))) if base.op == "mul" else base
            outer = power(base, num(rng.randint(3, 5)))
        return rng.choice((outer, add(outer, monomial(rng, names, 3)), mul(num(3), outer)))
    if level == 4:
        if rng.random() < 0.5:
            return mul(monomial(rng, names, 2, 3), composite(rng, names))
        return div(monomial(rng, names, 2, 3), positive_inner(rng, names))
    shape = rng.randrange(3)
    if shape == 0:
        return div(composite(rng, names), positive_inner(rng, names))
    if shape == 1:
        first = composite(rng, names)
        last = fn("sin", x) if first.data == "exp" else fn("exp", neg(x))
        return mul(monomial(rng, names, 2, 3), first, last)
    nested = fn(rng.choice(POSITIVE), add(num(2), elementary(rng, inner(rng, names))))
    return mul(monomial(rng, names, 1, 3), nested)


def plain_somewhere(rng: Random, names: Sequence[str], level: int) -> Node:
    """As :func:`raw_function`, with derivatives that are fractions at some whole points."""
    if level < 4 or rng.random() < 0.3:
        return raw_function(rng, names, min(level, 4))
    composed = elementary(rng, vanishing(rng, names))
    if level == 4:
        return add(mul(monomial(rng, names, 2, 3), composed), monomial(rng, names, 2))
    top = add(mul(num(rng.randint(1, 3)), composed), monomial(rng, names, 2))
    if rng.random() < 0.5:
        return div(top, add(num(1), sym(rng.choice(list(names))) ** 2))
    others = [name for name in EVERYWHERE if name != composed.data]
    other = fn(rng.choice(others), vanishing(rng, names))
    return mul(monomial(rng, names, 1, 3), composed, other)


def vanishing(rng: Random, names: Sequence[str]) -> Node:
    """An inner function that is 0 at many whole points: a product or a difference."""
    x, y = (sym(v) for v in some_of(rng, names, 2))
    return rng.choice((x * y, x - y, x**2 - y**2, x - 2 * y, x + y))


def twice_differentiable(rng: Random, names: Sequence[str], level: int) -> Node:
    """A function whose second derivatives are of about this level: simpler than the first."""
    x = sym(rng.choice(list(names)))
    if level == 1:
        return polynomial(rng, names, rng.randint(2, 3), 4)
    if level == 2:
        other = [sym(v) for v in names if v != x.data]
        front = mul(*[power(v, num(rng.randint(1, 3))) for v in other])
        return add(mul(front, elementary(rng, x)), monomial(rng, names, 3, 4))
    if level == 3:
        outer = elementary(rng, linear_in_all(rng, names))
        if rng.random() < 0.3:
            outer = power(linear_in_all(rng, names), num(rng.randint(3, 4)))
        return rng.choice((outer, add(outer, monomial(rng, names, 3)), mul(num(2), outer)))
    if level == 4:
        return add(elementary(rng, inner(rng, names)), monomial(rng, names, 3))
    if rng.random() < 0.6:
        return mul(monomial(rng, names, 1, 3), elementary(rng, inner(rng, names)))
    return fn(rng.choice(POSITIVE), positive_inner(rng, names))


def function(
    rng: Random,
    names: Sequence[str],
    level: int,
    measure: Callable[[Node], int] | None = None,
    raw: Callable[[Random, Sequence[str], int], Node] = raw_function,
    tries: int = 80,
) -> Node:
    """A function of exactly these variables whose derivative needs the rules of this level.

    ``measure``  the level of what is asked about it; by default that of the gradient;
    ``raw``      makes a function of about a level.

    Raises LookupError if none is found.
    """
    wanted = measure or (lambda f: level_of(f, names))
    for _ in range(tries):
        f = tidied(raw(rng, names, level))
        if f.free == set(names) and wanted(f) == level:
            return f
    raise LookupError(f"no function of level {level} in {tries} tries")


def level_of(f: Node, names: Sequence[str]) -> int:
    """1–5 by the rules that the gradient of f needs: see :func:`level_of_steps`."""
    x = array((len(names),), [sym(v) for v in names])
    return level_of_steps(Engine().derive(D(f, x)).walk())


def level_of_steps(steps: Iterable[Step]) -> int:
    """The level of a derivation.

    1 sums, multiples and powers; 2 also a product or an elementary function; 3 a chain rule;
    4 a quotient, or product and chain rule; 5 a quotient with a chain rule inside it other than of
    a power, a chain in a chain, or two products.
    """
    walked = list(steps)
    rules = [s.rule for s in walked if s.rule not in _FIRST]
    details = {s.detail for s in walked if s.rule in ("elementary", "chain")}
    chains = {s.goal.args[0] for s in walked if s.rule == "chain"}
    quotients = {s.goal.args[0] for s in walked if s.rule in ("quotient", "reciprocal")}
    products = {s.goal.args[0] for s in walked if s.rule == "product"}
    nested = any(c is not d and _contains(c, d) for c in chains for d in chains)
    inside = any(c.op == "fn" and _contains(q, c) for c in chains for q in quotients)
    if inside or nested or len({len(p.args) for p in products} & {3, 4}) > 0:
        return 5
    if quotients or (products and chains):
        return 4
    if chains:
        return 3
    return 2 if "product" in rules or details - {"power"} else 1


def _contains(whole: Node, part: Node) -> bool:
    return whole is part or any(_contains(a, part) for a in whole.args)


def is_sensible(u: Node, largest: int = 60) -> bool:
    """Whether an answer is neither endless nor full of large numbers."""
    return u.size <= largest and all(abs(n) <= 200 for n in _numbers(u))


def _numbers(u: Node) -> Iterable[int]:
    if u.op == "num":
        yield u.data.numerator
        yield u.data.denominator
    for part in u.args:
        yield from _numbers(part)
