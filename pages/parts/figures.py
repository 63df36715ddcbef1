"""Still figures on a page: small pictures that lead somewhere."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from calc_core import lesson
from pages.parts import study
from pages.parts.controls import usual_view
from pages.parts.examples import Example
from pages.parts.messages import show_problem
from pages.parts.style import figure_style

#: Which figure of which experiment stands for a lesson.
THUMBNAIL: dict[lesson.Kind, tuple[str, str]] = {
    "gradient": ("slope", "field"),
    "jacobian": ("cell", "image"),
    "hessian": ("bending", "surface"),
}


def thumbnail(kind: lesson.Kind, example: Example, alt: str) -> None:
    """The main figure of an example, small and still, without axes."""
    expression = lesson.read(example.text)
    view = usual_view(expression, example.point, example.ranges)
    lab, name = THUMBNAIL[kind]
    found = study.scene(lab, expression.text, "", view, figure_style(), {})
    if isinstance(found, Exception):
        show_problem(found)
        return
    drawn = found.data["figures"][name]
    figure = go.Figure(drawn["data"], drawn["layout"])
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
