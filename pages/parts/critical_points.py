"""The list of critical points below their figure, with exact forms where algebra gives them.

The figure does not wait for these: an elimination can take longer than all the rest, or for ever.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from calc_core import Expression, InputError
from calc_core.geometry import View
from calc_core.labs import Shown
from calc_core.labs.critical import exact_forms
from calc_core.printing.latex import symbol_latex
from calc_core.run import TookTooLong
from pages.parts import study
from pages.parts.formulas import number

# More rows are no list that anybody reads; in the figure all are marked.
MOST_ROWS = 50
# Near 0 numbers, and enclosures with them, get far smaller than anybody cares.
TINY = 1e-15
ROOT = r"\text{"
COMMA = r",\; "
CERTIFIED = (
    "Certified means proved, rounding errors included, by interval arithmetic: exactly one "
    "critical point lies in a box of this width, and it is of this kind."
)
UNDECIDED = (
    r"undecided by the second-derivative test, since $\det H$ is 0, or too near to it to be told "
    "apart."
)
# As in calc_core/geometry/critical/examine.py.
LOOKED_AT = {
    1: "The further look: at an exact point the first derivative after $f'$ that is not 0 decides, "
    "which is a proof (Taylor); else the values of $f$ at three small distances, which is none.",
    2: "The further look: the values of $f$ on three small ellipses around the point, in 720 "
    "directions, and on parabolas through it. This shows what $f$ does there, and proves nothing.",
    3: "The further look: the values of $f$ on three small spheres around the point, in some 2000 "
    "directions, and on parabolas through it. This shows what $f$ does there, and proves nothing.",
}
NO_ALGEBRA = (
    "For the other coordinates there are decimals only: exact forms are looked for where the "
    "gradient is made of polynomials with rational coefficients."
)

Spot = Mapping[str, Any]
Forms = Sequence[list[str] | None]


def point_list(found: Shown, expression: Expression, variables: str, view: View) -> None:
    """All the points in words, and whether there can be others."""
    problem = found.data["problem"]
    spots = problem["spots"][:MOST_ROWS]
    st.markdown(_verdict(problem, view))
    if spots:
        _table(spots, expression, variables, view)
        left = len(problem["spots"]) - len(spots)
        more = f" {left} more are marked in the figure." if left else ""
        st.caption(CERTIFIED + more)
    doubtful = [k for k, spot in enumerate(spots, 1) if not spot["certified"]]
    told = [f"Point {k}: {UNDECIDED} {spots[k - 1]['examined']}" for k in doubtful]
    if problem["constant"]:
        return
    if told or problem["places"]:
        st.markdown("\n".join(f"- {sentence}" for sentence in (*told, *problem["places"])))
    if told:
        st.caption(LOOKED_AT[min(len(view.names), 3)])


def _verdict(problem: Mapping[str, Any], view: View) -> str:
    pairs = zip(view.names, problem["box"], strict=True)
    box = ", ".join(
        rf"{number(low)} \le {symbol_latex(name)} \le {number(high)}" for name, (low, high) in pairs
    )
    if problem["constant"]:
        return f"In the box ${box}$ **f is constant: every point is critical.**"
    counted = problem["counted"].rstrip(".")
    if problem["complete"]:
        told = "**These are all in the box**: that there are no others is proved, too."
        if not problem["spots"]:
            told = "**There is none in the box**: that is proved."
    else:
        told = "**Whether there are others is not decided**; below stands where, and why."
    return " ".join([f"In the box ${box}$: {counted}.", told, problem["boundary"]]).strip()


def _table(spots: Sequence[Spot], expression: Expression, variables: str, view: View) -> None:
    slot = st.empty()
    forms: list[list[str] | None] = [spot["exact"] for spot in spots]
    unknown = [k for k, spot in enumerate(spots) if spot["certified"] and not spot["exact"]]
    _write(slot, spots, forms, view)
    if not unknown:
        return
    enclosures = tuple(tuple(map(tuple, spots[k]["enclosure"])) for k in unknown)
    answer = study.answer(
        "Looking for exact forms …", _exact, expression.text, variables, view.constants, enclosures
    )
    if isinstance(answer, TookTooLong):
        st.caption(f"No exact forms were found within {answer.seconds:g} seconds.")
    elif isinstance(answer, InputError) or not isinstance(answer, list) or None in answer:
        st.caption(NO_ALGEBRA)
    if isinstance(answer, list):
        for k, form in zip(unknown, answer, strict=True):
            forms[k] = form
        _write(slot, spots, forms, view)


@st.cache_data(max_entries=200, ttl="1h", show_spinner=False)
def _exact(text: str, variables: str, constants: Mapping[str, float], enclosures: Any) -> Any:
    return study.ask(exact_forms, text, variables, constants, enclosures)


# ── as Markdown ───────────────────────────────────────────────────────────────────────────────────


def _write(slot: Any, spots: Sequence[Spot], forms: Forms, view: View) -> None:
    """The table, and of what the coordinates without a closed form are roots."""
    is_line = len(view.names) == 1
    names = ", ".join(map(symbol_latex, view.names))
    point = names if is_line else f"({names})"
    bending = "$f''$" if is_line else "eigenvalues of $H$"
    lines = [
        '<div class="nb-table">',
        "",
        f"| | kind | ${point}$ | $f$ | {bending} | certified within |",
        "|---:|---|---|---:|---|---|",
        *[_row(k, *pair) for k, pair in enumerate(zip(spots, forms, strict=True), 1)],
        "",
        *_roots(forms, view),
        "",
        "</div>",
    ]
    slot.markdown("\n".join(lines), unsafe_allow_html=True)


def _row(number_: int, spot: Spot, form: list[str] | None) -> str:
    exact = form if form and not any(part.startswith(ROOT) for part in form) else None
    at = exact or [number(x) for x in spot["at"]]
    listed = COMMA.join(at)
    where = listed if len(at) == 1 else rf"\left({listed}\right)"
    values = COMMA.join(_number(value) for value in spot["eigenvalues"])
    width = max(high - low for low, high in spot["enclosure"])
    within = number(width, 2) if width > TINY else "10^{-15}"
    sure = f"${within}$" if spot["certified"] else "not certified"
    cells = [str(number_), spot["kind"], f"${where}$", f"${_number(spot['value'])}$", f"${values}$"]
    return f"| {' | '.join([*cells, sure])} |"


def _number(value: float | None) -> str:
    return number(float("nan") if value is None else value)


def _roots(forms: Forms, view: View) -> list[str]:
    """Coordinates without a closed form: of which polynomials they are roots, together."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for k, form in enumerate(forms, 1):
        if form and any(part.startswith(ROOT) for part in form):
            groups.setdefault(tuple(form), []).append(k)
    names = [symbol_latex(name) for name in view.names]
    return [
        f"- Exactly, {'points' if len(group) > 1 else 'point'} {_listed(group)}: "
        + ", ".join(_of(name, part) for name, part in zip(names, form, strict=True))
        for form, group in groups.items()
    ]


def _of(name: str, part: str) -> str:
    return rf"${name}$ is ${part}$" if part.startswith(ROOT) else f"${name} = {part}$"


def _listed(numbers: Sequence[int]) -> str:
    *others, last = map(str, numbers)
    return f"{', '.join(others)} and {last}" if others else last
