"""No sign-in: whoever reaches the app, which then listens on this machine only, is its developer."""

import getpass
from functools import cache

from starlette.requests import HTTPConnection

from restival.access.person import Person
from restival.auth.modes.base import SignInMode
from restival.settings.sign_in import NoSignIn


@cache
def local_person() -> Person:
    """The person who runs the app, by the name of the operating system's user."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a container may run under a user id that has no name
        name = "You"
    return Person(name=name, developer=True)


class NoSignInMode(SignInMode[NoSignIn]):
    """Nobody signs in."""

    name = "none"
    settings_type = NoSignIn

    def identify(self, connection: HTTPConnection) -> Person:
        """Returns the developer."""
        return local_person()
