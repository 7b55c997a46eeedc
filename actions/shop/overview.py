from datetime import UTC, datetime, timedelta
from typing import Any

from actions._shop import rows, shop
from restival import IO, Layout, page

RECENT = """
SELECT charges.id, item, amount, refunded, charged_at, customer, name, email
FROM charges JOIN customers ON customers.id = customer ORDER BY charged_at DESC LIMIT 100
"""
TAKEN = (
    "SELECT count(*) AS count, coalesce(sum(amount), 0) AS taken, coalesce(sum(refunded), 0) AS refunded FROM charges"
)
BY_MONTH = """
SELECT substr(charged_at, 1, 7) AS month, sum(amount - refunded) AS kept, sum(refunded) AS refunded
FROM charges GROUP BY month ORDER BY month DESC LIMIT 12
"""


@page(title="Shop today", slug="", icon="storefront", refresh="change")
def overview(io: IO) -> Layout:
    """What comes in, and what was given back. The numbers follow each refund and import."""
    now = datetime.now(UTC)
    with shop() as database:
        recent = rows(database, RECENT)
        months = rows(database, BY_MONTH)[::-1]
        month = taken_between(database, now - timedelta(days=30), now)
        before = taken_between(database, now - timedelta(days=60), now - timedelta(days=30))
        [customers] = rows(database, "SELECT count(*) AS count FROM customers")
    return Layout(
        menu_items=[
            {"label": "Customers", "route": "shop/customers"},
            {"label": "Refund a charge", "route": "shop/refund", "theme": "primary"},
        ],
        children=[
            io.display.metadata(
                "",
                data=[
                    {"label": "Taken in 30 days", "value": euros(month["taken"])},
                    {"label": "Against the 30 days before", "value": change(month["taken"], before["taken"])},
                    {"label": "Given back", "value": euros(month["refunded"])},
                    {"label": "Customers", "value": customers["count"], "route": "shop/customers"},
                ],
            ),
            io.display.chart("Month by month", sales_chart(months), height=260),
            io.display.table(
                "Charges",
                data=recent,
                columns=[
                    {"label": "Customer", "render_cell": lambda row: to_customer(row["customer"], row["name"])},
                    {"label": "Item", "accessor_key": "item"},
                    {
                        "label": "Amount",
                        "render_cell": lambda row: {"label": euros(row["amount"]), "value": row["amount"]},
                    },
                    {"label": "Charged", "render_cell": lambda row: row["charged_at"].replace("T", " ")[:16]},
                    {"label": "State", "render_cell": state},
                ],
                row_menu_items=charge_menu,
                default_page_size=10,
            ),
        ],
    )


def taken_between(database: Any, since: datetime, until: datetime) -> dict[str, Any]:
    found = rows(database, f"{TAKEN} WHERE charged_at >= ? AND charged_at < ?", since.isoformat(), until.isoformat())
    return found[0]


def sales_chart(months: list[dict[str, Any]]) -> dict[str, Any]:
    def bars(name: str, key: str) -> dict[str, Any]:
        return {"type": "bar", "name": name, "stack": "month", "data": [month[key] / 100 for month in months]}

    return {
        "grid": {"top": 12},
        "legend": {"bottom": 0},
        "tooltip": {"trigger": "axis"},
        "xAxis": {"type": "category", "data": [month["month"] for month in months]},
        "yAxis": {"type": "value", "axisLabel": {"formatter": "€{value}"}},
        "series": [bars("Kept", "kept"), bars("Given back", "refunded")],
    }


def charge_menu(charge: dict[str, Any]) -> list[Any]:
    return [
        {
            "label": "Refund a charge",
            "route": "shop/refund",
            "params": {"email": charge["email"]},
            "disabled": charge["refunded"] >= charge["amount"],
        },
        {"label": "Open the customer", "route": "shop/customer", "params": {"id": charge["customer"]}},
    ]


def to_customer(id: int, name: str) -> dict[str, Any]:
    return {"label": name, "route": "shop/customer", "params": {"id": id}}


def state(charge: dict[str, Any]) -> dict[str, Any]:
    if not charge["refunded"]:
        return {"label": "Paid", "highlight_color": "green"}
    if charge["refunded"] < charge["amount"]:
        return {"label": f"{euros(charge['refunded'])} back", "highlight_color": "orange"}
    return {"label": "Refunded", "highlight_color": "gray"}


def change(now: int, before: int) -> str:
    return f"{(now - before) / before:+.0%}" if before else "–"


def euros(cents: int) -> str:
    return f"€{cents / 100:,.2f}"
