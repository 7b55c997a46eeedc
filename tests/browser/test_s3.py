"""An app whose files lie in an S3-compatible bucket."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from playwright.async_api import Page, expect

from tests.browser.conftest import PROJECT
from tests.browser.test_files import PNG, choose, field
from tests.process import AppProcess
from tests.storage.s3 import Bucket, served_bucket

ROOT = PROJECT.parent.parent.parent
Start = Callable[..., AppProcess]


@pytest.fixture(scope="module")
def bucket() -> Iterator[Bucket]:
    with served_bucket() as made:
        yield made


@pytest.fixture
def start(bucket: Bucket, restate_binary: Path, project: Path) -> Iterator[Start]:
    """Starts an app on the bucket, with these options besides or instead of the right ones."""
    running: list[AppProcess] = []

    def started(environment: dict[str, str] | None = None, **options: str) -> AppProcess:
        shutil.copy(PROJECT / "actions" / "forms" / "uploading.py", project / "actions")
        storage = {"url": f"s3://{bucket.name}/files", "options": {**bucket.options, **options}}
        (project / "restival.yaml").write_text(yaml.safe_dump({"storage": storage}))
        given = {"RESTIVAL_RESTATE_SERVER": str(restate_binary), **(environment or {})}
        app = AppProcess(project, 0, project / "data", given)
        app.take_free_port()
        running.append(app)
        return app.start()

    yield started
    for app in running:
        app.close()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "goods.png"
    file.write_bytes(PNG)
    return file


async def test_files_are_uploaded_into_the_bucket_and_served_from_it(
    start: Start, bucket: Bucket, page: Page, picture: Path, tmp_path: Path
) -> None:
    app = start()
    large = tmp_path / "large.txt"
    large.write_bytes(b"0123456789" * 1_200_000)
    await page.goto(f"{app.url}/uploading")
    await choose(page, field(page, "Picture"), picture)
    await choose(page, field(page, "Papers"), large)
    await expect(page.get_by_role("button", name="Remove large.txt")).to_be_visible(timeout=20_000)
    assert len(bucket.paths()) == 4
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("img", name="A dot")).to_have_js_property("naturalWidth", 1)
    paper = page.get_by_role("definition").get_by_role("link", name="large.txt")
    address = await paper.get_attribute("href") or ""
    part = await page.request.get(f"{app.url}{address}", headers={"range": "bytes=11999990-"})
    assert part.status == 206 and await part.body() == b"0123456789"
    await page.get_by_role("textbox", name="Later").fill("done")
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("region", name="Result")).to_contain_text("108", timeout=20_000)
    assert "storage" not in app.output


async def test_wrong_credentials_are_told_at_the_field_and_at_the_start(
    start: Start, page: Page, picture: Path
) -> None:
    app = start(secret_access_key="not-the-right-one")
    await page.goto(f"{app.url}/uploading")
    await choose(page, field(page, "Picture"), picture)
    await expect(field(page, "Picture").get_by_role("alert")).to_contain_text(
        "goods.png couldn't be uploaded: The file storage denies this app access."
    )
    await expect(page.get_by_role("button", name="Retry goods.png")).to_be_visible()
    assert "Files can't be uploaded" in app.output and "storage.options" in app.output
    assert "not-the-right-one" not in app.output + app.data.joinpath("app.log").read_text()


async def test_a_storage_that_cannot_be_reached_is_told_at_the_start(
    start: Start, page: Page, picture: Path, free_port: int
) -> None:
    app = start(endpoint=f"http://127.0.0.1:{free_port}")
    await page.goto(f"{app.url}/uploading")
    await choose(page, field(page, "Picture"), picture)
    await expect(field(page, "Picture").get_by_role("alert")).to_contain_text("can't be reached", timeout=20_000)
    told = " ".join(app.output.split())
    assert f"127.0.0.1:{free_port}" in told and "storage.url" in told


def test_an_option_that_there_is_not_keeps_the_app_from_starting(start: Start) -> None:
    with pytest.raises(AssertionError, match=r"storage\.options.*'bogus'"):
        start(bogus="1")


async def test_the_demo_sends_files_to_a_bucket_by_presigned_addresses(
    start: Start, bucket: Bucket, page: Page, tmp_path: Path, project: Path
) -> None:
    shutil.copy(ROOT / "actions" / "gallery" / "own_storage.py", project / "actions")
    environment = {
        "DEMO_BUCKET": f"s3://{bucket.name}/own",
        "AWS_ENDPOINT": bucket.endpoint,
        "AWS_REGION": bucket.options["region"],
        "AWS_ACCESS_KEY_ID": bucket.access_key_id,
        "AWS_SECRET_ACCESS_KEY": bucket.secret_access_key,
    }
    app = start(environment)
    report = tmp_path / "r + é #1.md"
    report.write_text("# All is well\n")
    with bucket.unchecked():
        await page.goto(f"{app.url}/own-storage")
        await choose(page, field(page, "Report"), report)
        await expect(field(page, "Report").get_by_role("listitem")).to_contain_text("14 bytes")
        [kept] = [path for path in bucket.paths() if path.startswith("own/")]
        assert kept.endswith("/r + é #1.md")
        await page.get_by_role("button", name="Continue").click()
        await expect(page.get_by_text("# All is well")).to_be_visible()
        link = await page.get_by_role("definition").get_by_role("link").get_attribute("href") or ""
        assert "X-Amz-Signature=" in link
        assert await (await page.request.get(link)).text() == "# All is well\n"
