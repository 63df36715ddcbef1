"""The words and signs of matrix expressions, as people write them.  One row each.

What the words mean stands in :mod:`calc_core.matrix.language.words`.
"""

from __future__ import annotations

import re

from calc_core.functions import FUNCTIONS, SPELLINGS
from calc_core.parse import commands, suggest
from calc_core.parse.characters import GREEK
from calc_core.parse.names import EXTRA
from calc_core.parse.signs import SIGNS, Sign
from calc_core.parse.tokens import Kind

MATRIX_WORDS: dict[str, str] = {
    "trace": "tr trace Tr Trace Spur spur Sp",
    "det": "det Det determinant",
    "logdet": "logdet lndet",
    "inv": "inv inverse Inv Inverse",
    "transpose": "transpose Transpose trans",
    "norm": "norm Norm norm2 Norm2 l2norm",
    "norm1": "norm1 Norm1 l1norm",
    "normF": "normF normf normfro frobenius fro",
    "sum": "sum total Total",
    "mean": "mean average avg Mean",
    "hadamard": "hadamard Hadamard",
    "kron": "kron Kron kronecker",
    "vec": "vec Vec",
    "diag": "diag",
    "Diag": "Diag diagm",
    "eye": "eye identity Identity id",
    "ones": "ones Ones",
    "zeros": "zeros Zeros",
    "expm": "expm Exp",
    "logm": "logm",
    "sinm": "sinm",
    "cosm": "cosm",
    "dot": "dot",
    "inner": "inner vdot",
    "outer": "outer",
    "softmax": "softmax Softmax",
    "logsumexp": "logsumexp LogSumExp lse LSE",
    "solve": "solve linsolve",
    "adjugate": "adjugate adj Adj",
    "triu": "triu",
    "tril": "tril",
    "matmul": "matmul mtimes",
    "log": "log Log",
    "lg": "lg log10 Log10",
    "lb": "lb log2 Log2",
    "atan2": "atan2 arctan2 Atan2 Arctan2",
    "expm1": "expm1",
    "log1p": "log1p",
    "root": "root nthroot",
    "cbrt": "cbrt",
    "pow": "pow power matpow mpower",
    "max": "max",
    "min": "min",
}
"""The words for what numbers have not, or have otherwise: each row by all its spellings."""

_OF_NUMBERS = {
    spelling: name
    for spelling, name in {**EXTRA, **SPELLINGS}.items()
    if name in FUNCTIONS
    and FUNCTIONS[name].arity in ((1, 1), (2, 2))
    and spelling.isalpha()
    and spelling not in ("psi", "beta", "gamma", "Gamma", "sh", "ch", "th", "arch", "Beta", "log")
}
WORDS: dict[str, str] = {
    **_OF_NUMBERS,
    **{word: name for name, spelled in MATRIX_WORDS.items() for word in spelled.split()},
}
"""The row of every spelling; those with digits can stand only before a bracket."""

WITH_DIGITS = {word: name for word, name in WORDS.items() if not word.isalpha()}

_SPELLED = re.compile(
    r"\\?(?:(?:operatorname|mathrm|text|textrm)\*?\s*\{\s*)?([A-Za-z]+)([0-9]+)?([A-Za-z]+)?"
)


def spelled(text: str, start: int, name: str) -> str:
    """The word that stands here as the person wrote it; the name of its row if it is no word."""
    found = _SPELLED.match(text, start)
    letters, digits, more = found.groups("") if found else ("", "", "")
    words = (letters + digits + more, letters + digits, letters)
    return next((word for word in words if WORDS.get(word) == name), name)


_UNSUPPORTED: dict[str, str] = {
    "eig eigs eigval eigvals eigenvalue eigenvalues eigh lambdamax lambdamin eigvec eigenvectors":
        "Eigenvalues",
    "svd svdvals singular": "Singular values",
    "rank Rank": "The rank",
    "pinv pseudoinverse": "The pseudo-inverse",
    "cond": "The condition number",
    "nuclear nuc spectral norminf infnorm": "This norm",
    "sqrtm": "The square root of a matrix",
    "chol cholesky lu qr schur": "Factorisations of matrices",
    "null orth rref": "Bases of subspaces",
    "cumsum cumprod prod var std cov median sort argmax argmin argsort": "This operation",
    "cross": "The cross product",
    "cofactor cof minor perm permanent": "This operation",
    "conj conjugate real imag": "Complex numbers",
    "slogdet": "The operation slogdet",
    "reshape repmat cat hstack vstack": "Putting matrices together",
}  # fmt: skip
_HINTS = {
    "slogdet": "Write logdet(X) or log|det(X)|.",
    "pinv": "Write inv(A'*A)*A' if the columns of A are independent.",
    "svd": "", "cross": "Write the components out.",
}  # fmt: skip


def _unsupported(word: str, what: str) -> tuple[str, str]:
    verb = "is" if what.startswith(("The", "This", "Putting")) else "are"
    shown = f"{what} ({word})" if word not in what else what
    hint = _HINTS.get(word, "Sums, products, inverses, traces, determinants and norms are.")
    return f"{shown} {verb} not supported.", hint


_DERIVES = ("A derivative cannot be typed here.", "The app differentiates: type the function.")
REFUSED: dict[str, tuple[str, str]] = {
    **{
        word: (row[0], row[1].replace("x^2 y + sin y", "a'*X*b"))
        for word, row in suggest.REFUSED.items()
        if word not in ("det", "tr", "sum", "of", "is", "sinc", "mod", "div", "del", "solve")
        and len(word) > 2
    },
    **{
        word: _unsupported(word, what)
        for words, what in _UNSUPPORTED.items()
        for word in words.split()
    },
    "argmin": ("Only the function itself is differentiated.", "Leave out argmin."),
    "argmax": ("Only the function itself is differentiated.", "Leave out argmax."),
    "minimize": ("Only the function itself is differentiated.", "Leave out minimize."),
    "maximize": ("Only the function itself is differentiated.", "Leave out maximize."),
}
"""Words that are understood, and why they cannot be used."""

_OTHER_BASES = "Write 2^s or 10^s for a number s, and exp(log(2)*x) for the entries of a vector x."
_OTHER_NORMS = ("This norm is not supported.", "Write norm(x), norm1(x) or normF(A).")
REFUSED_WITH_DIGITS: dict[str, tuple[str, str]] = {
    **{word: (f"The function {word} is not known.", _OTHER_BASES) for word in ("exp2", "exp10")},
    **dict.fromkeys(("norm0", "norm3", "norm4", "l0norm", "nrm2"), _OTHER_NORMS),
}
"""Words with digits that are understood, and why they cannot be used; before a bracket only."""

SCALAR_VALUED = frozenset(
    ("trace", "det", "logdet", "norm", "norm1", "normF", "sum", "mean", "dot", "inner", "logsumexp")
)
"""Words whose result is a number: without brackets they do not reach over each other."""

_MATRIX_SIGNS: tuple[Sign, ...] = (
    (".*", Kind.OPERATOR, ".*"), ("./", Kind.OPERATOR, "./"), (".^", Kind.OPERATOR, ".^"),
    (".'", Kind.OPERATOR, "'"), ("'", Kind.OPERATOR, "'"), ("⊙", Kind.OPERATOR, ".*"),
    ("∘", Kind.OPERATOR, ".*"), ("⊘", Kind.OPERATOR, "./"), ("⊗", Kind.OPERATOR, "⊗"),
    ("·", Kind.OPERATOR, "·"), ("⋅", Kind.OPERATOR, "·"), ("∙", Kind.OPERATOR, "·"),
    ("•", Kind.OPERATOR, "·"), ("⊤", Kind.OPERATOR, "'"), ("⊺", Kind.OPERATOR, "'"),
    ("†", Kind.OPERATOR, "†"), ("⊕", Kind.OPERATOR, "⊕"), ("𝟏", Kind.CONSTANT, "1"),
    ("𝟙", Kind.CONSTANT, "1"), (".**", Kind.OPERATOR, ".^"), (".+", Kind.OPERATOR, ".+"),
    (".-", Kind.OPERATOR, ".-"),
)  # fmt: skip
MATRIX_SIGNS: tuple[Sign, ...] = (
    *[row for row in SIGNS if row[0] not in {own[0] for own in _MATRIX_SIGNS}],
    *_MATRIX_SIGNS,
)
KEPT = frozenset(sign for sign, _, _ in _MATRIX_SIGNS if len(sign) == 1 and not sign.isascii())
"""Characters that mean more here than in formulas of numbers."""

COMMANDS: dict[str, tuple[Kind, str]] = {
    **commands.TOKENS,
    **{
        word: (Kind.FUNCTION, name)
        for word, name in WORDS.items()
        if word not in ("id", "Sp", "sqrt", "surd")
    },
    **{name: (Kind.NAME, name) for name in GREEK.values() if name != "pi"},
    **dict.fromkeys(("top", "intercal", "transp", "tran"), (Kind.NAME, "T")),
    **dict.fromkeys(("cdot", "bullet", "cdotp"), (Kind.OPERATOR, "·")),
    **dict.fromkeys(("circ", "odot", "bigodot"), (Kind.OPERATOR, ".*")),
    **dict.fromkeys(("oslash", "varoslash"), (Kind.OPERATOR, "./")),
    **dict.fromkeys(("otimes", "bigotimes"), (Kind.OPERATOR, "⊗")),
    "oplus": (Kind.OPERATOR, "⊕"),
    "infty": (Kind.CONSTANT, "infinity"),
    "prime": (Kind.OPERATOR, "'"),
    "dagger": (Kind.OPERATOR, "†"),
    "backslash": (Kind.OPERATOR, "\\"),
    "lVert": (Kind.OPEN, "‖"),
    "rVert": (Kind.CLOSE, "‖"),
}
# An arrow or a dot over a letter.
del COMMANDS["vec"], COMMANDS["dot"]

LETTERS: dict[str, tuple[Kind, str]] = {
    **{char: (Kind.NAME, name) for char, name in GREEK.items()},
    "π": (Kind.CONSTANT, "pi"),
}
UPRIGHT_LETTERS: dict[str, str] = {}
"""Single letters that are a function when they stand upright."""

REFUSED_COMMANDS: dict[str, tuple[str, str]] = {
    **{name: row for name, row in commands.REFUSED.items() if name not in ("circ", "det")},
    "sum": ("Sums with an index cannot be read here.", "Write sum(x), tr(A) or a'*b."),
    "prod": ("Products with an index cannot be read here.", "Write the factors out."),
    "prime": _DERIVES,
}
for _word, _row in REFUSED.items():
    REFUSED_COMMANDS.setdefault(_word, _row)

REFUSED_ASCII: dict[str, tuple[str, str]] = {
    '"': ("Quotation marks have no meaning in a formula.", "Type only the formula."),
    "%": ("The sign % has no meaning in a formula.", "Write 0.05 for 5 percent."),
    "#": ("The sign # has no meaning in a formula.", ""),
    "`": ("The sign ` has no meaning in a formula.", ""),
}
