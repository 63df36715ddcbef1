"""The slope at a point as one would build it with Streamlit alone: sliders and charts.

The peer of ``benchmarks/interaction.py``: the same function, figures and sizes as the laboratory.
"""

import streamlit as st

from calc_core import gradient, parse
from calc_core.figures import LIGHT, gradient_field, surface_with_tangent
from calc_core.geometry import View, sample_gradient
from calc_core.graph import Node

START = {"x": 1.0, "y": 0.5}
st.set_page_config(layout="wide")


@st.cache_resource
def derived() -> tuple[Node, Node]:
    """The function and its gradient, once for all visitors."""
    f = parse("x exp(-x^2 - y^2)")
    return f.node, gradient(f).guarded


point = {name: st.slider(name, -2.0, 2.0, value, 0.01) for name, value in START.items()}
view = View(tuple(START), point, dict.fromkeys(START, (-2.0, 2.0)))
sample = sample_gradient(*derived(), view)
left, right = st.columns(2)
left.plotly_chart(gradient_field(sample, LIGHT), theme=None)
right.plotly_chart(surface_with_tangent(sample, LIGHT), theme=None)
