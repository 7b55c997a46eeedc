"""Models that are told apart by a field: a choice, and the fields of what is chosen."""

import asyncio

from playwright.async_api import Locator, Page, expect

from tests.process import AppProcess


def choice(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("radiogroup", name=name)


def group(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("group", name=name, exact=True)


async def proceed(page: Page) -> None:
    await page.get_by_role("button", name="Continue").click()


async def test_a_choice_brings_its_fields_and_keeps_those_of_the_others(page: Page) -> None:
    await page.goto("/forms/variants")
    payment = choice(page, "Payment method")
    await expect(payment).to_have_accessible_description("How the money comes")
    await expect(group(page, "Credit card")).to_have_count(0)
    await payment.get_by_role("radio", name="Credit card").check()
    card = group(page, "Credit card")
    await card.get_by_label("Number").fill("4242")
    await card.get_by_label("Code").fill("secret")
    await expect(card.get_by_label("Months")).to_have_value("1")
    await payment.get_by_role("radio", name="Bank account").check()
    await expect(card).to_be_hidden()
    iban = group(page, "Bank account").get_by_label("Iban")
    await expect(iban).to_have_accessible_description("As on the statement")
    await iban.fill("NO93")
    await payment.get_by_role("radio", name="Credit card").check()
    await expect(card.get_by_label("Number")).to_have_value("4242")
    await expect(card.get_by_label("Code")).to_have_value("secret")
    await expect(iban).to_be_hidden()
    await payment.get_by_role("radio", name="Cash").check()
    await expect(card).to_be_hidden()
    await payment.get_by_role("radio", name="Bank account").check()
    await expect(iban).to_have_value("NO93")
    await proceed(page)
    result = page.get_by_role("region", name="Result")
    await expect(result).to_contain_text("NO93")
    answered = [answer for answer in await page.get_by_role("definition").all_text_contents() if "{" not in answer]
    assert answered[:6] == ["Bank account", "NO93", "–", "Mail", "High Street", "–"]
    await expect(page.get_by_text("4242")).to_have_count(0)


async def test_errors_stand_at_their_fields_inside_the_choice(page: Page) -> None:
    await page.goto("/forms/variants")
    payment = choice(page, "Payment method")
    await expect(payment).to_be_visible()
    await proceed(page)
    await expect(payment.get_by_role("alert")).to_have_text("This field is required.")
    await expect(payment).to_have_attribute("aria-invalid", "true")
    await payment.get_by_role("radio", name="Credit card").check()
    await expect(payment.get_by_role("alert")).to_have_count(0)
    number = group(page, "Credit card").get_by_label("Number")
    await number.fill("42")
    await proceed(page)
    await expect(number).to_have_accessible_description("At least 4 characters. Enter at least 4 characters.")
    await expect(number).to_have_attribute("aria-invalid", "true")
    await expect(number).to_be_focused()
    await payment.get_by_role("radio", name="Bank account").check()
    await group(page, "Bank account").get_by_label("Iban").fill("closed")
    await proceed(page)
    await expect(payment.get_by_role("alert")).to_have_text("This account is closed.")


async def test_it_is_filled_in_by_keyboard_alone(page: Page) -> None:
    await page.goto("/forms/variants-short")
    await page.get_by_role("radio", name="Credit card").focus()
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("radio", name="Bank account")).to_be_checked()
    await expect(group(page, "Bank account")).to_be_visible()
    await page.keyboard.press("Tab")
    await expect(page.get_by_label("Iban")).to_be_focused()
    await page.keyboard.type("NO93")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("region", name="Result")).to_contain_text("bank_account")


async def test_optional_nested_and_listed_choices(page: Page) -> None:
    await page.goto("/forms/variants")
    await choice(page, "Payment method").get_by_role("radio", name="Cash").check()
    refund = choice(page, "Refund (optional)")
    await refund.get_by_role("radio", name="Bank account").check()
    await expect(group(page, "Bank account")).to_be_visible()
    await refund.get_by_role("button", name="Clear").click()
    await expect(group(page, "Bank account")).to_be_hidden()
    await expect(page.get_by_label("Street")).to_have_value("High Street")
    await page.get_by_role("combobox", name="Delivery").click()
    await page.get_by_role("option", name="E", exact=True).click()
    carrier = group(page, "E")
    await expect(page.get_by_label("Street")).to_be_hidden()
    await choice(carrier, "Payment").get_by_role("radio", name="Bank account").check()
    await carrier.get_by_label("Iban").fill("DE12")
    await page.get_by_role("button", name="Add to further payments").click()
    further = choice(page, "Further payments 1")
    await expect(further.get_by_role("radio", name="Credit card")).to_be_focused()
    await proceed(page)
    await expect(further.get_by_role("alert")).to_have_text("This field is required.")
    await further.get_by_role("radio", name="Cash").check()
    await proceed(page)
    result = page.get_by_role("region", name="Result")
    await expect(result).to_contain_text("Cash")
    await expect(result).to_contain_text("DE12")
    answered = [answer for answer in await page.get_by_role("definition").all_text_contents() if "{" not in answer]
    assert answered[:6] == ["Cash", "–", "E", "Bank account", "DE12", "Cash"]


async def test_it_stands_again_after_a_kill(page: Page, app: AppProcess) -> None:
    await page.goto("/forms/variants")
    await choice(page, "Payment method").get_by_role("radio", name="Bank account").check()
    await page.get_by_label("Iban").fill("NO93")
    await page.get_by_role("button", name="Add to further payments").click()
    await choice(page, "Further payments 1").get_by_role("radio", name="Credit card").check()
    await page.get_by_label("Number").fill("4242")
    await page.wait_for_timeout(500)
    app.kill()
    async with page.expect_event("load", timeout=20_000):
        app.start()
    await expect(page.get_by_label("Iban")).to_have_value("NO93")
    await expect(page.get_by_label("Number")).to_have_value("4242")
    await proceed(page)
    await expect(page.get_by_role("region", name="Result")).to_contain_text("4242")


async def test_what_is_typed_while_the_app_is_away_comes_back_into_its_field(page: Page, app: AppProcess) -> None:
    await page.goto("/forms/variants")
    await choice(page, "Payment method").get_by_role("radio", name="Credit card").check()
    await page.get_by_label("Number").fill("4242")
    await choice(page, "Payment method").get_by_role("radio", name="Bank account").check()
    await page.get_by_label("Iban").fill("NO")
    await page.wait_for_timeout(500)
    await page.evaluate("window.before = true")
    app.kill()
    await page.wait_for_timeout(200)
    await page.get_by_label("Iban").press("End")
    await page.keyboard.type("93")
    await page.get_by_label("Street").fill("Low Street")
    app.start(wait=0)
    await asyncio.to_thread(app.wait_ready)
    await page.wait_for_function("!window.before")
    await expect(page.get_by_label("Iban")).to_have_value("NO93", timeout=20_000)
    await expect(page.get_by_label("Street")).to_have_value("Low Street")


async def test_an_action_starts_with_a_choice(page: Page) -> None:
    await page.goto("/forms/variants-start")
    await page.get_by_role("button", name="Start").click()
    await expect(page.get_by_role("alert")).to_have_text("This field is required.")
    await page.get_by_role("radio", name="Bank account").check()
    await page.get_by_label("Iban").fill("NO93")
    await page.get_by_role("button", name="Start").click()
    await expect(page.get_by_role("region", name="Result")).to_contain_text("iban='NO93'")
