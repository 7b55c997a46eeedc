"""Restate's ingress: where transactions are started, read and answered."""

import json

from restival.engine.restate.transport import Transport


class Ingress:
    """Calls workflows and resolves awakeables. Raises EngineUnavailable, EngineRefused."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def send(self, service: str, key: str, handler: str, body: bytes) -> str:
        """Start a workflow and give its invocation id; a key that was started already is left as it is."""
        _, answer = await self._transport.request("POST", f"/{service}/{key}/{handler}/send", body)
        return str(json.loads(answer)["invocationId"])

    async def call(self, service: str, key: str, handler: str, body: bytes | None = None) -> bytes:
        """Call a handler and give its result."""
        _, answer = await self._transport.request("POST", f"/{service}/{key}/{handler}", body)
        return answer

    async def call_service(self, service: str, handler: str, body: bytes) -> bytes:
        """Call a handler of a service that has no keys, and give its result."""
        _, answer = await self._transport.request("POST", f"/{service}/{handler}", body)
        return answer

    async def resolve(self, awakeable: str, body: bytes) -> None:
        """Resolve an awakeable. Resolving it again changes nothing."""
        await self._transport.request("POST", f"/restate/awakeables/{awakeable}/resolve", body)

    async def healthy(self) -> None:
        """Return when the ingress takes requests; raises otherwise."""
        await self._transport.request("GET", "/restate/health")

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.close()
