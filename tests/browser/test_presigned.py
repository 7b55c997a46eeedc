"""Files that the browser sends to a storage of the team's own."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import PROJECT
from tests.browser.store import Store, served_store
from tests.browser.test_files import choose, field
from tests.process import AppProcess


@pytest.fixture
def store() -> Iterator[Store]:
    with served_store() as served:
        yield served


@pytest.fixture
async def own_app(restate_binary: Path, tmp_path: Path, store: Store) -> AsyncIterator[AppProcess]:
    environment = {"RESTIVAL_RESTATE_SERVER": str(restate_binary), "TEST_STORE": store.url}
    process = AppProcess(PROJECT, 0, tmp_path / "data", environment)
    process.take_free_port()
    process.start()
    yield process
    process.close()


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file = tmp_path / "Åda's paper.txt"
    file.write_text("hello")
    return file


async def proceed(page: Page) -> None:
    await page.get_by_role("button", name="Continue").click()


async def test_files_go_straight_to_the_storage_and_are_read_from_there(
    own_app: AppProcess, page: Page, store: Store, paper: Path, tmp_path: Path
) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"x" * 3000)
    await page.goto(f"{own_app.url}/forms/presigned")
    await choose(page, field(page, "Paper"), paper)
    await expect(page.get_by_role("button", name="Remove Åda's paper.txt")).to_be_visible()
    await choose(page, field(page, "More"), picture, paper)
    await expect(field(page, "More").get_by_role("button", name="Remove")).to_have_count(2)
    assert store.got["/%C3%85da%27s%20paper.txt"] == ("text/plain", b"hello")
    await page.get_by_role("textbox", name="Note").fill("kept")
    await page.wait_for_timeout(500)
    own_app.kill()
    async with page.expect_event("load", timeout=20_000):
        own_app.start()
    await expect(page.get_by_role("button", name="Remove Åda's paper.txt")).to_have_count(2)
    await proceed(page)
    result = page.get_by_role("region", name="Result")
    await expect(result).to_contain_text("hello")
    await expect(result).to_contain_text("picture.png: 3000, Åda's paper.txt: 5")
    link = page.get_by_role("definition").get_by_role("link", name="picture.png")
    assert (await link.get_attribute("href") or "").startswith(f"{store.url}/picture.png?down=image%2Fpng%2B3000")
    await expect(result.get_by_role("definition").last).to_have_text("0")  # recorded, so not asked again
    kept = [path for path in (own_app.data / "files").rglob("*") if path.is_file()]
    assert kept == []


async def test_what_the_storage_refuses_can_be_tried_again(
    own_app: AppProcess, page: Page, store: Store, paper: Path
) -> None:
    store.answers = 403
    await page.goto(f"{own_app.url}/forms/presigned")
    await choose(page, field(page, "Paper"), paper)
    failure = field(page, "Paper").get_by_role("alert")
    await expect(failure).to_have_text("Åda's paper.txt couldn't be uploaded: the storage rejected the file (403).")
    await proceed(page)
    await expect(failure.last).to_have_text("This field is required.")
    store.allows = False
    await page.get_by_role("button", name="Retry Åda's paper.txt").click()
    await expect(failure.first).to_contain_text("its CORS rules don't allow this page")
    store.answers, store.allows = 200, True
    await page.get_by_role("button", name="Retry Åda's paper.txt").press("Enter")
    await expect(page.get_by_role("button", name="Remove Åda's paper.txt")).to_be_visible()
    await expect(failure).to_have_count(0)
    await proceed(page)
    await expect(page.get_by_role("region", name="Result")).to_contain_text("hello")


async def test_what_may_not_be_taken_is_never_asked_for(
    own_app: AppProcess, page: Page, store: Store, tmp_path: Path
) -> None:
    large, other, secret = tmp_path / "large.txt", tmp_path / "other.png", tmp_path / "secret.txt"
    large.write_text("x" * 1001)
    for file in (other, secret):
        file.write_text("x")
    await page.goto(f"{own_app.url}/forms/presigned")
    failure = field(page, "Paper").get_by_role("alert")
    await choose(page, field(page, "Paper"), large)
    await expect(failure).to_have_text("large.txt is too large. The limit is 1 KB.")
    await choose(page, field(page, "Paper"), other)
    await expect(failure).to_have_text("other.png isn't a .txt file. Choose another file.")
    await choose(page, field(page, "Paper"), secret)
    await expect(failure.last).to_contain_text("Secret files stay at home.")
    await page.get_by_role("button", name="Remove secret.txt").click()
    await expect(field(page, "Paper").get_by_role("listitem")).to_have_count(0)
    assert store.got == {}
    transaction = page.url.rpartition("/")[2]
    made_up = {"id": "presigned-0", "name": "a.txt", "size": 1, "download_url": f"{store.url}/etc"}
    answer = {"n": 1, "values": {"paper": [made_up]}}
    sent = await page.request.post(f"{own_app.url}/api/transactions/{transaction}/answer", data=answer)
    assert sent.ok
    await expect(failure).to_contain_text("Upload it again")
    put = await page.request.put(f"{own_app.url}/api/files/{transaction}/1/paper?name=a.txt", data="x")
    assert put.status == 404


async def test_a_form_waits_for_uploads_that_are_under_way(
    own_app: AppProcess, page: Page, store: Store, paper: Path, tmp_path: Path
) -> None:
    more = tmp_path / "more.bin"
    more.write_bytes(b"x" * 100)
    await page.goto(f"{own_app.url}/forms/presigned")
    await choose(page, field(page, "Paper"), paper)
    await expect(page.get_by_role("button", name="Remove Åda's paper.txt")).to_be_visible()
    store.goes_on.clear()
    await choose(page, field(page, "More"), more)
    await expect(page.get_by_role("progressbar", name="Uploading more.bin")).to_be_visible()
    await proceed(page)
    failure = field(page, "More").get_by_role("alert")
    await expect(failure).to_have_text("Please wait until more.bin is uploaded, or stop the upload.")
    store.goes_on.set()
    await expect(page.get_by_role("button", name="Remove more.bin")).to_be_visible()
    await expect(failure).to_have_count(0)
    await proceed(page)
    await expect(page.get_by_role("region", name="Result")).to_contain_text("more.bin: 100")


async def test_addresses_that_are_none_are_told(own_app: AppProcess, page: Page, paper: Path) -> None:
    await page.goto(f"{own_app.url}/forms/nowhere")
    await choose(page, field(page, "Paper"), paper)
    await expect(field(page, "Paper").get_by_role("alert")).to_contain_text("both with http:// or https://")
    await expect(page.get_by_role("button", name="Retry Åda's paper.txt")).to_be_visible()
