"""Wrong laws: what people do in the place of a law, each as an entry that the engine can follow.

A mistake is a law, too.  Put before the right ones, an entry of the table makes the engine derive
what a person gets who believes in it, everywhere or at one place.  Which mistakes are common is
known from the classroom and from the literature on it, e.g. Orton, *Students' understanding of
differentiation*, Educational Studies in Mathematics 14 (1983).
"""
