"""The graph read as mathematics: LaTeX and MathML for the page, text for people and the parser."""

from calc_core.printing.latex import Latex
from calc_core.printing.mathml import MathML
from calc_core.printing.text import Text

__all__ = ["Latex", "MathML", "Text"]
