"""Files that go from the browser straight to a storage of the team's own."""

import os
import uuid
from datetime import timedelta
from functools import cache
from typing import Any

import obstore
from obstore.store import ObjectStore, from_url

from restival import IO, FileState, FileUrlSet, action

BUCKET = os.environ.get("DEMO_BUCKET", "")
NOT_SET_UP = (
    "Start the demo with DEMO_BUCKET=s3://bucket/folder and the usual AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, "
    "AWS_REGION and, for another S3 than Amazon's, AWS_ENDPOINT. The bucket has to allow PUT from this page (CORS)."
)


@cache
def bucket() -> ObjectStore:
    """The team's bucket, with credentials from the environment."""
    plain = os.environ.get("AWS_ENDPOINT", "").startswith("http://")
    return from_url(BUCKET, client_options={"allow_http": plain})


async def signed(file: FileState) -> FileUrlSet:
    """Addresses that may be used for an hour, and for a day."""
    key = f"{uuid.uuid4()}/{file.name}"
    return {
        "uploadUrl": await obstore.sign_async(bucket(), "PUT", key, timedelta(hours=1)),
        "downloadUrl": await obstore.sign_async(bucket(), "GET", key, timedelta(days=1)),
    }


@action(title="Files in your own storage", icon="cloud_upload")
async def own_storage(io: IO) -> dict[str, Any]:
    """The browser sends files to an S3 bucket, past this app."""
    if not BUCKET:
        await io.display.heading("There is no storage to send files to yet", description=NOT_SET_UP)
        return {}
    answer = await io.group(
        report=io.input.file(
            "Report",
            allowed_extensions=["txt", "md", "csv"],
            max_size=5_000_000,
            generate_presigned_urls=signed,
            help_text="Its first line is shown in the next step.",
        ),
        more=io.input.file("Attachments", generate_presigned_urls=signed).multiple().optional(),
    )
    text = await answer.report.text()
    await io.display.code("How it begins", code=text[:200])
    return {"report": answer.report.name, "characters": len(text), "attachments": len(answer.more or [])}
