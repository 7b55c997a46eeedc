"""Layouts in a form: what is seen, what is hidden, and what comes to sight when it is wrong."""

from playwright.async_api import Locator, Page, expect


async def proceed(page: Page) -> None:
    await page.get_by_role("button", name="Continue").click()


def tab(page: Page, name: str) -> Locator:
    return page.get_by_role("tab", name=name)


async def test_the_value_is_flat_and_fields_behind_tabs_count(page: Page) -> None:
    await page.goto("/forms/laid-out")
    await page.get_by_label("Name", exact=True).fill("n")
    await page.get_by_label("First").fill("f")
    await page.get_by_label("Last").fill("l")
    await tab(page, "Work").click()
    await expect(page.get_by_label("First")).to_be_hidden()
    await page.get_by_label("Team").fill("t")
    await page.get_by_text("More", exact=True).click()
    await expect(page.get_by_role("group", name="Shoes")).to_contain_text("In EU sizes")
    await page.get_by_role("group", name="Shoes").get_by_label("Size").fill("42")
    await proceed(page)
    result = page.get_by_role("region", name="Result")
    for key, value in (("Name", "n"), ("First", "f"), ("Last", "l"), ("Team", "t"), ("Size", "42"), ("B", "None")):
        await expect(result.get_by_text(key, exact=True)).to_be_visible()
        await expect(result).to_contain_text(value)
    answered = page.get_by_role("definition").filter(has_text="42")
    await expect(answered.first).to_be_visible()
    await expect(page.get_by_role("tab")).to_have_count(0)


async def test_errors_open_the_tab_and_the_expansion_they_are_in(page: Page) -> None:
    await page.goto("/forms/laid-out")
    await page.get_by_label("Name", exact=True).fill("n")
    await page.get_by_label("First").fill("f")
    await page.get_by_label("Last").fill("l")
    await tab(page, "Notes").click()
    await expect(page.get_by_label("Size")).to_be_hidden()
    await proceed(page)
    await expect(tab(page, "Work (has errors)")).to_have_attribute("aria-selected", "true")
    await expect(page.get_by_label("Team")).to_be_focused()
    await expect(page.get_by_label("Size")).to_be_visible()
    await page.get_by_label("Team").fill("t")
    await page.get_by_label("Size").fill("many")
    await page.get_by_text("More", exact=True).click()
    await expect(page.get_by_label("Size")).to_be_hidden()
    await proceed(page)
    await expect(page.get_by_text("Enter a number.")).to_be_visible()
    await expect(page.get_by_label("Size")).to_be_focused()
    await expect(page.get_by_role("tab", name="has errors")).to_have_count(0)


async def test_tabs_by_keyboard(page: Page) -> None:
    await page.goto("/forms/laid-out")
    await tab(page, "Person").focus()
    await page.keyboard.press("ArrowRight")
    await expect(tab(page, "Work")).to_be_focused()
    await expect(page.get_by_role("tabpanel", name="Work")).to_be_visible()
    await page.keyboard.press("Tab")
    await expect(page.get_by_label("Team")).to_be_focused()
    await tab(page, "Work").focus()
    await page.keyboard.press("End")
    await expect(tab(page, "Notes")).to_be_focused()
    await page.keyboard.press("ArrowRight")
    await expect(tab(page, "Person")).to_have_attribute("aria-selected", "true")


async def test_what_is_filled_in_behind_a_tab_survives_a_reload(page: Page) -> None:
    await page.goto("/forms/laid-out")
    await tab(page, "Work").click()
    await page.get_by_label("Team").fill("Blue")
    await page.get_by_label("Name", exact=True).fill("n")
    await page.wait_for_timeout(600)
    await page.reload()
    await tab(page, "Work").click()
    await expect(page.get_by_label("Team")).to_have_value("Blue")


async def test_fields_stand_beside_each_other_and_on_phones_below(page: Page) -> None:
    await page.goto("/forms/laid-out")
    first, last = page.get_by_label("First"), page.get_by_label("Last")
    await expect(last).to_be_visible()
    one, two = await first.bounding_box(), await last.bounding_box()
    assert one and two
    assert one["y"] == two["y"]
    assert two["x"] > one["x"] + one["width"]
    await page.set_viewport_size({"width": 390, "height": 800})
    one, two = await first.bounding_box(), await last.bounding_box()
    assert one and two
    assert one["x"] == two["x"]
    assert two["y"] > one["y"]
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_displays_stay_where_they_were_laid_out(page: Page) -> None:
    await page.goto("/forms/shown-in-columns")
    await expect(page.get_by_role("region", name="Result")).to_contain_text("shown")
    left, within = page.get_by_role("heading", name="On the left"), page.get_by_role("heading", name="Within")
    await expect(page.get_by_role("group", name="Card")).to_contain_text("Within")
    one, two = await left.bounding_box(), await within.bounding_box()
    assert one and two
    assert two["x"] > one["x"] + one["width"] / 2
