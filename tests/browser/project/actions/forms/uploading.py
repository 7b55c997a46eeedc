from typing import Any

from restival import IO, action

DOT = bytes.fromhex("47494638396101000100800000ff6600ffffff21f90400000000002c00000000010001000002024401003b")


@action
async def uploading(io: IO) -> dict[str, Any]:
    """Asks for files."""
    answer = await io.group(
        picture=io.input.file("Picture", allowed_extensions=["png", ".JPG"], max_size=1000, help_text="Of the goods."),
        papers=io.input.file("Papers").multiple().optional(),
        note=io.input.text("Note").optional(),
    )
    text = await answer.papers[0].text() if answer.papers else ""
    await io.display.image("Drawn", bytes=DOT, alt="A dot")
    later = await io.input.text("Later")
    size = sum([len(chunk) async for chunk in answer.picture.stream()])
    return {
        "picture": answer.picture.name,
        "type": answer.picture.type,
        "size": size,
        "papers": [paper.name for paper in answer.papers or []],
        "text": text,
        "later": later,
    }
