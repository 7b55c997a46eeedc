"""Whether a Restate server answers."""

import asyncio

from restival.engine.errors import EngineRefused, EngineUnavailable
from restival.engine.restate.admin import Admin
from restival.engine.restate.ingress import Ingress

LOOK_SECONDS = 2.0
"""How long after one look the next comes."""
ANSWER_SECONDS = 5.0
"""One that says nothing for so long is away."""


async def answers(ingress: Ingress, admin: Admin) -> bool:
    """Whether both its APIs say in time that they are well."""
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await admin.healthy()
            await ingress.healthy()
    except (EngineUnavailable, EngineRefused, TimeoutError):
        return False
    return True
