"""The first page and the command palette, by roles, labels and keys."""

import re

from playwright.async_api import Page, expect


async def test_a_star_keeps_an_action_in_the_favourites_over_a_reload(page: Page) -> None:
    await page.goto("/")
    star = page.get_by_role("button", name="Favorite: Greet", exact=True)
    await expect(star).to_have_attribute("aria-pressed", "false")
    await star.press("Enter")
    await expect(page.get_by_role("heading", name="Favorites")).to_be_visible()
    await expect(star.last).to_have_attribute("aria-pressed", "true")
    await page.get_by_label("Search actions").fill("takes a while")
    await expect(page.get_by_role("heading", name="Favorites")).to_be_hidden()
    await page.reload()
    await expect(star).to_have_count(2)
    await star.first.click()
    await expect(page.get_by_role("heading", name="Favorites")).to_have_count(0)
    await expect(star).to_have_attribute("aria-pressed", "false")


async def test_what_waits_stands_beside_the_actions_and_then_among_the_recent(page: Page) -> None:
    await page.goto("/team/greet")
    await page.get_by_label("Name").fill("Ann")
    id = page.url.rpartition("/")[2]
    await page.get_by_role("link", name="All actions").click()
    waiting = page.get_by_role("list", name="Waiting for you").locator(f"a[href='/t/{id}']")
    await page.get_by_role("list", name="Waiting for you").wait_for()
    if not await waiting.count():  # others wait longer: the list says how many there are
        await page.get_by_role("link", name=re.compile("in the inbox")).click()
    await waiting.click()
    await expect(page.get_by_label("Name")).to_have_value("Ann")
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_label("Number").fill("2")
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("region", name="Result")).to_be_visible()
    await page.get_by_role("link", name="All actions").click()
    recent = page.get_by_role("list", name="Recent").get_by_role("listitem").first
    await expect(recent).to_contain_text("Greet")
    await expect(recent).to_contain_text("Done")


async def test_the_palette_leads_everywhere_by_keys_alone(page: Page) -> None:
    await page.goto("/history")
    await page.get_by_role("heading", name="History").wait_for()
    await page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="Go to…")
    await expect(field).to_be_focused()
    await page.keyboard.type("all param")
    option = page.get_by_role("dialog").get_by_role("option", selected=True)
    await expect(option).to_have_text(re.compile("All parameters"))
    options = page.get_by_role("dialog").get_by_role("option")
    await expect(options.filter(has_not_text="All parameters")).to_have_count(0)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="All parameters")).to_be_visible()
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await page.keyboard.press("Control+k")
    await expect(field).to_have_value("")
    first = await option.text_content()
    await page.keyboard.press("ArrowUp")  # round to the last
    await expect(option).not_to_have_text(first or "")
    await page.keyboard.press("ArrowDown")
    await expect(option).to_have_text(first or "")
    await field.fill("no such place")
    await expect(page.get_by_text("No results")).to_be_visible()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await expect(page.get_by_role("heading", name="All parameters")).to_be_visible()
    await page.get_by_role("button", name="Go to…").click()
    await page.get_by_role("option", name="Inbox").click()
    await expect(page.get_by_role("heading", level=1, name="Inbox")).to_be_visible()


async def test_the_palette_finds_a_transaction_by_its_question(page: Page) -> None:
    await page.goto("/team/greet")
    await expect(page.get_by_label("Name")).to_be_visible()
    here = page.url
    await page.goto("/")
    await page.get_by_role("button", name="Go to…").click()
    await page.get_by_role("combobox", name="Go to…").fill(here.rpartition("/")[2])
    await page.keyboard.press("Enter")  # before the server has told what there is, or after
    await expect(page).to_have_url(here)
