"""What the engine does at the moment, for those who look after it."""

import asyncio
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from restival.engine.restate.admin import COLUMNS, Admin, InvocationStatus

LISTED = 50
"""Invocations of each kind that are listed."""
STOPPED = ("backing-off", "paused")


class Deployment(BaseModel):
    """Where Restate reaches code, and how it speaks with it."""

    model_config = ConfigDict(extra="ignore")

    id: str
    uri: str = ""
    protocol_type: str = ""
    http_version: str = ""
    created_at: datetime
    min_protocol_version: int = 0
    max_protocol_version: int = 0
    sdk_version: str | None = None
    services: list[dict[str, object]] = []

    @property
    def names(self) -> list[str]:
        """The services that it serves."""
        return sorted(str(service["name"]) for service in self.services)


class Invocation(InvocationStatus):
    """Something that hasn't ended: a transaction, or the engine's own."""

    target_service_name: str
    target_service_key: str | None = None
    target_handler_name: str
    created_at: datetime
    modified_at: datetime
    journal_size: int | None = None

    @property
    def transaction(self) -> str | None:
        """The transaction that it is; None where it isn't one."""
        own = self.target_handler_name != "run" or not self.target_service_key
        return None if own else f"{self.target_service_name}.{self.target_service_key}"

    @property
    def slug(self) -> str:
        """The address of its action, where it is a transaction."""
        return self.target_service_name.replace(".", "/")


class Overview(BaseModel):
    """The engine at one moment."""

    version: str
    deployments: list[Deployment]
    counts: dict[str, int]
    """Transactions by Restate's status."""
    entries: int
    """What all their journals hold, in entries."""
    stopped: list[Invocation]
    """What is tried again later, or waits to be resumed."""
    going: list[Invocation]
    """What is going on or waits, the newest first."""


async def overview(admin: Admin) -> Overview:
    """Ask Restate for all of it. Raises EngineUnavailable, EngineRefused."""
    fields = ", ".join(
        [COLUMNS, *(name for name in Invocation.model_fields if name not in InvocationStatus.model_fields)]
    )
    version, deployments, counts, rows = await asyncio.gather(
        admin.version(),
        admin.deployments(),
        admin.query(
            "SELECT status, count(*) AS number, sum(journal_size) AS entries FROM sys_invocation "
            "WHERE target_handler_name = 'run' GROUP BY status"
        ),
        admin.query(
            f"SELECT {fields} FROM sys_invocation WHERE status NOT IN ('completed', 'scheduled') "
            f"ORDER BY modified_at DESC LIMIT {4 * LISTED}"
        ),
    )
    found = [Invocation.model_validate(row) for row in rows]
    return Overview(
        version=version,
        deployments=[Deployment.model_validate(each) for each in deployments],
        counts={row["status"]: row["number"] for row in counts},
        entries=sum(row["entries"] or 0 for row in counts),
        stopped=[each for each in found if each.status in STOPPED][:LISTED],
        going=[each for each in found if each.status not in STOPPED and each.transaction][:LISTED],
    )
