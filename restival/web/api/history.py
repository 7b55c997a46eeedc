"""Lists of transactions for programs: as JSON, and as CSV for spreadsheets."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from restival.engine.state.summary import TransactionSummary
from restival.site.transactions import COLUMNS, HistoryFilter, Value, filter_transactions
from restival.web.api.context import ApiContext, route
from restival.web.api.json_body import validated_query
from restival.web.api.responses import Answer
from restival.web.csv_lines import BEGIN, csv_lines

MOST = 1_000
"""Transactions in one JSON answer."""
AT_ONCE = 500


def routes(api: ApiContext) -> list[Route]:
    """Both."""
    return [route(api, "/transactions", as_json), route(api, "/transactions.csv", as_csv)]


async def as_json(api: ApiContext, request: Request) -> Response:
    """The first thousand that fit, and how many do."""
    found = _found(api, request)
    return Answer({"count": len(found), "transactions": [as_row(entry) for entry in found[:MOST]]})


async def as_csv(api: ApiContext, request: Request) -> Response:
    """All that fit."""
    headers = {"content-disposition": 'attachment; filename="transactions.csv"'}
    return StreamingResponse(_csv(_found(api, request)), media_type="text/csv; charset=utf-8", headers=headers)


def _found(api: ApiContext, request: Request) -> list[TransactionSummary]:
    choice = validated_query(HistoryFilter, request)
    return filter_transactions(api.site(), api.person(request), api.engine.history, choice)


async def _csv(entries: list[TransactionSummary]) -> AsyncIterator[str]:
    yield BEGIN + csv_lines([[column.name for column in COLUMNS]])
    for first in range(0, len(entries), AT_ONCE):
        yield csv_lines(as_row(entry).values() for entry in entries[first : first + AT_ONCE])


def as_row(entry: TransactionSummary) -> dict[str, str | float]:
    """Returns a transaction's values by the names of the columns."""
    return {column.name: _sent(column.value(entry)) for column in COLUMNS}


def _sent(value: Value) -> str | float:
    match value:
        case datetime():
            return value.isoformat()
        case timedelta():
            return round(value.total_seconds(), 3)
        case _:
            return value or ""
