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
    clip = await io.input.file("A short video", allowed_extensions=["mp4", "webm"]).optional()
    if clip is not None:
        await io.display.video("Your video", bytes=await clip.read(), width=320, height=180)
    if answer.papers:
        kept = await io.group(
            first=io.input.file("The most important one", default_value=answer.papers[0]),
            rest=io.input.file("All papers", help_text="Take away, or add.").multiple(default_value=answer.papers),
        )
        answer["papers"] = kept.rest
    if answer.picture is not None:
        await io.display.image("Your picture", url=answer.picture.url(), alt=answer.picture.name, size="medium")
    await io.display.image("A picture of the action", bytes=drawn(answer.papers or []), alt="Bars", size="small")
    await io.display.pdf("A receipt of the action", bytes=receipt(len(answer.papers or [])))
    seen, _ = await io.display.heading("All there?").with_choices(["Yes", {"label": "No", "theme": "secondary"}])
    return {"complete": seen, "papers": [{"name": paper.name, "bytes": paper.size} for paper in answer.papers or []]}


def receipt(papers: int) -> bytes:
    """A PDF with a line of text."""
    text = f"BT /F1 28 Tf 60 760 Td (Received: {papers} papers) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    pdf = b"%PDF-1.4\n"
    starts = []
    for number, item in enumerate(objects, 1):
        starts.append(len(pdf))
        pdf += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return pdf + head + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(pdf))


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
