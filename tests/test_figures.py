"""Samples and figures: shapes, finite masks, values known by hand, and the words beside them."""

from __future__ import annotations

import json

import numpy as np
import plotly.graph_objects as go
import pytest

from calc_core.errors import InputError
from calc_core.figures import DARK, LIGHT, gradient_field, pretty, surface_with_tangent
from calc_core.figures.arrows import outlines
from calc_core.figures.curve import curve_with_parabola, curve_with_tangent
from calc_core.figures.curve_map import plane_curve, space_curve
from calc_core.figures.level_surface import level_section
from calc_core.figures.patch_map import surface_patch
from calc_core.figures.plane import level_steps
from calc_core.figures.plane_map import SHADES, domain_grid, image_grid
from calc_core.figures.solid import sheet_with_piece
from calc_core.figures.solid_map import solid_image
from calc_core.figures.space import quadratic_surface
from calc_core.figures.style import against, mix
from calc_core.geometry import View, sample_gradient, sample_map, sample_quadratic
from calc_core.geometry.level_surface import sample_levels
from calc_core.geometry.mapping import CELLS, SIDE
from calc_core.geometry.sampling import ARROWS, CURVE_POINTS, SURFACE_POINTS, tangent_patch
from calc_core.graph import E, array, div, fn, mul, num, power, sym

x, y, z, r, t, u, v = (sym(name) for name in "xyzrtuv")
a = sym("a")
WIDE = (-2.0, 2.0)
XY = View(("x", "y"), {"x": 1.0, "y": 0.5}, {"x": WIDE, "y": WIDE})


def square(node):
    return power(node, num(2))


def sampled(f, slopes, view=XY):
    return sample_gradient(f, array((len(slopes),), slopes), view, pretty)


def saddle(view=XY):
    return sampled(square(x) - square(y), (2 * x, mul(num(-2), y)), view)


def bell():
    f = power(E, mul(num(-1), square(x) + square(y)))
    return sampled(f, (mul(num(-2), x, f), mul(num(-2), y, f)))


def one_variable():
    view = View(("x",), {"x": 1.0}, {"x": (-3.0, 3.0)})
    f = div(num(1), x)
    return sampled(f, (div(num(-1), square(x)),), view)


def three_variables():
    view = View(
        ("x_1", "theta", "z"),
        {"x_1": 1.0, "theta": 0.0, "z": 3.0},
        {"x_1": WIDE, "theta": (0.0, 1.0)},
    )
    p, q = sym("x_1"), sym("theta")
    return sampled(p * q * z, (q * z, p * z, p * q), view)


def quadratic(f, slopes, second, view=XY):
    n = len(view.names)
    return sample_quadratic(f, array((n,), slopes), array((n, n), second), view, pretty)


def quadratic_saddle(at=(0.0, 0.0)):
    view = View(("x", "y"), dict(zip("xy", at, strict=True)), {"x": WIDE, "y": WIDE})
    zero = num(0)
    second = (num(2), zero, zero, num(-4))
    return quadratic(square(x) - 2 * square(y), (2 * x, mul(num(-4), y)), second, view)


def quadratic_of_one_variable():
    view = View(("x",), {"x": 1.0}, {"x": (-3.0, 3.0)})
    return quadratic(power(x, num(3)), (3 * square(x),), (6 * x,), view)


def polar(point=(1.0, 0.8)):
    view = View(
        ("r", "t"), dict(zip("rt", point, strict=True)), {"r": (0.0, 2.0), "t": (0.0, 2 * np.pi)}
    )
    c, s = fn("cos", t), fn("sin", t)
    return sample_map(
        array((2,), (r * c, r * s)),
        array((2, 2), (c, mul(num(-1), r, s), s, r * c)),
        view,
    )


def inversion():
    q = square(x) + square(y)
    second = square(y) - square(x)
    J = (
        div(second, square(q)), div(mul(num(-2), x, y), square(q)),
        div(mul(num(-2), x, y), square(q)), div(mul(num(-1), second), square(q)),
    )  # fmt: skip
    return sample_map(array((2,), (div(x, q), div(y, q))), array((2, 2), J), XY)


def curve(components, slopes):
    view = View(("t",), {"t": 0.0}, {"t": (0.0, 6.0)})
    m = len(components)
    return sample_map(array((m,), components), array((m, 1), slopes), view)


def circle():
    return curve((fn("cos", t), fn("sin", t)), (mul(num(-1), fn("sin", t)), fn("cos", t)))


def helix():
    slopes = (mul(num(-1), fn("sin", t)), fn("cos", t), num(2))
    return curve((fn("cos", t), fn("sin", t), 2 * t), slopes)


def paraboloid():
    view = View(("u", "v"), {"u": 1.0, "v": 0.0}, {"u": WIDE, "v": WIDE})
    J = (num(1), num(0), num(0), num(1), 2 * u, 2 * v)
    return sample_map(array((3,), (u, v, square(u) + square(v))), array((3, 2), J), view)


def scaling():
    view = View(tuple("xyz"), dict.fromkeys("xyz", 1.0), dict.fromkeys("xyz", WIDE))
    zero = num(0)
    J = (num(2), zero, zero, zero, num(3), zero, zero, zero, num(-1))
    f = array((3,), (2 * x, 3 * y, mul(num(-1), z)))
    return sample_map(f, array((3, 3), J), view)


def test_samples_of_a_saddle():
    sample = saddle()
    assert sample.height.values.shape == (SURFACE_POINTS, SURFACE_POINTS)
    assert sample.height.visible == pytest.approx((-4, 4), rel=1e-2)
    assert sample.height.notes == ()
    assert sample.arrows.shape == (2, ARROWS, ARROWS)
    across, up = sample.arrow_grid.full()
    np.testing.assert_allclose(sample.arrows, [2 * across, -2 * up], atol=1e-12)
    assert sample.value == 0.75
    assert sample.gradient.tolist() == [2, -1]
    grid, heights = tangent_patch(sample)
    steps = np.array(grid.full()) - np.array([1, 0.5])[:, None, None]
    np.testing.assert_allclose(heights, 0.75 + 2 * steps[0] - steps[1])


def test_a_sample_of_one_variable_leaves_out_the_pole():
    sample = one_variable()
    values = sample.height.values
    assert values.shape == (CURVE_POINTS,)
    gap = np.flatnonzero(np.isnan(values))
    assert gap.size
    assert (np.abs(sample.height.grid.axes[0][gap]) < 0.05).all()
    low, high = sample.height.visible
    assert -20 < low < -3
    assert 3 < high < 20
    assert sample.height.notes[0] == "Not defined at x = 0."
    assert sample.height.notes[1].startswith("Cut off for ")


def test_a_function_of_three_variables_is_cut_along_a_slice():
    sample = three_variables()
    assert sample.view.held == {"z": 3.0}
    assert sample.gradient.tolist() == [0, 3, 0]
    assert sample.slope.tolist() == [0, 3]
    for figure in field_and_surface(sample, LIGHT):
        assert figure.layout.title.text.endswith("slice z = 3")


def test_arrows_only_where_f_is_defined():
    f = fn("ln", x)
    sample = sampled(f, (div(num(1), x), num(0)))
    across, _ = sample.arrow_grid.full()
    assert np.array_equal(np.isfinite(sample.arrows[0]), across > 0)
    assert sample.height.notes[0].startswith("Not defined for x ≤ 0")
    field = gradient_field(sample, LIGHT)
    hover = next(trace for trace in field.data if trace.customdata is not None)
    assert len(hover.x) == (across > 0).sum()


def test_constants_have_values():
    view = View(("x", "y"), {"x": 1.0, "y": 1.0}, {"x": WIDE, "y": WIDE}, {"a": 3.0})
    assert sampled(a * x, (a, num(0)), view).value == 3
    with pytest.raises(InputError, match="no value for a"):
        sampled(a * x, (a, num(0)))


@pytest.mark.parametrize(
    ("point", "ranges", "words"),
    [
        ({"x": 1.0}, {"x": WIDE, "y": WIDE}, "no value for y"),
        ({"x": 1.0, "y": np.nan}, {"x": WIDE, "y": WIDE}, "no value for y"),
        ({"x": 1.0, "y": 1.0}, {"x": (2.0, -2.0), "y": WIDE}, "range of x"),
        ({"x": 1.0, "y": 1.0}, {"x": WIDE, "y": (0.0, np.inf)}, "range of y"),
        ({"x": 1.0, "y": 1.0}, {"x": WIDE}, "range of y"),
    ],
)
def test_a_view_must_be_complete(point, ranges, words):
    with pytest.raises(InputError, match=words):
        View(("x", "y"), point, ranges)


def test_the_quadratic_surface_of_a_quadratic_function_is_itself():
    sample = quadratic_saddle((0.5, -0.25))
    across, up = sample.near.full()
    np.testing.assert_allclose(sample.quadratic, across**2 - 2 * up**2, atol=1e-12)
    assert sample.bending.kind == "saddle"
    assert sample.bending.values.tolist() == [2, -4]
    assert sample.principal.shape == (2, 3, 41)
    for p, q, height in sample.principal:
        np.testing.assert_allclose(height, p**2 - 2 * q**2, atol=1e-12)
    low, high = sample.near.axes[0][[0, -1]]
    assert sample.principal[0, 0, [0, -1]].tolist() == pytest.approx([low, high])


def test_polar_coordinates_have_the_area_factor_r():
    sample = polar()
    assert sample.cells.shape == sample.images.shape == (CELLS**2, 2, 4 * SIDE + 1)
    np.testing.assert_allclose(sample.areas, sample.centres[:, 0], atol=1e-12)
    assert (sample.orientation == 1).all()
    assert sample.determinant == pytest.approx(1)
    radius = np.hypot(*np.moveaxis(sample.images, 1, 0))
    np.testing.assert_allclose(radius, sample.cells[:, 0], atol=1e-12)
    assert np.array_equal(sample.cells[..., 0], sample.cells[..., -1]), "outlines are closed"
    sides = np.diff(sample.parallelogram, axis=1)
    area = abs(sides[0, 0] * sides[1, 1] - sides[1, 0] * sides[0, 1])
    assert area == pytest.approx(np.prod(sample.steps))


def test_a_map_with_a_pole_is_cut_and_its_cells_are_turned_over():
    sample = inversion()
    assert (sample.orientation == -1).all()
    np.testing.assert_allclose(sample.areas, np.hypot(*sample.centres.T) ** -4.0)
    torn = np.isnan(sample.images).any(axis=(1, 2))
    assert 0 < torn.sum() <= 16
    assert (np.abs(sample.centres[torn]) < 0.6).all()
    assert np.ptp(sample.window) < 20
    assert sample.gaps.sentence == "Not defined at x = 0, y = 0."


def test_orientation_is_seen_without_colour():
    def hatched(sample):
        return [t for t in domain_grid(sample, LIGHT).data if t.fillpattern.shape]

    assert hatched(inversion())
    assert not hatched(polar())
    assert len([t for t in image_grid(polar(), LIGHT).data if t.fill == "toself"]) <= SHADES + 4


def test_curves():
    sample = circle()
    assert sample.values.shape == (2, CURVE_POINTS)
    np.testing.assert_allclose(sample.speed, 1)
    assert sample.velocity.tolist() == [0, 1]
    assert helix().velocity.tolist() == [0, 1, 2]
    np.testing.assert_allclose(helix().speed, np.sqrt(5))


def test_patches_and_solids():
    patch = paraboloid()
    across, up = patch.grid.full()
    assert patch.values.shape == (3, *patch.grid.shape)
    np.testing.assert_allclose(patch.areas, np.sqrt(1 + 4 * across**2 + 4 * up**2))
    solid = scaling()
    assert solid.determinant == pytest.approx(-6)
    assert [sheet[i].tolist() == [] for i, sheet in enumerate(solid.sheets)] == [False] * 3
    for i, (sheet, factor) in enumerate(zip(solid.sheets, (2, 3, -1), strict=True)):
        assert (sheet[i] == factor).all(), "each sheet holds one variable still"


def test_maps_without_a_picture():
    names = tuple("uvxyz")
    view = View(names, dict.fromkeys(names, 1.0), dict.fromkeys(names, WIDE))
    assert sample_map(array((2,), (x, y)), array((2, 5), [num(0)] * 10), view) is None


def field_and_surface(sample, style):
    return gradient_field(sample, style), surface_with_tangent(sample, style)


def both_grids(sample, style):
    return domain_grid(sample, style), image_grid(sample, style)


DRAWN = {
    "saddle": lambda style: field_and_surface(saddle(), style),
    "bell": lambda style: field_and_surface(bell(), style),
    "one variable": lambda style: [curve_with_tangent(one_variable(), style)],
    "three variables": lambda style: field_and_surface(three_variables(), style),
    "quadratic": lambda style: [quadratic_surface(quadratic_saddle(), style)],
    "parabola": lambda style: [curve_with_parabola(quadratic_of_one_variable(), style)],
    "polar": lambda style: both_grids(polar(), style),
    "inversion": lambda style: both_grids(inversion(), style),
    "circle": lambda style: [plane_curve(circle(), style)],
    "helix": lambda style: [space_curve(helix(), style)],
    "paraboloid": lambda style: [surface_patch(paraboloid(), style)],
    "scaling": lambda style: [solid_image(scaling(), style)],
}  # fmt: skip


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("style", [LIGHT, DARK], ids=["light", "dark"])
def test_figures_are_complete_and_light(name, style):
    for figure in DRAWN[name](style):
        text = figure.to_json()
        assert len(text) < 120_000
        assert len(json.dumps(json.loads(text)["layout"]["template"])) < 200
        layout = figure.layout
        assert layout.height
        assert layout.title.text
        assert layout.paper_bgcolor == "rgba(0,0,0,0)"
        flat = [layout.xaxis, layout.yaxis]
        axes = flat if flat[0].title.text else [layout.scene[k] for k in ("xaxis", "yaxis")]
        assert all(axis.title.text for axis in axes)
        assert any(trace.hovertemplate for trace in figure.data)
        for trace in figure.data:
            if isinstance(trace, go.Surface):
                assert trace.z.dtype == np.float32
                assert trace.z.size <= 60 * 60


def test_axes_are_named_as_the_reader_names_them():
    field, surface = field_and_surface(three_variables(), LIGHT)
    assert (field.layout.xaxis.title.text, field.layout.yaxis.title.text) == ("x₁", "θ")
    assert surface.layout.scene.xaxis.title.text == "x₁"
    assert "x₁ = %{x" in field.data[0].hovertemplate


def barred():
    """Figures with a colour bar, and the bar of each."""
    view = View(tuple("xyz"), dict.fromkeys("xyz", 1.0), {"x": WIDE, "y": WIDE})
    levels = sample_levels(square(x) + square(y) + square(z), view, pretty)
    patch = paraboloid()
    flat = gradient_field(saddle(), LIGHT), level_section(levels, view, LIGHT, "f")
    yield from ((figure, figure.data[0].colorbar) for figure in flat)
    mapped = (
        image_grid(polar(), LIGHT),
        surface_patch(patch, LIGHT),
        sheet_with_piece(patch, ((-2, 2), (-2, 2), (0, 8)), LIGHT, "f"),
    )
    yield from ((figure, figure.layout.coloraxis.colorbar) for figure in mapped)


def test_a_colour_bar_stands_at_the_foot_in_a_margin_of_its_own():
    for figure, bar in barred():
        assert (bar.orientation, bar.yref, bar.yanchor) == ("h", "container", "bottom")
        below = bar.y * figure.layout.height
        assert below > 0
        assert below + bar.thickness + 1.5 * bar.tickfont.size <= figure.layout.margin.b


def test_angles_are_true_where_the_ranges_allow_it():
    assert gradient_field(saddle(), LIGHT).layout.yaxis.scaleanchor == "x"
    long = View(("x", "y"), {"x": 1.0, "y": 0.5}, {"x": (0.0, 100.0), "y": WIDE})
    assert gradient_field(saddle(long), LIGHT).layout.yaxis.scaleanchor is None


def test_a_surface_is_cut_at_its_pole():
    f = div(num(1), square(x) + square(y))
    sample = sampled(f, (mul(num(-2), x, square(f)), mul(num(-2), y, square(f))))
    surface = surface_with_tangent(sample, LIGHT)
    assert surface.layout.scene.zaxis.range[1] < 20
    assert "Cut off" in sample.height.notes[-1]


def drawn(figure: go.Figure) -> set[str]:
    """The names of the traces of which something is to be seen."""
    values = {t.name: t.z if isinstance(t, go.Surface | go.Scatter3d) else t.y for t in figure.data}
    return {
        name
        for name, numbers in values.items()
        if numbers is not None and np.isfinite(np.asarray(numbers, dtype=float)).any()
    }


def test_a_point_outside_the_domain_gives_a_figure_without_it():
    view = View(("x", "y"), {"x": -1.0, "y": 0.5}, {"x": WIDE, "y": WIDE})
    sample = sampled(fn("ln", x), (div(num(1), x), num(0)), view)
    field, surface = field_and_surface(sample, LIGHT)
    assert not drawn(surface) & {"plane", "rim", "steepest", "point"}
    assert "levels" in drawn(field)
    nowhere = quadratic(fn("ln", x), (div(num(1), x), num(0)), [num(0)] * 4, view)
    assert not drawn(quadratic_surface(nowhere, LIGHT)) & {"quadratic", "first", "point"}


def test_constant_functions_have_figures():
    flat = sampled(num(3), (num(0), num(0)))
    field, surface = field_and_surface(flat, LIGHT)
    assert drawn(field) == {"levels", "point"}, "no arrow, and no tangent of a level curve"
    assert drawn(surface) == {"surface", "plane", "rim", "point"}
    bent = quadratic(num(3), (num(0), num(0)), [num(0)] * 4)
    assert bent.bending.kind == "flat"
    assert drawn(quadratic_surface(bent, DARK)) >= {"surface", "quadratic", "point"}
    still = sample_map(array((2,), (num(1), num(2))), array((2, 2), [num(0)] * 4), XY)
    domain, image = both_grids(still, LIGHT)
    assert drawn(domain) >= {"cell", "first", "second", "point"}
    assert drawn(image) >= {"image", "linear", "point"}
    assert not drawn(image) & {"first", "second"}, "the columns of J are 0"


def test_functions_defined_nowhere_have_empty_figures():
    nothing = fn("sqrt", num(-1) - square(x))
    sample = sampled(nothing, (nothing, nothing))
    assert sample.height.notes == ("Not defined anywhere in this range.",)
    field, surface = field_and_surface(sample, LIGHT)
    assert np.isnan(field.data[0].z).all()
    assert drawn(field) == {"levels", "point"}
    assert not drawn(surface)
    image = sample_map(array((2,), (nothing, x)), array((2, 2), [nothing] * 4), XY)
    domain, empty = both_grids(image, LIGHT)
    assert drawn(domain) >= {"cell", "point"}
    assert not drawn(empty)


def test_arrows_have_their_length_and_direction():
    shapes = outlines([[0, 0], [1, 1]], [[2, 0], [0, 1]], np.ones(2), 0.05)
    assert shapes.shape == (2, 8, 2)
    assert shapes[:, 3].tolist() == [[2, 0], [1, 2]], "the tips"
    assert np.array_equal(shapes[:, 0], shapes[:, -1])
    assert np.abs(shapes[0, :, 1]).max() < 0.2


def test_levels_are_round():
    assert level_steps((-1.0, 1.0), -1.0, 1.0) == {"start": -1.0, "end": 1.0, "size": 0.2}
    assert level_steps((3.0, 3.0), 3.0, 3.0)["size"] == 1


def test_colours():
    assert mix("#ffffff", "#000000", 0.5) == "#808080"
    assert (against("#00224e"), against("#fee838")) == ("#ffffff", "#000000")
    scale, low, high = LIGHT.heights(-1, 3)
    assert (low, high) == (-3, 3)
    assert scale[3] == (0.5, LIGHT.neutral), "0 is in the middle"
    assert LIGHT.heights(0, 3)[1:] == (0, 3)
