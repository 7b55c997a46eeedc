import os
from typing import Any
from urllib.parse import quote

from restival import IO, FileState, FileUrlSet, action

STORE = os.environ.get("TEST_STORE", "http://127.0.0.1:9")
asked: list[str] = []


async def addresses(file: FileState) -> FileUrlSet:
    if file.name.startswith("secret"):
        raise PermissionError("Secret files stay at home.")
    asked.append(file.name)
    place = f"{STORE}/{quote(file.name)}"
    signed = quote(f"{file.type}+{file.size}/=", safe="")
    return {"uploadUrl": f"{place}?up={signed}", "downloadUrl": f"{place}?down={signed}"}


@action
async def presigned(io: IO) -> dict[str, Any]:
    """Asks for files that go to a storage of our own."""
    answer = await io.group(
        paper=io.input.file(
            "Paper", allowed_extensions=["txt"], max_size=1000, generate_presigned_urls=addresses, help_text="Signed."
        ),
        more=io.input.file("More", generate_presigned_urls=addresses).multiple().optional(),
        note=io.input.text("Note").optional(),
    )
    return {
        "text": await answer.paper.text(),
        "url": answer.paper.url(),
        "size": answer.paper.size,
        "more": ", ".join([f"{file.name}: {len(await file.read())}" for file in answer.more or []]),
        "asked": len(asked),
    }


@action
async def nowhere(io: IO) -> str:
    """A function that gives something else than addresses."""
    wrong: Any = {"uploadUrl": "ftp://example.com/a", "downloadUrl": "file:///etc/passwd"}
    return (await io.input.file("Paper", generate_presigned_urls=lambda file: wrong)).name
