"""The timeline of a transaction, as people with different rights see it."""

import json

import pytest
from playwright.async_api import Page, expect

from tests.browser.test_accessible import violations_in_all_looks
from tests.browser.test_sign_in import call_as, guarded, people  # noqa: F401
from tests.process import AppProcess

pytestmark = pytest.mark.timeout(120)
PIN = "nobody-knows"


async def test_what_happened_is_told_live_to_each_as_far_as_they_may(
    people: dict[str, Page],  # noqa: F811
    guarded: AppProcess,  # noqa: F811
) -> None:
    ada, bo, cy = people["ada"], people["bo"], people["cy"]
    await ada.goto("/shop/charge-a-card")
    await ada.wait_for_url("**/t/**")
    transaction = ada.url.rpartition("/")[2]
    await cy.goto(f"/t/{transaction}/timeline")
    waits = cy.get_by_text("Waiting for an answer to “Reason”", exact=False)
    await expect(waits).to_be_visible()
    await ada.get_by_label("Reason").fill("A <b>new</b> bike")
    await ada.get_by_label("PIN").fill(PIN)
    await ada.get_by_role("button", name="Continue").click()
    await expect(ada.get_by_role("button", name="Retry now")).to_be_visible()  # she has started it
    await ada.get_by_role("link", name="Timeline").click()

    lines = ada.get_by_role("list", name="Timeline").locator("> li")
    await expect(lines).to_have_count(5)
    for line, words in enumerate(
        ("Started by Ada", "Step look_up", "Question: Reason", "for A <b>new</b> bike", "Step charge")
    ):
        await expect(lines.nth(line)).to_contain_text(words)
    await expect(lines.nth(4)).to_contain_text(
        "failed with ConnectionError: the bank is closed · next attempt in 4 min"
    )
    await expect(ada.get_by_text("Step charge failed, next attempt in", exact=False)).to_be_visible()
    question = lines.nth(2).locator("summary")
    await question.focus()
    await ada.keyboard.press("Enter")
    await expect(lines.nth(2)).to_contain_text("answered by Ada")
    await expect(lines.nth(2)).to_contain_text("••••")
    await lines.nth(1).locator("summary").click()
    await expect(lines.nth(1)).to_contain_text("Only people who manage the action can see step results.")
    await lines.nth(4).locator("summary").click()
    await expect(lines.nth(4)).to_contain_text("Attempt 1")
    await expect(ada.get_by_role("button", name="Show traceback")).to_have_count(0)
    assert "only for managers" not in await ada.content()

    await expect(waits).to_have_count(0)  # her page has followed
    managed = cy.get_by_role("list", name="Timeline").locator("> li")
    await expect(managed.nth(1)).to_contain_text("only for managers")
    await managed.nth(1).locator("summary").click()
    await expect(managed.nth(1).get_by_label("Result")).to_contain_text('"inner": "only for managers"')
    await managed.nth(4).locator("summary").click()
    await cy.get_by_role("button", name="Show traceback").click()
    await expect(cy.get_by_label("Traceback")).to_contain_text("charge.py")
    assert await violations_in_all_looks(cy) == []
    await cy.get_by_role("button", name="Retry now").click()
    for page, theirs in ((ada, lines), (cy, managed)):
        await expect(theirs).to_have_count(6)
        await expect(theirs.nth(4)).to_contain_text("2 attempts")
        await expect(theirs.nth(5)).to_contain_text("Done")
        await expect(page.get_by_role("button", name="Retry now")).to_have_count(0)
    await expect(lines.nth(4)).to_contain_text("Retried immediately by Cy")
    assert "receipt-17" not in (await lines.nth(4).inner_text())

    await bo.goto(f"/t/{transaction}/timeline")
    await expect(bo.get_by_role("heading", name="Page not found")).to_be_visible()
    assert (await call_as(bo, f"/api/transactions/{transaction}/timeline"))[0] == 404
    status, told = await call_as(ada, f"/api/transactions/{transaction}/timeline")
    assert status == 200
    assert "only for managers" not in json.dumps(told)
    async with cy.expect_download() as download:
        await cy.get_by_role("link", name="Download as JSON").click()
    taken = json.loads((await (await download.value).path()).read_text())
    assert [each["kind"] for each in taken["timeline"]] == ["start", "step", "question", "log", "step", "outcome"]
    assert taken["timeline"][1]["result"]["inner"] == "only for managers"
    assert taken["timeline"][2]["answer"]["reason"] == "A <b>new</b> bike"
    assert [bool(each.get("error")) for each in taken["timeline"][4]["tries"]] == [True, False]
    assert PIN not in json.dumps(taken)

    # from a point, in a new transaction, which a kill -9 doesn't make forget what it has taken over
    await expect(ada.get_by_role("button", name="Restart from here")).to_have_count(0)
    status, _ = await call_as(ada, f"/api/transactions/{transaction}/restart", {"entry": taken["timeline"][4]["entry"]})
    assert status == 403
    await managed.nth(4).get_by_role("button", name="Restart from here").click()
    await cy.get_by_role("dialog").get_by_role("button", name="Restart", exact=True).click()
    await expect(cy.get_by_text("A <b>new</b> bike", exact=True)).to_be_visible()
    assert transaction not in cy.url
    retry = cy.get_by_role("button", name="Retry now")
    await expect(retry).to_be_visible()
    again = cy.url.rpartition("/")[2]
    guarded.kill()
    async with cy.expect_event("load", timeout=30_000):
        guarded.start()
    await cy.goto(f"/t/{again}/timeline")
    await expect(managed.nth(0)).to_contain_text("Restarted by Cy from another transaction")
    for tries in (2, 3):
        await retry.click()
        await expect(managed.filter(has_text="Step charge")).to_contain_text(f"{tries} attempts")
    await expect(managed.last).to_contain_text("Done")
    _, told = await call_as(cy, f"/api/transactions/{again}")
    assert json.loads(json.dumps(told))["outcome"]["value"] == "Grace: receipt-17"
    await cy.goto(f"/t/{transaction}")
    await expect(cy.get_by_role("link", name="Continued in another transaction")).to_have_attribute(
        "href", f"/t/{again}"
    )
