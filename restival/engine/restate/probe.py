"""Whether Restate reaches the app's worker: a call that does nothing, tried once."""

import asyncio
from datetime import timedelta

from restate import Context, InvocationRetryPolicy, Service
from restate.serde import BytesSerde

from restival.engine.errors import EngineRefused, EngineUnavailable
from restival.engine.restate.ingress import Ingress

SERVICE = "_restival.worker"
HANDLER = "reach"
ONCE = InvocationRetryPolicy(max_attempts=1, on_max_attempts="kill")
LONGEST = 5.0
"""Seconds after which the worker isn't reached, whatever comes later."""


def reach_service() -> Service:
    """The service that is called for it."""
    service = Service(SERVICE, invocation_retry_policy=ONCE)

    @service.handler(name=HANDLER, input_serde=BytesSerde(), output_serde=BytesSerde(), journal_retention=timedelta(0))
    async def reach(context: Context, _: bytes) -> bytes:
        return b""

    return service


async def is_reached(ingress: Ingress) -> bool:
    """Whether a call through Restate comes to this app and back."""
    try:
        async with asyncio.timeout(LONGEST):
            await ingress.call_service(SERVICE, HANDLER, b"{}")
    except (EngineRefused, EngineUnavailable, TimeoutError):
        return False
    return True
