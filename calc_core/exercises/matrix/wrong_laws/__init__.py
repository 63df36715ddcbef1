"""Wrong laws on differentials: what people do in the place of a law, as entries for the engine.

Put before the right ones (:mod:`calc_core.matrix.laws`), an entry makes the engine derive what a
person gets who believes in it.  Most of them treat matrices as if they were numbers: that they
commute, are their own transposes, and have a derivative 1/x² of the inverse.
"""
