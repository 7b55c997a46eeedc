"""Fields that the action's code makes from the answers of others."""

from playwright.async_api import Page, expect

from tests.process import AppProcess


async def choose(page: Page, country: str) -> None:
    await page.get_by_role("radio", name=country).click()


async def test_a_field_comes_changes_and_goes_with_another(page: Page) -> None:
    await page.goto("/forms/depending")
    await choose(page, "Norway")
    await page.get_by_role("radio", name="Bergen").click()
    street = page.get_by_role("textbox", name="Street in Bergen")
    await street.fill("Strandgaten 1")
    await choose(page, "Moon")
    await expect(page.get_by_role("radio", name="Bergen")).to_have_count(0)
    await expect(street).to_have_count(0)
    await choose(page, "Italy")
    await page.get_by_role("combobox", name="City").click()
    await page.get_by_role("option", name="Milan").click()
    await page.get_by_role("textbox", name="Street in Milan").fill("Via Dante 2")
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("definition").filter(has_text="Milan")).to_be_visible()
    await expect(page.get_by_role("radio", name="Oslo")).to_be_visible()
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("alert").filter(has_text="This field is required.")).to_be_visible()
    await page.get_by_role("radio", name="Oslo").click()
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("region", name="Result")).to_contain_text("Via Dante 2")


async def test_what_fails_is_told_in_the_fields_place(page: Page) -> None:
    await page.goto("/forms/depending")
    await choose(page, "Nowhere")
    await expect(page.get_by_role("alert").filter(has_text="Nobody knows Nowhere.")).to_be_visible()
    await choose(page, "Norway")
    await expect(page.get_by_role("radio", name="Bergen")).to_be_visible()
    await expect(page.get_by_text("Nobody knows Nowhere.")).to_have_count(0)


async def test_it_stands_again_after_a_kill(page: Page, app: AppProcess) -> None:
    await page.goto("/forms/depending")
    await choose(page, "Norway")
    await page.get_by_role("radio", name="Bergen").click()
    await page.get_by_role("textbox", name="Street in Bergen").fill("Strandgaten 1")
    await page.get_by_role("textbox", name="Note").fill("kept")
    await page.wait_for_timeout(500)
    app.kill()
    async with page.expect_event("load", timeout=20_000):
        app.start()
    await expect(page.get_by_role("textbox", name="Street in Bergen")).to_have_value("Strandgaten 1")
    await expect(page.get_by_role("radio", name="Bergen")).to_be_checked()
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("definition").filter(has_text="Strandgaten 1")).to_be_visible()
    await page.get_by_role("radio", name="Oslo").click()
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("region", name="Result")).to_contain_text("Strandgaten 1")


async def test_it_stands_in_its_layout(page: Page, app: AppProcess) -> None:
    await page.goto("/forms/depending-in-layouts")
    card = page.get_by_role("group", name="Where")
    tab, panel = page.get_by_role("tab"), page.get_by_role("tabpanel")
    await choose(page, "Norway")
    await card.get_by_role("radio", name="Bergen").click()
    await card.get_by_role("textbox", name="Street in Bergen").fill("Strandgaten 1")
    left, right = await card.get_by_text("City").bounding_box(), await card.get_by_text("Street in").bounding_box()
    assert left is not None and right is not None and left["y"] == right["y"] and left["x"] < right["x"]
    await tab.filter(has_text="Also").click()
    await expect(panel.get_by_role("radio", name="Oslo")).to_be_visible()
    await page.get_by_role("button", name="Continue").click()
    await expect(tab.filter(has_text="Also")).to_have_attribute("aria-selected", "true")
    await expect(panel.get_by_role("alert")).to_have_text("This field is required.")
    await panel.get_by_role("radio", name="Oslo").click()
    await tab.filter(has_text="Person").click()
    await panel.get_by_role("textbox", name="Name").fill("Ada")
    await tab.filter(has_text="Nested").click()
    await page.get_by_text("Unfold").click()
    await expect(panel.get_by_role("textbox", name="Street in Ada")).to_be_visible()
    await page.wait_for_timeout(500)
    app.kill()
    async with page.expect_event("load", timeout=20_000):
        app.start()
    await expect(card.get_by_role("textbox", name="Street in Bergen")).to_have_value("Strandgaten 1")
    await tab.filter(has_text="Also").click()
    await expect(panel.get_by_role("radio", name="Oslo")).to_be_checked()
    await page.get_by_role("button", name="Continue").click()
    street = panel.get_by_role("textbox", name="Street in Ada")
    await expect(street).to_be_visible()  # its tab comes to the front, and what folds unfolds
    await expect(street).to_have_accessible_description("This field is required.")
    await street.fill("Via Dante 2")
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("region", name="Result")).to_contain_text("Via Dante 2")
