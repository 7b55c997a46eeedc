"""Passwords that are guessed first aren't taken."""

from pathlib import Path

import pytest

from restival.auth.guessable import _lists, is_guessable
from restival.auth.passwords import SHORTEST, hashed
from restival.auth.refusals import BadPassword
from tests.auth.test_identity import auth_with


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaa",
        "1234567890",
        "9876543210",
        "112233445566",
        "qwertyuiop",
        "QWERTZUIOP1",
        "abcabcabcabc",
        "abc123abc123",
        "Password123",
        "password2026!",
        "!!welcome!!99",
        "Liverpool1",
        "1q2w3e4r5t",
        "lllllllllll1",
    ],
)
def test_common_passwords_and_patterns_are_guessable(password: str) -> None:
    assert is_guessable(password)
    with pytest.raises(BadPassword, match="easy to guess"):
        hashed(password)


@pytest.mark.parametrize(
    "password", ["correct horse battery", "another long password", "k3Xw0vq9Zt", "dkwzpqmxtr", "überraschung am meer"]
)
def test_others_are_taken(password: str) -> None:
    assert not is_guessable(password, ["ada@example.com", "Ada Lovelace", "Acme tools"])


@pytest.mark.parametrize("password", ["lovelace2026", "Ada@Example.com", "123example321", "!acme tools!"])
def test_names_of_the_person_and_the_app_are_guessable(password: str) -> None:
    assert is_guessable(password, ["ada@example.com", "Ada Lovelace", "Acme tools"])


async def test_people_cannot_choose_one(tmp_path: Path) -> None:
    auth = auth_with(tmp_path, title="Acme tools", sign_in={"mode": "password"})
    for password in ("aaaaaaaaaa", "ada@example.com", "acme tools 1"):
        with pytest.raises(BadPassword):
            await auth.passwords.choose("ada@example.com", password)


def test_the_list_has_those_that_are_long_enough() -> None:
    common, words = _lists()
    assert len(common) > 2_500
    assert all(len(each) >= SHORTEST for each in common)
    assert all(each.isalpha() for each in words)
