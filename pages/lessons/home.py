"""What the app is, and where to start."""

import streamlit as st

from calc_core import Expression, InputError, lesson
from pages.parts.examples import examples_of
from pages.parts.figures import thumbnail
from pages.parts.formulas import boxed, write
from pages.parts.math_field import math_input, sending, sent_by_enter
from pages.parts.messages import show_problem

WHAT = (
    "The calculus of several variables, worked out in front of you. Type a function: its "
    "derivatives are derived step by step, every line under the name of its rule and checked by "
    "the machine, and figures that follow your hand show what they mean."
)
LESSONS: dict[str, tuple[str, str]] = {
    "partial": ("Partial derivatives", "One variable moves, the others hold still: a limit."),
    "rules": ("Rules", "Sum, product, chain: a derivation as a tree that unfolds."),
    "gradient": ("Gradient", "Where does a function rise, and how fast? All first derivatives."),
    "jacobian": ("Jacobian", "What does a map do to a small square? Stretch, turn, fold."),
    "hessian": ("Hessian", "How does a surface bend? Peaks, pits and passes."),
    "matrix": ("Matrix gradient", "Whole matrices as variables: traces, inverses, determinants."),
    "identities": ("Identities", "Nine proved line by line, and a hundred more to open."),
    "practice": ("Practice", "Exercises that tell you what you did, not only that it is wrong."),
}
#: Cards side by side.
ABREAST = 4
#: Which of a lesson's examples is shown here, and what there is to see.
WORKED: dict[lesson.Kind, tuple[int, str]] = {
    "gradient": (1, "A hill beside a hollow"),
    "jacobian": (0, "A sheet that folds"),
    "hessian": (2, "The saddle"),
}


def quick_start() -> None:
    """A box to type a function right away; it opens in the lesson that suits it."""
    with (
        sent_by_enter("start"),
        st.container(horizontal=True, vertical_alignment="bottom", key="nb_input"),
    ):
        text = math_input(
            "Type a function", key="start", bind=False, placeholder="x^2 y + sin(x y)"
        )
        with sending("Derive it", "derive") as is_sent:
            expression = _read(text) if is_sent else None
    if expression is not None:
        page = "gradient" if expression.is_scalar else "jacobian"
        st.switch_page(script(page), query_params={"f": text})


def _read(text: str) -> Expression | None:
    try:
        return lesson.read(text)
    except InputError as problem:
        show_problem(problem, text)
        return None


def script(kind: str) -> str:
    """The script of a lesson."""
    return f"pages/lessons/{kind}.py"


def path() -> None:
    """The lessons in the order in which they build on each other."""
    st.subheader("The path")
    numbered = list(enumerate(LESSONS.items(), 1))
    for start in range(0, len(numbered), ABREAST):
        columns = st.columns(ABREAST, gap="medium")
        for column, (k, (kind, (title, sentence))) in zip(columns, numbered[start:], strict=False):
            with column.container(border=True, height="stretch"):
                st.page_link(script(kind), label=f"**{k} · {title}**")
                st.markdown(sentence)


def worked_examples() -> None:
    """One example of each lesson, a click away."""
    st.subheader("Worked examples")
    columns = st.columns(len(WORKED), gap="medium")
    for column, (kind, (place, title)) in zip(columns, WORKED.items(), strict=True):
        example = examples_of(kind)[place]
        with column.container(border=True, height="stretch"):
            thumbnail(kind, example, f"{title}: the figure of {example.text}.")
            write("nb-example", [boxed(lesson.echo(lesson.read(example.text)))])
            st.page_link(script(kind), label=f"{title} →", query_params=example.address)


st.title("Nabla")
with st.container(key="nb_home_lede"):
    st.markdown(WHAT)
quick_start()
path()
worked_examples()
