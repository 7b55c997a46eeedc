"""The audit log as CSV, for those who manage the app."""

import json
from collections.abc import AsyncIterator, Iterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from restival.i18n import current_locale, t
from restival.isolation.thread_pools import FILES
from restival.site.audit import AuditEntry, AuditFilter, audit_batches
from restival.web.api.context import ApiContext, route
from restival.web.api.json_body import validated_query
from restival.web.api.responses import ApiError
from restival.web.csv_lines import BEGIN, csv_lines

HEADINGS = ("at", "event", "who", "address", "details")


def routes(api: ApiContext) -> list[Route]:
    """The one route."""
    return [route(api, "/audit.csv", download)]


async def download(api: ApiContext, request: Request) -> Response:
    """All entries that match."""
    if not api.site().access.manages(api.person(request)):
        raise ApiError(404, t("Page not found"))
    choice = validated_query(AuditFilter, request)
    headers = {"content-disposition": 'attachment; filename="audit.csv"'}
    rows = _csv(audit_batches(api.audit, choice, current_locale().zone), choice)
    return StreamingResponse(rows, media_type="text/csv; charset=utf-8", headers=headers)


async def _csv(batches: Iterator[list[AuditEntry]], choice: AuditFilter) -> AsyncIterator[str]:
    yield BEGIN + csv_lines([HEADINGS])
    while (batch := await FILES.run(next, batches, None)) is not None:
        if lines := csv_lines(_row(entry) for entry in batch if choice.fits(entry)):
            yield lines


def _row(entry: AuditEntry) -> list[object]:
    details = json.dumps(dict(entry.facts), ensure_ascii=False) if entry.facts else ""
    return [entry.at.isoformat(), entry.event, entry.who, entry.address, details]
