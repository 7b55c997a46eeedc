"""People are found by their accounts at the provider, and only by algorithms of keys."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from restival.access.person import Person
from restival.auth.account import Accounts, Subject
from restival.auth.audit import Audit
from restival.auth.auth import Auth
from restival.auth.modes.oidc import OidcMode
from restival.auth.oidc import Attempt, ProviderRefused
from restival.auth.refusals import SignInRefused
from restival.settings import Settings
from restival.site.project import load_project
from restival.site.site import Site
from restival.ui.setup.component_scripts import release_names
from tests.auth.test_identity import SECRET
from tests.auth.test_sessions import BY_OIDC, Memory

ADA, BO = "ada@example.com", "bo@example.com"
HERE = BY_OIDC["issuer"]
ONE, TWO = Subject(issuer=HERE, sub="1"), Subject(issuer=HERE, sub="2")


def settings(*mails: str) -> Settings:
    return Settings.model_validate({"people": [{"mail": mail, "name": mail} for mail in mails], "sign_in": BY_OIDC})


@pytest.fixture
def sites(tmp_path: Path) -> list[Site]:
    return [Site(settings(ADA, BO), load_project(tmp_path, forget=release_names))]


@pytest.fixture
def auth(tmp_path: Path, sites: list[Site]) -> Auth:
    return Auth(lambda: sites[-1], Accounts(Memory()), Audit(tmp_path / "audit.jsonl", 1), SECRET)


async def test_the_first_account_is_kept(auth: Auth) -> None:
    assert auth.by(OidcMode).subjects.mail(ONE) is None
    await auth.by(OidcMode).subjects.keep(ADA, ONE)
    await auth.by(OidcMode).subjects.keep(ADA, ONE)
    assert auth.by(OidcMode).subjects.mail(ONE) == ADA
    with pytest.raises(SignInRefused, match="linked to another account"):
        await auth.by(OidcMode).subjects.keep(ADA, TWO)
    await auth.others.forget_subject(ADA, by=Person(name="Cy", email="cy@example.com"))
    await auth.by(OidcMode).subjects.keep(ADA, TWO)
    assert (auth.by(OidcMode).subjects.mail(ONE), auth.by(OidcMode).subjects.mail(TWO)) == (None, ADA)


async def test_another_provider_is_another_beginning(auth: Auth) -> None:
    await auth.by(OidcMode).subjects.keep(ADA, ONE)
    elsewhere = Subject(issuer="https://other.example.com", sub="1")
    assert auth.by(OidcMode).subjects.mail(elsewhere) is None
    await auth.by(OidcMode).subjects.keep(ADA, elsewhere)
    assert auth.by(OidcMode).subjects.mail(elsewhere) == ADA


async def test_a_person_who_got_another_mail_in_the_settings(auth: Auth, sites: list[Site]) -> None:
    await auth.by(OidcMode).subjects.keep(ADA, ONE)
    sites.append(replace(sites[0], settings=settings("ada.l@example.com", BO)))
    assert auth.by(OidcMode).subjects.mail(ONE) is None
    await auth.by(OidcMode).subjects.keep("ada.l@example.com", ONE)
    sites.append(replace(sites[0], settings=settings(ADA, "ada.l@example.com", BO)))  # somebody new has the old mail
    assert auth.by(OidcMode).subjects.mail(ONE) == "ada.l@example.com"
    await auth.by(OidcMode).subjects.keep(ADA, TWO)


@pytest.mark.parametrize("algorithms", [["HS256"], ["none"], []])
async def test_a_provider_that_signs_by_no_key_is_refused(auth: Auth, algorithms: list[str]) -> None:
    attempt = Attempt(state="", nonce="", verifier="", back="", next="/", at=datetime.now(UTC))
    metadata = {"issuer": HERE, "id_token_signing_alg_values_supported": algorithms, "jwks_uri": f"{HERE}/keys"}
    with pytest.raises(ProviderRefused, match="unsupported signing algorithms"):
        await auth.by(OidcMode).oidc._claims({"id_token": "a.b.c"}, metadata, attempt)
