"""The contract between Python and the models of the laboratories, for every lab and example.

Python names figures, traces and controls; a model of ``assets/live/labs`` moves them.  Here every
scene is drawn in Node, at its own point, at random points and far outside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import numpy as np
import pytest

from calc_core import InputError, lesson
from calc_core.figures import DARK, LIGHT
from calc_core.labs import LABS
from calc_core.labs.scene import Scene
from pages.parts.controls import usual_view
from pages.parts.examples import Example, examples_of, experiments_of
from tests.node import in_node

LESSONS = ("partial", "gradient", "jacobian", "hessian")
BESIDE = {"gradient": "slope", "jacobian": "cell", "hessian": "bending"}
SEED = 7
DRAW = """
import given from "./given.js";
import * as F from "./functions.js";

async function compiled(source) {
  const text = encodeURIComponent(`export default ${source}`);
  return (await import(`data:text/javascript,${text}`)).default(F);
}

async function complaints({ model: name, problem: data, program, states, figures, controls }) {
  const model = await import(`./labs/${name}.js`);
  const f = program ? await compiled(program) : null;
  const problem = { ...data, functions: (at) => f(at, data.constants) };
  const found = [];
  const say = (text) => found.includes(text) || found.push(text);
  for (const { kind, name } of controls) {
    if (kind === "play" && typeof model.play !== "function") say("play is missing");
    if (kind === "press" && typeof model.actions?.[name] !== "function") say(`no action ${name}`);
  }
  for (const state of states) {
    const before = JSON.stringify(state);
    const drawn = model.draw(problem, state);
    check(drawn, state, figures, say);
    const again = JSON.stringify(model.draw(problem, state));
    if (again !== JSON.stringify(drawn)) say("draws differ");
    for (const part of controls.some(({ kind }) => kind === "play") ? [0, 0.3, 1] : []) {
      check(model.draw(problem, model.play(problem, state, part)), state, figures, say);
    }
    for (const { kind, name } of controls) {
      if (kind === "press") model.draw(problem, model.actions[name](problem, state));
    }
    if (JSON.stringify(state) !== before) say("the state was changed in place");
  }
  return found;
}

function check({ traces, readings, words, handles, note }, state, figures, say) {
  for (const [figure, named] of Object.entries(traces ?? {})) {
    if (figure in figures) checkTraces(figure, named, figures[figure], say);
  }
  for (const figure of Object.keys(figures)) {
    const said = words?.[figure];
    if (!note && !/[.!:)]$/.test(said ?? "")) say(`${figure} has no words: ${said}`);
  }
  for (const text of [note ?? "", ...Object.values(words ?? {}), ...readings.map((r) => r.math)]) {
    if (/NaN|Infinity|\\[object|=>/.test(text)) say(`odd text: ${text}`);
  }
  const labels = readings.map(({ label }) => label);
  if (new Set(labels).size !== labels.length) say(`labels twice: ${labels}`);
  if (readings.some(({ math }) => !/^(<math|[^<]+$)/.test(math))) say("a reading is no formula");
  checkHandles(handles ?? [], state, figures, say);
}

function checkTraces(figure, named, known, say) {
  for (const [trace, values] of Object.entries(named)) {
    if (!known.includes(trace)) say(`no trace ${figure}/${trace}`);
    const isFlat = values.x && values.y && !values.z?.[0]?.length;
    if (isFlat && values.x.length !== values.y.length) say(`${figure}/${trace}: x is not like y`);
    for (const [key, value] of Object.entries(values)) {
      if (value === undefined) say(`${figure}/${trace}: ${key} is undefined`);
      if (/NaN|\\[object/.test(typeof value === "string" ? value : "")) say(`${trace}: ${value}`);
    }
  }
}

function checkHandles(handles, state, figures, say) {
  for (const { id, figure, at, label, text, move } of handles) {
    if (!label || !text) say(`handle ${id} has no label or text`);
    if (at.length !== 2) say(`handle ${id} is not in a plane`);
    if (!(figure in figures)) continue;
    const moved = move(at.map((x) => (Number.isFinite(x) ? x : 0.5)));
    const keys = (s) => Object.keys(s).sort().join();
    if (keys(moved) !== keys(state)) say(`handle ${id} makes another state: ${keys(moved)}`);
  }
}

export default await Promise.all(given.map(async (scene) => {
  try { return await complaints(scene); } catch (problem) { return [String(problem.stack)]; }
}));
"""


def labs_of(kind: str) -> list[str]:
    return [experiment.name for experiment in experiments_of(kind) if experiment.name in LABS]


def scenes(kind: str) -> Iterator[tuple[str, Example, Scene]]:
    """Every scene of a lesson: each experiment with each example that it is about."""
    for example in examples_of(kind):
        expression = lesson.read(example.text)
        view = usual_view(expression, example.point, example.ranges)
        for name in labs_of(kind):
            with suppress(InputError):  # the experiment is about other functions
                yield name, example, LABS[name](expression, view, LIGHT)


def points(scene: Scene, example: Example, rng: np.random.Generator) -> list[list[float]]:
    names = scene.problem["names"]
    expression = lesson.read(example.text)
    view = usual_view(expression, example.point, example.ranges)
    inside = [
        [float(rng.uniform(*view.ranges.get(name, (-2.0, 2.0)))) for name in names]
        for _ in range(3)
    ]
    return [view.at.tolist(), *inside, [0.0] * len(names), [1e5] * len(names), [-7.25] * len(names)]


@pytest.mark.parametrize("kind", LESSONS)
def test_every_scene_can_be_drawn_everywhere(kind: str) -> None:
    rng = np.random.default_rng(SEED)
    ids, given = [], []
    for name, example, scene in scenes(kind):
        data = scene.to_data("0")
        figures = {
            figure: [trace.get("name") for trace in made["data"]]
            for figure, made in data["figures"].items()
        }
        states = [{"at": at, **scene.state} for at in points(scene, example, rng)]
        asked = ("model", "problem", "program", "controls")
        given.append({key: data[key] for key in asked} | {"figures": figures, "states": states})
        ids.append(f"{name} of {example.text}")
    assert given
    found = in_node(DRAW, given)
    assert {name: said for name, said in zip(ids, found, strict=True) if said} == {}


@pytest.mark.parametrize("kind", LESSONS)
def test_each_lab_opens_with_a_gallery_and_a_text(kind: str) -> None:
    experiments, examples = experiments_of(kind), examples_of(kind)
    assert len(examples) >= 10
    assert len({example.text for example in examples}) == len(examples)
    assert [e.name for e in experiments if e.name not in LABS] == []
    assert all(40 <= len(e.text.split()) <= 200 for e in experiments)
    assert all(re.fullmatch(r".{20,200}\.", example.note) for example in examples)
    # What a lesson opens with is drawn in its first experiment.
    first = lesson.read(examples[0].text)
    assert LABS[experiments[0].name](first, usual_view(first, {}, {}), DARK).figures


def plain(value: Any) -> bool:
    match value:
        case dict():
            return all(map(plain, value.values()))
        case list() | tuple():
            return all(map(plain, value))
        case _:
            return value is None or isinstance(value, str | int | float | bool)


@pytest.mark.parametrize("kind", LESSONS)
def test_scenes_are_plain_data_and_all_that_is_set_is_in_the_state(kind: str) -> None:
    for name, _, scene in scenes(kind):
        data = scene.to_data("0")
        assert plain(data["problem"]), name
        set_by = {c.name for c in scene.controls if c.kind not in ("play", "press")}
        # A control may set a coordinate of the point, which is the page's.
        assert set_by <= set(scene.state) | {"at"}, name
        assert "at" not in scene.state, name
        assert data["id"] == scene.to_data("0")["id"]


@pytest.mark.parametrize("kind", BESIDE)
def test_beside_a_derivation_stands_a_small_picture(kind: str) -> None:
    for example in examples_of(kind):
        f = lesson.read(example.text)
        view = usual_view(f, example.point, example.ranges)
        scene = LABS[BESIDE[kind]](f, view, LIGHT, compact=True)
        assert 0 <= len(scene.figures) <= 2
