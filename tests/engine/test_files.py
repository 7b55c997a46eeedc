"""What becomes of the files of real transactions."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from restival import IO, File, FileState, FileUrlSet, Person, action
from restival.engine.client.errors import EventFailed
from restival.io.core.file_content import FileGone
from tests.conftest import Bench


@action
async def keep_papers(io: IO) -> str:
    """Two questions for files."""
    first = await io.input.file("First")
    second = await io.input.file("Second").optional()
    return f"{first.name} {second.name if second else '-'}"


async def content() -> AsyncIterator[bytes]:
    yield b"hello"


async def upload(bench: Bench, transaction: str, name: str, call: int) -> File:
    return await bench.files.take(transaction, name, "text/plain", None, content(), 100, call)


async def sweep(bench: Bench) -> set[str]:
    """The files that are removed."""
    removed = await bench.files.sweep(bench.client.kept, bench.client.use_of_files)
    return {path for path in removed if not path.endswith(".json")}


async def is_there(bench: Bench, *files: File) -> list[bool]:
    there = []
    for file in files:
        try:
            there.append(await bench.files.read(file.id) == b"hello")
        except FileGone:
            there.append(False)
    return there


@pytest.mark.usefixtures("bench_files")
async def test_files_that_were_never_sent_are_swept(bench: Bench, ann: Person) -> None:
    [declared] = await bench.serve(keep_papers)
    transaction = await bench.client.start(declared, declared.params(), ann)
    await bench.asked(transaction, 1)
    sent, replaced = await upload(bench, transaction, "sent", 1), await upload(bench, transaction, "replaced", 1)
    assert await sweep(bench) == set(), "both may be sent still"
    await bench.answer(transaction, 1, ann, value=[sent.model_dump(mode="json")])
    await bench.asked(transaction, 2)
    draft = await upload(bench, transaction, "draft", 2)
    assert await sweep(bench) == {replaced.id}
    await bench.answer(transaction, 2, ann, value=None)
    await bench.ended(transaction)
    assert await sweep(bench) == {draft.id}
    assert await is_there(bench, sent, replaced, draft) == [True, False, False]
    assert await sweep(bench) == set()


async def test_files_of_a_cancelled_transaction_that_were_never_sent_are_swept(bench: Bench, ann: Person) -> None:
    [declared] = await bench.serve(keep_papers)
    transaction = await bench.client.start(declared, declared.params(), ann)
    view = await bench.asked(transaction, 1)
    draft = await upload(bench, transaction, "draft", 1)
    await bench.client.cancel(view, ann)
    await bench.ended(transaction)
    assert await sweep(bench) == {draft.id}
    assert await is_there(bench, draft) == [False]


PRESIGNED_FOR: list[str] = []


def addresses(file: FileState) -> FileUrlSet:
    PRESIGNED_FOR.append(file.name)
    return {"uploadUrl": f"https://store.example/{file.name}?up", "downloadUrl": f"https://store.example/{file.name}"}


@action
async def presigned(io: IO) -> list[str]:
    """Files in another storage."""
    field = io.input.file("Papers", allowed_extensions=["txt"], max_size=10, generate_presigned_urls=addresses)
    papers = await field.multiple()
    return [f"{paper.name} {paper.size} {paper.url()}" for paper in papers]


async def test_addresses_are_recorded_and_files_are_what_was_announced(bench: Bench, ann: Person) -> None:
    [declared] = await bench.serve(presigned)
    transaction = await bench.client.start(declared, declared.params(), ann)
    call = (await bench.asked(transaction, 1)).pending
    assert call is not None

    async def ask(name: str, size: int) -> Any:
        return await bench.client.ask(transaction, call, "0", "presign", {"name": name, "size": size}, ann)

    first = await ask("../a.txt", 5)
    assert first["upload_url"] == "https://store.example/a.txt?up"
    assert "download" not in json.dumps(first)
    await asyncio.sleep(2.5)  # by now it has left memory, and the next event replays it
    second = await ask("b.txt", 6)
    assert PRESIGNED_FOR == ["a.txt", "b.txt"], "a replay must not ask again"
    for name, size, message in (
        ("b.exe", 1, "isn't a .txt file"),
        ("b.txt", 11, "too large"),
        ("", 1, "Choose a file"),
    ):
        with pytest.raises(EventFailed, match=message):
            await ask(name, size)
    lie = {**first["file"], "name": "c.txt", "size": 1, "download_url": "https://evil.example"}
    await bench.client.answer(transaction, call, {"0": [second["file"], lie]}, ann)
    view = await bench.ended(transaction)
    assert view.outcome is not None
    assert view.outcome.value == ["b.txt 6 https://store.example/b.txt", "a.txt 5 https://store.example/a.txt"]
    kept = view.items[1].answer
    assert kept is not None
    assert [file["download_url"] for file in kept["0"]] == [
        "https://store.example/b.txt",
        "https://store.example/a.txt",
    ]
    assert "evil" not in view.model_dump_json()
