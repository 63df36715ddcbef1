"""What is said of the mistakes that only a person's own working shows: slips between two lines."""

from __future__ import annotations

from calc_core.exercises.mistakes.mistake import Mistake

WORKING: dict[str, Mistake] = {
    "derivative-dropped": Mistake(
        "The sign of the derivative was dropped{where}, but what stands under it was not "
        "differentiated.",
        "",
        0.4,
    ),
    "derivative-to-zero": Mistake(
        "What moves was taken for a constant{where}: its derivative is not 0.", "", 0.4
    ),
    "bracket-lost": Mistake(
        "A bracket was lost{where}: the factor belongs to every term of the sum.",
        r"a\,(b + c) = a\,b + a\,c",
        0.5,
    ),
    "minus-and-bracket": Mistake(
        "A minus before a bracket turns the sign of every term in it{where}.",
        r"-(a + b) = -a - b",
        0.5,
    ),
    "power-of-product": Mistake(
        "The power belongs to every factor in the bracket{where}.", r"(a\,b)^n = a^n\,b^n", 0.5
    ),
    "power-of-sum": Mistake(
        "The power of a sum is not the sum of the powers{where}.",
        r"(a + b)^2 = a^2 + 2\,a\,b + b^2",
        0.4,
    ),
    "exponents-multiplied": Mistake(
        "In a product of powers of one base the exponents are added{where}, not multiplied.",
        r"a^m\,a^n = a^{m+n}",
        0.4,
    ),
    "exponents-added": Mistake(
        "In a power of a power the exponents are multiplied{where}, not added.",
        r"(a^m)^n = a^{m\,n}",
        0.4,
    ),
    "fraction-of-sum": Mistake(
        "The whole numerator is divided{where}, every term of it.",
        r"\frac{a + b}{c} = \frac ac + \frac bc",
        0.4,
    ),
    "sum-below-the-bar": Mistake(
        "A sum below the bar cannot be taken apart{where}.",
        r"\frac{a}{b + c} \ne \frac ab + \frac ac",
        0.3,
    ),
    "function-of-sum": Mistake(
        "The function of a sum is not the sum of the functions{where}.",
        r"f(a + b) \ne f(a) + f(b)",
        0.3,
    ),
    "numbers-added": Mistake(
        "Numbers that are multiplied were added{where}, or the other way round.", "", 0.6
    ),
    "sign-of-term": Mistake("The sign of a term changed on the way{where}.", "", 0.6),
    "term-lost": Mistake("A term was lost on the way{where}.", "", 0.5),
    "factor-lost": Mistake("A factor was lost on the way{where}.", "", 0.5),
    "named-otherwise": Mistake(
        "The right side is what is asked for; the left side names something else.", "", 0.8
    ),
    "does-not-follow": Mistake(
        "This does not follow from the line before. Try a smaller step, or look at a hint.", "", 0.0
    ),
}
