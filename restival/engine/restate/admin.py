"""Restate's admin API: deployments, invocations and the introspection SQL."""

import json
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from restival.engine.errors import EngineRefused
from restival.engine.restate.transport import Transport
from restival.errors import RestivalError


class InvocationStatus(BaseModel):
    """A row of `sys_invocation`, as far as Restival asks for it."""

    id: str
    status: str
    last_failure: str | None = None
    last_failure_error_code: str | None = None
    retry_count: int | None = None
    next_retry_at: str | None = None
    completion_result: str | None = None
    completion_failure: str | None = None
    completed_at: datetime | None = None


class RegistrationFailed(RestivalError):
    """Restate can't take the app's actions from the address it was told; says why."""

    def __init__(self, uri: str, reason: str) -> None:
        super().__init__(
            f"Restate can't load the actions from this app at {uri} ({reason}). If Restate runs on another machine, "
            "set engine.worker in restival.yaml to the address at which it reaches this app."
        )


COLUMNS = ", ".join(InvocationStatus.model_fields)


class Admin:
    """Registers the app and looks after invocations. Raises EngineUnavailable, EngineRefused."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def register(self, uri: str, *, http2: bool, sole: bool) -> str:
        """Tell Restate where the app serves its actions, and give the deployment's id.

        With `sole`, the app is all that this Restate serves: its one deployment is moved to `uri`, so that transactions
        that were started at another address go on at this one. Raises RegistrationFailed.
        """
        try:
            return await self._register(uri, http2=http2, sole=sole)
        except EngineRefused as error:
            raise RegistrationFailed(uri, error.message) from error

    async def _register(self, uri: str, *, http2: bool, sole: bool) -> str:
        known = await self.deployments() if sole else []
        where = {"uri": uri, "use_http_11": not http2}
        if known:
            changed = await self._json("PATCH", f"/deployments/{known[0]['id']}", {**where, "overwrite": True})
            return str(changed["id"])
        return str((await self._json("POST", "/deployments", {**where, "force": True}))["id"])

    async def version(self) -> str:
        """Restate's version."""
        return str((await self._json("GET", "/version"))["version"])

    async def deployments(self) -> list[dict[str, Any]]:
        """All deployments, as Restate tells of them."""
        found: list[dict[str, Any]] = (await self._json("GET", "/deployments"))["deployments"]
        return found

    async def query(self, sql: str) -> list[dict[str, Any]]:
        """The rows of an introspection query."""
        answer = await self._json("POST", "/query", {"query": sql})
        rows: list[dict[str, Any]] = answer["rows"]
        return rows

    async def invocation(self, invocation: str) -> InvocationStatus | None:
        """How an invocation stands; None where there is none."""
        rows = await self.query(f"SELECT {COLUMNS} FROM sys_invocation WHERE id = {quoted(invocation)}")
        return InvocationStatus.model_validate(rows[0]) if rows else None

    async def sender(self, invocation: str) -> str | None:
        """The service that has sent an invocation; None where none has, as with calls from outside."""
        rows = await self.query(
            f"SELECT invoked_by_service_name AS sender FROM sys_invocation WHERE id = {quoted(invocation)} "
            "AND invoked_by = 'service'"
        )
        return rows[0]["sender"] if rows else None

    async def paused(self, services: list[str]) -> list[str]:
        """The invocations of these services' transactions that Restate has paused."""
        if not services:
            return []
        names = ", ".join(map(quoted, services))
        rows = await self.query(
            f"SELECT id FROM sys_invocation WHERE status = 'paused' AND target_service_name IN ({names})"
        )
        return [row["id"] for row in rows]

    async def cancel(self, invocation: str) -> None:
        """Have the invocation's code see a cancellation."""
        await self._invocation(invocation, "cancel")

    async def kill(self, invocation: str) -> None:
        """End the invocation without its code."""
        await self._invocation(invocation, "kill")

    async def pause(self, invocation: str) -> None:
        """Stop trying until it is resumed."""
        await self._invocation(invocation, "pause")

    async def resume(self, invocation: str) -> None:
        """Try a paused invocation again, or one that waits for its next try now."""
        await self._invocation(invocation, "resume")

    async def healthy(self) -> None:
        """Return when the admin API serves and all partitions are there to be asked; raises otherwise."""
        await self._transport.request("GET", "/health")
        await self.query("SELECT id FROM sys_invocation LIMIT 1")

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.close()

    async def _invocation(self, invocation: str, what: str) -> None:
        try:
            await self._transport.request("PATCH", f"/invocations/{invocation}/{what}")
        except EngineRefused as error:
            if error.status not in (404, 409):  # it has ended, or is in that state already
                raise

    async def _json(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        _, answer = await self._transport.request(method, path, data, accept="application/json")
        return json.loads(answer) if answer else {}


def quoted(text: str) -> str:
    """A string literal for SQL."""
    return "'" + text.replace("'", "''") + "'"
