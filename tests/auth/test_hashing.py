"""Attempts of strangers keep strangers waiting, and nobody else."""

import asyncio
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from restival.auth import budget
from restival.auth.attempts import from_address, from_browser, in_session
from restival.auth.budget import AT_ONCE, Budget
from restival.auth.hashing import WAITING, WAITING_OF_ONE, Hashing
from restival.auth.refusals import TooBusy
from tests.auth.test_attempts import tried
from tests.auth.test_identity import PASSWORD, auth_with

ADA = "ada@example.com"


async def test_a_flood_leaves_the_shared_threads_and_people_alone(tmp_path: Path) -> None:
    auth = auth_with(tmp_path, sign_in={"mode": "password", "attempts": 100})
    mails = [f"nobody{number}@example.com" for number in range(60)]
    flood = [
        asyncio.create_task(tried(auth, mail, "wrong", from_address(f"198.51.100.{number}")))
        for number, mail in enumerate(mails)
    ]
    await asyncio.sleep(0)
    began = time.monotonic()
    await asyncio.to_thread(lambda: None)
    assert time.monotonic() - began < 2
    for source in (from_browser("hers"), in_session("hers")):
        assert await tried(auth, ADA, PASSWORD, source) == "in"
    assert not all(each.done() for each in flood)  # these were faster
    assert Counter(await asyncio.gather(*flood)) == {"TooBusy": 60 - WAITING, "WrongPassword": WAITING}


async def test_one_address_leaves_places_to_others(tmp_path: Path) -> None:
    hashing, release = Hashing(), threading.Event()

    async def begin(who: str) -> None:
        await hashing.run(release.wait, who, stranger=True)

    waiting = [asyncio.create_task(begin("one")) for _ in range(WAITING_OF_ONE)]
    await asyncio.sleep(0)
    with pytest.raises(TooBusy) as refused:
        await begin("one")
    assert refused.value.seconds >= 1
    waiting += [asyncio.create_task(begin(f"other {n}")) for n in range(WAITING - WAITING_OF_ONE)]
    await asyncio.sleep(0)
    with pytest.raises(TooBusy):
        await begin("another")
    gone = waiting.pop()
    gone.cancel()  # its browser is gone; the hash is made all the same
    await asyncio.sleep(0)
    with pytest.raises(TooBusy):
        await begin("another")
    release.set()
    await asyncio.gather(*waiting)
    await begin("one")


async def test_an_address_has_so_many_failures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "AT_ONCE", 3)
    auth = auth_with(tmp_path, sign_in={"mode": "password", "attempts": 100})
    here = from_address("192.0.2.1")
    for _ in range(5):
        assert await tried(auth, ADA, PASSWORD, here) == "in"  # given back
    outcomes = [await tried(auth, f"nobody{number}@example.com", "wrong", here) for number in range(4)]
    assert outcomes == ["WrongPassword"] * 3 + ["TooBusy"]
    assert await tried(auth, ADA, PASSWORD, here) == "TooBusy"
    assert await tried(auth, ADA, PASSWORD, from_address("192.0.2.2")) == "in"
    assert await tried(auth, ADA, PASSWORD, from_browser("hers")) == "in"


def test_what_is_left_comes_back_with_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    left = Budget()
    for _ in range(AT_ONCE):
        left.take("one")
    with pytest.raises(TooBusy):
        left.take("one")
    left.take("two")
    now = budget.SECONDS_EACH
    left.take("one")
    with pytest.raises(TooBusy):
        left.take("one")
    now = 1e6
    for _ in range(AT_ONCE):
        left.take("one")
