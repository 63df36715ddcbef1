"""The language of matrix expressions: text to a function, the symbol that moves, and all shapes.

One scanner and one grammar read plain text, Unicode and LaTeX; the shapes are found by making equal
what must be equal.  No text is ever evaluated.
"""

from calc_core.matrix.language.reading import Problem, read

__all__ = ["Problem", "read"]
