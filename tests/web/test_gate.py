"""What the gate writes down of those whom it doesn't let in."""

from pathlib import Path

import httpx2
from starlette.applications import Starlette

from restival.auth.line_limit import LINES
from restival.web.middleware.authentication import RequireSignIn
from tests.auth.test_identity import HEADER, auth_with


async def test_strangers_who_pass_by_the_proxy_fill_no_audit(tmp_path: Path) -> None:
    auth = auth_with(tmp_path, sign_in={**HEADER, "trusted": ["10.0.0.1"]})
    gate = RequireSignIn(Starlette(), auth.person, lambda: auth.mode.has_sessions, auth.audit)
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(gate), base_url="http://app") as browser:
        for _ in range(LINES * 3):
            answer = await browser.get("/", headers={"accept": "text/html", "x-forwarded-email": "ada@example.com"})
            assert answer.status_code == 401
    assert len((tmp_path / "audit.jsonl").read_text().splitlines()) == LINES
