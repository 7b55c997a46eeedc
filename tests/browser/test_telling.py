"""What stands beside a transaction, what actions tell people, and leaving."""

import re
from pathlib import Path

from playwright.async_api import Dialog, Page, expect

from tests.browser.test_files import choose, field


async def test_an_action_tells_keeps_files_and_leads_on(page: Page, other_page: Page, tmp_path: Path) -> None:
    await other_page.goto("/history")
    await other_page.get_by_role("heading", name="History").wait_for()
    await page.goto("/team/tells")
    told = page.get_by_role("region", name="Notifications")
    await expect(told).to_contain_text("A report")
    await expect(told).to_contain_text("Have a <b>look</b> at it.")
    await expect(other_page.get_by_text("A report: Have a <b>look</b> at it.")).to_be_visible()  # wherever they are
    bell = other_page.get_by_role("button", name=re.compile("^Notifications, [0-9]+ new$"))
    await bell.press("Enter")
    newest = other_page.locator("#r-bell-menu").get_by_role("listitem").first
    await expect(newest).to_contain_text("Have a <b>look</b> at it.")
    await expect(other_page.get_by_role("button", name="Notifications", exact=True)).to_be_visible()
    await newest.get_by_role("link").click()
    await expect(other_page).to_have_url(page.url)
    await other_page.reload()
    await expect(other_page.get_by_role("button", name="Notifications", exact=True)).to_be_visible()

    paper = tmp_path / "paper.txt"
    paper.write_text("words")
    await choose(page, field(page, "Paper"), paper)
    await page.get_by_role("button", name="Continue").click()
    files = page.get_by_role("region", name="Files")
    await expect(files.get_by_role("listitem")).to_have_text(re.compile(r"paper\.txt\s*5 bytes"))
    address = await files.get_by_role("link", name="paper.txt").get_attribute("href")
    assert await (await page.request.get(address or "")).text() == "words"
    await expect(told).to_contain_text("to nobody@example.com")

    here = page.url
    await page.get_by_role("button", name="Yes").click()
    await expect(page).to_have_url(re.compile(r"/team/parameters\?name=Ann&count=3$"))
    await expect(page.get_by_label("Count")).to_have_value("3")
    await page.goto(here)  # who comes later isn't sent away
    await expect(page.get_by_role("link", name="/team/parameters?name=Ann&count=3")).to_be_visible()


async def test_who_leaves_what_they_should_stay_with_is_asked(page: Page) -> None:
    asked: list[str] = []

    async def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        await (dialog.dismiss() if len(asked) < 3 else dialog.accept())

    page.on("dialog", stay)
    await page.goto("/team/tells")
    await expect(page.get_by_text("Waiting for you")).to_be_visible()
    here = page.url
    await page.get_by_role("link", name="All actions").click()
    await expect(page).to_have_url(here)
    await page.locator("main").click()  # browsers ask only where somebody has done something
    await page.close(run_before_unload=True)
    await page.wait_for_timeout(300)
    assert asked == ["confirm", "beforeunload"]
    await page.get_by_role("button", name="Cancel").click()
    await page.get_by_role("button", name="Cancel transaction").click()
    await expect(page.get_by_role("status").filter(has_text="Cancelled").first).to_be_visible()
    await page.get_by_role("link", name="All actions").click()
    await expect(page.get_by_role("heading", name="Team")).to_be_visible()
    assert asked == ["confirm", "beforeunload"]


async def test_the_link_of_a_transaction_is_copied(page: Page) -> None:
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.goto("/team/greet")
    await expect(page.get_by_label("Name")).to_be_visible()
    await page.get_by_role("button", name="Copy link").press("Enter")
    await expect(page.get_by_role("button", name="Link copied")).to_be_focused()
    assert await page.evaluate("navigator.clipboard.readText()") == page.url
    await expect(page.get_by_role("button", name="Copy link")).to_be_focused()
    for old_way, told in (("true", "Link copied"), ("false", "Not allowed")):
        forbidden = "navigator.clipboard.writeText = () => Promise.reject(new Error())"
        await page.evaluate(f"{forbidden}; document.execCommand = () => {old_way}")
        await page.get_by_role("button", name="Copy link").press("Enter")
        await expect(page.get_by_role("button", name=told)).to_be_visible()
        await expect(page.get_by_role("button", name="Copy link")).to_be_visible()
