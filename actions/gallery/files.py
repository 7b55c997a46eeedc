"""Files in and out."""

import struct
import zlib
from typing import Any

from restival import IO, File, action


@action(title="Files", icon="upload_file")
async def files(io: IO) -> dict[str, Any]:
    """Files that are uploaded into a form, and pictures and documents that the action has made."""
    answer = await io.group(
        about=io.display.heading("Upload", description="Checked on the server, and safe over a restart."),
        picture=io.input.file(
            "Picture of the goods",
            allowed_extensions=["png", "jpg", "gif", "webp"],
            max_size=10_000_000,
            help_text="It is shown in the next step.",
        ).optional(),
        papers=io.input.file("Papers", help_text="As many as there are.").multiple().optional(),
    )
    if answer.picture is not None:
        await io.display.image("Your picture", url=answer.picture.url(), alt=answer.picture.name, size="medium")
    await io.display.image("A picture of the action", bytes=drawn(answer.papers or []), alt="Bars", size="small")
    seen, _ = await io.display.heading("All there?").with_choices(["Yes", {"label": "No", "theme": "secondary"}])
    return {"complete": seen, "papers": [{"name": paper.name, "bytes": paper.size} for paper in answer.papers or []]}


def drawn(papers: list[File]) -> bytes:
    """A PNG with a bar for each paper, as high as the paper is large."""
    heights = [min(110, 10 + paper.size // 1000) for paper in papers] or [40, 90, 60]
    wide = 240 // len(heights)
    rows = [
        b"".join((b"\x50" if y < high else b"\xee") * (wide - 4) + b"\xee" * 4 for high in heights) for y in range(120)
    ]
    head = struct.pack(">IIBBBBB", wide * len(heights), len(rows), 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + row for row in reversed(rows)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def chunk(kind: bytes, data: bytes) -> bytes:
    """A part of a PNG, with its length and checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
