"""Which mail counts, by what a provider says of it."""

from typing import Any

import pytest

from restival.auth.oidc import ProviderRefused, checked_mail
from restival.settings.sign_in import OidcSignIn

ADA = "ada@example.com"


def settings(**more: Any) -> OidcSignIn:
    return OidcSignIn(mode="oidc", issuer="https://accounts.example.com", client_id="restival", **more)


@pytest.mark.parametrize(
    ("claim", "yes"),
    [("email_verified", True), ("xms_edov", True), ("xms_edov", "true"), ("xms_edov", 1), ("xms_edov", "1")],
)
def test_a_verified_mail_counts(claim: str, yes: object) -> None:
    assert checked_mail({"email": " Ada@Example.com ", claim: yes}, settings(verified_claim=claim)) == ADA


@pytest.mark.parametrize("no", [False, "false", 0, "0", "", "yes", [True], {"a": True}, 2, 1, "1", "true"])
def test_a_mail_that_is_not_verified_counts_only_if_the_settings_say_so(no: object) -> None:
    told = {"email": ADA, "email_verified": no}
    with pytest.raises(ProviderRefused, match=r"isn't verified: email_verified is .* sign_in\.trust_email"):
        checked_mail(told, settings())
    assert checked_mail(told, settings(trust_email=True)) == ADA


@pytest.mark.parametrize("more", [{}, {"email_verified": None}, {"xms": True}])
def test_a_provider_that_says_nothing_is_named_with_the_settings(more: dict[str, object]) -> None:
    told = {"email": ADA, **more}
    with pytest.raises(
        ProviderRefused, match=r"claim email_verified is missing\. .* sign_in\.verified_claim or sign_in\.trust_email"
    ):
        checked_mail(told, settings())
    with pytest.raises(ProviderRefused, match="the claim xms_edov is missing"):
        checked_mail({**told, "email_verified": True}, settings(verified_claim="xms_edov"))
    assert checked_mail(told, settings(trust_email=True)) == ADA


@pytest.mark.parametrize("told", [{}, {"email": ""}, {"email": ["a"]}, {"email_verified": True}])
def test_without_a_mail_nobody_comes_in(told: dict[str, object]) -> None:
    with pytest.raises(ProviderRefused, match="didn't send your email address"):
        checked_mail(told, settings(trust_email=True))
