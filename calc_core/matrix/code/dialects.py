"""What sets NumPy, JAX and PyTorch apart, where it is more than a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calc_core.matrix.code import functions


@dataclass(frozen=True, slots=True)
class Dialect:
    """One array library of Python.

    ``module``     the name that stands before its functions; ``array`` the type of an array;
    ``first``      what is imported in any case;
    ``permute``    the method that puts axes in another order;
    ``flat``       the method that makes one axis of all;
    ``functions``  templates of the functions of numbers;
    ``matrix``     templates of the functions of matrices, the power series;
    ``helpers``    functions that are written before the main one when they are used.
    ``typed``      whether constants are given the type of the arguments.
    """

    label: str
    module: str
    array: str
    number: str
    first: str
    permute: str
    flat: str
    functions: Mapping[str, str]
    matrix: Mapping[str, str]
    special: str
    helpers: Mapping[str, str]
    typed: bool = False


_LOGSUMEXP = '''def logsumexp(x):
    """log(sum(exp(x))), without overflow."""
    top = np.max(x)
    return top + np.log(np.sum(np.exp(x - top)))
'''
_SOFTMAX = '''def softmax(x):
    """exp(x) / sum(exp(x)), without overflow."""
    weights = np.exp(x - np.max(x))
    return weights / np.sum(weights)
'''
_SIGMOID = '''def sigmoid(x):
    """1 / (1 + exp(-x)), without overflow."""
    return (1 + np.tanh(x / 2)) / 2
'''
_SOFTPLUS = '''def softplus(x):
    """log(1 + exp(x)), without overflow."""
    return torch.relu(x) + torch.log1p(torch.exp(-torch.abs(x)))
'''
_GAMMA = '''def gamma_function(x):
    """The gamma function, left of 0 by its reflection."""
    mirrored = torch.pi / (torch.sin(torch.pi * x) * torch.exp(torch.lgamma(1 - x)))
    return torch.where(x > 0, torch.exp(torch.lgamma(x)), mirrored)
'''
_ADJUGATE = '''def adjugate(X):
    """The transposed cofactors of X, which may be singular."""
    U, s, Vt = np.linalg.svd(X)
    n = len(s)
    others = np.prod(np.where(np.eye(n) == 1, 1.0, s), axis=1)
    return np.linalg.det(U) * np.linalg.det(Vt) * (Vt.T * others) @ U.T
'''
_COMMUTATION = '''def commutation(m, n):
    """The matrix K with K @ vec(A) = vec(A.T) for every m×n matrix A."""
    return np.eye(m * n)[np.arange(m * n).reshape(n, m).T.ravel()]
'''
_COMMUTATION_OF_TYPE = '''def commutation(m, n, dtype=None):
    """The matrix K with K @ vec(A) = vec(A.T) for every m×n matrix A."""
    return torch.eye(m * n, dtype=dtype)[torch.arange(m * n).reshape(n, m).T.reshape(-1)]
'''
_OF_MATRIX = '''def matrix_function(f, X):
    """The function f of a diagonalizable matrix, by its eigenvalues."""
    values, V = np.linalg.eig(X)
    return np.linalg.solve(V.T, (V * f(values)).T).T.real
'''


def _helpers(module: str, others: Mapping[str, str]) -> dict[str, str]:
    texts = {
        "adjugate": _ADJUGATE,
        "commutation": _COMMUTATION,
        "matrix_function": _OF_MATRIX,
        **others,
    }
    return {name: text.replace("np.", f"{module}.") for name, text in texts.items()}


_HYPERBOLIC = {
    "sinh": "({exp}({0}) - {exp}(-{x})) / 2",
    "cosh": "({exp}({0}) + {exp}(-{x})) / 2",
    "tanh": "{np}.linalg.solve({exp}({0}) + {exp}(-{x}), {exp}({0}) - {exp}(-{x}))",
}
_CIRCULAR = {
    "exp": "{exp}({0})",
    "sin": "{exp}(1j * {x}).imag",
    "cos": "{exp}(1j * {x}).real",
    "tan": "{np}.linalg.solve({exp}(1j * {x}).real, {exp}(1j * {x}).imag)",
}
_BY_EIGENVALUES = {
    "ln": "matrix_function({np}.log, {0})",
    "sqrt": "matrix_function({np}.sqrt, {0})",
}


def _series(exp: str, more: Mapping[str, str]) -> dict[str, str]:
    return {k: v.replace("{exp}", exp) for k, v in {**_CIRCULAR, **_HYPERBOLIC, **more}.items()}


DIALECTS: Mapping[str, Dialect] = {
    "numpy": Dialect(
        label="NumPy",
        module="np",
        array="np.ndarray",
        number="float",
        first="import numpy as np",
        permute="transpose",
        flat="ravel()",
        functions=functions.NUMPY,
        matrix={
            "exp": "linalg.expm({0})",
            "ln": "linalg.logm({0})",
            "sqrt": "linalg.sqrtm({0})",
            **{f: f"linalg.{f}m({{0}})" for f in ("sin", "cos", "tan", "sinh", "cosh", "tanh")},
        },
        special="from scipy import special",
        helpers=_helpers("np", {"logsumexp": _LOGSUMEXP, "softmax": _SOFTMAX, "sigmoid": _SIGMOID}),
    ),
    "jax": Dialect(
        label="JAX",
        module="jnp",
        array="jax.Array",
        number="float | jax.Array",
        first="import jax\nimport jax.numpy as jnp",
        permute="transpose",
        flat="ravel()",
        functions=functions.JAX,
        matrix=_series("linalg.expm", _BY_EIGENVALUES),
        special="from jax.scipy import special",
        helpers=_helpers("jnp", {}),
    ),
    "torch": Dialect(
        label="PyTorch",
        module="torch",
        array="torch.Tensor",
        number="torch.Tensor",
        first="import torch",
        permute="permute",
        flat="reshape(-1)",
        functions=functions.TORCH,
        matrix=_series("torch.linalg.matrix_exp", _BY_EIGENVALUES),
        special="",
        helpers=_helpers(
            "torch",
            {
                "commutation": _COMMUTATION_OF_TYPE,
                "softplus": _SOFTPLUS,
                "gamma_function": _GAMMA,
            },
        ),
        typed=True,
    ),
}
