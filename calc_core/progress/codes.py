"""Private codes: all that a learner is, so that nobody has to say who they are.

A code is 20 signs of an alphabet of 29, drawn by the operating system: 97 bits, beyond guessing.
The data base holds only its SHA-256 hash. A slow, salted hash, as for passwords, would add nothing:
there is no list of likely codes to try.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata

from calc_core.errors import InputError

#: Digits and capitals, with one sign of each pair that look alike.
ALPHABET = "0123456789ACDEFGHJKMNPQRTVWXY"
_TWINS = str.maketrans("OILZSBU", "011258V")

_GROUP = 4
_LENGTH = 20
_BETWEEN = re.compile(r"[\s\-_.\u00ad\u200b-\u2015\u2060\u2212\ufeff]+")
_TOO_LONG = 200


def new_code() -> str:
    """Return a fresh code, in groups that can be read aloud: ``7KQM-2XFP-9A3D-R0TV-HJ4E``."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(_LENGTH)))


def written_code(text: str) -> str:
    """Return a typed code as it is shown, in groups.

    >>> written_code("7kqm 2xfp 9a3d rotv hj4e")
    '7KQM-2XFP-9A3D-R0TV-HJ4E'

    Raises:
        InputError: the text is no code.
    """
    return _grouped(read_code(text))


def _grouped(signs: str) -> str:
    return "-".join(signs[k : k + _GROUP] for k in range(0, _LENGTH, _GROUP))


def read_code(text: str) -> str:
    """Return the 20 signs of a typed code: in either case, with or without hyphens and spaces.

    A sign that looks like one of the alphabet is taken for it, since no code has both.

    >>> read_code(" 7kqm 2xfp-9a3d rotv hj4e ")
    '7KQM2XFP9A3DR0TVHJ4E'

    Raises:
        InputError: the text is no code.
    """
    signs = ""
    if len(text) <= _TOO_LONG:
        plain = unicodedata.normalize("NFKC", text).upper()
        signs = _BETWEEN.sub("", plain).translate(_TWINS)
    if len(signs) != _LENGTH or not set(signs) <= set(ALPHABET):
        raise InputError(
            "This is not a private code.",
            hint="A code is five groups of letters and digits, like 7KQM-2XFP-9A3D-R0TV-HJ4E.",
        )
    return signs


def hash_of(code: str) -> str:
    """Return what the data base knows of a code: 64 hexadecimal digits.

    Raises:
        InputError: the text is no code.
    """
    return hashlib.sha256(read_code(code).encode("ascii")).hexdigest()
