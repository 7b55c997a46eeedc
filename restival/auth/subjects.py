"""Whose account at the provider is whose here.

A provider's `sub` never changes and is never given to another; a mail can be both (OpenID Connect Core, 5.7).
"""

from collections.abc import Callable

from restival.auth.account import Accounts, Subject
from restival.auth.refusals import SignInRefused
from restival.i18n import t
from restival.site.site import Site


class Subjects:
    """Stores the provider's accounts of people at their first sign-in, and finds people by them afterwards."""

    def __init__(self, site: Callable[[], Site], accounts: Accounts) -> None:
        self._site = site
        self._accounts = accounts

    def mail(self, subject: Subject) -> str | None:
        """Who has signed in by that account before, whatever mail the provider tells now."""
        people = (person.email for person in self._site().people())
        return next((mail for mail in people if self._accounts.of(mail).subject == subject), None)

    async def keep(self, mail: str, subject: Subject) -> None:
        """Go by that account from now on. Raises SignInRefused if the person has another one, EngineUnavailable."""
        known = self._accounts.of(mail).subject
        if known == subject:
            return
        if known is not None and known.issuer == subject.issuer:
            raise SignInRefused(
                t(
                    "{mail} is linked to another account at the sign-in service. Ask an administrator to unlink that "
                    "account.",
                    mail=mail,
                )
            )
        for other in self._accounts.mails():
            if self._accounts.of(other).subject == subject:  # the person had another mail in the settings
                await self._accounts.change(other, subject=None)
        await self._accounts.change(mail, subject=subject)
