"""The letters that functions of exercises are written in."""

PAIRS = (("x", "y"), ("x", "t"), ("u", "v"), ("r", "s"))
#: Where a point is drawn or named, the letters of the plane.
PLANE = (("x", "y"), ("u", "v"))
TRIPLES = (("x", "y", "z"), ("r", "s", "t"), ("u", "v", "w"))
