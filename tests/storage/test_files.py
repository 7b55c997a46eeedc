"""Files in a folder."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from restival.io.core.call import InvalidAnswer
from restival.io.core.file_content import FileGone
from restival.io.core.file_names import clean
from restival.io.input.file import FileInput, format_size
from restival.storage import unsent_uploads as unsent
from restival.storage.object_store import Storage
from restival.storage.transaction_files import Files, FileUse, TooLarge
from restival.storage.unsent_uploads import NoRoom, most_unsent

FIRST, SECOND = "shop.refund.aaaaaaaaaaaaaaaa", "shop.refund.bbbbbbbbbbbbbbbb"


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(Storage(f"file://{tmp_path}/files"))


async def needs_all(transaction: str) -> FileUse:
    return FileUse(told="", asking=None, ended=False)


async def pieces(*content: bytes) -> AsyncIterator[bytes]:
    for piece in content:
        yield piece


async def test_a_file_is_kept_and_read_whole_and_in_part(files: Files) -> None:
    taken = await files.take(FIRST, "a.txt", "text/plain", None, pieces(b"hel", b"lo"), 5)
    assert (taken.name, taken.size) == ("a.txt", 5)
    assert await files.known(taken.id) == taken
    assert await files.read(taken.id) == b"hello"
    assert b"".join([piece async for piece in files.stream(taken.id, 1, 3)]) == b"el"
    with pytest.raises(FileGone):
        await files.read(f"{FIRST}/missing")


async def test_nothing_stays_of_what_is_too_large(files: Files, tmp_path: Path) -> None:
    with pytest.raises(TooLarge):
        await files.take(FIRST, "a.txt", "text/plain", None, pieces(b"x" * 6_000_000, b"x" * 6_000_000), 10_000_000)
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []


async def test_what_restate_has_let_go_is_removed(files: Files) -> None:
    first = await files.take(FIRST, "a", "x/y", None, pieces(b"1"), 10)
    second = await files.take(SECOND, "b", "x/y", None, pieces(b"2"), 10)

    async def kept(transactions: list[str]) -> set[str]:
        assert sorted(transactions) == [FIRST, SECOND]
        return {SECOND}

    assert sorted(await files.sweep(kept, needs_all)) == [first.id, f"{first.id}.json"]
    with pytest.raises(FileGone):
        await files.known(first.id)
    assert await files.read(second.id) == b"2"


async def test_what_was_never_sent_is_removed(files: Files) -> None:
    shown = await files.keep(FIRST, "shown.png", b"0")
    sent = await files.take(FIRST, "a", "x/y", None, pieces(b"1"), 10, call=1)
    replaced = await files.take(FIRST, "b", "x/y", None, pieces(b"2"), 10, call=1)
    waiting = await files.take(FIRST, "c", "x/y", None, pieces(b"3"), 10, call=12)

    async def kept(transactions: list[str]) -> set[str]:
        return {FIRST}

    async def running(transaction: str) -> FileUse:
        return FileUse(told=f'{{"id": "{sent.id}"}}', asking=12, ended=False)

    async def ended(transaction: str) -> FileUse:
        return FileUse(told=f'{{"id": "{sent.id}"}}', asking=None, ended=True)

    assert sorted(await files.sweep(kept, running)) == [replaced.id, f"{replaced.id}.json"]
    assert await files.read(waiting.id) == b"3"
    assert await files.read(shown) == b"0"
    removed = await files.sweep(kept, ended)
    assert sorted(removed) == sorted([waiting.id, f"{waiting.id}.json", shown, f"{shown}.json"])
    assert await files.read(sent.id) == b"1"


async def test_only_files_of_the_transaction_are_taken_as_answers(files: Files) -> None:
    specs = [FileInput("Paper").multiple().spec("paper")]
    taken = await files.take(FIRST, "a.txt", "text/plain", None, pieces(b"1"), 10)
    claimed = {"id": taken.id, "name": "other.txt", "size": 99}
    assert await files.confirmed(FIRST, specs, {"paper": [claimed]}) == {"paper": [taken.model_dump(mode="json")]}
    with pytest.raises(InvalidAnswer, match="belongs to another form"):
        await files.confirmed(SECOND, specs, {"paper": [claimed]})
    with pytest.raises(InvalidAnswer, match="no longer available"):
        await files.confirmed(FIRST, specs, {"paper": [{**claimed, "id": f"{FIRST}/{'0' * 32}"}]})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\b.txt", "b.txt"),
        ("a\x00b\u202egnp.exe", "abgnp.exe"),
        ("  ...  ", "file"),
        ("", "file"),
        ("x" * 300 + ".txt", "x" * 180 + ".txt"),
        ("Åda's <b>.txt", "Åda's <b>.txt"),
    ],
)
def test_names_are_cleaned(given: str, expected: str) -> None:
    assert clean(given) == expected


def test_sizes_are_told_as_people_read_them() -> None:
    assert [format_size(size) for size in (10, 1000, 1540, 2 * 10**9)] == ["10 bytes", "1 KB", "1.5 KB", "2 GB"]


async def uploaded(files: Files, call: int = 1, by: str = "ann", most: int = 3, content: bytes = b"1") -> str:
    chunks = pieces(content)
    return (await files.upload(FIRST, call, by, most, "a", "x/y", None, chunks, 10_000)).id


async def test_of_a_question_the_oldest_unsent_files_make_room(files: Files) -> None:
    """Twelve files into a field for one were all kept."""
    other = await uploaded(files, call=2)
    kept = [await uploaded(files) for _ in range(12)]
    for gone in kept[:-3]:
        with pytest.raises(FileGone):
            await files.known(gone)
    for there in (other, *kept[-3:]):
        assert await files.read(there) == b"1"


async def test_what_was_sent_stays(files: Files) -> None:
    sent = await uploaded(files)
    spec = FileInput("File").spec("f")
    await files.confirmed(FIRST, [spec], {"f": [(await files.known(sent)).model_dump(mode="json")]})
    for _ in range(5):
        await uploaded(files)
    assert await files.read(sent) == b"1"


async def test_what_lies_unsent_is_bounded_by_transaction_and_person(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unsent, "MOST_BYTES", 1_000)
    monkeypatch.setattr(unsent, "MOST_UNSENT", 4)
    first = await uploaded(files, content=b"x" * 600)
    with pytest.raises(NoRoom, match="Too many files are uploaded but not sent"):
        await uploaded(files, content=b"x" * 600)
    await uploaded(files, content=b"x" * 400)
    with pytest.raises(NoRoom):
        await files.upload(SECOND, 1, "ann", 3, "a", "x/y", None, pieces(b"1"), 10)  # another transaction of hers
    await files.upload(SECOND, 1, "bob", 3, "a", "x/y", None, pieces(b"1"), 10)
    await files.confirmed(
        FIRST, [FileInput("File").spec("f")], {"f": [(await files.known(first)).model_dump(mode="json")]}
    )
    for _ in range(3):
        await uploaded(files, most=10)
    with pytest.raises(NoRoom):
        await uploaded(files, most=10)


async def test_an_upload_that_is_broken_off_counts_no_longer(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unsent, "MOST_BYTES", 10_000)
    for _ in range(3):
        with pytest.raises(TooLarge):
            await files.upload(FIRST, 1, "ann", 3, "a", "x/y", None, pieces(b"x" * 9_000), 8_000)
    await uploaded(files, content=b"x" * 9_000)


def test_what_a_question_may_have_unsent_follows_from_its_fields() -> None:
    one, many = FileInput("One").spec("a"), FileInput("Many").multiple().spec("b")
    assert most_unsent([one]) == 11
    assert most_unsent([one, many]) == 111
