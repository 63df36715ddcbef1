"""The figure of a map of space: images of coordinate surfaces, and of a small box."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from calc_core.figures.arrays import light, padded
from calc_core.figures.map_parts import arrow_in_space, point_of_map, space_layout
from calc_core.figures.naming import equations, pretty
from calc_core.figures.patch_map import net
from calc_core.figures.space_parts import LIGHTING, line_in_space, parallelepiped, plain_surface
from calc_core.figures.style import Style
from calc_core.geometry import vector
from calc_core.geometry.mapping import SolidSample, image_window


def solid_image(sample: SolidSample, style: Style, letter: str = "f") -> go.Figure:
    """Images of the coordinate surfaces through the point, and of a small box as J has it."""
    names = [pretty(name) for name in sample.view.names]
    colours = (style.first, style.second, style.point)
    traces: list[Any] = []
    for k, (sheet, name) in enumerate(zip(sample.sheets, sample.view.names, strict=True)):
        x, y, z = light(sheet)
        traces.append(
            plain_surface(
                f"sheet{k}",
                colours[k],
                0.35,
                x=x,
                y=y,
                z=z,
                connectgaps=False,
                lighting=LIGHTING,
                hovertemplate=f"{equations({name: sample.view.point[name]})}<extra></extra>",
            )
        )
        traces.append(net(sheet, style, 0.0, name=f"net{k}"))
    columns = sample.jacobian.T * sample.steps[:, None]
    is_drawn = np.isfinite([*sample.value, *columns.ravel()]).all()
    edges = parallelepiped(sample.value, columns) if is_drawn else np.empty((3, 0))
    traces.append(line_in_space(edges, style.ink, 4, name="box", hoverinfo="skip"))
    for k, (column, slope) in enumerate(zip(columns, sample.jacobian.T, strict=True)):
        meaning = f"∂{letter}/∂{names[k]} = {vector(slope)}"
        traces.append(arrow_in_space(sample.value, column, colours[k], meaning, f"side{k}"))
    traces.append(point_of_map(sample, style))
    title = "Images of the coordinate surfaces, and a box under J"
    return go.Figure(traces, space_layout(title, solid_ranges(sample), style, letter))


def solid_ranges(sample: SolidSample) -> list[list[float]]:
    """The ranges of the coordinates in space, with a margin."""
    return [padded(np.array(ends)) for ends in image_window(sample)]
