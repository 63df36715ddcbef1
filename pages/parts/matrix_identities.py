"""The nine identities, each with its proof and its two sides in numbers, and the collection."""

from __future__ import annotations

import html
from itertools import groupby
from typing import Any

import streamlit as st

from calc_core import matrix_lesson
from calc_core.matrix_lesson import Collected, MatrixStudy, NumberedIdentity, ProofLine, SidesShown
from pages.parts import matrix_study
from pages.parts.address import asked, choice, field, put
from pages.parts.derivation_view import result_card, show_way
from pages.parts.formulas import boxed, facts, matrix, number, write
from pages.parts.math_field import MATRICES, math_input
from pages.parts.matrix_examples import address_of
from pages.parts.messages import show_problem

SCRIPT = "pages/lessons/matrix.py"
PROVED = "✓ every line checked at random matrices"
DOUBTED = "⚠ not every line could be confirmed"
EVERYWHERE = "all sections"
HESSIAN = {"show": "Hessian"}


# ── the nine ──────────────────────────────────────────────────────────────────────────────────────


def the_nine() -> None:
    """The list, and the one that is open."""
    every = {str(identity.number): identity for identity in matrix_lesson.identities()}
    listed, opened = st.columns([2, 3], gap="large")
    with listed:
        chosen = choice(
            st.radio,
            "The nine identities",
            list(every),
            "nine",
            format_func=lambda n: f"({n}) {every[n].title}: ${every[n].statement}$",
            label_visibility="collapsed",
        )
    with opened:
        _opened(every[chosen])


def _opened(identity: NumberedIdentity) -> None:
    st.subheader(f"({identity.number}) {identity.title.capitalize()}")
    write("nb-statement", [boxed(identity.statement)])
    if identity.is_law:
        _proof(identity)
        _own(identity, "Your own f", f"f({identity.wrt})")
    else:
        _own(identity, "Derived, for this expression or your own", "Expression")


def _proof(identity: NumberedIdentity) -> None:
    st.markdown("**Proof, for any differentiable f.** Here ∂f is written df.")
    lines = matrix_study.proof(identity.number)
    if not isinstance(lines, tuple):
        show_problem(lines)
        return
    write("nb-block nb-proof", [_proof_line(line) for line in lines])
    st.caption(DOUBTED if any(line.doubt for line in lines) else PROVED)


def _proof_line(line: ProofLine) -> str:
    doubt = (
        f'<p class="nb-doubt">not confirmed: {html.escape(line.doubt)}</p>' if line.doubt else ""
    )
    sign = r"\overset{?}{=}" if line.doubt else "="
    # What is the same as the right-hand side above is not written again.
    start = f"{line.left} {sign}" if line.left else rf"\phantom{{m}} {sign}"
    reason = f'<div class="nb-rule"><span>{html.escape(line.reason)}</span>{doubt}</div>'
    return f'<div class="nb-line">{boxed(f"{start} {line.right}")}{reason}</div>'


def _own(identity: NumberedIdentity, title: str, label: str) -> None:
    st.markdown(f"**{title}**")
    name = f"own_{identity.number}"
    st.session_state[name] = asked(name, identity.text)
    text = math_input(
        label,
        key=name,
        language=MATRICES,
        bind=False,
        on_change=lambda: put(name, st.session_state[name] or identity.text, identity.text),
        width=420,
    )
    state = st.session_state
    level, shapes = state["level"], state["shapes"]
    derived = matrix_study.for_ones_own(identity.number, text, level, shapes)
    if isinstance(derived, Exception):
        show_problem(derived, text)
        return
    result_card(derived.data)
    with st.expander("Step by step", key="own_steps", bind="query-params", expanded=True):
        show_way(derived, "_own", (str(identity.number), text, level, str(shapes)))
    _sides(identity, text)


def _sides(identity: NumberedIdentity, text: str) -> None:
    sides = matrix_study.sides(identity.number, text)
    if not isinstance(sides, SidesShown):
        show_problem(sides, text)
        return
    st.markdown("**Both sides in numbers, at random matrices**")
    facts(
        [
            ("left, from values of the function alone", f"{sides.of_left} = {_shown(sides.left)}"),
            ("right, by the identity", f"{sides.of_right} = {_shown(sides.right)}"),
            ("largest difference", number(sides.apart, 2)),
        ]
    )
    with st.expander("The matrices", key="own_matrices", on_change="rerun") as fold:
        if fold.open:
            shown = [(name, _shown(value)) for name, value in sides.values.items()]
            facts(shown)


def _shown(value: Any) -> str:
    return matrix(value) if value.size > 1 else number(float(value[0, 0]))


# ── the collection ────────────────────────────────────────────────────────────────────────────────


def the_collection() -> None:
    """By section, with a search; what is opened is derived then and not before."""
    every = matrix_lesson.collection()
    sections = list(dict.fromkeys(one.section for one in every))
    st.subheader(f"{len(every)} more identities")
    st.caption(
        "None of these is stored with its answer: the machine derives each one when you open it. "
        "Numbers in brackets are those of the Matrix Cookbook."
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="nb_find"):
        section = choice(
            st.selectbox, "Section", [*sections, EVERYWHERE], "section", sections[0], width=280
        )
        wanted = field("Find", "find", placeholder="det, (57), least squares …", width=280)
    found = [one for one in every if _is_wanted(one, section, wanted)]
    if wanted.strip():
        st.caption(f"{len(found)} of {len(every)}, in all sections")
    if not found:
        st.info("No identity here has these words. Try one word, such as `det` or `norm`.")
    for name, members in groupby(found, key=lambda one: one.section):
        st.markdown(f"**{name}**")
        for one in members:
            _one(one)


def _is_wanted(one: Collected, section: str, wanted: str) -> bool:
    words = wanted.lower().split()
    if not words:
        return section in (one.section, EVERYWHERE)
    text = " ".join((one.question.text, one.section, one.source, one.note)).lower()
    return all(word in text for word in words)


def _one(one: Collected) -> None:
    label = f"$\\displaystyle {matrix_lesson.formula_of(one.index)}$"
    key = f"id_{one.index}"
    with st.expander(label, key=key, on_change="rerun", bind="query-params") as fold:
        if fold.open:
            _derived(one)


def _derived(one: Collected) -> None:
    st.markdown(one.note)
    st.caption(f"Source: {one.source}")
    state = st.session_state
    level, shapes = state["level"], state["shapes"]
    study = matrix_study.collected(one.index, level, shapes)
    if not isinstance(study, MatrixStudy):
        show_problem(study)
        return
    result_card(study.derived.data)
    st.caption(f"Shape: {study.by_law}")
    show_way(study.derived, f"_{one.index}", (str(one.index), level, str(shapes)))
    more = HESSIAN if one.order == 2 else {}
    st.page_link(
        SCRIPT,
        label="Open it with entries, numbers and code →",
        query_params=address_of(one.question) | more,
    )
