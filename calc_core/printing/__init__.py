"""The graph read as mathematics: LaTeX for the page, plain text for people and for the parser."""

from calc_core.printing.latex import Latex
from calc_core.printing.text import Text

__all__ = ["Latex", "Text"]
