"""What the pages on matrix gradients show: text and plain data in, plain data out.

As :mod:`calc_core.lesson`, these functions can be run in a worker and kept in a cache.
:func:`understand` is quick and reads what was typed; :func:`study` derives; :func:`numbers_of` and
:func:`entry_of` try small numbers; the rest is about the identities.
"""

from calc_core.matrix_lesson.code import Programme, code_of
from calc_core.matrix_lesson.collection import (
    Collected,
    collection,
    formula_of,
    open_identity,
    question_of,
)
from calc_core.matrix_lesson.nine import (
    NumberedIdentity,
    ProofLine,
    SidesShown,
    derivation_of,
    identities,
    proof_of,
    sides_of,
)
from calc_core.matrix_lesson.numbers import (
    Entry,
    MatrixNumbers,
    entry_of,
    numbers_of,
    starting_values,
)
from calc_core.matrix_lesson.question import (
    KINDS,
    TRAITS,
    Letter,
    Question,
    Understood,
    letters_in,
    understand,
)
from calc_core.matrix_lesson.study import MatrixStudy, hessian_of, study

__all__ = [
    "KINDS",
    "TRAITS",
    "Collected",
    "Entry",
    "Letter",
    "MatrixNumbers",
    "MatrixStudy",
    "NumberedIdentity",
    "Programme",
    "ProofLine",
    "Question",
    "SidesShown",
    "Understood",
    "code_of",
    "collection",
    "derivation_of",
    "entry_of",
    "formula_of",
    "hessian_of",
    "identities",
    "letters_in",
    "numbers_of",
    "open_identity",
    "proof_of",
    "question_of",
    "sides_of",
    "starting_values",
    "study",
    "understand",
]
