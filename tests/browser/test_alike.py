"""Questions that look like the one before: they take its place in the form that is there."""

from playwright.async_api import Page, expect


async def test_a_question_takes_the_place_of_one_that_looks_alike(page: Page) -> None:
    await page.goto("/forms/alike")
    field, button = page.get_by_role("textbox"), page.get_by_role("button", name="Continue")
    await expect(page.get_by_label("First")).to_be_focused()
    await expect(field).to_have_attribute("placeholder", "one")
    await field.evaluate("input => { input.isFirst = true }")
    await field.fill("a")
    await expect(page.get_by_text("1 / 5")).to_be_visible()
    before = await page.locator("[data-draft]").get_attribute("data-draft")
    await button.click()

    await expect(page.get_by_label("Second")).to_be_focused()
    assert await field.evaluate("input => input.isFirst")
    await expect(field).to_have_value("two")
    await expect(field).not_to_have_attribute("placeholder", "one")
    await expect(page.get_by_text("3 / 9")).to_be_visible()
    await expect(page.get_by_text("In short")).to_have_count(0)
    await expect(page.get_by_text("answered by")).to_have_count(1)
    form = page.locator("[data-draft]")
    now = await form.get_attribute("data-draft")
    await form.evaluate("(form, before) => { form.dataset.draft = before }", before)
    await button.click()  # as the first question's, when the second has just taken its place
    await form.evaluate("(form, now) => { form.dataset.draft = now }", now)
    await field.fill("kept")
    await page.wait_for_timeout(600)
    await page.reload()
    await expect(field).to_have_value("kept")
    await expect(page.get_by_text("answered by")).to_have_count(1)
    await field.press("Enter")

    await expect(page.get_by_label("Third")).to_have_value("")
    await field.fill("no")
    await button.click()
    await expect(page.get_by_text("Not this.")).to_be_visible()
    await field.fill("abc")
    await expect(page.get_by_text("Not this.")).to_be_hidden()
    await field.press("Control+Enter")

    await expect(page.get_by_label("Fourth")).to_have_value("")
    await button.click()
    await expect(page.get_by_text("This field is required.")).to_be_visible()
    await field.fill("done")
    await button.click()
    for shown in ("a", "kept", "abc", "done"):
        await expect(page.get_by_role("region", name="Result").get_by_text(shown, exact=True)).to_be_visible()
    shown = await page.locator(".r-column").inner_text()
    assert [shown.index(word) for word in ("First", "Second", "Third", "Half of it.", "Fourth")] == sorted(
        shown.index(word) for word in ("First", "Second", "Third", "Half of it.", "Fourth")
    )


async def test_what_others_answer_takes_the_place_too(page: Page, other_page: Page) -> None:
    await page.goto("/forms/alike")
    await page.wait_for_url("**/t/**")
    await other_page.goto(page.url)
    await other_page.get_by_label("First").fill("mine")
    await page.get_by_label("First").fill("x")
    await page.get_by_role("button", name="Continue").click()
    await expect(other_page.get_by_label("Second")).to_have_value("two")
    await expect(other_page.get_by_text("has answered this question.")).to_be_visible()
    await other_page.get_by_label("Second").fill("theirs")
    await other_page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_label("Third")).to_have_value("")
    await expect(page.locator(".r-answered")).to_have_count(2)
    await expect(page.locator(".r-answered").last).to_contain_text("theirs")
