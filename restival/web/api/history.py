"""Lists of transactions for programs: as JSON, and as CSV for spreadsheets."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from restival.access.person import Person
from restival.engine.client.history import History
from restival.engine.state.summary import TransactionSummary
from restival.site.site import Site
from restival.site.transactions import COLUMNS, HistoryFilter, Value, filter_transactions
from restival.web.api.responses import Answer, error_answer
from restival.web.csv_lines import BEGIN, csv_lines

MOST = 1_000
"""Transactions in one JSON answer."""
AT_ONCE = 500


class HistoryRoutes:
    """The routes /api/transactions and /api/transactions.csv. `person` tells who asks."""

    def __init__(self, history: History, site: Callable[[], Site], person: Callable[[Request], Person]) -> None:
        self._history = history
        self._site = site
        self._person = person

    def routes(self) -> list[Route]:
        """Both."""
        return [
            Route("/api/transactions", self.as_json, methods=["GET"]),
            Route("/api/transactions.csv", self.as_csv, methods=["GET"]),
        ]

    async def as_json(self, request: Request) -> Response:
        """The first thousand that fit, and how many do."""
        found = self._found(request)
        if isinstance(found, Response):
            return found
        return Answer({"count": len(found), "transactions": [as_row(entry) for entry in found[:MOST]]})

    async def as_csv(self, request: Request) -> Response:
        """All that fit."""
        found = self._found(request)
        if isinstance(found, Response):
            return found
        headers = {"content-disposition": 'attachment; filename="transactions.csv"'}
        return StreamingResponse(_csv(found), media_type="text/csv; charset=utf-8", headers=headers)

    def _found(self, request: Request) -> list[TransactionSummary] | Response:
        given = {key: value for key, value in request.query_params.items() if value}
        try:
            choice = HistoryFilter.model_validate(given)
        except ValidationError as error:
            told = [f"{each['loc'][0]}: {each['msg']}" for each in error.errors(include_url=False)]
            return error_answer(400, "; ".join(told))
        return filter_transactions(self._site(), self._person(request), self._history, choice)


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
