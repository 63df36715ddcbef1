"""Figures on the page, each with its twin in words and with what is to be said about its gaps."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from calc_core import Expression, InputError, lesson
from calc_core.figures import (
    Twin,
    equations,
    gradient_figures,
    gradient_twin,
    map_figures,
    map_twin,
    quadratic_figures,
    quadratic_twin,
)
from calc_core.geometry import GradientSample, QuadraticSample, View
from pages.parts import study
from pages.parts.controls import usual_view
from pages.parts.examples import Example
from pages.parts.messages import say, show_problem
from pages.parts.style import figure_style

CONFIG = {
    "displaylogo": False,
    "scrollZoom": False,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d", "resetCameraLastSave3d"],
}

#: Which of a lesson's figures stands for it.
THUMBNAIL: dict[lesson.Kind, int] = {"gradient": 0, "jacobian": 1, "hessian": 0}


def find_picture(
    kind: lesson.Kind, expression: Expression, variables: str, view: View
) -> lesson.Picture | None:
    """The arrays of the figures; None, with a sentence on the page, if there are none."""
    found = study.picture(kind, expression.text, variables, view)
    if isinstance(found, InputError):  # an unknown function: nothing is wrong with it
        st.caption(f"No figure and no numbers: {found}")
        return None
    if isinstance(found, Exception):
        show_problem(found)
        return None
    return found


def show_figures(picture: lesson.Picture, view: View) -> None:
    """The figures of a picture, one below the other, and the same in words."""
    figures, twin, notes = _drawn(picture.sample)
    for k, figure in enumerate(figures):
        alt = f"{figure.layout.title.text}. {twin.sentence}"
        st.plotly_chart(figure, theme=None, config=CONFIG, key=f"figure_{k}", alt=alt)
    if twin.sentence:
        st.caption(twin.sentence)
    for note in (*_outside(view), *notes):
        st.caption(note)
    if not picture.defined_here:
        _offer_another_point(picture, view)


def thumbnail(kind: lesson.Kind, example: Example, alt: str) -> None:
    """The main figure of an example, small and still, without axes."""
    expression = lesson.read(example.text)
    view = usual_view(expression, example.point, example.ranges)
    picture = find_picture(kind, expression, "", view)
    if picture is None:
        return
    figure = _drawn(picture.sample)[0][THUMBNAIL[kind]]
    unseen = {"visible": False}
    figure.update_layout(
        height=210,
        title=None,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        coloraxis={"showscale": False},
        scene={"xaxis": unseen, "yaxis": unseen, "zaxis": unseen},
    )
    figure.update_xaxes(**unseen).update_yaxes(**unseen)
    figure.update_traces(showscale=False, selector={"type": "contour"})
    # Still ones need no buttons; a surface is worth turning, and stays empty if it may not be.
    config = {"displayModeBar": False, "staticPlot": kind != "hessian"}
    st.plotly_chart(figure, theme=None, config=config, key=f"thumbnail_{kind}", alt=alt)


def _drawn(sample: lesson.Sample | None) -> tuple[tuple[go.Figure, ...], Twin, tuple[str, ...]]:
    style = figure_style()
    match sample:
        case None:
            return (), Twin("There is no figure for a map between these dimensions.", ()), ()
        case GradientSample():
            return gradient_figures(sample, style), gradient_twin(sample), sample.height.notes
        case QuadraticSample():
            return quadratic_figures(sample, style), quadratic_twin(sample), sample.height.notes
        case _:
            notes = (sample.gaps.sentence,) if sample.gaps else ()
            return map_figures(sample, style), map_twin(sample), notes


def _outside(view: View) -> list[str]:
    """A point beyond the ranges is not seen."""
    beyond = [
        name
        for name in view.shown
        if not view.ranges[name][0] <= view.point[name] <= view.ranges[name][1]
    ]
    return ["The point lies outside the ranges of the figure."] if beyond else []


def _offer_another_point(picture: lesson.Picture, view: View) -> None:
    here = equations(view.point)
    if not picture.elsewhere:
        say(f"At {here} the function or its derivative has no value.", "Choose another point.")
        return
    say(f"At {here} the function or its derivative has no value.")
    st.button(
        f"Go to {equations(picture.elsewhere)}",
        key="elsewhere",
        on_click=st.session_state.update,
        args=({f"at_{name}": value for name, value in picture.elsewhere.items()},),
    )
