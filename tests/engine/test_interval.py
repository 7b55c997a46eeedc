"""Actions written for Interval's Python SDK: only their imports are Restival's."""

import asyncio
import datetime as dt
import math
from typing import Any

import restival as interval
from restival import IO, FetchedTableData, Person
from restival import Context as ActionContext
from restival import TablePage as TableDataFetcherState
from restival.io.core.call import FieldSpec
from tests.conftest import Bench

CUSTOMERS = [{"id": 7, "name": "Ada", "since": dt.date(2021, 5, 4)}, {"id": 8, "name": "Grace", "since": None}]
PLANS = [
    {"label": "Free", "value": "free", "seats": 1},
    {
        "label": "Team",
        "value": "team",
        "description": "Up to 20",
        "image": {"url": "https://example.com/team.png", "alt": "A team", "size": "thumbnail"},
        "seats": 20,
    },
]
ORDERS = [{"number": n, "total": n * 10} for n in range(45)]
MENU = [{"label": "Danger", "theme": "danger", "route": "refund", "params": {"id": 7}}]


@interval.action(name="Give a credit", description="In the manner of Interval.", slug="give-credit")
async def give_credit(io: IO, ctx: ActionContext) -> dict[str, Any]:
    async def on_search(query: str) -> list[dict[str, Any]]:
        return [each for each in CUSTOMERS if query.lower() in str(each["name"]).lower()]

    customer = await io.search(
        "Customer",
        on_search=on_search,
        render_result=lambda each: {"label": each["name"], "description": f"No. {each['id']}", "image": {"url": None}},
        initial_results=CUSTOMERS,
    )

    async def enough(amount: float, reason: str | None, plan: Any, *_: Any) -> str | None:
        await asyncio.sleep(0)
        return "A credit over 50 needs a reason." if amount > 50 and not reason else None

    [_, amount, reason, plan, day] = await io.group(
        io.display.heading("The credit", level=3, menu_items=MENU),  # type: ignore[arg-type]
        io.input.number("Amount", currency="EUR", decimals=2, min=1),
        io.input.text("Reason", multiline=True).optional(),
        io.select.single("Plan", options=PLANS, default_value=PLANS[1]),
        io.input.date("From", default_value=dt.date(2026, 5, 4)).optional(),
    ).validate(lambda _, *values: enough(*values))
    ret = (
        await io.input.number("Months", default_value=1)
        .with_choices([{"label": "Give it", "value": "give", "theme": "danger"}, "Leave it"])
        .validate(lambda ret: "That is too long." if ret.choice == "give" and (ret.return_value or 0) > 12 else None)
        .optional()
    )
    await ctx.log(ret.choice, ret.return_value)
    sure = await io.confirm("Is that right?", "It can't be undone.")
    known = await io.confirm_identity("Only you may do it", 600)
    return {
        "to": customer["name"],
        "amount": amount,
        "reason": reason,
        "seats": plan["seats"],
        "from": day,
        "choice": ret.choice,
        "sure": sure and known,
    }


@interval.action
async def late_orders(io: IO) -> dict[str, Any]:
    async def get_data(state: TableDataFetcherState) -> Any:
        await asyncio.sleep(0)
        rows = ORDERS[state.offset : state.offset + state.page_size]
        return FetchedTableData(rows, len(ORDERS)) if state.offset == 0 else rows

    async def name() -> str:
        return "Ada"

    async def link() -> str:
        return "https://example.com/ada"

    await io.display.metadata(
        "Customer",
        layout="list",
        data=[
            {"label": "Name", "value": name(), "url": link},
            {"label": "Orders", "value": lambda: len(ORDERS)},
            {"label": "Debts"},
        ],
    )
    [_, late, rows] = await io.group(
        io.display.table("All orders", get_data=get_data, default_page_size=10, is_sortable=False),
        io.select.table(
            "Late ones",
            data=(order for order in ORDERS[:30]),
            columns=[
                {"label": "No.", "renderCell": lambda row: {"value": row["number"], "highlightColor": "red"}},
                {"label": "Total", "accessorKey": "total"},
            ],
            initially_selected=lambda row: row["number"] % 10 == 0,
            row_menu_items=lambda row: MENU,  # type: ignore[arg-type, return-value]
            default_page_size=math.inf,
        ),
        io.experimental.spreadsheet("Fees", {"reason": "string", "fee": "number?"}),
    ).continue_button_options(label="Remind", theme="danger")
    await io.display.grid(
        "Reminders",
        data=late,
        render_item=lambda order: {
            "label": f"No. {order['number']}",
            "image": {"url": "https://example.com/a.png", "aspectRatio": 1, "fit": "contain"},
        },
        ideal_column_width=200,
        default_page_size=math.inf,
        is_filterable=False,
    )
    return {"late": [order["number"] for order in late], "fees": rows}


@interval.action
async def attendee(io: IO) -> dict[str, Any]:
    def adult(name: str, age: int | None, drinks: bool, site: Any) -> str | None:
        return f"{name} is too young for drinks." if drinks and (age or 0) < 18 else None

    person = await io.group(
        name=io.input.text("Name", min_length=2, disabled=None),  # type: ignore[arg-type]
        age=io.input.number("Age").optional(),
        drinks=io.input.boolean("Drinks?"),
        site=io.input.url("Website", allowed_protocols=None).optional(),
    ).validate(adult)
    topics = (
        await io.search("Topics", on_search=look, render_result=str, initial_results=["tea", "tax"])
        .multiple(default_value=["tax"])
        .optional()
        .validate(lambda topics: "No tea." if topics and "tea" in topics else None)
    )
    return {"name": person.name, "site": person["site"].geturl(), "host": person.site.netloc, "topics": topics}


async def look(query: str) -> list[str]:
    return [query]


def props(fields: list[FieldSpec], key: str) -> dict[str, Any]:
    return next(field.props for field in fields if field.key == key)


async def test_a_search_a_group_one_by_one_and_choices(bench: Bench, ann: Person) -> None:
    [declared] = await bench.serve(give_credit)
    assert (declared.title, declared.description) == ("Give a credit", "In the manner of Interval.")
    transaction = await bench.client.start(declared, declared.params(), ann)
    await bench.answer(transaction, 1, ann, value=[{"key": "0", "label": "Ada"}])
    credit = {"1": "60", "2": None, "3": "1", "4": "2026-05-04"}
    await bench.answer(transaction, 2, ann, **credit)
    call = (await bench.asked(transaction, 2, attempt=1)).pending
    assert call is not None and call.errors == {"": "A credit over 50 needs a reason."}
    assert props(call.fields, "3")["options"][1]["image"] == "https://example.com/team.png"
    await bench.answer(transaction, 2, ann, attempt=1, **{**credit, "2": "Late"})
    await bench.answer(transaction, 3, ann, value="13")
    call = (await bench.asked(transaction, 3, attempt=1)).pending
    assert call is not None and call.errors == {"0": "That is too long."}
    await bench.client.answer(transaction, call, {"0": "13"}, ann, choice="Leave it")
    await bench.answer(transaction, 4, ann, value=True)
    await bench.answer(transaction, 5, ann, value={})
    view = await bench.ended(transaction)
    assert view.outcome is not None
    assert view.outcome.value == {
        "to": "Ada",
        "amount": 60.0,
        "reason": "Late",
        "seats": 20,
        "from": "2026-05-04",
        "choice": "Leave it",
        "sure": True,
    }


async def test_tables_cards_and_values_that_take_their_time(bench: Bench, ann: Person) -> None:
    [declared] = await bench.serve(late_orders)
    transaction = await bench.client.start(declared, declared.params(), ann)
    call = (await bench.asked(transaction, 2)).pending
    assert call is not None and call.choices[0].label == "Remind"
    first = await bench.client.ask(
        transaction, call, "0", "page", {"offset": 10, "query": "", "sort": None, "down": False}, ann
    )
    assert len(first["rows"]) == 10 and first["total"] == 21, "a page that is full is followed by another"
    chosen = next(field for field in call.fields if field.key == "1")
    assert chosen.value == [0, 10, 20] and chosen.props["page_size"] == 500
    assert chosen.props["rows"][3][0]["$cell"] == {"label": 3, "value": 3, "highlight": "red"}
    await asyncio.sleep(2.5)  # by now it has left memory, and the answer replays it
    await bench.answer(transaction, 2, ann, **{"1": [10], "2": [["late", "5"]]})
    view = await bench.ended(transaction)
    assert view.outcome is not None
    assert view.outcome.value == {"late": [10], "fees": [{"reason": "late", "fee": 5}]}
    name, orders, debts = view.items[1].fields[0].props["data"]
    assert (name["value"], name["href"]) == ("Ada", "https://example.com/ada")
    assert orders["value"] == 45 and debts.get("value") is None
    [card] = view.items[3].fields[0].props["items"]
    assert card["image"]["aspect_ratio"] == 1 and card["image"]["fit"] == "contain"


async def test_validators_of_groups_by_name_and_parsed_addresses(bench: Bench, ann: Person) -> None:
    [declared] = await bench.serve(attendee)
    transaction = await bench.client.start(declared, declared.params(), ann)
    person = {"name": "Ada", "age": None, "drinks": True, "site": "https://example.com:8443/a"}
    await bench.answer(transaction, 1, ann, **person)
    call = (await bench.asked(transaction, 1, attempt=1)).pending
    assert call is not None and call.errors == {"": "Ada is too young for drinks."}
    await bench.answer(transaction, 1, ann, attempt=1, **{**person, "age": 20})
    call = (await bench.asked(transaction, 2)).pending
    assert call is not None
    await bench.answer(transaction, 2, ann, value=call.fields[0].value)
    view = await bench.ended(transaction)
    assert view.outcome is not None
    assert view.outcome.value == {
        "name": "Ada",
        "site": "https://example.com:8443/a",
        "host": "example.com:8443",
        "topics": ["tax"],
    }
