"""The timeline of a transaction for programs, and to be taken away."""

import json
from datetime import UTC, datetime

from restival.engine.client.recorded_values import plain_value
from restival.engine.client.redaction import for_reader
from restival.engine.client.timeline import Span, Timelines
from restival.engine.state.transaction import Transaction
from restival.io.core.call import Json


async def exported(timelines: Timelines, view: Transaction, *, results: bool) -> dict[str, Json]:
    """All that has happened, as JSON; with `results` also what steps have given, as far as it isn't too large."""
    view = for_reader(view, results)
    spans = await timelines.new().read(view)
    given = await timelines.results(view) if results else {}
    now = datetime.now(UTC)
    return {
        "id": view.id,
        "action": view.slug,
        "state": view.state,
        "timeline": [_told(span, view, now, given, results=results) for span in spans],
    }


def _told(span: Span, view: Transaction, now: datetime, given: dict[int, bytes], *, results: bool) -> dict[str, Json]:
    told = span.model_dump(mode="json", exclude_defaults=True, exclude={"result", "result_bytes"})
    told["until"] = told.get("until")
    told["seconds"] = round(span.seconds(now), 3)
    if span.kind in ("question", "shown") and (item := view.items.get(span.n or 0)) is not None:
        told["fields"] = {field.key: field.label for field in item.fields}
        told["answer"] = item.answer
    elif span.kind == "hand" and (change := view.hands.get(span.n or 0)) is not None:
        told |= change.model_dump(mode="json", include={"change", "to", "note"})
    elif span.kind == "start" and view.meta is not None:
        told["params"] = view.meta.params
    elif span.kind == "outcome" and view.outcome is not None:
        told["state"] = view.outcome.state
        told |= view.outcome.model_dump(mode="json", include={"value", "error", "error_type"}, exclude_none=True)
        if view.outcome.traceback:
            told["traceback"] = view.outcome.traceback
    elif results and span.tries and not span.failed and span.until is not None:
        value = given.get(span.tries[-1].entry or 0)
        told |= {"result": plain_value(json.loads(value))} if value else {"result_bytes": span.result_bytes}
    return told
