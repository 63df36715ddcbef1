"""What the browser needs of a laboratory: figures, the function, and what can be set.

A scene is made once for a function and its ranges.  While a point is dragged, the model of the
laboratory (``assets/live/labs/<model>.js``) computes from ``program`` and ``problem`` what the
traces of the figures become; it finds them by their names.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any, Literal

from calc_core.evaluate.javascript import compile_javascript
from calc_core.expression import Expression
from calc_core.figures import pretty
from calc_core.geometry import View
from calc_core.graph import Node

#: Numbers, texts and lists of numbers: what a reader sets, and what the page's address keeps.
State = Mapping[str, Any]
# A field's arrow keys go this part of the range.
STEPS = 80


@dataclass(frozen=True)
class Control:
    """Something to set above the figures, by the name that it has in the state.

    ``kind``     slider from ``low`` to ``high`` (on a log scale), choice of ``options`` (value,
                 text), toggle, play (for ``seconds``), or a button to press;
    ``unit``     written after the number of a slider;
    ``place``    where a slider's number stands in a list, such as the coordinates ``at``;
    ``sets``     what becomes of the rest of the state when a slider is moved.
    """

    kind: Literal["slider", "choice", "toggle", "play", "press"]
    name: str
    label: str
    low: float = 0.0
    high: float = 1.0
    step: float | None = None
    log: bool = False
    unit: str = ""
    options: tuple[tuple[str, str], ...] = ()
    seconds: float = 6.0
    place: int | None = None
    sets: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Scene:
    """One experiment with one function.

    ``model``     the name of the module that moves it;
    ``label``     what the whole shows, for those who do not see it;
    ``figures``   Plotly figures by name, with names on the traces that move;
    ``problem``   numbers and texts for the model;
    ``program``   the function and its derivatives as JavaScript (see :func:`program`);
    ``state``     how the experiment opens; the point is not in it, since it is the page's;
    ``notes``     what is to be said about the figures, such as where f has no value.
    """

    model: str
    label: str
    figures: Mapping[str, Any]
    problem: Mapping[str, Any]
    program: str = ""
    controls: tuple[Control, ...] = ()
    state: State = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def to_data(self, version: str) -> dict[str, Any]:
        """Plain data as they go to the browser; ``version`` is that of Plotly's script."""
        data: dict[str, Any] = {
            "model": self.model,
            "label": self.label,
            "figures": {
                name: {**json.loads(figure.to_json()), "version": version}
                for name, figure in self.figures.items()
            },
            "problem": dict(self.problem),
            "program": self.program,
            "controls": [asdict(control) for control in self.controls],
        }
        text = json.dumps(data, allow_nan=False, sort_keys=True)
        return {**data, "id": sha256(text.encode()).hexdigest()[:16]}


def problem_of(expression: Expression, view: View, **more: Any) -> dict[str, Any]:
    """What every model knows of a function: its names, the ranges shown, values of constants."""
    spans = {name: high - low for name, (low, high) in view.ranges.items()}
    return {
        "names": list(view.names),
        "pretty": [pretty(name) for name in view.names],
        "letter": pretty(expression.letter),
        "shown": view.shown_places,
        "ranges": [list(view.ranges[name]) for name in view.shown],
        "constants": [view.constants[name] for name in expression.constants],
        "steps": [rounded_step(spans.get(name, 4.0) / STEPS) for name in view.names],
        **more,
    }


def rounded_step(length: float) -> float:
    """A step of one significant digit.

    >>> rounded_step(0.0533)
    0.05
    """
    return float(f"{length:.0e}")


def rounded(length: float) -> float:
    """As a reader would set it, with two digits.

    >>> rounded(0.0533)
    0.053
    """
    return float(f"{length:.2g}")


def coordinate_sliders(view: View, names: Sequence[str]) -> tuple[Control, ...]:
    """A slider for the coordinate of the point along each of these variables, over its range."""
    return tuple(
        Control("slider", "at", pretty(name), *view.ranges[name], place=view.names.index(name))
        for name in names
    )


def program(expression: Expression, view: View, **nodes: Node) -> str:
    """The nodes, by name, as JavaScript of the variables and the constants."""
    return compile_javascript(nodes, view.names, expression.constants)
