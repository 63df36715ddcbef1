"""How figures look: colours, type and the frame that all of them share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

Scale = list[tuple[float, str]]

# Viridis (Smith, van der Walt & Firing) and cividis (Nuñez, Anderton & Renslow) rise evenly in
# lightness, so that they survive colour blindness, a weak projector and a grey print.
VIRIDIS = (
    "#440154", "#482878", "#3e4989", "#31688e", "#26828e", "#1f9e89", "#35b779", "#6ece58",
    "#b5de2b", "#fde725",
)  # fmt: skip
CIVIDIS = (
    "#00224e", "#123570", "#3b496c", "#575d6d", "#707173", "#8a8678", "#a59c74", "#c3b369",
    "#e1cc55", "#fee838",
)  # fmt: skip


@dataclass(frozen=True)
class Style:
    """The tokens of one theme; ``LIGHT`` and ``DARK`` go with Streamlit's own two.

    ``ink``     text, axes and arrows;  ``faint``   grid lines;
    ``paper``   the page behind the figure, which is itself transparent;
    ``point``   the chosen point and all that belongs to it;
    ``first``, ``second``   the two directions (of variables, or principal ones);
    ``below``, ``above``    values of two signs, away from 0 and ever further from the paper: blue
                            and orange, which nearly everybody can tell apart.
    """

    ink: str
    muted: str
    faint: str
    paper: str
    point: str
    first: str
    second: str
    below: tuple[str, ...]
    above: tuple[str, ...]
    font: str = '"Source Sans", "Source Sans Pro", "Noto Sans", "DejaVu Sans", sans-serif'
    size: int = 15
    height: int = 460

    @property
    def neutral(self) -> str:
        """The colour of 0 between two signs: near the paper, and yet to be told from it."""
        return mix(self.ink, self.paper, 0.1)

    def tinted(self, colours: tuple[str, ...], strength: float = 1.0) -> Scale:
        """The colours as an even scale, mixed with paper: ink must be readable on it."""
        last = len(colours) - 1
        return [(k / last, mix(c, self.paper, strength)) for k, c in enumerate(colours)]

    def two_signs(self, strength: float) -> Scale:
        """A scale for values of two signs, 0 in its middle."""
        return self.tinted((*self.below[::-1], self.neutral, *self.above), strength)

    def heights(self, low: float, high: float, strength: float = 1.0) -> tuple[Scale, float, float]:
        """A scale for values of f and its ends: diverging from 0 where f has both signs."""
        weaker = min(-low, high)
        if weaker > 0.1 * max(-low, high):
            size = max(-low, high)
            return self.two_signs(strength), -size, size
        return self.tinted(VIRIDIS, strength), low, high


LIGHT = Style(
    ink="#1f2430",
    muted="#5b6270",
    faint="#d9dce3",
    paper="#ffffff",
    point="#c2185b",
    first="#d55e00",
    second="#0072b2",
    below=("#6baed6", "#2171b5", "#08306b"),
    above=("#f6a55c", "#d9620d", "#7f2704"),
)
DARK = Style(
    ink="#f2f4f8",
    muted="#a7afbd",
    faint="#343a46",
    paper="#0e1117",
    point="#ff5fa2",
    first="#ff9d42",
    second="#5bc0ff",
    below=("#1d4a73", "#3d8fd1", "#8ccbff"),
    above=("#6b3a12", "#d9762b", "#ffbf80"),
)


def mix(colour: str, other: str, strength: float) -> str:
    """So much of the colour, the rest of the other: both #rrggbb."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * strength + b * (1 - strength)):02x}" for a, b in pairs)


def faded(colour: str, opacity: float) -> str:
    """The colour #rrggbb as rgba."""
    red, green, blue = _channels(colour)
    return f"rgba({red}, {green}, {blue}, {opacity:g})"


def against(colour: str) -> str:
    """White or black, whichever is seen better on the colour."""
    red, green, blue = _channels(colour)
    return "#ffffff" if 0.3 * red + 0.59 * green + 0.11 * blue < 128 else "#000000"


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def frame(title: str, style: Style, **layout: Any) -> go.Layout:
    """The layout that all figures share."""
    settings: dict[str, Any] = {
        "title": {
            "text": title,
            "font": {"size": style.size + 1, "color": style.ink},
            "x": 0.0,
            "xref": "container",
            "xanchor": "left",
            "y": 1.0,
            "yref": "container",
            "yanchor": "top",
            "pad": {"t": 10, "l": 4},
        },
        "font": {"family": style.font, "size": style.size, "color": style.ink},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "height": style.height,
        "margin": {"l": 8, "r": 8, "t": 46, "b": 8},
        "hoverlabel": {
            "bgcolor": style.paper,
            "bordercolor": style.muted,
            "font": {"family": style.font, "size": style.size, "color": style.ink},
            "align": "left",
        },
        "showlegend": False,
        "dragmode": "pan",
        # The default template brings colours of its own, and 7 kB in every figure.
        "template": go.layout.Template(),
    }
    return go.Layout(**{**settings, **layout})


def flat_axis(title: str, style: Style, **more: Any) -> dict[str, Any]:
    """An axis of a plane figure."""
    return {
        "title": {"text": title, "standoff": 6, "font": {"size": style.size + 2}},
        "color": style.ink,
        "gridcolor": style.faint,
        "zerolinecolor": style.muted,
        "zerolinewidth": 1,
        "showline": True,
        "linecolor": style.muted,
        "mirror": True,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": style.muted,
        "tickfont": {"size": style.size - 2},
        "nticks": 7,
        "exponentformat": "power",
        "automargin": True,
        **more,
    }


def space_axis(title: str, style: Style, **more: Any) -> dict[str, Any]:
    """An axis of a figure in space."""
    return {
        "title": {"text": title, "font": {"size": style.size + 1}},
        "color": style.ink,
        "gridcolor": style.faint,
        "zerolinecolor": style.muted,
        "showbackground": False,
        "tickfont": {"size": style.size - 4},
        "nticks": 6,
        "exponentformat": "power",
        **more,
    }


#: Margins with room for a colour bar below the axis and its name.
WITH_BAR = {"l": 8, "r": 8, "t": 46, "b": 90}


def legend_above(style: Style, bottom: int = 8) -> dict[str, Any]:
    """A legend in a row between the title and the figure, which nobody can click away."""
    return {
        "showlegend": True,
        "margin": {"l": 8, "r": 8, "t": 74, "b": bottom},
        "legend": {
            "orientation": "h",
            "x": 0.0,
            "xanchor": "left",
            "y": 1.01,
            "yanchor": "bottom",
            "font": {"size": style.size - 2},
            "itemclick": False,
            "itemdoubleclick": False,
            "bgcolor": "rgba(0,0,0,0)",
        },
    }


def colour_bar(prefix: str, style: Style, **more: Any) -> dict[str, Any]:
    """A slim colour bar under the figure: at the side it would take its width on a phone."""
    return {
        # A title of its own would take a line, or lie over the bar.
        "tickprefix": prefix,
        "showtickprefix": "first",
        "orientation": "h",
        "x": 0.5,
        "xanchor": "center",
        # At the foot of the figure, whatever its height: below the axis and its name.
        "yref": "container",
        "y": 0.02,
        "yanchor": "bottom",
        "len": 0.86,
        "thickness": 10,
        "outlinewidth": 0,
        "tickfont": {"size": style.size - 3},
        "nticks": 7,
        "exponentformat": "power",
        "xpad": 0,
        "ypad": 0,
        **more,
    }
