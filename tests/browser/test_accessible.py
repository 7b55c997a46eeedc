"""No screen breaks a rule that axe knows, in light and in dark, on a wide screen and on a phone."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from importlib import import_module
from importlib.resources import files
from inspect import getsource
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page

from tests.browser.chromium import context_of
from tests.process import AppProcess
from tests.walk import walk

pytestmark = pytest.mark.timeout(180)
ROOT = Path(__file__).parent.parent.parent
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text()
DECLARED = re.compile(r"^@action.*?^async def (\w+)", re.MULTILINE | re.DOTALL)
LOOKS = [("light", 390), ("dark", 390), ("dark", 1280), ("light", 1280)]
SETTLED = """async () => {
    for (let n = 0; n < 2; n++) await new Promise(requestAnimationFrame);
    const moving = document.getAnimations().filter((each) => each.effect.getComputedTiming().endTime < Infinity);
    const late = new Promise((resolve) => setTimeout(resolve, 1000)); // what isn't shown may never end
    await Promise.race([late, Promise.allSettled(moving.map((each) => each.finished))]);
}"""
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
"""What axe can find in the dark alone: all its other rules are about structure, which is the same in the light."""


@pytest.fixture(scope="module")
async def demo(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[AppProcess]:
    folder = tmp_path_factory.mktemp("accessible")
    environment = {"RESTIVAL_RESTATE_SERVER": str(restate_binary), "SHOP_DATABASE": str(folder / "shop.sqlite")}
    process = AppProcess(ROOT, 0, folder / "data", environment)
    process.take_free_port()
    process.start()
    yield process
    process.close()


async def violations(page: Page, within: str = "html", only: list[str] | None = None) -> list[str]:
    """What axe finds: rule, and the elements that break it; `only` names the rules that are looked at."""
    await page.evaluate(SETTLED)  # a colour that still fades has no contrast yet
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE)
    options = {"resultTypes": ["violations"], **({"runOnly": only} if only else {})}
    run = "async ([within, options]) => (await axe.run(within, options)).violations"
    found: list[dict[str, Any]] = await page.evaluate(run, [within, options])
    return [f"{page.url} {rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


async def violations_in_all_looks(page: Page, within: str = "html") -> list[str]:
    """What axe finds in light and dark, on a wide screen and a phone; what is wider than the screen is told too."""
    found = []
    for scheme, width in LOOKS:
        await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        await page.set_viewport_size({"width": width, "height": 900})
        only = COLOUR_RULES if scheme == "dark" else None
        found += [f"{scheme} {width}: {violation}" for violation in await violations(page, within, only)]
        wide = await page.evaluate("document.documentElement.scrollWidth")
        found += [f"{scheme} {width}: the page is {wide} pixels wide"] if wide > width else []
    return found


async def home(page: Page) -> None:
    await page.goto("/")
    await page.get_by_role("heading", name="Shop").wait_for()


async def palette(page: Page) -> None:
    await home(page)
    await page.get_by_role("button", name="Favorite: Refund a charge").first.click()
    await page.keyboard.press("Control+k")
    await page.get_by_role("option", selected=True).wait_for()


async def declared_page(page: Page) -> None:
    await page.goto("/shop")
    await page.get_by_role("table", name="Charges").wait_for()
    await page.get_by_role("img", name="Month by month").wait_for()


async def start_form(page: Page) -> None:
    await page.goto("/shop/refund?email=nobody")
    await page.get_by_role("button", name="Start").wait_for()


async def running(page: Page) -> None:
    await page.goto("/shop/refund?email=ada.fischer@example.com")
    await page.get_by_role("button", name="Start").click()
    await page.get_by_role("table").wait_for()


async def wrong(page: Page) -> None:
    await running(page)
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_role("alert").first.wait_for()


async def history(page: Page) -> None:
    await running(page)
    await page.goto("/history")
    await page.get_by_role("table", name="Transactions").get_by_role("link", name="Refund a charge").first.wait_for()


async def inbox(page: Page) -> None:
    await running(page)
    await page.goto("/inbox")
    await page.get_by_role("list", name="Waiting for you").get_by_role("link").first.wait_for()


async def nobody_yet(page: Page) -> None:
    await page.goto("/people")
    await page.get_by_role("heading", name="No people yet").wait_for()


async def folder(page: Page) -> None:
    await page.goto("/gallery")
    await page.get_by_role("heading", level=1, name="Gallery").wait_for()


async def not_found(page: Page) -> None:
    await page.goto("/nothing/here")
    await page.get_by_role("heading", name="Page not found").wait_for()


async def confirming(page: Page) -> None:
    await running(page)
    await page.get_by_role("radio").first.click()
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_role("radio", name="Late").click()
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_role("alertdialog").wait_for()


async def stars(page: Page) -> None:
    await page.goto("/gallery/own-components")
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_text("This field is required.").wait_for()


async def signing(page: Page) -> None:
    await page.goto("/gallery/own-components")
    await page.get_by_role("radiogroup", name="The room").get_by_role("radio", name="3 stars").click()
    await page.get_by_role("button", name="Continue").click()
    for label in ("Street and number", "Postcode", "City", "Country"):
        await page.get_by_label(label).fill("x")
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_role("img", name="Signature pad").wait_for()


async def layouts(page: Page) -> None:
    await page.goto("/gallery/layouts")
    await page.get_by_text("Catering").click()
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_text("This field is required.").first.wait_for()


async def tabs(page: Page) -> None:
    await page.goto("/gallery/layouts")
    for label, value in (("Name of the event", "x"), ("Day", "2026-12-01"), ("From", "10:00"), ("Building", "x")):
        await page.get_by_label(label).fill(value)
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_role("tab", name="Host").wait_for()
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_role("tab", name="Guests (has errors)").wait_for()


async def models(page: Page) -> None:
    await page.goto("/gallery/models")
    await page.get_by_role("radiogroup", name="Payments 1").get_by_role("radio", name="Card").check()
    await page.get_by_label("Last digits").fill("42")
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_text("This field is required.").first.wait_for()


async def answered_model(page: Page) -> None:
    await page.goto("/gallery/models")
    await page.get_by_label("Customer").fill("ada@example.com")
    await page.get_by_role("radiogroup", name="Payments 1").get_by_role("radio", name="Voucher").check()
    await page.get_by_label("Code").fill("x")
    await page.get_by_label("Worth").fill("3")
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_text("Done", exact=True).wait_for()


SCREENS: list[Callable[[Page], Awaitable[None]]] = [
    home,
    declared_page,
    palette,
    start_form,
    running,
    wrong,
    history,
    inbox,
    nobody_yet,
    folder,
    not_found,
    confirming,
    stars,
    signing,
    layouts,
    tabs,
    models,
    answered_model,
]


LOOKED_AT = {
    "/": "test_accessible.home",
    "/{folder}": "test_accessible.folder",
    "/{action.slug}": "test_accessible.start_form",
    "/{page.slug}": "test_accessible.declared_page",
    "/t/{transaction}": "test_accessible.running",
    "/t/{transaction}/timeline": "test_timeline.test_what_happened_is_told_live_to_each_as_far_as_they_may",
    "/history": "test_accessible.history",
    "/inbox": "test_accessible.inbox",
    "/audit": "test_audit.test_search_filter_page_and_download",
    "/people": "test_sign_in.test_people_and_roles_for_those_who_manage",
    "/account": "test_account.test_second_factor_password_and_sessions",
    "/engine": "test_engine.test_only_who_manages_the_app_finds_it_and_a_right_that_goes_is_gone",
    "/schedules": "test_schedules.test_axe_finds_nothing",
    "/sign-in": "test_account.test_second_factor_password_and_sessions",
    "/sign-in/back": "test_oidc.test_only_people_of_the_settings_with_a_mail_that_was_checked",
    "/sign-in/link": "test_link.test_the_page_that_a_link_opens_is_accessible",
    "/sign-in/invitation": "test_sign_in.test_an_invitation_lets_somebody_choose_a_password_once",
}
"""Where axe looks at each screen: in the test or the screen of that name."""


def test_every_screen_is_looked_at() -> None:
    """Which screens there are is found out from the app: a new one that isn't named here fails."""
    from tests.browser.test_rights_matrix import OPEN, addresses  # which needs this file itself

    signing_in = {path for method, path in OPEN if method == "GET" and path.startswith("/sign-in")}
    assert LOOKED_AT.keys() == addresses() | signing_in
    for where in LOOKED_AT.values():
        module, name = where.split(".")
        found = getattr(import_module(f"tests.browser.{module}"), name)
        assert found.__name__ in {each.__name__ for each in SCREENS} or "violations_in_all_looks(" in getsource(found)


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
async def test_axe_finds_nothing(browser: Browser, demo: AppProcess, screen: Callable[[Page], Awaitable[None]]) -> None:
    async with context_of(browser, demo, wait=30_000) as context:
        page = await context.new_page()
        await screen(page)
        found = await violations_in_all_looks(page)
    assert not found, "\n".join(found)


GALLERY = sorted(file.stem for file in (ROOT / "actions" / "gallery").glob("*.py"))
FORM = "[data-draft], [role=alertdialog]"


@pytest.mark.parametrize("file", GALLERY)
async def test_axe_finds_nothing_in_the_gallery(browser: Browser, demo: AppProcess, file: str) -> None:
    """Each form as it comes, and the whole page with all answers."""
    found = []
    async with context_of(browser, demo, wait=30_000) as context:
        page = await context.new_page()
        for slug in await slugs_of(page, file):
            async for form in walk(page, slug):
                found += [f"{slug} form {form['n']}, {each}" for each in await violations_in_all_looks(page, FORM)]
            found += [f"{slug} at its end, {each}" for each in await violations_in_all_looks(page, "main")]
    assert not found, "\n".join(found)


async def slugs_of(page: Page, file: str) -> list[str]:
    """The actions of a file of the gallery, by the address that the file's own decorators give them."""
    names = DECLARED.findall((ROOT / "actions" / "gallery" / f"{file}.py").read_text())
    wanted = {f"gallery/{name.replace('_', '-')}" for name in names}
    actions = await (await page.request.get("/api/actions")).json()
    slugs = [action["slug"] for action in actions if action["slug"] in wanted]
    assert len(slugs) == len(wanted)
    return slugs
