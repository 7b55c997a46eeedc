"""What waits for people: four of them at once, each in a browser of their own."""

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.test_accessible import violations_in_all_looks
from tests.browser.test_sign_in import HASH, context_of, signed_in
from tests.process import AppProcess

PROJECT = Path(__file__).parent / "hands"
NAMES = {"ada": "support", "bo": "finance", "cy": "finance", "dee": "", "eve": "boss"}
SETTINGS = """
title: Acme
sign_in: {mode: password}
roles:
  everyone: {}
  support: {shop: [run], finance: [run]}
  finance: {}
  boss: {"*": [manage]}
people:
""" + "".join(
    f'  - {{mail: {name}@example.com, name: {name.title()}, roles: [{role}], password: "{HASH}"}}\n'
    for name, role in NAMES.items()
)


@pytest.fixture(scope="module")
def app(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppProcess]:
    folder = tmp_path_factory.mktemp("hands")
    shutil.copytree(PROJECT, folder / "project")
    (folder / "project" / "restival.yaml").write_text(SETTINGS)
    process = AppProcess(folder / "project", 0, folder / "data", {"RESTIVAL_RESTATE_SERVER": str(restate_binary)})
    process.take_free_port()
    process.start()
    yield process
    process.close()


@pytest.fixture(scope="module")
async def people(browser: Browser, app: AppProcess) -> AsyncIterator[dict[str, Page]]:
    async with AsyncExitStack() as stack:
        pages = {}
        for name in NAMES:
            context = await stack.enter_async_context(context_of(browser, app))
            pages[name] = await signed_in(context, name)
            await pages[name].goto("/inbox")
        yield pages


def state(page: Page) -> Any:
    return page.locator(".r-head .r-state")


async def reach(page: Page, control: Locator) -> None:
    """Go to a control as people without a mouse do."""
    await expect(control).to_be_visible()
    for _ in range(80):
        if await control.evaluate("(control) => control === document.activeElement"):
            return
        await page.keyboard.press("Tab")
    pytest.fail(f"Tab doesn't lead to {control}")


async def by_keyboard(page: Page, control: Locator) -> None:
    """Press a button or follow a link without a mouse."""
    await reach(page, control)
    await page.keyboard.press("Enter")


async def test_four_eyes_from_the_start_to_the_payment(people: dict[str, Page]) -> None:
    """Bo and Cy have no mouse."""
    ada, bo, cy, dee = (people[name] for name in ("ada", "bo", "cy", "dee"))
    await ada.goto("/finance/pay?amount=7")
    await ada.get_by_role("button", name="Start", exact=True).click()
    await expect(state(ada)).to_have_text("Waiting for finance")
    await expect(ada.get_by_text("You can't approve your own request.")).to_be_visible()
    await expect(ada.get_by_role("heading", name="Pay 7?")).to_be_visible()
    await expect(ada.get_by_role("button", name="Approve")).to_have_count(0)
    await expect(ada.get_by_role("button", name="Reassign…")).to_be_hidden()
    await dee.goto(ada.url)
    await expect(dee.get_by_role("heading", name="Page not found")).to_be_visible()
    assert "Pay an invoice" not in await dee.content()

    for page in (bo, cy):  # the inbox is live
        row = page.get_by_role("list", name="Waiting for you").get_by_role("listitem").filter(has_text="Pay 7?")
        await expect(row).to_contain_text("from Ada · for finance")
        await expect(page.get_by_role("banner").get_by_role("link", name="1 question waiting for you")).to_be_visible()
        await expect(page).to_have_title("(1) Inbox · Acme")
        await by_keyboard(page, row.get_by_role("link"))
        await expect(state(page)).to_have_text("Waiting for you")
    await expect(ada.get_by_text("Bo and Cy are here")).to_be_visible()
    await expect(bo.get_by_text("Ada and Cy are here")).to_be_visible()
    for page in (ada, bo):
        await clean(page)

    await reach(bo, bo.get_by_label("Comment"))
    await bo.keyboard.type("seen the invoice")
    await by_keyboard(bo, bo.get_by_role("button", name="Approve"))
    await expect(bo.get_by_text("Waiting for 1 more approval.")).to_be_visible()
    await expect(cy.get_by_text("Approved by Bo")).to_contain_text("seen the invoice")
    await by_keyboard(cy, cy.get_by_role("button", name="Reject"))
    await expect(cy.get_by_text("Enter a reason to reject.")).to_be_visible()
    await by_keyboard(cy, cy.get_by_role("button", name="Approve"))

    for page in (bo, cy):
        await expect(page.get_by_label("Reference")).to_be_visible()
        await expect(page.locator(".r-answered")).to_contain_text("Approved by Bo")
    await by_keyboard(cy, cy.get_by_role("button", name="Assign to me"))
    await expect(cy.get_by_text("You have claimed this question.")).to_be_visible()
    await expect(state(bo)).to_have_text("Waiting for Cy")
    await expect(bo.get_by_label("Reference")).to_have_count(0)
    await by_keyboard(cy, cy.get_by_role("button", name="Unassign"))
    await expect(bo.get_by_label("Reference")).to_be_visible()

    await by_keyboard(bo, bo.get_by_role("button", name="Reassign…"))
    dialog = bo.get_by_role("dialog")
    await expect(dialog.get_by_label("Assign to").locator("option")).to_have_text(["Bo", "Cy"])
    await reach(bo, dialog.get_by_label("Assign to"))
    await bo.keyboard.type("Cy")
    await reach(bo, dialog.get_by_label("Note"))
    await bo.keyboard.type("you know the number")
    await by_keyboard(bo, dialog.get_by_role("button", name="Assign"))
    await expect(state(ada)).to_have_text("Waiting for Cy")
    await expect(cy.get_by_text("Bo assigned the question to Cy: you know the number")).to_be_visible()
    await expect(cy.get_by_text("Reminded ")).to_be_visible()
    await reach(cy, cy.get_by_label("Reference"))
    await cy.keyboard.type("X1")
    await cy.keyboard.press("Enter")
    await expect(state(ada)).to_have_text("Done")
    await expect(state(cy)).to_have_text("Done")  # who had it in hand may see what became of it
    await cy.goto("/inbox")
    await expect(ada.get_by_text("Bo is here")).to_be_visible()


async def test_a_form_is_handed_to_somebody_without_any_right(people: dict[str, Page]) -> None:
    """Ada and Dee have a phone."""
    ada, bo, dee = people["ada"], people["bo"], people["dee"]
    for page in (ada, dee):
        await page.set_viewport_size({"width": 390, "height": 844})
    await dee.goto("/inbox")
    await expect(dee.get_by_text("No questions for you")).to_be_visible()
    await ada.goto("/shop/parcel")
    await ada.wait_for_url("**/t/**")
    await ada.get_by_label("Where to?").fill("half typed")
    await ada.get_by_role("button", name="Reassign…").click()
    await fits(ada)
    await ada.get_by_role("dialog").get_by_label("Assign to").select_option("Dee")
    await ada.get_by_role("dialog").get_by_role("button", name="Assign").click()
    await expect(state(ada)).to_have_text("Waiting for Dee")
    await expect(ada.get_by_label("Where to?")).to_have_count(0)
    await fits(ada)
    await bo.goto(ada.url)
    await expect(bo.get_by_role("heading", name="Page not found")).to_be_visible()
    await fits(dee)
    await dee.get_by_role("list", name="Waiting for you").get_by_role("link").click()
    await expect(dee.get_by_label("Where to?")).to_be_visible()
    await fits(dee)
    await dee.get_by_label("Where to?").fill("Bern")
    await dee.get_by_role("button", name="Continue").click()
    await expect(state(dee)).to_have_text("Done")
    await dee.goto("/shop/parcel")  # the one transaction was theirs, the action isn't
    await expect(dee.get_by_role("heading", name="Page not found")).to_be_visible()


async def test_what_waits_for_nobody_in_particular_is_taken_on(people: dict[str, Page]) -> None:
    """But not in one's own transaction, which one just answers."""
    ada, eve = people["ada"], people["eve"]
    await ada.goto("/shop/parcel")
    await ada.wait_for_url("**/t/**")
    await expect(ada.get_by_label("Where to?")).to_be_visible()
    await expect(ada.get_by_role("button", name="Assign to me")).to_have_count(0)
    await eve.goto(ada.url)
    await expect(eve.get_by_text("Others can answer too.")).to_be_visible()
    await clean(eve)
    await eve.get_by_role("button", name="Assign to me").click()
    await expect(state(ada)).to_have_text("Waiting for Eve")
    await expect(ada.get_by_label("Where to?")).to_have_count(0)
    transaction = ada.url.rpartition("/")[2]
    answer = await ada.request.post(f"/api/transactions/{transaction}/answer", data={"n": 1, "values": {"0": "Rome"}})
    assert answer.status in (403, 409)
    await eve.get_by_label("Where to?").fill("Oslo")
    await eve.get_by_role("button", name="Continue").click()
    await expect(state(ada)).to_have_text("Done")


async def test_a_dialog_that_hides_the_page_is_handed_on_too(people: dict[str, Page]) -> None:
    ada, bo = people["ada"], people["bo"]
    await ada.goto("/shop/sure")
    await ada.wait_for_url("**/t/**")
    asked = ada.get_by_role("alertdialog", name="Send the parcel?")
    await asked.get_by_role("button", name="Reassign…").click()
    chooser = ada.get_by_role("dialog", name="Who should answer?")
    await chooser.get_by_label("Assign to").select_option("Everyone with the role finance")
    await chooser.get_by_label("Note").fill("you have the papers")
    await chooser.get_by_role("button", name="Assign").click()
    await expect(asked).to_have_count(0)
    await expect(state(ada)).to_have_text("Waiting for finance")
    await bo.goto(ada.url)
    asked = bo.get_by_role("alertdialog", name="Send the parcel?")
    await expect(asked.get_by_text("Ada assigned the question to finance: you have the papers")).to_be_visible()
    await clean(bo)
    await asked.get_by_role("button", name="Assign to me").click()
    await expect(asked.get_by_text("You have claimed this question.")).to_be_visible()
    await expect(state(ada)).to_have_text("Waiting for Bo")
    await asked.get_by_role("button", name="Yes").click()
    await expect(state(ada)).to_have_text("Done")
    await expect(ada.get_by_role("region", name="Result")).to_contain_text("sent")


async def fits(page: Page) -> None:
    """Nothing is wider than the phone, and what is pressed is large enough for a finger (24 pixels, WCAG 2.2), once it
    has come to rest."""
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    await page.wait_for_function(
        """() => !document.getAnimations().some(
            ({ playState, effect }) => playState === "running" && effect.getComputedTiming().endTime !== Infinity
        )"""
    )
    small = await page.evaluate(
        """() => [...document.querySelectorAll("main button, main select, [role=dialog] button")].filter((each) => {
            const { width, height } = each.getBoundingClientRect();
            return width && (width < 24 || height < 24);
        }).map((each) => each.outerHTML)"""
    )
    assert small == []


async def test_an_action_is_prepared_for_somebody(people: dict[str, Page]) -> None:
    ada, eve = people["ada"], people["eve"]
    await eve.goto("/finance/pay?amount=12")
    await eve.get_by_role("button", name="Assign to…").click()
    dialog = eve.get_by_role("dialog")
    await expect(dialog.get_by_label("Assign to").locator("option")).to_have_text(
        [
            "Ada",
            "Eve",
            "Everyone with the role boss",
            "Everyone with the role support",
        ]
    )
    await clean(eve)
    await dialog.get_by_label("Note").fill("before Friday")
    await dialog.get_by_role("button", name="Assign").click()
    await expect(state(eve)).to_have_text("Waiting for Ada")
    await ada.goto("/inbox")
    row = ada.get_by_role("list", name="Waiting for you").get_by_role("listitem").filter(has_text="Pay an invoice")
    await expect(row).to_contain_text("from Eve · before Friday")
    await clean(ada)
    await row.get_by_role("link").click()
    await expect(ada.locator("main")).to_contain_text("12")
    await clean(ada)
    await ada.get_by_role("button", name="Start").click()
    await expect(ada.get_by_text("You can't approve your own request.")).to_be_visible()
    await expect(ada.get_by_text("Started by Ada").first).to_be_visible()


async def test_the_api_checks_the_same(people: dict[str, Page], app: AppProcess) -> None:
    ada, bo, dee = people["ada"], people["bo"], people["dee"]

    async def call(page: Page, method: str, path: str, body: dict[str, Any] | None = None) -> tuple[int, Any]:
        answered = await page.request.fetch(f"/api{path}", method=method, data=body)
        return answered.status, await answered.json()

    status, started = await call(ada, "POST", "/actions/shop/parcel", {})
    assert status == 201
    transaction = f"/transactions/{started['id']}"
    assert (await call(dee, "GET", transaction))[0] == 404
    assert (await call(dee, "POST", f"{transaction}/claim", {}))[0] == 404
    status, told = await call(ada, "POST", f"{transaction}/hand", {"to": "nobody@example.com"})
    assert (status, told) == (422, {"error": "The question can't be assigned to nobody@example.com."})
    assert (await call(ada, "POST", f"{transaction}/claim", {}))[0] == 403
    assert await call(ada, "POST", f"{transaction}/hand", {"to": "finance", "note": "please"}) == (
        200,
        {"waits_for": "finance"},
    )
    late = (403, 409)  # that it has changed hands is told a moment before it is stored
    assert (await call(ada, "POST", f"{transaction}/answer", {"n": 1, "values": {"0": "x"}}))[0] in late
    status, inbox = await call(bo, "GET", "/inbox")
    assert [each["waits_for"] for each in inbox if each["id"] == started["id"]] == ["finance"]
    assert (await call(bo, "POST", f"{transaction}/claim", {}))[0] == 200
    assert (await call(people["cy"], "POST", f"{transaction}/claim", {}))[0] in late
    assert (await call(people["cy"], "POST", f"{transaction}/give-back", {}))[0] == 403
    assert (await call(bo, "POST", f"{transaction}/answer", {"n": 1, "values": {"0": "x"}}))[0] == 200
    assert (await call(bo, "POST", f"{transaction}/hand", {"to": "finance"}))[0] == 409
    status, queued = await call(ada, "POST", "/queue/finance/pay", {"to": "eve@example.com", "params": {"amount": 3}})
    assert status == 201
    assert (await call(ada, "POST", "/queue/finance/pay", {"to": "dee@example.com", "params": {"amount": 3}}))[0] == 422
    assert (await call(ada, "POST", "/queue/finance/pay", {"to": "eve@example.com", "params": {}}))[0] == 422
    assert (await call(dee, "POST", "/queue/finance/pay", {"to": "eve@example.com", "params": {"amount": 3}}))[0] == 404
    await people["eve"].goto(queued["url"])
    await expect(state(people["eve"])).to_have_text("Waiting for you")
    status, view = await call(people["eve"], "GET", f"/transactions/{queued['id']}")
    assert (view["pending"]["kind"], view["pending"]["hands"]["assignee"]["name"]) == ("start", "Eve")


async def clean(page: Page) -> None:
    """Nothing that axe finds wrong."""
    assert await violations_in_all_looks(page) == []
