"""How people sign in."""

from datetime import timedelta
from typing import Annotated, Literal, NamedTuple, Self
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, field_validator, model_validator

from restival.settings.base import Duration, Network, Section


class LocalOnly(NamedTuple):
    """Why only this machine can reach the app, and what to set instead."""

    why: str
    instead: str


class SignInSettings(Section):
    """What the settings of all modes have in common."""

    @property
    def anonymous(self) -> bool:
        """Whether nobody signs in, neither here nor in front of the app."""
        return False

    @property
    def local_only(self) -> LocalOnly | None:
        """Why others can't reach the app; None if they can."""
        return None


class NoSignIn(SignInSettings):
    """Nobody signs in: the app listens on this machine only, unless `allow_remote` says otherwise."""

    mode: Literal["none"] = "none"
    allow_remote: bool = Field(False, description="listen on other addresses too")

    @property
    def anonymous(self) -> bool:
        """Nobody signs in."""
        return True

    @property
    def local_only(self) -> LocalOnly | None:
        """Others would come in as the developer."""
        if self.allow_remote:
            return None
        return LocalOnly(
            "anyone could use it without sign-in",
            "turn on sign-in (sign_in: {mode: password}). If something in front of the app authenticates users, "
            "set sign_in: {allow_remote: true} in restival.yaml",
        )


class Sessions(SignInSettings):
    """How long sessions last."""

    session: Duration = Field(timedelta(hours=12), description="how long a session lasts, such as 12h")
    idle: Duration | None = Field(
        None, description="how long a session lasts without activity, such as 30m; by default, as long as `session`"
    )


class Limits(Sessions):
    """How often people can fail."""

    attempts: int = Field(5, ge=1, le=100, description="consecutive failures before a person is locked out")
    lock: Duration = Field(timedelta(minutes=15), description="how long they are locked out, such as 15m")


class PasswordSignIn(Limits):
    """People sign in with mail and password; the hashes stand beside their names."""

    mode: Literal["password"]
    second_factor: Literal["off", "optional", "required"] = Field(
        "optional", description="whether people can or must have an authenticator app (TOTP)"
    )
    second_factor_roles: list[str] = Field([], description="roles that must have one if it is optional for others")

    @field_validator("second_factor", mode="before")
    @classmethod
    def _as_word(cls, value: object) -> object:
        """YAML reads a bare off as false."""
        return "off" if value is False else value

    @model_validator(mode="after")
    def _roles_can(self) -> Self:
        if self.second_factor == "off" and self.second_factor_roles:
            raise ValueError("second_factor is off: remove second_factor_roles, or set it to optional")
        return self


class LinkSignIn(Limits):
    """People sign in with a link that the app prints to its terminal."""

    mode: Literal["link"]

    @property
    def local_only(self) -> LocalOnly:
        """Only who runs the app sees its terminal."""
        return LocalOnly(
            "sign-in links are printed to the terminal", "choose another mode, such as sign_in: {mode: password}"
        )


class OidcSignIn(Sessions):
    """People sign in at an OpenID Connect provider, which tells their mail."""

    mode: Literal["oidc"]
    issuer: str = Field(
        pattern=r"^https?://", description="the provider's address, such as https://accounts.example.com"
    )
    client_id: str = Field(min_length=1, description="the client ID of this app at the provider")
    client_secret: str | None = Field(
        None, min_length=1, description="such as ${CLIENT_SECRET}, if the provider issued one"
    )
    verified_claim: str = Field(
        "email_verified", min_length=1, description="the claim that says whether the provider has verified the email"
    )
    trust_email: bool = Field(
        False, description="accept the email without that claim; only if users can't choose their email at the provider"
    )

    @field_validator("issuer")
    @classmethod
    def _sealed(cls, value: str) -> str:
        address = urlsplit(value)
        if address.scheme == "http" and address.hostname not in ("localhost", "127.0.0.1", "::1"):
            raise ValueError("use https: over http, anyone on the network can forge an identity")
        return value


class HeaderSignIn(SignInSettings):
    """A proxy in front of the app has signed the person in and tells who it is in a header."""

    mode: Literal["header"]
    header: str = Field("X-Forwarded-Email", pattern=r"^[A-Za-z0-9-]+$", description="the header with the email")
    trusted: list[Network] = Field(
        min_length=1, description="the addresses of the proxy, such as 10.0.0.5 or 10.0.0.0/8; only these are trusted"
    )


def _none_by_default(value: object) -> object:
    return {"mode": "none", **value} if isinstance(value, dict) else value


SignIn = Annotated[
    NoSignIn | PasswordSignIn | LinkSignIn | OidcSignIn | HeaderSignIn,
    Field(discriminator="mode"),
    BeforeValidator(_none_by_default),
]
