"""Sign-in at an OpenID Connect provider."""

from restival.auth.modes.base import SessionMode, Shared
from restival.auth.oidc import Oidc
from restival.auth.signing import fingerprint
from restival.auth.subjects import Subjects
from restival.settings.sign_in import OidcSignIn


class OidcMode(SessionMode[OidcSignIn]):
    """A provider signs people in."""

    name = "oidc"
    settings_type = OidcSignIn
    has_provider_accounts = True
    leaves_the_app = True
    proof = "sign in"

    def __init__(self, shared: Shared) -> None:
        super().__init__(shared)
        self.subjects = Subjects(shared.site, shared.accounts)
        self.oidc = Oidc(lambda: self.settings, self.subjects.mail)

    def standing(self, mail: str) -> str:
        """Another provider ends sessions."""
        return fingerprint(self.settings.issuer)
