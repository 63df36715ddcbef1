"""The figure of an exercise, and the same in words."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
import streamlit as st

from calc_core.practice import Asked, Picture
from pages.parts.messages import show_problem
from pages.parts.practice import asking
from pages.parts.style import figure_style

CONFIG = {"displayModeBar": False}


def figure_of(asked: Asked) -> tuple[float, float] | None:
    """Show the figure, if there is one; the place that was clicked on, if that is asked for."""
    if not asked.has_figure:
        return None
    found = asking.picture(asked.reference, figure_style())
    if not isinstance(found, Picture):
        show_problem(found)
        return None
    event = _drawn(asked, found)
    _in_words(found)
    return _clicked(event) if found.can_click else None


def _drawn(asked: Asked, found: Picture) -> Any:
    # The sheet gives the container its shape: with the width of the page the height changes, too.
    with st.container(key=f"nb_panels_{found.panels}"):
        return st.plotly_chart(
            go.Figure(found.figure),
            theme=None,
            config=CONFIG,
            key=f"figure_{asked.reference.name}",
            height="stretch",
            on_select="rerun" if found.can_click else "ignore",
            selection_mode="points",
            alt=found.twin.sentence,
        )


def _clicked(event: Any) -> tuple[float, float] | None:
    points = event["selection"]["points"]
    return (points[0]["x"], points[0]["y"]) if points else None


def _in_words(found: Picture) -> None:
    twin = found.twin
    with st.expander("The figure in words and numbers"):
        st.markdown(twin.sentence)
        if twin.rows:
            st.table([dict(zip(twin.columns, row, strict=True)) for row in twin.rows])
