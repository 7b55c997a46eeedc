"""Who a person is."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

EVERYONE = "everyone"
"""The role that everybody has who is signed in."""


class Person(BaseModel):
    """Somebody who runs actions and answers forms.

    `email` may be empty where nobody signs in; `roles` are the names used in `@action(roles=[…])`. A developer, who
    runs the app on their own machine without sign-in, has all roles.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    email: str = ""
    roles: tuple[str, ...] = ()
    developer: bool = False
    program: bool = False
    """It calls the API by a key, and has the roles of that key only, not that of everybody."""
    session: str = Field("", exclude=True, repr=False)
    """The sign-in that the person acts by; it isn't kept anywhere."""

    @property
    def known(self) -> bool:
        """Whether it is somebody: not the one who isn't signed in."""
        return self.developer or bool(self.email)

    def has_one_of(self, roles: Sequence[str]) -> bool:
        """Whether the person has one of these roles; of none everybody has one."""
        return not roles or self.developer or bool({*self.all_roles} & set(roles))

    @property
    def all_roles(self) -> tuple[str, ...]:
        """The person's own roles, and that of everybody."""
        return self.roles if self.program else (EVERYONE, *(role for role in self.roles if role != EVERYONE))

    @property
    def identity(self) -> str:
        """The email, or the name if no one signs in."""
        return self.email or self.name

    def same_as(self, other: "Person") -> bool:
        """Returns whether both are the same person: by email, or by name if no one signs in."""
        return self.email == other.email if self.email or other.email else self.name == other.name


NOBODY = Person(name="")
"""Who isn't signed in, or is no longer: may do nothing."""
