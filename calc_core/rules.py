"""The table of laws of differentiation.

A law turns ``D(u, x)`` into an expression that may hold further inert ``D``s, or says that it does
not apply (None).  The engine tries the laws from top to bottom.  There are two tables: how the
known functions behave at their outermost (:data:`OUTER`), which the chain rule reads, and the laws
themselves (:data:`LAWS`).  To teach the engine a new function is one row of the first table.

Sources: the differentiation rules are those of any analysis course, e.g. Apostol, *Mathematical
Analysis*, ch. 5 and 12; derivatives of special functions from the NIST Digital Library of
Mathematical Functions (§4.20, §4.26, §4.34, §4.40 elementary; §5.9, §5.12, §5.15 gamma; §7.10 erf).
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
    NUM,
    ONE,
    PI,
    PIECEWISE,
    POW,
    SYM,
    ZERO,
    D,
    Node,
    add,
    app,
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
    num,
    piecewise,
    power,
    rel,
    substitute,
)

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


@dataclass(frozen=True, slots=True)
class Outer:
    """The partial derivatives of an outermost function by its arguments, at its arguments."""

    statement: str
    partials: Callable[..., tuple[Node, ...]]


def _one(partial: Callable[[Node], Node]) -> Callable[..., tuple[Node, ...]]:
    return lambda u: (partial(u),)


def _outer(statement: str, partial: Callable[[Node], Node]) -> Outer:
    return Outer(statement, _one(partial))


def _root_partial(u: Node, n: Node) -> tuple[Node, ...]:
    return (1 / (n * power(fn("root", u, n), num(n.data - 1))), ZERO)


def _polygamma_partials(n: Node, u: Node) -> tuple[Node, ...]:
    return ZERO, fn("polygamma", num(n.data + 1), u)


def _beta_partials(a: Node, b: Node) -> tuple[Node, ...]:
    whole, both = fn("beta", a, b), fn("digamma", a + b)
    return whole * (fn("digamma", a) - both), whole * (fn("digamma", b) - both)


def _angle_partials(y: Node, x: Node) -> tuple[Node, ...]:
    r2 = x**2 + y**2
    return x / r2, neg(y) / r2


def _square(name: str, u: Node) -> Node:
    return fn(name, u) ** 2


OUTER: dict[str, Outer] = {
    "exp": _outer(r"(e^u)' = e^u", lambda u: fn("exp", u)),
    "ln": _outer(r"(\ln u)' = \frac1u", lambda u: 1 / u),
    "log": Outer(r"(\log_b u)' = \frac{1}{u \ln b}", lambda u, b: (1 / (u * fn("ln", b)), ZERO)),
    "sqrt": _outer(r"(\sqrt u)' = \frac{1}{2\sqrt u}", lambda u: 1 / (2 * fn("sqrt", u))),
    "root": Outer(r"(\sqrt[n]{u})' = \frac{1}{n(\sqrt[n]{u})^{n-1}}", _root_partial),
    "sin": _outer(r"(\sin u)' = \cos u", lambda u: fn("cos", u)),
    "cos": _outer(r"(\cos u)' = -\sin u", lambda u: neg(fn("sin", u))),
    "tan": _outer(r"(\tan u)' = \sec^2 u", lambda u: _square("sec", u)),
    "sec": _outer(r"(\sec u)' = \sec u \tan u", lambda u: fn("sec", u) * fn("tan", u)),
    "csc": _outer(r"(\csc u)' = -\csc u \cot u", lambda u: neg(fn("csc", u) * fn("cot", u))),
    "cot": _outer(r"(\cot u)' = -\csc^2 u", lambda u: neg(_square("csc", u))),
    "asin": _outer(r"(\arcsin u)' = \frac{1}{\sqrt{1-u^2}}", lambda u: 1 / fn("sqrt", 1 - u**2)),
    "acos": _outer(
        r"(\arccos u)' = -\frac{1}{\sqrt{1-u^2}}", lambda u: neg(1 / fn("sqrt", 1 - u**2))
    ),
    "atan": _outer(r"(\arctan u)' = \frac{1}{1+u^2}", lambda u: 1 / (1 + u**2)),
    "acot": _outer(r"(\operatorname{arccot} u)' = -\frac{1}{1+u^2}", lambda u: neg(1 / (1 + u**2))),
    "asec": _outer(
        r"(\operatorname{arcsec} u)' = \frac{1}{|u|\sqrt{u^2-1}}",
        lambda u: 1 / (fn("abs", u) * fn("sqrt", u**2 - 1)),
    ),
    "acsc": _outer(
        r"(\operatorname{arccsc} u)' = -\frac{1}{|u|\sqrt{u^2-1}}",
        lambda u: neg(1 / (fn("abs", u) * fn("sqrt", u**2 - 1))),
    ),
    "sinh": _outer(r"(\sinh u)' = \cosh u", lambda u: fn("cosh", u)),
    "cosh": _outer(r"(\cosh u)' = \sinh u", lambda u: fn("sinh", u)),
    "tanh": _outer(r"(\tanh u)' = \operatorname{sech}^2 u", lambda u: _square("sech", u)),
    "sech": _outer(
        r"(\operatorname{sech} u)' = -\operatorname{sech} u \tanh u",
        lambda u: neg(fn("sech", u) * fn("tanh", u)),
    ),
    "csch": _outer(
        r"(\operatorname{csch} u)' = -\operatorname{csch} u \coth u",
        lambda u: neg(fn("csch", u) * fn("coth", u)),
    ),
    "coth": _outer(r"(\coth u)' = -\operatorname{csch}^2 u", lambda u: neg(_square("csch", u))),
    "asinh": _outer(
        r"(\operatorname{arsinh} u)' = \frac{1}{\sqrt{u^2+1}}", lambda u: 1 / fn("sqrt", u**2 + 1)
    ),
    "acosh": _outer(
        r"(\operatorname{arcosh} u)' = \frac{1}{\sqrt{u^2-1}}", lambda u: 1 / fn("sqrt", u**2 - 1)
    ),
    "atanh": _outer(r"(\operatorname{artanh} u)' = \frac{1}{1-u^2}", lambda u: 1 / (1 - u**2)),
    "acoth": _outer(r"(\operatorname{arcoth} u)' = \frac{1}{1-u^2}", lambda u: 1 / (1 - u**2)),
    "asech": _outer(
        r"(\operatorname{arsech} u)' = -\frac{1}{u\sqrt{1-u^2}}",
        lambda u: neg(1 / (u * fn("sqrt", 1 - u**2))),
    ),
    "acsch": _outer(
        r"(\operatorname{arcsch} u)' = -\frac{1}{|u|\sqrt{1+u^2}}",
        lambda u: neg(1 / (fn("abs", u) * fn("sqrt", 1 + u**2))),
    ),
    "atan2": Outer(
        r"\partial \operatorname{atan2}(y,x) = \frac{x\,\partial y - y\,\partial x}{x^2+y^2}",
        _angle_partials,
    ),
    "abs": _outer(r"|u|' = \operatorname{sgn} u", lambda u: fn("sign", u)),
    "sign": _outer(r"(\operatorname{sgn} u)' = 0", lambda u: ZERO),
    "floor": _outer(r"\lfloor u \rfloor' = 0", lambda u: ZERO),
    "ceil": _outer(r"\lceil u \rceil' = 0", lambda u: ZERO),
    "heaviside": _outer(r"H(u)' = 0", lambda u: ZERO),
    "relu": _outer(r"\operatorname{relu}(u)' = H(u)", lambda u: fn("heaviside", u)),
    "sigmoid": _outer(
        r"\sigma(u)' = \sigma(u)(1-\sigma(u))",
        lambda u: fn("sigmoid", u) * (1 - fn("sigmoid", u)),
    ),
    "softplus": _outer(r"\operatorname{softplus}(u)' = \sigma(u)", lambda u: fn("sigmoid", u)),
    "erf": _outer(
        r"\operatorname{erf}(u)' = \frac{2}{\sqrt\pi} e^{-u^2}",
        lambda u: (2 / fn("sqrt", PI)) * fn("exp", neg(u**2)),
    ),
    "erfc": _outer(
        r"\operatorname{erfc}(u)' = -\frac{2}{\sqrt\pi} e^{-u^2}",
        lambda u: neg((2 / fn("sqrt", PI)) * fn("exp", neg(u**2))),
    ),
    "gamma": _outer(
        r"\Gamma(u)' = \Gamma(u)\,\psi(u)", lambda u: fn("gamma", u) * fn("digamma", u)
    ),
    "loggamma": _outer(r"(\ln\Gamma(u))' = \psi(u)", lambda u: fn("digamma", u)),
    "digamma": _outer(r"\psi(u)' = \psi^{(1)}(u)", lambda u: fn("polygamma", ONE, u)),
    "polygamma": Outer(r"\psi^{(n)}(u)' = \psi^{(n+1)}(u)", _polygamma_partials),
    "beta": Outer(
        r"\partial_a \mathrm{B}(a,b) = \mathrm{B}(a,b)(\psi(a) - \psi(a+b))", _beta_partials
    ),
    "factorial": _outer(
        r"(u!)' = u!\,\psi(u+1)", lambda u: fn("factorial", u) * fn("digamma", u + 1)
    ),
    "power": Outer(r"(u^n)' = n\,u^{n-1}", lambda u, n: (n * power(u, _less_one(n)), ZERO)),
    "exponential": Outer(r"(a^u)' = a^u \ln a", lambda a, u: (ZERO, power(a, u) * fn("ln", a))),
}


def _less_one(n: Node) -> Node:
    return num(n.data - 1) if n.op == NUM else n - 1


def outer_name(u: Node, x: Node) -> str | None:
    """The row of :data:`OUTER` that u = outer(…) is differentiated by, if it is a composition."""
    if u.op in (FN, EACH):
        return u.data if u.data in OUTER and not _moving_parameter(u, x) else None
    if u.op == POW:
        base, exponent = u.args
        if not depends(exponent, x):
            return "power"
        return "exponential" if not depends(base, x) else None
    return "unknown-function" if u.op == APP else None


# Arguments that count as parameters: no derivative by them in the table.  The degree of a root and
# the order of a polygamma function must be numbers, the base of a logarithm must stand still.
_PARAMETERS = {"log": 1, "root": 1, "polygamma": 0}


def _moving_parameter(u: Node, x: Node) -> bool:
    position = _PARAMETERS.get(u.data)
    if position is None:
        return False
    parameter = u.args[position]
    return depends(parameter, x) if u.data == "log" else parameter.op != NUM


def partials(u: Node, x: Node) -> list[tuple[Node, Node]]:
    """(∂outer/∂argument, argument) for every argument of u that depends on x."""
    name = outer_name(u, x)
    if name is None:
        return []
    found = _unknown_partials(u) if u.op == APP else OUTER[name].partials(*u.args)
    return [(p, a) for p, a in zip(found, u.args, strict=True) if depends(a, x)]


def _unknown_partials(u: Node) -> tuple[Node, ...]:
    name, orders = u.data
    return tuple(
        app(name, u.args, tuple(n + (i == k) for k, n in enumerate(orders)))
        for i in range(len(u.args))
    )


# ── the laws ──────────────────────────────────────────────────────────────────────────────────────


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
    ordered = not is_rough(f)

    def second(i: int, j: int) -> Node:
        i, j = (min(i, j), max(i, j)) if ordered else (i, j)
        return D(D(f, variables[i]), variables[j])

    return array((n, n), [second(i, j) for i in range(n) for j in range(n)])


def _gradient(u: Node, x: Node) -> Node | None:
    return array(x.data, [D(u, v) for v in x.args]) if x.op == ARRAY and u.op != ARRAY else None


def _entry_by_entry(u: Node, x: Node) -> Node | None:
    return array(u.shape + x.shape, [D(f, v) for f in u.args for v in entries(x)])


_ROUGH = frozenset(("abs", "sign", "min", "max", "floor", "ceil", "heaviside", "relu"))


def is_rough(f: Node, _seen: set[Node] | None = None) -> bool:
    """Whether f has a part that is only piecewise smooth."""
    seen = _seen if _seen is not None else set()
    if f in seen:
        return False
    seen.add(f)
    if f.op == PIECEWISE or (f.op == FN and f.data in _ROUGH):
        return True
    return any(is_rough(a, seen) for a in f.args)


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
