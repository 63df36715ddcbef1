"""Check my working: a derivation line by line."""

from __future__ import annotations

import html

import streamlit as st

from calc_core.exercises.working import LineReport, WorkReport
from calc_core.practice import Asked
from pages.parts.formulas import boxed, write
from pages.parts.math_field import sending, sent_by_enter
from pages.parts.messages import say, show_problem
from pages.parts.practice import asking
from pages.parts.practice.sheet import sheet

HOW = (
    "Write the derivation as on paper, one line under the other: `f_x = d/dx[x^2] sin(y) + …`. A "
    "derivative that is still to be done is written `d/dx[…]` or `(…)'`. You may skip ahead."
)
SIGNS = {
    "follows": "✓",
    "aside": "✓",
    "mends": "✓",
    "wrong": "✗",
    "unread": "?",
    "carries": "·",
    "empty": "",
}


def working(asked: Asked) -> None:
    """The sheet, and what is said of each line."""
    if not asked.has_working:
        st.info(asked.instead)
        return
    st.caption(HOW)
    with sent_by_enter("sheet"):
        lines = sheet(asked)
        with sending("Check the lines", "check_lines") as is_sent:
            if is_sent and not lines:
                say("The sheet is empty.", "Write the first line above.")
    if not lines:
        return
    found = asking.report(asked.reference, lines)
    if isinstance(found, WorkReport):
        _show(found)
    else:
        show_problem(found)


def _show(report: WorkReport) -> None:
    kind = "nb-right" if report.is_right else "nb-wrong" if report.marked is not None else ""
    write(f"nb-verdict {kind}", [f"\n\n{report.message}\n\n"])
    for k, line in enumerate(report.lines):
        write(f"nb-sheet nb-{line.status}", _line(line, k == report.marked))


def _line(line: LineReport, is_marked: bool) -> list[str]:
    sign = SIGNS[line.status]
    shown = boxed(line.latex) if line.latex else f"<code>{html.escape(line.text)}</code>"
    parts = [f'<div class="nb-step"><span>{sign}</span>{shown}</div>']
    if line.message:
        parts.append(f"\n\n{line.message}\n\n")
    if is_marked:
        parts += [boxed(law) for law in dict.fromkeys(m.law for m in line.mistakes if m.law)]
    return parts
