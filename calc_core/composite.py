"""Built on the gradient: directions, compositions, implicit functions, Taylor polynomials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from calc_core.calculus import Function, Scalar, read, read_scalar, variables_of
from calc_core.certify import Certifier, no_derivatives, sample_points
from calc_core.conditions import conditions, truth
from calc_core.derivation import Derivation
from calc_core.derive import Engine
from calc_core.errors import InputError
from calc_core.evaluate.sampled import Array, Sampled
from calc_core.expression import Expression
from calc_core.graph import (
    ZERO,
    D,
    Node,
    app,
    array,
    at,
    div,
    dot,
    entries,
    fn,
    neg,
    num,
    substitute,
    sym,
)
from calc_core.parse import parse_equation
from calc_core.printing import Text
from calc_core.printing.latex import symbol_latex
from calc_core.terms import HALF

# Newton's method for the check of implicit functions.
NEWTON_STEPS, SLOPE_STEP = 60, 1e-7
ROOT, FAR, STEEP = 1e-10, 50.0, 1e-2

Point = Mapping[str, Scalar] | Sequence[Scalar]


def directional(
    f: Function, direction: Point, at: Point | None = None, normalised: bool = True
) -> Derivation:
    """The directional derivative D_v f = d/ds f(x + s v) at s = 0, which is ∇f · v.

    ``direction``   the components of v, in the order of the variables or by name;
    ``at``          the point; without it the result is a function of the point;
    ``normalised``  whether v is divided by its length first, as is usual: the result is then the
                    slope in that direction.

    Raises InputError for a direction of length 0 or of the wrong number of components.

    >>> directional("x^2 y", (3, 4), at=(1, 2)).result
    16/5
    """
    expression = read_scalar(f)
    variables = variables_of(expression)
    v = _vector(expression, direction)
    if all(c is ZERO for c in v):
        raise InputError("The direction has length 0.", hint="Give at least one component.")
    if normalised:
        length = fn("sqrt", _sum([c**2 for c in v]))
        v = [div(c, length) for c in v]
    here = _place(expression, at)
    goal = _along(expression.node, here, v)
    engine = Engine()
    slope = _at(D(expression.node, array((len(v),), variables)), here)
    step = engine.conclude(goal, "directional", dot(slope, array((len(v),), v)))
    name = expression.letter
    index = r"\hat v" if normalised else "v"
    return Derivation(
        expression, step, (rf"D_{{{index}}} {symbol_latex(name)}", f"D_v {name}"), point=here
    )


def steepest_ascent(f: Function, at: Point | None = None) -> tuple[Derivation, Derivation]:
    """(the gradient, the rate |∇f|): f grows fastest along ∇f, at that rate.

    By the Cauchy–Schwarz inequality ∇f · v ≤ |∇f| for every unit vector v, with equality for
    v = ∇f/|∇f|.

    >>> steepest_ascent("3x + 4y")[1].result
    5
    """
    expression = read_scalar(f)
    variables = variables_of(expression)
    here = _place(expression, at)
    name = symbol_latex(expression.letter)
    slope = _at(D(expression.node, array((len(variables),), variables)), here)
    goal = fn("sqrt", _sum([c**2 for c in entries(slope)]))
    engine = Engine()
    rate = engine.conclude(goal, "length", goal)
    direction = engine.conclude(slope, "at-point", slope)
    text = expression.letter
    return (
        Derivation(expression, direction, (rf"\nabla {name}", f"∇{text}"), point=here),
        Derivation(expression, rate, (rf"\left|\nabla {name}\right|", f"|∇{text}|"), point=here),
    )


def chain(
    f: Function, inner: Mapping[str, Function], wrt: str | Sequence[str] | None = None
) -> Derivation:
    """The derivative of f(x(t), y(t), …) by the multivariate chain rule, ∇f · D(x, y, …).

    The row gradient of f (1×m) at the inner functions, times their Jacobian (m×n).

    ``inner``  what each variable of f is, e.g. ``{"x": "cos t", "y": "sin t"}``;
    ``wrt``    the variables to differentiate by; by default those of the inner functions.

    A vector-valued f gives the product of the two Jacobians.

    >>> chain("x^2 + y^2", {"x": "cos t", "y": "t"}).result
    2*t - 2*sin(t)*cos(t)
    """
    expression = read(f)
    functions = {sym(name): read_scalar(g) for name, g in inner.items()}
    strangers = [x.data for x in functions if x.data not in expression.node.free]
    if strangers:
        raise InputError(f"{strangers[0]} does not occur in the outer function.")
    if not functions:
        raise InputError("No inner function is given.", hint='For example {"x": "cos t"}.')
    found = [v for g in functions.values() for v in g.variables]
    by = [wrt] if isinstance(wrt, str) else list(wrt or dict.fromkeys(found))
    whole = _at(expression.node, {x: g.node for x, g in functions.items()})
    variables = [sym(v) for v in by]
    target = variables[0] if len(variables) == 1 else array((len(variables),), variables)
    step = Engine().derive(D(whole, target))
    constants = tuple(sorted(whole.free - set(by)))
    composed = replace(expression, node=whole, variables=tuple(by), constants=constants)
    return Derivation(composed, step, _by_symbol(expression.letter, by))


def implicit(equation: str | Expression, dependent: str, variable: str) -> Derivation:
    """∂y/∂x = −F_x/F_y where F(x, y, …) = 0 defines y near a point with F_y ≠ 0.

    The implicit function theorem (e.g. Rudin, *Principles of Mathematical Analysis*, thm 9.28).

    Raises InputError if the equation does not hold both names.

    >>> implicit("x^2 + y^2 = 25", "y", "x").result
    -x/y
    """
    expression = parse_equation(equation) if isinstance(equation, str) else equation
    f, x, y = expression.node, sym(variable), sym(dependent)
    for name in (dependent, variable):
        if name not in f.free:
            raise InputError(f"{name} does not occur in the equation.")
    if x is y:
        raise InputError("A variable cannot be differentiated by itself here.")
    others = tuple(sym(n) for n in sorted(f.free - {dependent}))
    goal = D(app(dependent, others), x)
    step = Engine().conclude(goal, "implicit", neg(div(D(f, x), D(f, y))))
    solution = _Solution(f, dependent, tuple(v.data for v in others))
    certifier = Certifier(goal, point=solution.point, functions={dependent: solution})
    total = len(expression.variables) <= 2
    d, t = (r"\mathrm{d}", "d") if total else (r"\partial ", "∂")
    latex = rf"\frac{{{d}{symbol_latex(dependent)}}}{{{d}{symbol_latex(variable)}}}"
    symbol = latex, f"{t}{dependent}/{t}{variable}"
    return Derivation(expression, step, symbol, certifier, valid=(step.result,))


def quadratic(f: Function, at: Point) -> Derivation:
    """The second-order Taylor polynomial f(a) + ∇f(a)(x−a) + ½ (x−a)ᵀ H(a) (x−a).

    >>> quadratic("e^(x y)", (0, 0)).result
    x*y + 1
    """
    expression = read_scalar(f)
    variables = variables_of(expression)
    here = _place(expression, at)
    n = len(variables)
    x = array((n,), variables)
    # The polynomial is tidied with letters for x − a, so that it stays a polynomial in x − a.
    letters = [sym(f"Delta_{v}") for v in expression.variables]
    steps_away = [v if a is ZERO else v - a for v, a in here.items()]
    away = array((n,), letters)
    engine = Engine()
    slope = _at(D(expression.node, x), here)
    curvature = _at(D(D(expression.node, x), x), here)
    after = _at(expression.node, here) + dot(slope, away) + HALF * dot(dot(away, curvature), away)
    goal = _taylor(expression.node, here, steps_away)
    step = engine.conclude(goal, "taylor", after).renamed(
        dict(zip(letters, steps_away, strict=True))
    )
    name, inside = expression.letter, ", ".join(expression.variables)
    shown = ", ".join(symbol_latex(v) for v in expression.variables)
    latex = rf"T_2 {symbol_latex(name)}\left({shown}\right)"
    return Derivation(expression, step, (latex, f"T₂{name}({inside})"), point=here)


def _at(u: Node, values: Mapping[Node, Node]) -> Node:
    return u if all(x is v for x, v in values.items()) else at(u, values)


def _sum(terms: Sequence[Node]) -> Node:
    return terms[0] if len(terms) == 1 else sum(terms[1:], terms[0])


def _along(f: Node, here: Mapping[Node, Node], v: Sequence[Node]) -> Node:
    """d/ds f(here + s v) at s = 0."""
    s = _parameter(f, v)
    line = {x: a + s * c for (x, a), c in zip(here.items(), v, strict=True)}
    return at(D(at(f, line), s), {s: ZERO})


def _taylor(f: Node, here: Mapping[Node, Node], v: Sequence[Node]) -> Node:
    """Σ 1/k! dᵏ/dsᵏ f(here + s v) at s = 0 for k ≤ 2: the polynomial by its definition."""
    s = _parameter(f, v)
    line = at(f, {x: a + s * c for (x, a), c in zip(here.items(), v, strict=True)})
    first = D(line, s)
    start = {s: ZERO}
    return at(f, here) + at(first, start) + HALF * at(D(first, s), start)


def _parameter(f: Node, v: Sequence[Node]) -> Node:
    taken = f.free.union(*[c.free for c in v])
    return next(sym(name) for name in ("s", "r", "q", "s_0") if name not in taken)


def _vector(expression: Expression, values: Point) -> list[Node]:
    """One node for each variable."""
    variables = expression.variables
    if isinstance(values, Mapping):
        strangers = sorted(set(values) ^ set(variables))
        if strangers:
            raise InputError(f"There should be one value for each variable; see {strangers[0]}.")
        given = [values[name] for name in variables]
    else:
        given = list(values)
    if len(given) != len(variables):
        raise InputError(
            f"{len(given)} components do not fit {len(variables)} variables.",
            hint=f"Give one for each of {', '.join(variables)}.",
        )
    return [_number(value) for value in given]


def _place(expression: Expression, at: Point | None) -> dict[Node, Node]:
    """The variables with their values at the point, or with themselves.

    Raises InputError if f is not differentiable there.
    """
    variables = variables_of(expression)
    values = variables if at is None else _vector(expression, at)
    here = dict(zip(variables, values, strict=True))
    _smooth_at(expression, here)
    return here


def _smooth_at(expression: Expression, here: Mapping[Node, Node]) -> None:
    """Raise InputError if a condition for differentiating f is known to fail at the point."""
    for condition in conditions(expression.node):
        if truth(substitute(condition, here)) is False:
            raise InputError(
                f"The rules do not apply at this point: they need {Text()(condition)}.",
                hint="Choose another point.",
            )


def _number(value: Scalar) -> Node:
    if isinstance(value, bool):
        raise InputError("A component is not a number.")
    if isinstance(value, Fraction):
        return num(value)
    if isinstance(value, int | np.integer):
        return num(int(value))
    if isinstance(value, float | np.floating):
        value = float(value)
        if not np.isfinite(value):
            raise InputError("A component is not a finite number.")
        return num(Fraction(str(value)))
    return read_scalar(value).node


def _by_symbol(name: str, by: Sequence[str]) -> tuple[str, str]:
    head = symbol_latex(name)
    if len(by) > 1:
        below = ", ".join(symbol_latex(v) for v in by)
        return rf"\frac{{\partial {head}}}{{\partial({below})}}", f"∂{name}/∂({', '.join(by)})"
    return rf"\frac{{\mathrm{{d}}{head}}}{{\mathrm{{d}}{symbol_latex(by[0])}}}", f"d{name}/d{by[0]}"


# ── the implicit function, by Newton's method ─────────────────────────────────────────────────────


class _Solution:
    """The function y that f(x, …, y) = 0 defines near points on that surface.

    ``point``  such points: values of the other symbols, and of y.
    """

    def __init__(self, f: Node, y: str, others: tuple[str, ...]) -> None:
        self._f, self._y, self._others = f, y, others
        self.point = sample_points([f])
        values = self(*[self.point[name] for name in others])
        point = {**self.point, y: values}
        with np.errstate(all="ignore"):
            missed = np.abs(self._value(point, values))
            slope = np.abs(self._value(point, values + SLOPE_STEP) - missed) / SLOPE_STEP
        # A root, not too far out, at which the function does not turn back.
        good = (missed < ROOT) & (np.abs(values) < FAR) & (slope > STEEP)
        self.point = {name: v[good] for name, v in point.items()}

    def __call__(self, *values: Array) -> Array:
        """Newton's iteration from the known value; the arguments may be complex."""
        point = dict(zip(self._others, values, strict=True))
        y = self.point[self._y] + 0 * values[0]
        with np.errstate(all="ignore"):
            for _ in range(NEWTON_STEPS):
                value = self._value(point, y)
                y = y - value * SLOPE_STEP / (self._value(point, y + SLOPE_STEP) - value)
        return y

    def _value(self, point: Mapping[str, Array], y: Array) -> Array:
        moved = next((name for name, v in point.items() if np.iscomplexobj(v)), None)
        return Sampled({**point, self._y: y}, no_derivatives, moved)(self._f)
