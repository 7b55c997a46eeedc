from typing import Any, Literal

from actions._shop import rows, shop
from actions.shop.overview import charge_menu, euros, state, to_customer
from restival import IO, Layout, TablePage, page

PLANS = {"free": "gray", "plus": "blue", "team": "purple"}
SORTED = {"Name": "name", "email": "email", "Plan": "plan", "Charges": "charges", "Spent": "spent"}
CUSTOMERS = """
SELECT customers.*, count(charges.id) AS charges, coalesce(sum(amount - refunded), 0) AS spent
FROM customers LEFT JOIN charges ON customer = customers.id
"""


@page(icon="groups", refresh="change")
def customers(io: IO, plan: Literal["free", "plus", "team"] | None = None) -> Layout:
    """Everybody who has an account. Filter by name or address; a name leads to what the customer has bought."""
    return Layout(
        title=f"Customers on {plan}" if plan else None,
        menu_items=[
            *({"label": name.title(), "route": "shop/customers", "params": {"plan": name}} for name in PLANS),
            *([{"label": "All", "route": "shop/customers"}] if plan else []),
            {"label": "Import customers", "route": "shop/import-customers", "theme": "primary"},
        ],
        children=[
            io.display.table(
                "Customers",
                get_data=lambda page: found(page, plan),
                columns=[
                    {"label": "Name", "render_cell": lambda row: to_customer(row["id"], row["name"])},
                    {"label": "Email", "accessor_key": "email"},
                    {"label": "Plan", "render_cell": lambda row: on_plan(row["plan"])},
                    {"label": "Charges", "render_cell": lambda row: row["charges"]},
                    {
                        "label": "Spent",
                        "render_cell": lambda row: {"label": euros(row["spent"]), "value": row["spent"]},
                    },
                ],
                row_menu_items=lambda row: [
                    {"label": "Refund a charge", "route": "shop/refund", "params": {"email": row["email"]}},
                ],
                default_page_size=10,
            )
        ],
    )


@page(unlisted=True, refresh="change")
def customer(io: IO, id: int) -> Layout:
    """One customer, with everything that was bought."""
    with shop() as database:
        known = rows(database, f"{CUSTOMERS} WHERE customers.id = ? GROUP BY customers.id", id)
        charges = rows(
            database,
            "SELECT charges.*, email FROM charges JOIN customers ON customers.id = customer "
            "WHERE customer = ? ORDER BY charged_at DESC",
            id,
        )
    if not known:
        return Layout(children=[io.display.markdown(f"There is no customer with the number {id}.")])
    [person] = known
    return Layout(
        title=person["name"],
        description="",
        menu_items=[
            {
                "label": "Refund a charge",
                "route": "shop/refund",
                "params": {"email": person["email"]},
                "theme": "primary",
                "disabled": all(charge["refunded"] >= charge["amount"] for charge in charges),
            }
        ],
        children=[
            io.display.metadata(
                "",
                layout="card",
                data=[
                    {"label": "Email", "value": person["email"], "url": f"mailto:{person['email']}"},
                    {"label": "Plan", "value": person["plan"].title()},
                    {"label": "Charges", "value": person["charges"]},
                    {"label": "Spent", "value": euros(person["spent"])},
                ],
            ),
            io.display.table(
                "Charges",
                data=charges,
                columns=[
                    {"label": "Item", "accessor_key": "item"},
                    {
                        "label": "Amount",
                        "render_cell": lambda row: {"label": euros(row["amount"]), "value": row["amount"]},
                    },
                    {"label": "Charged", "render_cell": lambda row: row["charged_at"].replace("T", " ")[:16]},
                    {"label": "State", "render_cell": state},
                ],
                row_menu_items=lambda row: charge_menu(row)[:1],
            ),
        ],
    )


def found(page: TablePage, plan: str | None) -> tuple[list[dict[str, Any]], int]:
    words = f"%{page.query_term}%"
    where = "WHERE (name LIKE ? OR email LIKE ?) AND (? IS NULL OR plan = ?)"
    order = SORTED.get(page.sort_column or "", "name")
    direction = "DESC" if page.sort_direction == "desc" else "ASC"
    query = f"{CUSTOMERS} {where} GROUP BY customers.id ORDER BY {order} COLLATE NOCASE {direction} LIMIT ? OFFSET ?"
    with shop() as database:
        [count] = rows(database, f"SELECT count(*) AS all_of_them FROM customers {where}", words, words, plan, plan)
        return rows(database, query, words, words, plan, plan, page.page_size, page.offset), count["all_of_them"]


def on_plan(plan: str) -> dict[str, Any]:
    return {"label": plan.title(), "highlight_color": PLANS[plan]}
