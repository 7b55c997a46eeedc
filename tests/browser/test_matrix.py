"""Every field of one line or of options, in every state that a field has: by label and role, by keyboard alone."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.chromium import context_of
from tests.process import AppProcess

Keys = Callable[[Page, Locator], Awaitable[None]]


def typed(*texts: str) -> Keys:
    """Typed into the field, as it has the focus."""

    async def type_it(page: Page, field: Locator) -> None:
        for text in texts:
            await (page.keyboard.press(text) if text in PRESSED else page.keyboard.type(text))

    return type_it


PRESSED = ("ArrowDown", "ArrowUp", "Enter", "Space", "Tab", "ArrowRight")


@dataclass(frozen=True)
class Field:
    """A field: its role, what is typed into it, and what it says then: in the field, and in the transcript."""

    label: str
    role: str
    keys: Keys
    value: str
    answer: str
    default: str
    wrong: str = ""
    message: str = ""

    def about(self, message: str = "") -> re.Pattern[str]:
        zone = r" Time zone: \S+\." if self.label in ("Hour", "Moment") else ""
        return re.compile(rf"^About {self.label}\.{zone}{message and ' ' + message}$")

    def on(self, page: Page, optional: bool = False) -> Locator:
        name = f"{self.label} (optional)" if optional else self.label
        if not self.role:  # the browser has no role for dates and times
            return page.get_by_label(name, exact=True)
        return page.get_by_role(self.role, name=name, exact=True)  # type: ignore[arg-type]


FIELDS = [
    Field("Text", "textbox", typed("Grace"), "Grace", "Grace", "Ada"),
    Field("Paragraph", "textbox", typed("One", "Enter", "two"), "One\ntwo", "One", "Two\nlines"),
    Field(
        "Mail", "textbox", typed("g@example.com"), "g@example.com", "g@example.com", "ada@example.com", "g@", "valid"
    ),
    Field("Count", "textbox", typed("7"), "7", "7", "5", "17", "Enter a number between 1 and 9."),
    Field("Price", "textbox", typed("1234.5"), "1234.5", "1,234.50", "12.50", "a", "Enter a number"),
    Field(
        "Site",
        "textbox",
        typed("https://a.example"),
        "https://a.example",
        "https://a.example",
        "https://example.com/a",
        "ftp://a",
        "https:",
    ),
    Field("Day", "", typed("05062026"), "2026-05-06", "May 6, 2026", "2026-05-04", "2001-01-01", "2020"),
    Field("Hour", "", typed("1045AM"), "10:45", "10:45 AM", "09:30:00", "07:00", "8:00 AM"),
    Field(
        "Moment",
        "",
        typed("05062026", "Tab", "1045AM"),
        "2026-05-06T10:45",
        "May 6, 2026, 10:45 AM",
        "2026-05-04T09:30",
        "2001-01-01T10:00",
        "2020",
    ),
    Field("Colour", "textbox", typed("#ff0000"), "#ff0000", "#ff0000", "#0f766e", "red", "#rrggbb"),
    Field("Query", "textbox", typed("SELECT 2"), "SELECT 2", "SELECT 2", "SELECT 1"),
    Field("Limits", "textbox", typed("[1]"), "[1]", "1", '{\n  "retries": 3\n}', "[1", "JSON"),
]
OPTIONS = ("Topics", "Letter", "Plan", "City", "Days")


async def proceed(page: Page) -> None:
    await page.get_by_role("button", name="Continue").click()


async def opened(page: Page, which: str) -> None:
    await page.goto(f"/forms/matrix-{which}")
    await expect(page.get_by_role("button", name="Continue")).to_be_visible()


async def fill_options_by_keyboard(page: Page) -> None:
    await page.get_by_role("combobox", name="Topics").focus()
    await typed("new", "Enter")(page, page.locator("body"))
    await page.get_by_role("textbox", name="Letter").focus()
    await page.keyboard.type("Dear Grace")
    await page.get_by_role("radio", name="Free").focus()
    await page.keyboard.press("Space")
    await page.get_by_role("combobox", name="City").focus()
    await page.keyboard.type("11")
    await expect(page.get_by_role("option")).to_have_count(1)
    await typed("ArrowDown", "Enter")(page, page.locator("body"))
    await page.get_by_role("checkbox", name="Mon").focus()
    await page.keyboard.press("Space")


async def test_required_fields_have_their_help_and_say_what_is_missing(page: Page) -> None:
    await opened(page, "required")
    for field in FIELDS:
        await expect(field.on(page)).to_have_accessible_description(field.about())
    for label in OPTIONS:
        await expect(page.get_by_text(f"About {label}.")).to_be_visible()
    await proceed(page)
    for field in FIELDS:
        await expect(field.on(page)).to_have_accessible_description(field.about("This field is required."))
        await expect(field.on(page)).to_have_attribute("aria-invalid", "true")
    await expect(page.get_by_role("alert").filter(has_text="This field is required.")).to_have_count(
        len(FIELDS) + len(OPTIONS)
    )
    await expect(FIELDS[0].on(page)).to_be_focused()


async def test_all_is_filled_in_by_keyboard_comes_back_and_is_read_only_once_answered(page: Page) -> None:
    await opened(page, "required")
    for field in FIELDS:
        await field.on(page).focus()
        await field.keys(page, field.on(page))
    await fill_options_by_keyboard(page)
    await page.wait_for_timeout(500)
    await page.reload()
    for field in FIELDS:
        await field.on(page).focus()
        await expect(field.on(page)).to_have_value(field.value)
    await expect(page.get_by_role("list", name="Tags for Topics").get_by_role("listitem")).to_have_text(["new×"])
    await expect(page.get_by_role("textbox", name="Letter")).to_have_text("Dear Grace")
    await expect(page.get_by_role("radio", name="Free")).to_be_checked()
    await expect(page.get_by_role("combobox", name="City")).to_have_value("City 11")
    await expect(page.get_by_role("checkbox", name="Mon")).to_be_checked()
    await proceed(page)
    await expect(page.get_by_text("Done", exact=True)).to_be_visible()
    answers = page.locator(".r-answered")
    for field in FIELDS:
        await expect(answers).to_contain_text(field.answer)
    for text in ("new", "Dear Grace", "Free", "City 11", "Mon"):
        await expect(answers).to_contain_text(text)
    for role in ("textbox", "combobox", "radio", "checkbox"):
        await expect(answers.get_by_role(role)).to_have_count(0)  # type: ignore[arg-type]


async def test_defaults_are_there_and_can_be_cleared(page: Page) -> None:
    await opened(page, "default")
    for field in FIELDS:
        await expect(field.on(page)).to_have_value(field.default)
    await expect(page.get_by_role("radio", name="Team")).to_be_checked()
    await expect(page.get_by_role("combobox", name="City")).to_have_value("City 7")
    await expect(page.get_by_role("checkbox", name="Tue")).to_be_checked()
    for field in FIELDS:
        await field.on(page).fill("")
    await proceed(page)
    for field in FIELDS:
        await expect(field.on(page)).to_have_accessible_description(field.about("This field is required."))


async def test_wrong_input_is_told_at_its_field_and_stays(page: Page) -> None:
    await opened(page, "default")
    wrong = [field for field in FIELDS if field.wrong]
    for field in wrong:
        await field.on(page).fill(field.wrong)
    await proceed(page)
    for field in wrong:
        description = page.get_by_role("alert").filter(has_text=field.message)
        await expect(description.first).to_be_visible()
        await expect(field.on(page)).to_have_attribute("aria-invalid", "true")
        await field.on(page).focus()
        await expect(field.on(page)).to_have_value(field.wrong)


async def test_disabled_fields_show_their_default_and_keep_it(page: Page) -> None:
    await opened(page, "disabled")
    for field in FIELDS:
        await expect(field.on(page)).not_to_be_editable()
        await expect(field.on(page)).to_have_value(field.default)
    for name in ("Free", "Team"):
        await expect(page.get_by_role("radio", name=name)).to_be_disabled()
    for name in ("Mon", "Tue"):
        await expect(page.get_by_role("checkbox", name=name)).to_be_disabled()
    await proceed(page)
    result = page.get_by_role("region", name="Result")
    for text in ("Ada", "ada@example.com", "2026-05-04", "SELECT 1", "late", "Team", "City 7", "Tue"):
        await expect(result).to_contain_text(text)


async def test_optional_fields_may_be_left_empty(page: Page) -> None:
    await opened(page, "optional")
    for field in FIELDS:
        await expect(field.on(page, optional=True)).to_have_value("")
    await proceed(page)
    await expect(page.get_by_text("Done", exact=True)).to_be_visible()
    for field in FIELDS:
        await expect(page.get_by_role("alert").filter(has_text=field.label)).to_have_count(0)


async def test_in_the_dark_no_field_is_light(page: Page) -> None:
    await page.emulate_media(color_scheme="dark")
    await opened(page, "default")
    assert await light_fields(page) == []


async def light_fields(page: Page) -> list[str]:
    """The fields of the form that are light, in the dark."""
    found: list[str] = await page.evaluate(
        """() => [...document.querySelector(".r-call").querySelectorAll("input, textarea, .r-box, select")].filter(
            (element) => {
                const [r, g, b, a = 1] = getComputedStyle(element).backgroundColor.match(/[\\d.]+/g).map(Number);
                return a > 0.5 && r + g + b > 3 * 128 && element.type !== "color";
            }).map((element) => element.outerHTML)"""
    )
    return found


async def test_a_moment_with_a_zone_is_filled_in_in_ones_own(browser: Browser, app: AppProcess) -> None:
    async with context_of(browser, app, wait=30_000, timezone_id="Asia/Tokyo") as context:
        page = await context.new_page()
        await page.goto("/")
        await page.goto("/forms/matrix-zoned")
        field = page.get_by_label("Meeting")
        await expect(field).to_have_accessible_description("Time zone: Asia/Tokyo.")
        await expect(field).to_have_value("2026-05-04T18:30")
        await field.fill("2026-05-05T10:00")
        await proceed(page)
        await expect(page.get_by_role("region", name="Result")).to_contain_text("2026-05-05T10:00:00+09:00")
