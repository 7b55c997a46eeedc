"""Signing in by OpenID Connect: the code flow with PKCE (RFC 7636), and what a provider's token has to show."""

import json
import secrets
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx2
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from pydantic import BaseModel

from restival.auth.account import Subject
from restival.auth.refusals import SignInRefused
from restival.errors import RestivalError
from restival.i18n import t
from restival.settings.sign_in import OidcSignIn

SCOPE = "openid email profile"
DISCOVERY = "/.well-known/openid-configuration"
KNOWN_SECONDS = 3600.0
"""How long what a provider tells of itself is believed without asking again."""
TIMEOUT_SECONDS = 10.0
LEEWAY_SECONDS = 60
"""What the clocks of provider and app may differ."""
ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
"""Those by which only the provider can sign."""
VERIFIED = (True, "true", "1")
"""How providers say yes by claims of their own; 1 is equal to True. `email_verified` is true or it isn't."""
EMAIL_VERIFIED = "email_verified"


class ProviderUnavailable(RestivalError):
    """The provider can't be reached, or says what no provider should."""


class ProviderRefused(SignInRefused):
    """The provider hasn't signed the person in, or its token doesn't show what it has to."""


class Attempt(BaseModel):
    """A sign-in that is under way; the browser keeps it, signed, until it comes back from the provider."""

    state: str
    nonce: str
    verifier: str
    back: str
    """The address that the provider sends the browser to."""
    next: str
    """Where the person wants to go."""
    question: str = ""
    """The question that somebody who has signed in confirms their identity for."""
    at: datetime


class SignedIn(BaseModel):
    """Somebody whom the provider has signed in."""

    mail: str
    """By which the settings know them."""
    subject: Subject
    asked: bool
    """Whether the provider tells that it has asked who they are just now: with a session of its own it needn't."""
    token: str
    """By which the provider knows at the sign-out whose session ends."""


class Oidc:
    """A provider, as the settings name it. `known_mail` finds who has signed in there before. All raise
    ProviderUnavailable."""

    def __init__(self, settings: Callable[[], OidcSignIn], known_mail: Callable[[Subject], str | None]) -> None:
        self._settings = settings
        self._known_mail = known_mail
        self._known: dict[str, tuple[float, dict[str, Any]]] = {}

    async def begin(self, back: str, then: str, *, question: str = "", mail: str = "") -> tuple[str, Attempt]:
        """Where to send a browser for its person to sign in. With a `question` somebody who has signed in already, by
        `mail`, has to do so again."""
        made = (secrets.token_urlsafe(24) for _ in range(2))
        attempt = Attempt(
            state=next(made),
            nonce=next(made),
            verifier=secrets.token_urlsafe(48),
            back=back,
            next=then,
            question=question,
            at=datetime.now(UTC),
        )
        anew = {"prompt": "login", "max_age": 0, "login_hint": mail} if question else {}
        metadata = await self._metadata()
        async with self._client(metadata, back) as client:
            address, _ = client.create_authorization_url(
                metadata["authorization_endpoint"],
                state=attempt.state,
                nonce=attempt.nonce,
                code_verifier=attempt.verifier,
                **anew,
            )
        return str(address), attempt

    async def finish(self, told: Mapping[str, str], attempt: Attempt) -> SignedIn:
        """Take what the browser brings back. Raises ProviderRefused."""
        metadata = await self._metadata()
        if told.get("state") != attempt.state or told.get("iss", metadata["issuer"]) != metadata["issuer"]:
            raise ProviderRefused(t("The sign-in timed out. Start again."))
        if "code" not in told:
            raise ProviderRefused(_why(told))
        try:
            async with self._client(metadata, attempt.back) as client:
                token = await client.fetch_token(
                    metadata["token_endpoint"], code=told["code"], code_verifier=attempt.verifier
                )
            claims = await self._claims(token, metadata, attempt)
        except (OAuthError, JoseError) as error:
            raise ProviderRefused(t("The sign-in couldn't be verified ({error}). Try again.", error=error)) from None
        except httpx2.HTTPError as error:
            raise _unavailable(error) from None
        subject = Subject(issuer=metadata["issuer"], sub=str(claims["sub"]))
        mail = self._known_mail(subject) or await self._mail(claims, token, metadata)
        asked = _is_asked_anew(claims, attempt)
        return SignedIn(mail=mail, subject=subject, asked=asked, token=str(token["id_token"]))

    async def end(self, token: str, then: str) -> str | None:
        """Where to send a browser for its session at the provider to end too; None where the provider has no such
        address."""
        metadata = await self._metadata()
        if not (end := metadata.get("end_session_endpoint")):
            return None
        told = {"client_id": self._settings().client_id, "post_logout_redirect_uri": then}
        return f"{end}?{urlencode(told | ({'id_token_hint': token} if token else {}))}"

    def _client(self, metadata: Mapping[str, Any], back: str) -> Any:
        settings = self._settings()
        methods = metadata.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        by_secret = "client_secret_basic" if "client_secret_basic" in methods else "client_secret_post"
        return AsyncOAuth2Client(
            settings.client_id,
            settings.client_secret,
            token_endpoint_auth_method=by_secret if settings.client_secret else "none",
            scope=SCOPE,
            redirect_uri=back,
            code_challenge_method="S256",
            timeout=TIMEOUT_SECONDS,
        )

    async def _claims(self, token: Mapping[str, Any], metadata: Mapping[str, Any], attempt: Attempt) -> Any:
        told = metadata.get("id_token_signing_alg_values_supported", ["RS256"])
        if not (accepted := sorted(ALGORITHMS & set(told))):  # of none the library would take its own defaults
            raise ProviderRefused(
                t("The sign-in service uses unsupported signing algorithms: {algorithms}.", algorithms=", ".join(told))
            )
        registry = JWSRegistry(algorithms=accepted, strict_check_header=False)
        given = str(token.get("id_token", ""))
        try:
            decoded = jwt.decode(given, await self._keys(metadata), registry=registry)
        except InvalidKeyIdError:  # it signs by another key since
            decoded = jwt.decode(given, await self._keys(metadata, anew=True), registry=registry)
        settings = self._settings()
        wanted = {"iss": {"values": [metadata["issuer"]]}, "aud": {"essential": True, "value": settings.client_id}}
        known = {"nonce": attempt.nonce, "client_id": settings.client_id, "access_token": token.get("access_token")}
        claims = CodeIDToken(decoded.claims, decoded.header, wanted, known)
        claims.validate(leeway=LEEWAY_SECONDS)
        if attempt.question and not _is_asked_anew(claims, attempt):
            raise ProviderRefused(
                t("The sign-in service didn't ask you to sign in again. Sign out there, then try again.")
            )
        return claims

    async def _mail(self, claims: Mapping[str, Any], token: Mapping[str, Any], metadata: Mapping[str, Any]) -> str:
        """The person's mail, by the token or else by what the provider says of them when it is asked."""
        settings = self._settings()
        wanted = {"email"} if settings.trust_email else {"email", settings.verified_claim}
        if wanted <= claims.keys() or "userinfo_endpoint" not in metadata:
            return checked_mail(claims, settings)
        headers = {"authorization": f"Bearer {token['access_token']}"}
        found = await self._get(metadata["userinfo_endpoint"], headers)
        same = found.get("sub") == claims["sub"] and claims.get("email", found.get("email")) == found.get("email")
        return checked_mail({**found, **claims} if same else claims, settings)

    async def _metadata(self) -> dict[str, Any]:
        issuer = self._settings().issuer
        found = await self._get_known(issuer.rstrip("/") + DISCOVERY)
        if found.get("issuer") != issuer:
            raise ProviderUnavailable(
                t(
                    "The sign-in service reports another issuer: {issuer}. Check sign_in.issuer in restival.yaml.",
                    issuer=found.get("issuer", "nothing"),
                )
            )
        return found

    async def _keys(self, metadata: Mapping[str, Any], *, anew: bool = False) -> KeySet:
        return KeySet.import_key_set(await self._get_known(metadata["jwks_uri"], anew=anew))  # type: ignore[arg-type]

    async def _get_known(self, address: str, *, anew: bool = False) -> dict[str, Any]:
        at, found = self._known.get(address, (0.0, {}))
        if anew or not found or time.monotonic() - at > KNOWN_SECONDS:
            found = await self._get(address)
            self._known[address] = time.monotonic(), found
        return found

    async def _get(self, address: str, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
        try:
            async with httpx2.AsyncClient(timeout=TIMEOUT_SECONDS) as client:
                answer = await client.get(address, headers=headers)
                found: dict[str, Any] = answer.raise_for_status().json()
        except (httpx2.HTTPError, ValueError) as error:
            raise _unavailable(error) from None
        return found


def checked_mail(told: Mapping[str, Any], settings: OidcSignIn) -> str:
    """Returns the mail that a provider tells, which it has to have verified: whoever could name any there would be
    anybody here. Raises ProviderRefused."""
    mail, claim = told.get("email"), settings.verified_claim
    if not mail or not isinstance(mail, str):
        raise ProviderRefused(t("The sign-in service didn't send your email address."))
    if not settings.trust_email and told.get(claim) is None:
        raise ProviderRefused(
            t(
                "The sign-in service doesn't say whether {mail} is verified: the claim {claim} is missing. Ask an "
                "administrator to set sign_in.verified_claim or sign_in.trust_email in restival.yaml.",
                mail=mail,
                claim=claim,
            )
        )
    verified = told.get(claim) is True if claim == EMAIL_VERIFIED else told.get(claim) in VERIFIED
    if not settings.trust_email and not verified:
        raise ProviderRefused(
            t(
                "The sign-in service says that {mail} isn't verified: {claim} is {value}. Verify the address "
                "there, or ask an administrator to set sign_in.trust_email in restival.yaml.",
                mail=mail,
                claim=claim,
                value=json.dumps(told[claim])[:100],
            )
        )
    return mail.strip().lower()


def _is_asked_anew(claims: Mapping[str, Any], attempt: Attempt) -> bool:
    """A provider may pass over that it was asked to have the person sign in again; its token tells."""
    at = claims.get("auth_time")
    signed_in = datetime.fromtimestamp(at, UTC) if isinstance(at, int | float) else None
    return signed_in is not None and signed_in >= attempt.at - timedelta(seconds=LEEWAY_SECONDS)


def _why(told: Mapping[str, str]) -> str:
    if told.get("error") == "access_denied":
        return t("The sign-in was declined.")
    why = told.get("error_description") or told.get("error") or "?"
    return t("The sign-in service reports: {why}", why=why[:300])


def _unavailable(error: Exception) -> ProviderUnavailable:
    return ProviderUnavailable(
        t("The sign-in service can't be reached ({error}). Try again in a moment.", error=type(error).__name__)
    )
