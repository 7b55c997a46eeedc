"""The demo's shop: a real SQLite database in the data folder, made with some customers and charges at first use."""

import os
import random
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

FIRST = ["Ada", "Ben", "Carla", "Dev", "Elif", "Finn", "Grace", "Hugo", "Iris", "Jonas", "Kim", "Lena"]
LAST = ["Abara", "Brandt", "Costa", "Duarte", "Ek", "Fischer", "Garcia", "Haddad", "Ito", "Jensen"]
GOODS = ["Notebook, dotted", "Fountain pen", "Desk lamp", "Travel mug", "Canvas bag", "Wall planner"]

SCHEMA = """
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL UNIQUE, plan TEXT NOT NULL);
CREATE TABLE charges (
    id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customers, item TEXT NOT NULL,
    amount INTEGER NOT NULL, charged_at TEXT NOT NULL, refunded INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE employees (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL UNIQUE, record TEXT NOT NULL);
"""


@contextmanager
def shop() -> Iterator[sqlite3.Connection]:
    """A connection to the shop's database; what is done in it is committed at the end."""
    file = Path(os.environ.get("SHOP_DATABASE", Path(__file__).parent.parent / ".restival" / "shop.sqlite"))
    file.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(file, timeout=10)
    connection.row_factory = sqlite3.Row
    try:
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'customers'").fetchone():
                _fill(connection)
            yield connection
    finally:
        connection.close()


def rows(connection: sqlite3.Connection, query: str, *values: Any) -> list[dict[str, Any]]:
    """The rows of a query as dictionaries."""
    return [dict(row) for row in connection.execute(query, values)]


def _fill(connection: sqlite3.Connection) -> None:
    for statement in SCHEMA.split(";"):
        connection.execute(statement)
    chance = random.Random(7)
    now = datetime.now(UTC)
    for number, first in enumerate(FIRST, 1):
        last = chance.choice(LAST)
        email = f"{first}.{last}@example.com".lower()
        plan = chance.choice(["free", "plus", "team"])
        connection.execute("INSERT INTO customers VALUES (?, ?, ?, ?)", (number, f"{first} {last}", email, plan))
        for _ in range(chance.randint(2, 9)):
            when = now - timedelta(days=chance.randint(0, 400), minutes=chance.randint(0, 1440))
            connection.execute(
                "INSERT INTO charges (customer, item, amount, charged_at) VALUES (?, ?, ?, ?)",
                (number, chance.choice(GOODS), chance.randint(300, 9900), when.isoformat(timespec="minutes")),
            )
    connection.execute(
        "UPDATE charges SET refunded = CASE WHEN id % 2 THEN amount ELSE amount / 2 END "
        "WHERE id % 7 = 0 AND customer > 1"
    )
