"""The ways to sign in, one file each."""

from typing import Any

from restival.auth.modes.base import SignInMode
from restival.auth.modes.header import HeaderMode
from restival.auth.modes.link import LinkMode
from restival.auth.modes.none import NoSignInMode
from restival.auth.modes.oidc import OidcMode
from restival.auth.modes.password import PasswordMode

MODES: tuple[type[SignInMode[Any]], ...] = (NoSignInMode, PasswordMode, LinkMode, OidcMode, HeaderMode)
