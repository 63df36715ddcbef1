"""What needs something beside the function that a teacher typed: a point, or inner functions."""

from __future__ import annotations

from calc_core.composite import chain, quadratic
from calc_core.errors import InputError
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.kinds.chain import chain_work
from calc_core.exercises.kinds.in_powers import InPowers
from calc_core.exercises.kinds.taylor import taylor_work
from calc_core.exercises.tasks import at_point, defined, latex, partial_symbol
from calc_core.exercises.typed.asked import Asked
from calc_core.exercises.typed.reading import scalar
from calc_core.expression import Expression
from calc_core.graph import entries, sym
from calc_core.parse import parse
from calc_core.parse.definitions import read_definitions
from calc_core.printing import Text
from calc_core.printing.latex import symbol_latex
from calc_core.tidy import Tidier


def _of_two_variables(text: str, variables: str) -> Expression:
    f = scalar(text, variables)
    if len(f.variables) != 2:
        raise InputError("The task is about a function of two variables.")
    return f


def ask_taylor(text: str, variables: str, place: str) -> Asked:
    """The Taylor polynomial at a point such as (1, 2)."""
    f = _of_two_variables(text, variables)
    if not place:
        raise InputError("The point is missing.", hint="Write it beside the function: (1, 2).")
    values = [Tidier()(value)[0] for value in entries(parse(place).node)]
    if len(values) != 2 or any(value.free for value in values):
        raise InputError(
            "The point is made of two numbers.", hint="Write it beside the function: (1, 2)."
        )
    derivation = quadratic(f, [Text()(value) for value in values])
    here = dict(zip([sym(name) for name in f.variables], values, strict=True))
    letters = (*f.variables, *f.constants)
    return Asked(
        f"Find the Taylor polynomial of second order of {defined(f)} at {at_point(here)}.",
        InPowers(taylor_work(f.node, f.variables, here), letters, (f.node,), shown=derivation.node),
        lambda: derivation,
        "taylor-point",
    )


def ask_chain(text: str, variables: str, given: str) -> Asked:
    """The derivative of a composition; ``given`` are the inner functions, x = t^2, y = t^3."""
    f = _of_two_variables(text, variables)
    inner = _inner(given)
    if set(inner) != set(f.variables):
        names = " and ".join(f.variables)
        raise InputError(
            f"There must be an inner function for each of {names}.",
            hint="Write them beside the function: x = t^2, y = t^3.",
        )
    by = tuple(dict.fromkeys(v for g in inner.values() for v in g.variables))
    nodes = {name: inner[name].node for name in f.variables}
    z, t = "z", by[0]
    symbol = partial_symbol(z, t)
    if len(by) == 1:
        symbol = rf"\dfrac{{\mathrm{{d}}z}}{{\mathrm{{d}}{symbol_latex(t)}}}"
    told = ", ".join(f"${symbol_latex(name)} = {latex(g)}$" for name, g in nodes.items())
    alone = " and ".join(f"${symbol_latex(v)}$" for v in by)
    letters = (*by, *f.variables, *f.constants)
    return Asked(
        f"Let $z = {latex(f.node)}$ with {told}. Find ${symbol}$, written in {alone} alone.",
        FormulaAnswer(chain_work(f.node, nodes, t), letters, (f.node, *nodes.values())),
        lambda: chain(f, inner, t),
        "chain-curve" if len(by) == 1 else "chain-coordinates",
    )


def _inner(given: str) -> dict[str, Expression]:
    """The functions of x = t^2, y = t^3; a semicolon parts them as well as a comma."""
    layers = read_definitions(given).layers if given else ()
    found = {name: f for layer in layers for name, f in layer.items()}
    for name, f in found.items():
        if not f.variables:
            raise InputError(f"{name} must be a function of other letters, such as t^2.")
    return found
