"""What a way to sign in has to say of itself: everything else asks it, and knows no mode by name."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, Literal, TypeVar

from starlette.requests import HTTPConnection

from restival.access.person import NOBODY, Person
from restival.auth.account import Accounts
from restival.auth.sessions import Sessions
from restival.settings.sign_in import Sessions as SessionSettings
from restival.settings.sign_in import SignInSettings
from restival.site.site import Site

Proof = Literal["yes", "password", "sign in"]
"""What somebody has to do to show who they are."""


@dataclass(frozen=True)
class Shared:
    """What the modes have in common."""

    site: Callable[[], Site]
    accounts: Accounts
    sessions: Sessions
    secret: bytes


S = TypeVar("S", bound=SignInSettings)
T = TypeVar("T", bound=SessionSettings)


class SignInMode(ABC, Generic[S]):
    """A way to sign in. It exists whether it is set or not, because the settings change while the app runs."""

    name: ClassVar[str]
    """The `mode` of its settings."""
    settings_type: type[S]
    has_sessions: ClassVar[bool] = False
    """Whether people sign in at the app itself, so that it has a sign-in page and knows who is signed in."""
    has_password: ClassVar[bool] = False
    counts_attempts: ClassVar[bool] = False
    """Whether too many failures lock an account, which a manager can unlock."""
    has_provider_accounts: ClassVar[bool] = False
    leaves_the_app: ClassVar[bool] = False
    """Whether the form of the sign-in page leads to another site."""
    proof: ClassVar[Proof] = "yes"
    """How people confirm their identity."""

    def __init__(self, shared: Shared) -> None:
        self.site = shared.site

    @property
    def is_set(self) -> bool:
        """Whether people sign in this way now."""
        return self.site().settings.sign_in.mode == self.name

    @property
    def settings(self) -> S:
        """Its settings, while it is set."""
        found = self.site().settings.sign_in
        assert isinstance(found, self.settings_type)
        return found

    @property
    def session_settings(self) -> SessionSettings | None:
        """How long sessions last; None if there are none."""
        return None

    @property
    def proxies(self) -> Sequence[str]:
        """Addresses of proxies that the mode trusts."""
        return ()

    def standing(self, mail: str) -> str:
        """A fingerprint of what a person's sessions rest on: once it differs, they are over. Empty if the person can't
        have any."""
        return ""

    @abstractmethod
    def identify(self, connection: HTTPConnection) -> Person:
        """Returns who has sent a request; NOBODY if that isn't known."""


class SessionMode(SignInMode[T]):
    """A way to sign in after which a session says who somebody is."""

    has_sessions = True

    def __init__(self, shared: Shared) -> None:
        super().__init__(shared)
        self._sessions = shared.sessions

    @property
    def session_settings(self) -> SessionSettings:
        """How long sessions last."""
        return self.settings

    def identify(self, connection: HTTPConnection) -> Person:
        """Returns the person of the session."""
        session = self._sessions.of(connection)
        found = self.site().person(session.mail) if session else None
        if session is None or found is None or not self.may_enter(session.mail):
            return NOBODY
        return found.model_copy(update={"session": session.id})

    def may_enter(self, mail: str) -> bool:
        """Whether a session is enough."""
        return True
