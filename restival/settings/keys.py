"""Keys with which programs call the API."""

from datetime import date

from pydantic import Field

from restival.settings.base import Section


class Key(Section):
    """A program that may call the API, with the rights of the roles that are named and of no other."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,59}$", description="lower-case letters, digits and . _ -")
    roles: list[str] = Field([], description="names from `roles`, or of actions' own roles")
    hash: str = Field(pattern=r"^sha256:[0-9a-f]{64}$", description="what `restival key` writes, never the key")
    expires: date | None = Field(None, description="the last day on which the key is valid (UTC), such as 2027-01-31")
