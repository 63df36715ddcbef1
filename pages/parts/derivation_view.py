"""A derivation on the page: the result first, then the blackboard, block by block.

Each block is one piece of Markdown in which formulas and folds live in a little HTML. All of that
comes from the library: what a person typed is in it only as LaTeX that our own printer wrote.
"""

from __future__ import annotations

import html
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from calc_core import lesson
from calc_core.lines import LEVELS, Level
from pages.parts import study
from pages.parts.formulas import boxed, write
from pages.parts.messages import show_problem

LEVEL_NAMES = {"every": "every step", "usual": "usual", "brief": "brief"}
# A browser takes as long for folded lines as for others: so few are sent until more are asked for.
FIRST_LINES = 16
CHECKED = (
    "For every line the machine takes the derivative on the left from the values of the function "
    "alone, at random points, and compares it with the right-hand side."
)


def derivation_view(
    kind: lesson.Kind, text: str, variables: str, title: str, card: DeltaGenerator
) -> None:
    """The way to the result of a lesson, with the choice of how many steps.

    ``card``  where the result stands.
    """
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.subheader(title, width="content")
        level = choose_level()
    with card:
        derived = study.derive(kind, text, variables, level, {})
        if isinstance(derived, Exception):
            show_problem(derived)
            return
        result_card(derived.data)
    st.caption("In colour: what the next line works on. Pick a rule to see its law.")
    show_way(derived, "", (text, variables, level))


def further_derivation(
    key: str, operation: lesson.Operation, text: str, variables: str, given: study.Given
) -> None:
    """Another derivation on the page, as long as the choice of steps for the first one says.

    ``key``  tells its widgets from those of the others.
    """
    level = st.session_state["level"]
    derived = study.derive(operation, text, variables, level, given)
    if isinstance(derived, Exception):
        show_problem(derived)
        return
    result_card(derived.data)
    show_way(derived, f"_{key}", (text, variables, level, *map(str, given.items())))


def show_way(derived: lesson.Derived, suffix: str, question: tuple[str, ...]) -> None:
    """All below the result; what is derived first on a page has no suffix to its keys.

    ``question``  tells this derivation from others in the same place: unfolding is for one of them.
    """
    _named_parts(derived.data["definitions"])
    _blackboard(derived.data["blocks"], suffix, question)
    _copies(derived, suffix)


def choose_level() -> Level:
    """How many steps are shown of all the derivations on the page."""
    return st.segmented_control(
        "How many steps",
        LEVELS,
        default="usual",
        required=True,
        format_func=LEVEL_NAMES.__getitem__,
        key="level",
        bind="query-params",
        label_visibility="collapsed",
    )


def result_card(data: dict[str, Any]) -> None:
    """The result, what it needs, and whether it could be confirmed."""
    certificate = data["certificate"]
    parts = [boxed(data["result"]["latex"])]
    if data["conditions"]:
        where = ", ".join(f"${condition}$" for condition in data["conditions"])
        parts.append(f'<div class="nb-where">\n\nholds where {where}\n\n</div>')
    parts.append(_badge(certificate["confirmed"], certificate["summary"]))
    write("nb-result" if certificate["confirmed"] else "nb-result nb-doubtful", parts)


def _badge(confirmed: bool, summary: str) -> str:
    said = "✓ every step checked" if confirmed else "⚠ not every step could be confirmed"
    opened = "" if confirmed else " open"
    return (
        f'<details class="nb-badge"{opened}><summary>{said}</summary>\n\n'
        f"{html.escape(summary)} {CHECKED}\n\n</details>"
    )


def _named_parts(definitions: list[list[str]]) -> None:
    if not definitions:
        return
    parts = [boxed(f"{name} = {meaning}") for name, meaning in definitions]
    title = "with the shorthand" if len(parts) < 4 else f"with {len(parts)} shorthands"
    opened = " open" if len(parts) < 4 else ""
    fold = [f'<details class="nb-inner"{opened}><summary>{title}</summary>', *parts, "</details>"]
    write("nb-named", fold)


def _blackboard(blocks: list[dict[str, Any]], suffix: str, question: tuple[str, ...]) -> None:
    total = sum(len(block["lines"]) for block in blocks)
    unfolded = f"unfolded{suffix}"
    # A block is not cut for the sake of one or two lines.
    everything = total <= FIRST_LINES + 2 or st.session_state.get(unfolded) == question
    if suffix and not everything:
        # The lines that matter are the last; much of the work before them is further up the page.
        blocks = [block for block in blocks if block["depth"] == 0]
    left = total if everything else FIRST_LINES
    for block in blocks:
        if left <= 0:
            break
        count = len(block["lines"])
        shown = count if count <= left + 2 else left
        left -= shown
        _block(block, block["lines"][:shown])
    if not everything:
        st.button(
            f"Show all {total} lines",
            key=f"show_all{suffix}",
            on_click=st.session_state.update,
            args=({unfolded: question},),
        )


def _block(block: dict[str, Any], lines: list[dict[str, Any]]) -> None:
    rows = [written_line(line) for line in lines]
    if block["depth"] == 0:
        write("nb-block", [boxed(block["goal"]), *rows])
        return
    result = block["lines"][-1]["latex"]
    opened = " open" if st.session_state["level"] == "every" else ""
    opening = (
        f"<details{opened}><summary>\n\n$\\displaystyle {block['goal']} = {result}$\n\n</summary>"
    )
    write("nb-block nb-inner", [opening, *rows, "</details>"])


def written_line(line: dict[str, Any]) -> str:
    """A line of a derivation under the name of its rule, and a doubt if it is not confirmed."""
    doubt = "" if line["confirmed"] else f'<p class="nb-doubt">{_doubt(line)}</p>'
    sign = "=" if line["confirmed"] else r"\overset{?}{=}"
    formula = boxed(f"{sign} {line['latex']}")
    return f'<div class="nb-line">{formula}<div class="nb-rule">{_rule(line)}{doubt}</div></div>'


def _rule(line: dict[str, Any]) -> str:
    name = html.escape(line["label"])
    others = html.escape(", ".join(line["also"]))
    also = f'<span class="nb-also">{others}</span>' if others else ""
    if line["rule"] == "tidy" and name.count(",") > 1:
        return f"<details><summary>tidy up</summary>{name}</details>"
    if not line["law"]:
        return f"<span>{name}</span>{also}"
    law = f"\n\n$\\displaystyle {line['law']}$\n\n"
    return f"<details><summary>{name}</summary>{law}</details>{also}"


def _doubt(line: dict[str, Any]) -> str:
    return f"not confirmed: {html.escape(line['reason'])}"


def _copies(derived: lesson.Derived, suffix: str) -> None:
    title = "Copy as LaTeX, text or Python" if derived.python else "Copy as LaTeX or text"
    with st.expander(title, key=f"copy{suffix}", on_change="rerun") as fold:
        if fold.open:
            latex, text, *python = st.tabs(
                ["LaTeX", "Text", *(["Python"] if derived.python else [])]
            )
            latex.code(derived.latex, language="latex", height=260)
            text.code(derived.text, language=None, height=260)
            for tab in python:
                tab.code(derived.python, language="python")
