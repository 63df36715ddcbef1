"""What a figure shows, in words: for screen readers, for print, and for the page's text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calc_core.figures.naming import arguments, equations, pretty
from calc_core.geometry import numeral, vector
from calc_core.geometry.mapping import (
    CurveSample,
    MapSample,
    PatchSample,
    PlaneMapSample,
    SolidSample,
)
from calc_core.geometry.sampling import GradientSample, QuadraticSample
from calc_core.geometry.view import View

BENDS = {
    "bowl up": "bends up in every direction, as at the bottom of a bowl",
    "bowl down": "bends down in every direction, as on top of a hill",
    "saddle": "bends up one way and down another, as on a saddle",
    "trough": "bends up one way and does not bend in another, as in a trough",
    "ridge": "bends down one way and does not bend in another, as on a ridge",
    "flat": "does not bend to second order",
}


@dataclass(frozen=True)
class Twin:
    """A figure in words: one sentence, and rows (what, value) of a small table."""

    sentence: str
    rows: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return self.sentence


def gradient_twin(sample: GradientSample) -> Twin:
    """The gradient at the point, and where it leads."""
    view = sample.view
    here = equations(view.point)
    if not sample.defined_here:
        what = "f" if not np.isfinite(sample.value) else "the gradient"
        return Twin(f"At {here} {what} is not defined.", (("point", here),))
    rows = [("point", here), ("f", numeral(sample.value))]
    rows += [
        (f"∂f/∂{pretty(name)}", numeral(float(slope)))
        for name, slope in zip(view.names, sample.gradient, strict=True)
    ]
    size = float(np.linalg.norm(sample.gradient))
    value = f"At {here} the value is f = {numeral(sample.value)}"
    if len(view.names) == 1:
        sentence = f"{value} and the tangent has slope {numeral(float(sample.gradient[0]))}."
        return Twin(sentence, tuple(rows))
    rows.append(("|∇f|", numeral(size)))
    if size == 0:
        return Twin(f"{value} and the gradient is 0: the tangent plane is level.", tuple(rows))
    sentence = (
        f"{value} and the gradient is {vector(sample.gradient)}: f rises fastest in that "
        f"direction, by {numeral(size)} per unit, and not at all along the level "
        f"{'curve' if len(view.names) == 2 else 'set'} through the point."
    )
    return Twin(sentence, tuple(rows))


def quadratic_twin(sample: QuadraticSample) -> Twin:
    """The bending at the point."""
    here = equations(sample.view.point)
    if not sample.defined_here:
        return Twin(f"At {here} there is no quadratic surface.", (("point", here),))
    bent = sample.bending
    rows = [("point", here), ("f", numeral(sample.value)), ("shape", bent.kind)]
    if len(sample.view.shown) == 1:
        second = numeral(float(bent.values[0]))
        way = "up" if bent.values[0] > 0 else "down"
        bends = "does not bend to second order" if bent.kind == "flat" else f"bends {way}"
        rows = [*rows[:2], ("f″", second)]
        return Twin(f"At {here} the curve {bends}: f″ = {second}.", tuple(rows))
    rows += [
        (f"second derivative along {vector(direction, 3)}", numeral(float(value)))
        for value, direction in zip(bent.values, bent.directions, strict=True)
    ]
    along = " and ".join(
        f"{numeral(float(value))} along {vector(direction, 3)}"
        for value, direction in zip(bent.values, bent.directions, strict=True)
    )
    sentence = f"At {here} the surface {BENDS[bent.kind]}: the second derivatives are {along}."
    if bent.degenerate:
        sentence += " The second-derivative test does not decide here."
    return Twin(sentence, tuple(rows))


def map_twin(sample: MapSample) -> Twin:
    """What the map does near the point."""
    here = equations(sample.view.point)
    if not np.isfinite(sample.value).all():
        return Twin(f"At {here} f is not defined.", (("point", here),))
    rows = [("point", here), ("f", vector(sample.value))]
    goes = f"{arguments(sample.view.names)} = {_at(sample.view)} goes to {vector(sample.value)}"
    match sample:
        case CurveSample():
            speed = numeral(float(np.linalg.norm(sample.velocity)))
            rows += [("velocity", vector(sample.velocity)), ("speed", speed)]
            goes += f", with velocity {vector(sample.velocity)} and speed {speed}."
        case PlaneMapSample() | SolidSample():
            size = "areas" if isinstance(sample, PlaneMapSample) else "volumes"
            rows += [*_columns(sample), ("det J", numeral(sample.determinant))]
            goes += f"; {_stretch(sample.determinant, size)}."
        case PatchSample():
            a, b = sample.jacobian.T
            area = numeral(float(np.linalg.norm(np.cross(a, b))))
            rows += [*_columns(sample), ("area factor", area)]
            goes += f"; small areas there are multiplied by {area}."
    return Twin(f"The point {goes}", tuple(rows))


def _at(view: View) -> str:
    return vector(view.at)


def _columns(sample: PlaneMapSample | PatchSample | SolidSample) -> list[tuple[str, str]]:
    return [
        (f"∂f/∂{pretty(name)}", vector(column))
        for name, column in zip(sample.view.names, sample.jacobian.T, strict=True)
    ]


def _stretch(determinant: float, size: str) -> str:
    if not np.isfinite(determinant):
        return "there f has no derivative"
    if determinant == 0:
        return f"det J = 0, so that small {size} there are flattened"
    side = "keeps" if determinant > 0 else "reverses"
    return (
        f"det J = {numeral(determinant)}: small {size} there are multiplied by "
        f"{numeral(abs(determinant))}, and f {side} orientation"
    )
