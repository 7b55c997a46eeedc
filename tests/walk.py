"""Leads a browser through an action, form by form; what has no default is answered by a sample."""

from collections.abc import AsyncIterator
from typing import Any

from playwright.async_api import Page

Field = dict[str, Any]

SAMPLES: dict[str, Any] = {
    "input.boolean": False,
    "input.code": "x = 1",
    "input.color": "#0f766e",
    "input.date": "2026-05-04",
    "input.datetime": "2026-05-04T09:30",
    "input.email": "ada@example.com",
    "input.json": "{}",
    "input.password": "not-a-real-one",
    "input.rich_text": "<p>Dear Ada</p>",
    "input.tags": ["one"],
    "input.time": "09:30",
    "input.url": "https://example.com",
    "confirm": True,
    "confirm_identity": False,
    "component.Rating": 4,
    "component.Address": {"street": "Via Roma 4", "postcode": "50123", "city": "Florence", "country": "Italy"},
    "component.Signature": {"drawing": None, "name": "Ada Lovelace"},
}
CELLS = {"string": "Ada", "number": "7", "boolean": "yes"}


async def walk(page: Page, slug: str) -> AsyncIterator[dict[str, Any]]:
    """Each form of an action when the page shows it, as the API tells of it; at the end the page shows the result."""
    await page.goto(f"/{slug}")
    await page.wait_for_url("**/t/*")
    transaction = page.url.rpartition("/")[2]
    api = f"/api/transactions/{transaction}"
    while True:
        form = page.locator("[data-draft]").or_(page.get_by_role("alertdialog"))
        await form.or_(page.get_by_role("region", name="Result")).first.wait_for()
        pending = (await (await page.request.get(api)).json())["pending"]
        if pending is None:
            return
        draft = f"t/{transaction}/{pending['n']}.{pending['attempt']}"
        if pending["kind"] == "form":
            await page.locator(f"[data-draft='{draft}']").wait_for()
        assert pending["attempt"] == 0, f"{slug}: the answers to form {pending['n']} weren't good: {pending['errors']}"
        yield pending
        if any(field["depends_on"] for field in pending["fields"]):
            await fill_dependents(page)
            await page.locator(f"[data-draft='{draft}']").wait_for(state="detached")
            continue
        body = {"n": pending["n"], "values": {field["key"]: answer for field, answer in answers(pending["fields"])}}
        if pending["kind"] == "approve":
            body["choice"] = "approve"
        answered = await page.request.post(f"{api}/answer", data=body)
        assert answered.ok, f"{slug}: {await answered.text()}"
        await page.locator(f"[data-draft='{draft}']").wait_for(state="detached")


async def fill_dependents(page: Page) -> None:
    """Fields that depend on others come as those are filled in on the page."""
    await page.get_by_role("radio", name="Bern").check()
    await page.get_by_role("radio", name="Oslo").check()
    await page.get_by_role("radiogroup", name="Customer in Oslo").get_by_role("radio").first.check()
    await page.get_by_role("textbox", name="Note to").fill("Ada Lovelace")
    await page.get_by_role("button", name="Continue").click()


def answers(fields: list[Field]) -> list[tuple[Field, Any]]:
    """The fields that ask for something, each with an answer."""
    asked = [field for field in fields if not field["component"].startswith(("display.", "layout."))]
    return [(field, answer(field)) for field in asked]


def answer(field: Field) -> Any:
    """The field's default, nothing where that is allowed, else a sample."""
    if field.get("value") is not None or field.get("optional"):
        return field.get("value")
    name, props = field["component"], field.get("props", {})
    if name == "input.text":
        return "Ada Lovelace".ljust(props.get("min_length") or 0, "!")[: props.get("max_length")]
    if name in ("input.number", "input.slider"):
        return props.get("min") or 0
    if name == "input.spreadsheet":
        return [[CELLS[column.get("type", "string")] for column in props["columns"]]]
    if name == "select.single":
        return props["options"][0]["key"]
    if name == "select.multiple":
        return [option["key"] for option in props["options"][: max(1, props.get("min_selections") or 0)]]
    if name == "select.table":
        rows = list(range(max(1, props.get("min_selections") or 0)))
        return rows if props.get("total") is None else [{"key": row, "cells": props["rows"][row]} for row in rows]
    if name == "search":
        return props["initial"][:1]
    if name == "record":
        return {inner["key"]: answer(inner) for inner in props["fields"]}
    if name == "list":
        return [answer(props["item"])]
    if name == "variants":
        first = props["variants"][0]
        return {props["discriminator"]: first["tag"], **{inner["key"]: answer(inner) for inner in first["fields"]}}
    assert name in SAMPLES, f"{name}: give tests/walk.py a sample answer"
    return SAMPLES[name]
