"""Files in an S3-compatible bucket."""

from collections.abc import AsyncIterator, Iterator

import pytest

from restival.io.core.file_content import FileGone
from restival.storage.object_store import PIECE, Storage, StorageMisconfigured, StorageUnavailable
from restival.storage.transaction_files import Files, FileUse, TooLarge
from tests.storage.s3 import Bucket, served_bucket

FIRST, SECOND = "shop.refund.aaaaaaaaaaaaaaaa", "shop.refund.bbbbbbbbbbbbbbbb"


@pytest.fixture(scope="module")
def bucket() -> Iterator[Bucket]:
    with served_bucket() as made:
        yield made


@pytest.fixture
def files(bucket: Bucket) -> Files:
    return Files(Storage(f"s3://{bucket.name}/files", bucket.options))


async def pieces(*content: bytes) -> AsyncIterator[bytes]:
    for piece in content:
        yield piece


async def test_a_large_file_is_kept_read_in_part_and_swept(files: Files, bucket: Bucket) -> None:
    await files.probe()
    content = bytes(range(256)) * (3 * PIECE // 256)
    taken = await files.take(FIRST, "a.bin", "x/y", None, pieces(content[:PIECE], content[PIECE:]), len(content))
    other = await files.take(SECOND, "b.txt", "text/plain", None, pieces(b"hel", b"lo"), 5)
    assert await files.known(taken.id) == taken
    assert await files.read(taken.id) == content
    assert b"".join([piece async for piece in files.stream(taken.id, PIECE - 2, PIECE + 2)]) == b"\xfe\xff\x00\x01"
    assert sorted(bucket.paths()) == sorted(
        f"files/{path}" for file in (taken, other) for path in (file.id, f"{file.id}.json")
    )

    async def kept(transactions: list[str]) -> set[str]:
        return {SECOND}

    async def use(transaction: str) -> FileUse:
        return FileUse(told=other.id, asking=None, ended=True)

    assert sorted(await files.sweep(kept, use)) == [taken.id, f"{taken.id}.json"]
    with pytest.raises(FileGone):
        await files.read(taken.id)
    assert await files.read(other.id) == b"hello"


async def test_nothing_stays_of_what_is_too_large(files: Files, bucket: Bucket) -> None:
    before = bucket.paths()
    with pytest.raises(TooLarge):
        await files.take(FIRST, "a", "x/y", None, pieces(b"x" * 2 * PIECE, b"x" * 2 * PIECE), 3 * PIECE)
    assert bucket.paths() == before
    assert bucket.uploads() == []


async def test_wrong_credentials_are_told_by_the_setting(bucket: Bucket) -> None:
    storage = Storage(f"s3://{bucket.name}", {**bucket.options, "secret_access_key": "wrong-and-secret"})
    for work in (storage.probe(), storage.folders(), storage.save("a", pieces(b"x" * 2 * PIECE))):
        with pytest.raises(StorageUnavailable, match="denies this app access") as refused:
            await work
        assert "storage.options" in refused.value.mend
        assert "SignatureDoesNotMatch" in refused.value.mend
        assert "wrong-and-secret" not in refused.value.mend + str(refused.value)


async def test_a_bucket_that_is_not_there_is_told_by_the_setting(bucket: Bucket) -> None:
    storage = Storage("s3://other", bucket.options)
    for work in (storage.probe(), storage.folders(), storage.save("a", pieces(b"x")), storage.read("a")):
        with pytest.raises(StorageUnavailable) as missing:
            await work
        assert "s3://other" in missing.value.mend and "storage.url" in missing.value.mend


async def test_a_store_that_cannot_be_reached_is_told_by_the_setting(free_port: int) -> None:
    endpoint = f"http://127.0.0.1:{free_port}"
    storage = Storage("s3://tools", {"endpoint": endpoint, "access_key_id": "a", "secret_access_key": "b"})
    with pytest.raises(StorageUnavailable, match="can't be reached") as away:
        await storage.read("a")
    assert endpoint in away.value.mend and "storage.url" in away.value.mend


def test_options_that_there_are_not_are_told() -> None:
    with pytest.raises(StorageMisconfigured, match=r"storage\.options.*'bogus'"):
        Storage("s3://tools", {"bogus": "1"})
