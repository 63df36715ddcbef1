"""The derivative of a function of matrices and vectors."""

import streamlit as st

from calc_core.matrix_lesson import MatrixStudy, Question, Understood
from pages.parts import matrix_study
from pages.parts.address import choice
from pages.parts.derivation_view import choose_level, result_card, show_way
from pages.parts.formulas import formula_box
from pages.parts.matrix_input import matrix_input
from pages.parts.matrix_numbers import matrix_numbers
from pages.parts.messages import say, show_problem

TEXT = r"""
How does a function of whole vectors and matrices change when one of them does? The **matrix
gradient** holds the derivatives by all its entries. It is found without writing out a single entry:
rules that keep the order of factors give the small change $\mathrm{d}f$, and what stands at
$\mathrm{d}X$ is read off.
"""
DEFINITION = r"""
\begin{gathered}
J_{ijkl} = \frac{\partial f_{ij}}{\partial X_{kl}} \\[0.9em]
\mathrm{d}f = \operatorname{tr}(M\,\mathrm{d}X) \;\Longrightarrow\;
\frac{\partial f}{\partial X} = M^{\mathsf T}
\end{gathered}
"""
#: What a layout is called in the library, and how it is explained.
LAYOUTS = {
    "shape of X": (
        "shape",
        "The derivative of a number by X has the shape of X, that by a vector is a row: the "
        "indices of f come first, then those of X.",
    ),
    "row (numerator)": (
        "row",
        "The derivative is what stands before the small change: df = c dx for a vector, "
        "df = tr(M dX) for a matrix, so that by an m×n matrix it is n×m.",
    ),
    "column (denominator)": (
        "column",
        "The transpose of the row layout: the gradient by a vector is a column, the Jacobian of m "
        "functions of n numbers is n×m.",
    ),
}
DERIVATION, NUMBERS, HESSIAN, CODE = "Derivation", "Entries and numbers", "Hessian", "Code"
SECOND = (
    "The gradient is derived as a column, and then once more by {x}: entry ij is the second "
    "derivative by the entries j and i."
)


def result_and_more(question: Question, understood: Understood) -> None:
    """The derivative, and behind tabs how it comes about and what can be done with it."""
    card = st.container()
    with st.container(
        horizontal=True,
        vertical_alignment="bottom",
        horizontal_alignment="distribute",
        key="nb_how",
    ):
        name = st.segmented_control(
            "Layout",
            list(LAYOUTS),
            default="shape of X",
            required=True,
            key="layout",
            bind="query-params",
            wrap=True,
        )
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            level = choose_level()
            shapes = st.toggle("shapes on each factor", key="shapes", bind="query-params")
    layout, explained = LAYOUTS[name]
    st.caption(explained)
    study = matrix_study.derivative(question, layout, level, shapes)
    with card:
        if not isinstance(study, MatrixStudy):
            show_problem(study)
            return
        result_card(study.derived.data)
        shape_line(study)
    tabs(question, understood, study)


def shape_line(study: MatrixStudy) -> None:
    """The shape by the shape law, and the one on the page where that is another."""
    said = f"By the shape law, the indices of f first: {study.by_law}."
    if study.laid_out not in ("", study.by_law):
        said = f"{said} Laid out as one matrix: {study.laid_out}."
    st.caption(said)


def tabs(question: Question, understood: Understood, study: MatrixStudy) -> None:
    """Only the open tab is worked out."""
    has_hessian = understood.is_scalar and understood.by_vector
    names = [DERIVATION, NUMBERS, *([HESSIAN] if has_hessian else []), CODE]
    for name, tab in zip(names, st.tabs(names, key="show", bind="query-params"), strict=True):
        if tab.open:
            with tab:
                match name:
                    case "Derivation":
                        derivation(question, study)
                    case "Entries and numbers":
                        matrix_numbers(question, understood, study)
                    case "Hessian":
                        hessian(question, understood)
                    case _:
                        code(question, study)


def derivation(question: Question, study: MatrixStudy) -> None:
    """Line by line."""
    st.caption("In colour: what the next line works on. Pick a rule to see its law.")
    show_way(study.derived, "", asked_for(question))


def hessian(question: Question, understood: Understood) -> None:
    """The second derivative of a number by a vector."""
    state = st.session_state
    study = matrix_study.hessian(question, state["level"], state["shapes"])
    if not isinstance(study, MatrixStudy):
        show_problem(study)
        return
    st.caption(SECOND.format(x=understood.variable.text))
    result_card(study.derived.data)
    show_way(study.derived, "_hessian", asked_for(question))


def asked_for(question: Question) -> tuple[str, ...]:
    """What a derivation on this page answers, as text."""
    state = st.session_state
    return (repr(question), state["layout"], state["level"], str(state["shapes"]))


def code(question: Question, study: MatrixStudy) -> None:
    """Programmes that compute the derivative, and the formula to paste."""
    layout, _ = LAYOUTS[st.session_state["layout"]]
    found = matrix_study.code(question, layout)
    programmes = () if isinstance(found, Exception) else found
    texts = {p.title: (p.text, p.highlight) for p in programmes}
    texts["LaTeX"] = (study.derived.data["result"]["latex"], "latex")
    texts["this library"] = (study.derived.python, "python")
    name = choice(st.segmented_control, "In", list(texts), "code", required=True)
    refusal = next((p.refusal for p in programmes if p.title == name), "")
    if refusal:
        say(f"There is no programme in {name}.", refusal)
        return
    text, highlight = texts[name]
    st.code(text, language=highlight)
    if name in {p.title for p in programmes}:
        st.caption("It gives the numbers in the order of the shape law, whatever the layout.")


st.title("Matrix gradient")
with st.container(horizontal=True, vertical_alignment="top", gap="large", key="nb_idea"):
    st.markdown(TEXT, width=560)
    formula_box(DEFINITION)
read = matrix_input()
if read is not None:
    result_and_more(*read)
