"""Text to expressions: everything people really type, and nothing that can hurt.

One scanner reads plain text, Unicode and LaTeX alike; one grammar builds graph nodes from an
allow-list.  No text is ever evaluated, and limits act before anything is built.
"""

from calc_core.parse.reading import parse, parse_equation

__all__ = ["parse", "parse_equation"]
