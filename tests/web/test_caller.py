"""Who calls, as the trusted proxies tell it, and nobody else."""

import pytest
from starlette.types import Message, Scope

from restival.auth.audit import caller
from restival.auth.modes.header import PEER
from restival.web.middleware.client_address import Caller, Proxies

CASES = {
    "no proxies": ([], "10.0.0.5", ["192.0.2.7"], "10.0.0.5"),
    "a stranger who forges": (["10.0.0.5"], "192.0.2.9", ["192.0.2.7"], "192.0.2.9"),
    "a proxy": (["10.0.0.5"], "10.0.0.5", ["192.0.2.7"], "192.0.2.7"),
    "a proxy of a network": (["10.0.0.0/8"], "10.1.2.3", ["192.0.2.7"], "192.0.2.7"),
    "two proxies": (["10.0.0.0/8"], "10.0.0.5", ["192.0.2.7, 10.0.0.6"], "192.0.2.7"),
    "what the caller forges before": (["10.0.0.5"], "10.0.0.5", ["1.1.1.1, 192.0.2.7"], "192.0.2.7"),
    "two headers": (["10.0.0.5"], "10.0.0.5", ["1.1.1.1", "192.0.2.7"], "192.0.2.7"),
    "IPv6": (["::1"], "::1", ["2001:db8::1"], "2001:db8::1"),
    "not an address": (["10.0.0.5"], "10.0.0.5", ["<script>"], "10.0.0.5"),
    "not an address behind another": (["10.0.0.0/8"], "10.0.0.5", ["<script>, 10.0.0.6"], "10.0.0.6"),
    "nothing told": (["10.0.0.5"], "10.0.0.5", [], "10.0.0.5"),
    "a unix socket": (["10.0.0.5"], None, ["192.0.2.7"], None),
}


@pytest.mark.parametrize("case", CASES)
async def test_the_caller_is_whom_the_outermost_trusted_proxy_saw(case: str) -> None:
    proxies, peer, told, expected = CASES[case]
    seen: list[tuple[object, object, str]] = []

    async def app(scope: Scope, receive: object, send: object) -> None:
        seen.append((scope["client"], scope[PEER], caller.get()))

    async def receive() -> Message:
        raise AssertionError

    async def send(message: Message) -> None:
        raise AssertionError

    client = None if peer is None else (peer, 1234)
    headers = [(b"x-forwarded-for", each.encode()) for each in told]
    await Caller(app, Proxies(proxies))({"type": "http", "client": client, "headers": headers}, receive, send)
    [(now, before, address)] = seen
    assert before == client
    assert (now[0] if isinstance(now, tuple) else None) == expected
    assert address == (expected or "")
