"""How the functions of numbers are called in each language.

In a template ``{0}`` and ``{1}`` are arguments as they are and ``{x}`` is the first one in
brackets if it needs them; ``{np}`` is the module.
"""

from __future__ import annotations

from collections.abc import Mapping

_SAME = ["exp", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh", "abs", "sign", "floor", "ceil"]
_INVERSE = ["sin", "cos", "tan", "sinh", "cosh", "tanh"]
_JULIA_ONLY = (
    *("sec", "csc", "cot", "sech", "csch", "coth"),
    *("asec", "acsc", "asech", "acsch", "acoth"),
)
_RECIPROCALS = {
    "sec": "1 / {np}.cos({0})",
    "csc": "1 / {np}.sin({0})",
    "cot": "1 / {np}.tan({0})",
    "sech": "1 / {np}.cosh({0})",
    "csch": "1 / {np}.sinh({0})",
    "coth": "1 / {np}.tanh({0})",
    "acot": "{np}.pi / 2 - {np}.arctan({0})",
    "asec": "{np}.arccos(1 / {x})",
    "acsc": "{np}.arcsin(1 / {x})",
    "acoth": "{np}.arctanh(1 / {x})",
    "asech": "{np}.arccosh(1 / {x})",
    "acsch": "{np}.arcsinh(1 / {x})",
}
_PLAIN = {
    **{name: f"{{np}}.{name}({{0}})" for name in _SAME},
    **{f"a{name}": f"{{np}}.arc{name}({{0}})" for name in _INVERSE},
    **_RECIPROCALS,
    "ln": "{np}.log({0})",
    "log": "{np}.log({0}) / {np}.log({1})",
    "root": "{np}.sign({0}) * {np}.abs({0}) ** (1 / {y})",
    "atan2": "{np}.arctan2({0}, {1})",
    "relu": "{np}.maximum({0}, 0)",
    "heaviside": "({np}.sign({0}) + 1) / 2",
    "max": "{np}.maximum({0}, {1})",
    "min": "{np}.minimum({0}, {1})",
    "softplus": "{np}.logaddexp(0, {0})",
    "sigmoid": "sigmoid({0})",
}

# SciPy's module of special functions, which JAX has as well.
_SPECIAL_MODULE = {
    "erf": "special.erf({0})",
    "erfc": "special.erfc({0})",
    "gamma": "special.gamma({0})",
    "loggamma": "special.gammaln({0})",
    "digamma": "special.digamma({0})",
    "polygamma": "special.polygamma({0}, {1})",
    "beta": "special.beta({0}, {1})",
    "factorial": "special.gamma({0} + 1)",
}

NUMPY: Mapping[str, str] = {**_PLAIN, **_SPECIAL_MODULE}

JAX: Mapping[str, str] = {
    **_PLAIN,
    "relu": "jax.nn.relu({0})",
    "sigmoid": "jax.nn.sigmoid({0})",
    "softplus": "jax.nn.softplus({0})",
    **_SPECIAL_MODULE,
}

TORCH: Mapping[str, str] = {
    **_PLAIN,
    "relu": "torch.relu({0})",
    "sigmoid": "torch.sigmoid({0})",
    "softplus": "softplus({0})",
    "erf": "torch.erf({0})",
    "erfc": "torch.erfc({0})",
    "gamma": "gamma_function({0})",
    "loggamma": "torch.lgamma({0})",
    "digamma": "torch.digamma({0})",
    "polygamma": "torch.polygamma({0}, {1})",
    "beta": "gamma_function({0}) * gamma_function({1}) / gamma_function({0} + {1})",
    "factorial": "gamma_function({0} + 1)",
}

# Of a number f(x), of an array f.(x): the dot is put in for {dot}.
JULIA: Mapping[str, str] = {
    **{name: f"{name}{{dot}}({{0}})" for name in _SAME},
    **{f"a{name}": f"a{name}{{dot}}({{0}})" for name in _INVERSE},
    **{
        name: f"{name}{{dot}}({{0}})"
        for name in [
            "sec",
            "csc",
            "cot",
            "sech",
            "csch",
            "coth",
            "asec",
            "acsc",
            "asech",
            "acsch",
            "acoth",
        ]
    },
    "acot": "pi / 2 {dot}- atan{dot}({0})",
    "ln": "log{dot}({0})",
    "log": "log{dot}({1}, {0})",
    "root": "sign{dot}({0}) {dot}* abs{dot}({0}) {dot}^ (1 / {y})",
    "atan2": "atan{dot}({0}, {1})",
    "relu": "max{dot}({0}, 0)",
    "heaviside": "(sign{dot}({0}) {dot}+ 1) {dot}/ 2",
    "max": "max{dot}({0}, {1})",
    "min": "min{dot}({0}, {1})",
    "softplus": "softplus{dot}({0})",
    "sigmoid": "sigmoid{dot}({0})",
    "erf": "erf{dot}({0})",
    "erfc": "erfc{dot}({0})",
    "gamma": "SpecialFunctions.gamma{dot}({0})",
    "loggamma": "loggamma{dot}({0})",
    "digamma": "digamma{dot}({0})",
    "polygamma": "polygamma{dot}({0}, {1})",
    "beta": "SpecialFunctions.beta{dot}({0}, {1})",
    "factorial": "SpecialFunctions.gamma{dot}({0} {dot}+ 1)",
}
SPECIAL = frozenset(
    ("erf", "erfc", "gamma", "loggamma", "digamma", "polygamma", "beta", "factorial")
)
