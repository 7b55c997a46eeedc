"""Which passwords are guessed first: common ones, patterns, and names of the person and the app."""

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path

LIST = Path(__file__).with_name("common_passwords.txt")
ROWS = ("abcdefghijklmnopqrstuvwxyz", "0123456789", "1234567890", "qwertyuiop", "qwertzuiop", "asdfghjkl", "zxcvbnm")
"""In these orders people type without thinking, forwards and backwards."""
FOLLOWING = frozenset(pair for row in ROWS for pair in pairwise(row))
MOST_FOLLOWING = 0.8
REPEATED = re.compile(r"(.{1,8}?)\1+")
DECORATED = re.compile(r"[^a-z]{0,6}(.*?)[^a-z]{0,6}")
"""A word with some digits or signs around it."""


def is_guessable(password: str, about: Iterable[str] = ()) -> bool:
    """Whether a password is guessed soon. `about` are names of the person and the app."""
    lower = password.lower()
    common, words = _lists()
    if lower in common or REPEATED.fullmatch(lower) or _is_typed_along(lower):
        return True
    decorated = DECORATED.fullmatch(lower)
    bare = decorated[1] if decorated else lower
    return bare in words or bare in _names(about)


def _is_typed_along(password: str) -> bool:
    """Whether nearly all characters are like the one before, or beside it."""
    pairs = list(pairwise(password))
    along = [a == b or (a, b) in FOLLOWING or (b, a) in FOLLOWING for a, b in pairs]
    return sum(along) >= MOST_FOLLOWING * len(pairs)


def _names(about: Iterable[str]) -> set[str]:
    """The names themselves, and the parts of mails and full names."""
    found = {name.lower() for name in about}
    return found | {part for name in found for part in re.split(r"[^\w]+", name) if len(part) > 2}


@cache
def _lists() -> tuple[frozenset[str], frozenset[str]]:
    """Common passwords, and words that others are made of."""
    _, passwords, words = LIST.read_text(encoding="utf-8").split("\n\n")
    return frozenset(passwords.split()), frozenset(words.split())
