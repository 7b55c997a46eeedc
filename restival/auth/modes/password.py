"""Sign-in with email and password, and an authenticator app."""

from restival.auth.attempts import Attempts
from restival.auth.factors import Factors
from restival.auth.modes.base import SessionMode, Shared
from restival.auth.passwords import Passwords
from restival.auth.second_factor import SecondFactor
from restival.auth.signing import fingerprint
from restival.settings.sign_in import PasswordSignIn


class PasswordMode(SessionMode[PasswordSignIn]):
    """People have passwords, whose hashes are in the settings or with their accounts."""

    name = "password"
    settings_type = PasswordSignIn
    has_password = True
    counts_attempts = True
    proof = "password"

    def __init__(self, shared: Shared) -> None:
        super().__init__(shared)
        site, accounts = shared.site, shared.accounts
        self.attempts = Attempts(site, accounts, lambda: self.settings)
        self.factors = Factors(
            site, accounts, SecondFactor(shared.secret), self.attempts, lambda: self.settings if self.is_set else None
        )
        self.passwords = Passwords(site, accounts, self.attempts, shared.sessions)

    def standing(self, mail: str) -> str:
        """Another password ends sessions, and so does a reset of the second factor."""
        kept = self.passwords.hash_of(mail)
        reset = self.site().second_factor_reset(mail)
        return "" if kept is None else fingerprint(f"{kept} {reset.isoformat() if reset else ''}")

    def may_enter(self, mail: str) -> bool:
        """Whether the person has the second factor that they need."""
        return not self.factors.missing(mail)
