"""How far difference quotients are from the derivative: truncation at large h, round-off at small.

To leading order the forward quotient is off by h|f″|/2 and the central one by h²|f‴|/6, with the
derivatives by the variable that moves; each value of f is rounded, by ε|f|/2 at most, which costs
the forward one up to ε|f|/h and the central one up to ε|f|/2h.  The sum is least near h = √ε and
∛ε, on the scale on which f changes (Press et al., *Numerical Recipes*, 3rd edition, §5.7; Nocedal
and Wright, *Numerical Optimization*, 2nd edition, §8.1).
"""

from __future__ import annotations

from calc_core.expression import Expression
from calc_core.figures import Style
from calc_core.figures.limit import error_of_step, slice_with_secants
from calc_core.geometry import View
from calc_core.graph import ZERO, entries
from calc_core.labs.limit import (
    asking_controls,
    asking_state,
    chart_table,
    check,
    derivatives,
    partial_problem,
    step_control,
    values_of,
)
from calc_core.labs.scene import Control, Scene, program

# The slider goes as far down as doubles do near 1.
SHORTEST = 1e-16


def error(f: Expression, view: View, style: Style, *, compact: bool = False) -> Scene:
    """The error of the forward and the central quotient against h, on logarithmic axes.

    ``compact``  without the slice.
    """
    check(f)
    charts, notes = chart_table(f, view, style)
    slopes, seconds, thirds = (derivatives(f, order) for order in (1, 2, 3))
    is_zero = {
        "seconds": [node is ZERO for node in entries(seconds)],
        "thirds": [node is ZERO for node in entries(thirds)],
    }
    figures = {"error": error_of_step(style)}
    if not compact:
        figures = {"slice": slice_with_secants(style, is_central=True), **figures}
    return Scene(
        model="error",
        label="The error of a difference quotient whose step can be dragged",
        figures=figures,
        problem={**partial_problem(f, view, charts), "isZero": is_zero},
        program=program(f, view, f=values_of(f), slopes=slopes, seconds=seconds, thirds=thirds),
        controls=(
            *asking_controls(f, view),
            step_control(view, SHORTEST),
            Control("play", "play", "Let h go to 0", seconds=10.0),
        ),
        state=asking_state(f, view),
        notes=notes,
    )
