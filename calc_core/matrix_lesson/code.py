"""The derivative as a function in the languages of numerical work."""

from __future__ import annotations

from dataclasses import dataclass

from calc_core.errors import InputError
from calc_core.matrix.code import as_code
from calc_core.matrix.gradient import derive
from calc_core.matrix.layouts import SHAPE_LAW
from calc_core.matrix.nodes import symbol_of
from calc_core.matrix_lesson.question import Question
from calc_core.printing import Text

#: What is offered: the name on the page, in the library, and of the highlighting.
LANGUAGES = (
    ("NumPy", "numpy", "python"),
    ("JAX", "jax", "python"),
    ("PyTorch", "torch", "python"),
    ("Julia", "julia", "julia"),
)


@dataclass(frozen=True, slots=True)
class Programme:
    """A function in one language: its text, or the reason why there is none."""

    title: str
    highlight: str
    text: str
    refusal: str = ""


def code_of(question: Question, layout: str = SHAPE_LAW) -> tuple[Programme, ...]:
    """The derivative by the shape law as a function, in each language.  Raises InputError.

    >>> print(code_of(Question("a' X b"))[0].text.splitlines()[-1].strip())
    return np.outer(a, b)
    """
    derivation = derive(question.problem(), layout)
    problem = derivation.problem
    comment = f"{derivation.symbol[1]} = {Text()(derivation.node)}"
    symbols = tuple(map(symbol_of, problem.symbols))
    found = []
    for title, language, highlight in LANGUAGES:
        text, refusal = "", ""
        try:
            text = as_code(
                derivation.node,
                symbols,
                language,
                comment=comment,
                f_shape=problem.node.shape,
                x_shape=problem.wrt.shape,
                layout=layout,
            )
        except InputError as reason:
            refusal = str(reason)
        found.append(Programme(title, highlight, text, refusal))
    return tuple(found)
