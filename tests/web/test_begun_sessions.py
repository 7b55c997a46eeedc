"""What a session counts for when it has just begun."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from restival.auth.account import Subject
from restival.auth.auth import Auth
from restival.auth.modes.oidc import OidcMode
from restival.auth.oidc import Attempt, SignedIn
from restival.auth.sessions import COOKIE
from restival.site.addresses import BACK
from restival.web.sign_in.routes import SignInRoutes
from tests.auth.test_identity import SECRET, auth_with

OIDC = {"mode": "oidc", "issuer": "https://accounts.example.com", "client_id": "restival"}


async def signed_in(auth: Auth, monkeypatch: pytest.MonkeyPatch, *, asked: bool) -> str:
    """Signs in at the provider; returns the id of the session."""

    async def begin(back: str, then: str, **_: str) -> tuple[str, Attempt]:
        attempt = Attempt(state="s", nonce="n", verifier="v", back=back, next=then, at=datetime.now(UTC))
        return "https://accounts.example.com/authorize", attempt

    async def finish(*_: object) -> SignedIn:
        subject = Subject(issuer="https://accounts.example.com", sub="1")
        return SignedIn(mail="ada@example.com", subject=subject, asked=asked, token="token")

    monkeypatch.setattr(auth.by(OidcMode).oidc, "begin", begin)
    monkeypatch.setattr(auth.by(OidcMode).oidc, "finish", finish)
    app = Starlette(routes=SignInRoutes(auth._site, auth, SECRET).routes())
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://app") as browser:
        assert (await browser.post("/sign-in")).status_code == 303
        assert (await browser.get(BACK, params={"state": "s", "code": "c"})).status_code == 303
        session = auth.sessions.read(browser.cookies[COOKIE])
    assert session is not None
    return session.id


@pytest.mark.parametrize("asked", [True, False])
async def test_only_a_provider_that_has_asked_confirms_an_identity(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: bool
) -> None:
    auth = auth_with(tmp_path, sign_in=OIDC)
    session = await signed_in(auth, monkeypatch, asked=asked)
    assert auth.confirmations.confirmed_within(session, timedelta(minutes=5)) is asked
