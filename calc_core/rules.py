"""The table of laws of differentiation.

A law turns ``D(u, x)`` into an expression that may hold further inert ``D``s, or says that it does
not apply (None).  The engine tries the laws of :data:`LAWS` from top to bottom.  What the known
functions become, the chain rule reads from :data:`calc_core.outer.OUTER`.

Sources: the differentiation rules are those of any analysis course, e.g. Apostol, *Mathematical
Analysis*, ch. 5 and 12.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from calc_core.errors import InputError
from calc_core.graph import (
    ADD,
    APP,
    ARRAY,
    AT,
    DERIV,
    DIV,
    EACH,
    FN,
    INTEGRAL,
    MINUS_ONE,
    MUL,
    ONE,
    PIECEWISE,
    POW,
    SYM,
    ZERO,
    D,
    Node,
    add,
    array,
    at,
    bindings,
    cases,
    depends,
    div,
    dot,
    entries,
    fn,
    integral,
    logic,
    mul,
    neg,
    piecewise,
    postorder,
    power,
    rel,
    substitute,
)
from calc_core.outer import outer_name, partials

# A sum of more terms than this leaves out at once the terms that do not move.
LONG_SUM = 8


@dataclass(frozen=True, slots=True)
class Law:
    """One law.

    ``id``         its name, see :mod:`calc_core.labels`;
    ``statement``  the law as a person writes it, in LaTeX;
    ``apply``      what it makes of D(u, x), or None where it does not apply;
    ``heads``      the operators of u that it is about; none means any.
    """

    id: str
    statement: str
    apply: Callable[[Node, Node], Node | None]
    heads: tuple[str, ...] = ()


def _constant(u: Node, x: Node) -> Node | None:
    return ZERO if x.op == SYM and not u.shape and not depends(u, x) else None


def _variable(u: Node, x: Node) -> Node | None:
    return ONE if u is x else None


def _constant_multiple(u: Node, x: Node) -> Node | None:
    if u.op == DIV:
        return None if depends(u.args[1], x) else D(u.args[0], x) / u.args[1]
    still = [f for f in u.args if not depends(f, x)]
    moving = [f for f in u.args if depends(f, x)]
    return mul(*still, D(mul(*moving), x)) if still else None


def _sum(u: Node, x: Node) -> Node | None:
    chosen = u.args if len(u.args) <= LONG_SUM else [t for t in u.args if depends(t, x)]
    return add(*[_derivative_of_term(t, x) for t in chosen])


def _derivative_of_term(t: Node, x: Node) -> Node:
    # d/dx[−v] = −d/dx[v] at once: nobody calls the minus of a difference a factor.
    if t.op == MUL and t.args[0] is MINUS_ONE:
        return neg(D(mul(*t.args[1:]), x))
    return D(t, x)


def _product(u: Node, x: Node) -> Node | None:
    args = u.args
    if len(args) > 3:
        # In halves, so that n factors make n log n nodes and not n².
        args = mul(*args[: len(args) // 2]), mul(*args[len(args) // 2 :])
    return add(*[mul(*args[:i], D(f, x), *args[i + 1 :]) for i, f in enumerate(args)])


def _reciprocal(u: Node, x: Node) -> Node | None:
    if depends(u.args[0], x):
        return None
    top, bottom = u.args
    return neg(div(mul(top, D(bottom, x)), bottom**2))


def _quotient(u: Node, x: Node) -> Node | None:
    top, bottom = u.args
    return div(D(top, x) * bottom - top * D(bottom, x), bottom**2)


def _log_of_abs(u: Node, x: Node) -> Node | None:
    inner = u.args[0]
    if u.data != "ln" or inner.op != FN or inner.data != "abs":
        return None
    return D(inner.args[0], x) / inner.args[0]


def _elementary(u: Node, x: Node) -> Node | None:
    found = partials(u, x)
    return found[0][0] if len(found) == 1 and found[0][1] is x else None


def _chain(u: Node, x: Node) -> Node | None:
    if outer_name(u, x) is None:
        return None
    found = [(p, a) for p, a in partials(u, x) if p is not ZERO]
    return add(*[p * D(a, x) for p, a in found])


def _logarithmic(u: Node, x: Node) -> Node | None:
    base, exponent = u.args
    return u * D(exponent * fn("ln", base), x)


def _change_of_base(u: Node, x: Node) -> Node | None:
    if u.data == "log":
        argument, base = u.args
        return D(fn("ln", argument) / fn("ln", base), x)
    return None


def _moving_root(u: Node, x: Node) -> Node | None:
    if u.data == "root":
        return D(power(u.args[0], 1 / u.args[1]), x)
    return None


def _largest(u: Node, x: Node) -> Node | None:
    if u.data not in ("max", "min"):
        return None
    relation = "gt" if u.data == "max" else "lt"
    return piecewise(*[(D(a, x), _beats_all(a, u.args, relation)) for a in u.args])


def _beats_all(a: Node, rivals: tuple[Node, ...], relation: str) -> Node:
    wins = [rel(relation, a, b) for b in rivals if b is not a]
    return wins[0] if len(wins) == 1 else logic("and", *wins) if wins else logic("true")


def _piecewise(u: Node, x: Node) -> Node | None:
    return piecewise(*[(D(value, x), condition) for value, condition in cases(u)])


def _leibniz(u: Node, x: Node) -> Node | None:
    body, bound, low, high = u.args
    found = []
    if depends(high, x):
        found.append(substitute(body, {bound: high}) * D(high, x))
    if depends(low, x):
        found.append(neg(substitute(body, {bound: low}) * D(low, x)))
    if depends(body, x) and bound is not x:
        found.append(integral(D(body, x), bound, low, high))
    return add(*found)


def _composition(u: Node, x: Node) -> Node | None:
    # What stands in the body and is not bound moves as itself.
    moving = {v: v for v in entries(x) if depends(u.args[0], v) and v not in bindings(u)}
    table = {**bindings(u), **moving}
    inner, outer = array((len(table),), table.values()), array((len(table),), table)
    return dot(at(D(u.args[0], outer), table), D(inner, x))


def _hessian(u: Node, x: Node) -> Node | None:
    if x.op != ARRAY or u.args[1] is not x or u.args[0].op == ARRAY:
        return None
    f, variables = u.args[0], x.args
    n = len(variables)
    # For twice continuously differentiable f, ∂²f/∂x_j∂x_i = ∂²f/∂x_i∂x_j (Schwarz).
    ordered = not _is_rough(f)

    def second(i: int, j: int) -> Node:
        i, j = (min(i, j), max(i, j)) if ordered else (i, j)
        return D(D(f, variables[i]), variables[j])

    return array((n, n), [second(i, j) for i in range(n) for j in range(n)])


def _gradient(u: Node, x: Node) -> Node | None:
    return array(x.data, [D(u, v) for v in x.args]) if x.op == ARRAY and u.op != ARRAY else None


def _entry_by_entry(u: Node, x: Node) -> Node | None:
    return array(u.shape + x.shape, [D(f, v) for f in u.args for v in entries(x)])


_ROUGH = frozenset(("abs", "sign", "min", "max", "floor", "ceil", "heaviside", "relu"))


def _is_rough(f: Node) -> bool:
    """Whether f has a part that is only piecewise smooth."""
    return any(n.op == PIECEWISE or (n.op == FN and n.data in _ROUGH) for n in postorder(f))


LAWS: tuple[Law, ...] = (
    Law(
        "hessian",
        r"H_{ij} = \frac{\partial}{\partial x_j}\frac{\partial f}{\partial x_i}",
        _hessian,
        (DERIV,),
    ),
    Law("composition", r"D(f \circ g) = (\nabla f \circ g)\, Dg", _composition, (AT,)),
    Law(
        "gradient",
        r"\nabla f = \left(\frac{\partial f}{\partial x_1}, \dots,"
        r" \frac{\partial f}{\partial x_n}\right)",
        _gradient,
    ),
    Law("jacobian", r"J_{ij} = \frac{\partial f_i}{\partial x_j}", _entry_by_entry, (ARRAY,)),
    Law("constant", r"c' = 0", _constant),
    Law("variable", r"x' = 1", _variable, (SYM,)),
    Law("sum", r"(u + v)' = u' + v'", _sum, (ADD,)),
    Law("constant-multiple", r"(c\,u)' = c\,u'", _constant_multiple, (MUL, DIV)),
    Law("product", r"(u\,v)' = u'\,v + u\,v'", _product, (MUL,)),
    Law("reciprocal", r"\left(\frac cv\right)' = -\frac{c\,v'}{v^2}", _reciprocal, (DIV,)),
    Law("quotient", r"\left(\frac uv\right)' = \frac{u'\,v - u\,v'}{v^2}", _quotient, (DIV,)),
    Law("log-of-abs", r"(\ln|u|)' = \frac{u'}{u}", _log_of_abs, (FN,)),
    Law("elementary", "", _elementary, (FN, POW, APP)),
    Law("chain", r"\bigl(f(u)\bigr)' = f'(u)\,u'", _chain, (FN, POW, APP)),
    Law("logarithmic", r"(u^v)' = u^v\,(v \ln u)'", _logarithmic, (POW,)),
    Law("change-of-base", r"\log_b u = \frac{\ln u}{\ln b}", _change_of_base, (FN,)),
    Law("root-as-power", r"\sqrt[n]{u} = u^{1/n}", _moving_root, (FN,)),
    Law(
        "extremum",
        r"\max(u,v)' = u' \text{ where } u > v,\; v' \text{ where } v > u",
        _largest,
        (FN,),
    ),
    Law(
        "piecewise",
        r"\text{each piece for itself, inside its own region}",
        _piecewise,
        (PIECEWISE,),
    ),
    Law(
        "leibniz",
        r"\left(\int_a^b f\,dt\right)' = f(b)\,b' - f(a)\,a' + \int_a^b f'\,dt",
        _leibniz,
        (INTEGRAL,),
    ),
)


@dataclass(frozen=True, slots=True)
class Table:
    """Laws in the order in which they are tried, sorted by the operators that they are about."""

    laws: tuple[Law, ...] = LAWS
    _about: dict[str, tuple[Law, ...]] = field(default_factory=dict)

    def first(self, goal: Node) -> tuple[Law, Node]:
        """The first law that applies to the goal D(u, x), and what it makes of it.

        Raises InputError, naming the operation, where the table has no law.
        """
        u, x = goal.args
        for law in self._about.get(u.op) or self._sorted(u.op):
            after = law.apply(u, x)
            if after is not None:
                return law, after
        name = u.data if u.op in (FN, EACH) else u.op
        raise InputError(f"There is no rule yet for differentiating {name} in this form.")

    def _sorted(self, op: str) -> tuple[Law, ...]:
        found = tuple(law for law in self.laws if not law.heads or op in law.heads)
        self._about[op] = found
        return found
