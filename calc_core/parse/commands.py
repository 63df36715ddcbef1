"""The LaTeX commands: one row each.  Another spelling is another row."""

from __future__ import annotations

from calc_core.functions import SPELLINGS
from calc_core.parse.characters import GREEK
from calc_core.parse.tokens import Kind

_GREEK_VARIANTS = {
    "varphi": "phi", "varepsilon": "epsilon", "vartheta": "theta", "varrho": "rho",
    "varsigma": "sigma", "varkappa": "kappa", "varpi": "pi",
}  # fmt: skip

TOKENS: dict[str, tuple[Kind, str]] = {
    **{
        spelling: (Kind.FUNCTION, name)
        for spelling, name in SPELLINGS.items()
        if len(spelling) > 1 and spelling.isalpha() and spelling != "psi"
    },
    **{name: (Kind.NAME, name) for name in GREEK.values() if name != "Gamma"},
    **{variant: (Kind.NAME, name) for variant, name in _GREEK_VARIANTS.items()},
    "pi": (Kind.CONSTANT, "pi"),
    "exponentialE": (Kind.CONSTANT, "e"),
    "differentialD": (Kind.NAME, "d"),
    "imaginaryI": (Kind.NAME, "i"),
    "imath": (Kind.NAME, "i"),
    "jmath": (Kind.NAME, "j"),
    "ell": (Kind.NAME, "l"),
    "hbar": (Kind.NAME, "h_bar"),
    "top": (Kind.NAME, "T"),
    "intercal": (Kind.NAME, "T"),
    "log": (Kind.FUNCTION, "log"),
    "lg": (Kind.FUNCTION, "lg"),
    "lb": (Kind.FUNCTION, "lb"),
    "cdot": (Kind.OPERATOR, "*"),
    "times": (Kind.OPERATOR, "*"),
    "ast": (Kind.OPERATOR, "*"),
    "bullet": (Kind.OPERATOR, "*"),
    "div": (Kind.OPERATOR, "/"),
    "slash": (Kind.OPERATOR, "/"),
    "colon": (Kind.OPERATOR, ":"),
    "coloneqq": (Kind.OPERATOR, ":="),
    "coloneq": (Kind.OPERATOR, ":="),
    "colonequals": (Kind.OPERATOR, ":="),
    "to": (Kind.OPERATOR, "→"),
    "rightarrow": (Kind.OPERATOR, "→"),
    "longrightarrow": (Kind.OPERATOR, "→"),
    "Rightarrow": (Kind.OPERATOR, "→"),
    "mapsto": (Kind.OPERATOR, "↦"),
    "longmapsto": (Kind.OPERATOR, "↦"),
    "cr": (Kind.OPERATOR, "\\\\"),
    "newline": (Kind.OPERATOR, "\\\\"),
    "lt": (Kind.RELATION, "lt"),
    "gt": (Kind.RELATION, "gt"),
    "le": (Kind.RELATION, "le"),
    "leq": (Kind.RELATION, "le"),
    "leqslant": (Kind.RELATION, "le"),
    "leqq": (Kind.RELATION, "le"),
    "ge": (Kind.RELATION, "ge"),
    "geq": (Kind.RELATION, "ge"),
    "geqslant": (Kind.RELATION, "ge"),
    "geqq": (Kind.RELATION, "ge"),
    "ne": (Kind.RELATION, "ne"),
    "neq": (Kind.RELATION, "ne"),
    "equal": (Kind.RELATION, "eq"),
    "land": (Kind.WORD, "and"),
    "wedge": (Kind.WORD, "and"),
    "lor": (Kind.WORD, "or"),
    "vee": (Kind.WORD, "or"),
    "lnot": (Kind.WORD, "not"),
    "neg": (Kind.WORD, "not"),
    "frac": (Kind.COMMAND, "frac"),
    "dfrac": (Kind.COMMAND, "frac"),
    "tfrac": (Kind.COMMAND, "frac"),
    "cfrac": (Kind.COMMAND, "frac"),
    "nicefrac": (Kind.COMMAND, "frac"),
    "sfrac": (Kind.COMMAND, "frac"),
    "over": (Kind.COMMAND, "over"),
    "sqrt": (Kind.COMMAND, "sqrt"),
    "surd": (Kind.COMMAND, "radical"),
    "int": (Kind.COMMAND, "int"),
    "lvert": (Kind.OPEN, "|"),
    "rvert": (Kind.CLOSE, "|"),
    "lVert": (Kind.OPEN, "|"),
    "rVert": (Kind.CLOSE, "|"),
    "vert": (Kind.BAR, "|"),
    "mid": (Kind.BAR, "|"),
    "Vert": (Kind.BAR, "‖"),
    "|": (Kind.BAR, "‖"),
    "{": (Kind.OPEN, "\\{"),
    "}": (Kind.CLOSE, "\\}"),
    "lbrace": (Kind.OPEN, "\\{"),
    "rbrace": (Kind.CLOSE, "\\}"),
    "lbrack": (Kind.OPEN, "["),
    "rbrack": (Kind.CLOSE, "]"),
    "lparen": (Kind.OPEN, "("),
    "rparen": (Kind.CLOSE, ")"),
    "langle": (Kind.OPEN, "⟨"),
    "rangle": (Kind.CLOSE, "⟩"),
    "lfloor": (Kind.OPEN, "⌊"),
    "rfloor": (Kind.CLOSE, "⌋"),
    "lceil": (Kind.OPEN, "⌈"),
    "rceil": (Kind.CLOSE, "⌉"),
}  # fmt: skip

SPACES = frozenset(
    (",", ";", ":", ">", " ", "quad", "qquad", "enspace", "thinspace", "medspace", "thickspace")
)
"""Commands that leave a blank that a reader sees."""

SILENT = frozenset(
    ("!", "displaystyle", "textstyle", "scriptstyle", "limits", "nolimits", "negthinspace",
     "mathstrut", "phantom", "(", ")", "[", "]", "mathop", "nonumber", "notag", "ensuremath",
     "mathopen", "mathclose", "mathord", "mathbin", "mathrel", "boxed", "small", "large")
)  # fmt: skip
"""Commands that say nothing about the meaning; braces after them only group."""

DECORATIONS = frozenset(
    ("mathbf", "mathbb", "mathcal", "mathit", "mathsf", "mathtt", "mathfrak", "mathscr",
     "boldsymbol", "bm", "vec", "overrightarrow", "pmb", "bold", "textbf", "textit", "mathnormal")
)  # fmt: skip
"""Ways to set a letter that do not change its name."""

ACCENTS = {"hat": "hat", "widehat": "hat", "bar": "bar", "overline": "bar", "tilde": "tilde",
           "widetilde": "tilde"}  # fmt: skip
"""Marks that make another letter of it: \\hat{x} is x_hat."""

UPRIGHT = frozenset(
    ("operatorname", "mathrm", "text", "textrm", "textnormal", "mbox", "hbox", "rm", "textsf")
)
"""Commands whose braces hold words."""

SIZES = frozenset(
    size + side for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")
)
"""Sizes of the delimiter that follows."""

PLAIN_ENVIRONMENTS = frozenset(
    ("equation", "align", "aligned", "displaymath", "math", "gather", "gathered", "split",
     "multline", "eqnarray")
)  # fmt: skip
MATRIX_ENVIRONMENTS = frozenset(
    ("matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix", "array",
     "psmallmatrix", "bsmallmatrix")
)  # fmt: skip
CASES_ENVIRONMENTS = frozenset(("cases", "dcases", "rcases"))

_DERIVES = "The app differentiates by itself: type only the function."
_RADIANS = "Angles are in radians: write x π/180 for x degrees."

REFUSED: dict[str, tuple[str, str]] = {
    "partial": ("A derivative cannot be typed here.", _DERIVES),
    "nabla": ("A derivative cannot be typed here.", _DERIVES),
    "prime": ("A derivative cannot be typed here.", _DERIVES),
    "doubleprime": ("A derivative cannot be typed here.", _DERIVES),
    "dot": ("A derivative cannot be typed here.", _DERIVES),
    "ddot": ("A derivative cannot be typed here.", _DERIVES),
    "infty": (
        "Infinity is not a number to calculate with.",
        "Write a letter or a large number in its place.",
    ),
    "pm": ("± stands for two functions.", "Type + or -, one at a time."),
    "mp": ("∓ stands for two functions.", "Type + or -, one at a time."),
    "sum": ("Sums with a sign cannot be read yet.", "Write the terms out: x_1 + x_2 + x_3."),
    "prod": ("Products with a sign cannot be read yet.", "Write the factors out: x_1 x_2 x_3."),
    "lim": ("A limit cannot be read.", "Type only the function."),
    "circ": ("The degree sign cannot be read.", _RADIANS),
    "degree": ("The degree sign cannot be read.", _RADIANS),
    "dots": ("Dots leave open what is meant.", "Write all the terms."),
    "ldots": ("Dots leave open what is meant.", "Write all the terms."),
    "cdots": ("Dots leave open what is meant.", "Write all the terms."),
    "vdots": ("Dots leave open what is meant.", "Write all the entries."),
    "binom": ("A binomial coefficient cannot be read yet.", "Write it with factorials."),
    "choose": ("A binomial coefficient cannot be read yet.", "Write it with factorials."),
    "iint": ("A double integral sign cannot be read.", "Write one ∫ after the other."),
    "iiint": ("A triple integral sign cannot be read.", "Write one ∫ after the other."),
    "oint": ("A contour integral cannot be read.", "Write ∫ with both limits."),
    "Re": ("Complex numbers are not used here.", "All variables are real."),
    "Im": ("Complex numbers are not used here.", "All variables are real."),
    "in": ("Sets cannot be read.", "Type only the function."),
    "placeholder": ("A box of the formula is still empty.", "Fill it in, or delete it."),
    "error": ("A part of the formula could not be read.", "Type it again."),
    "middle": ("A bar in the middle cannot be read.", "Type only the function."),
    "det": ("A determinant cannot be read here.", "Matrices have their own page."),
    "operatorname*": ("This kind of operator cannot be read.", ""),
    "underbrace": ("A brace below cannot be read.", "Type only the function."),
    "overset": ("Stacked signs cannot be read.", "Type only the function."),
    "underset": ("Stacked signs cannot be read.", "Type only the function."),
}  # fmt: skip
"""Commands that are known, and why they cannot be used."""

SIGNS: dict[str, str] = {
    "∞": "infty", "∂": "partial", "∇": "nabla", "±": "pm", "∓": "mp", "°": "circ", "º": "circ",
    "∑": "sum", "∏": "prod", "…": "dots", "∬": "iint", "∭": "iiint", "∮": "oint", "″": "prime",
    "∈": "in",
}  # fmt: skip
"""Signs that are refused as the command of the same meaning is."""

ALL = frozenset(
    {*TOKENS, *SPACES, *SILENT, *DECORATIONS, *ACCENTS, *UPRIGHT, *SIZES, *REFUSED}
    | {"left", "right", "begin", "end", "mleft", "mright"}
)
