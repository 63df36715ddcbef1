"""Private codes: beyond guessing, easy to type, never kept."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc_core.errors import InputError
from calc_core.progress.codes import ALPHABET, hash_of, new_code, read_code


def test_a_code_is_beyond_guessing() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    for code in codes:
        assert [len(group) for group in code.split("-")] == [4] * 5
        assert set(code) <= set(ALPHABET) | {"-"}
    assert {sign for code in codes for sign in code} == set(ALPHABET) | {"-"}
    assert 20 * math.log2(len(ALPHABET)) >= 80


def test_no_two_signs_look_alike() -> None:
    for twins in ("O0", "I1L", "Z2", "S5", "B8", "UV"):
        assert len(set(twins) & set(ALPHABET)) == 1, twins


@pytest.mark.parametrize(
    "typed",
    [
        "7KQM-2XFP-9A3D-R0TV-HJ4E",
        "7kqm-2xfp-9a3d-r0tv-hj4e",
        "7KQM2XFP9A3DR0TVHJ4E",
        "  7kqm 2xfp 9a3d r0tv hj4e\n",
        "7KQM–2XFP—9A3D−R0TV‑HJ4E",
        "7 k q m 2 x f p 9 a 3 d r 0 t v h j 4 e",
        "7KQM-ZXFP-9A3D-ROTU-HJ4E",
        "\N{FULLWIDTH DIGIT SEVEN}KQM_2XFP.9A3D\u00a0R0TV\u200bHJ4E",
    ],
)
def test_ways_to_type_the_same_code(typed: str) -> None:
    assert read_code(typed) == "7KQM2XFP9A3DR0TVHJ4E"
    assert hash_of(typed) == hash_of("7KQM2XFP9A3DR0TVHJ4E")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-",
        "7KQM",
        "7KQM-2XFP-9A3D-R0TV-HJ4",
        "7KQM-2XFP-9A3D-R0TV-HJ4EE",
        "7KQM-2XFP-9A3D-R0TV-HJ4é",
        "7KQM-2XFP-9A3D-R0TV-HJ4٣",
        "' OR 1=1 --",
        "\0" * 20,
        "\ud800" * 20,
        "7" * 1_000_000,
    ],
)
def test_what_is_no_code_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(InputError, match="five groups"):
        read_code(typed)


@given(st.text(max_size=60))
def test_any_text_is_a_code_or_is_refused_kindly(typed: str) -> None:
    try:
        signs = read_code(typed)
    except InputError:
        return
    assert len(signs) == 20
    assert set(signs) <= set(ALPHABET)
