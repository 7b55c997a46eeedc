"""What people do with their own accounts, as another password or ending sessions, and managers with those of others."""

from collections.abc import Iterable

from restival.access.person import Person
from restival.auth.account import Accounts, OpenSession
from restival.auth.attempts import in_session
from restival.auth.audit import Audit
from restival.auth.confirmations import Confirmations
from restival.auth.factors import Factors
from restival.auth.passwords import Passwords
from restival.auth.refusals import SecondFactorNeeded
from restival.auth.sessions import Sessions


class OwnAccount:
    """A person's dealings with their own account. All raise EngineUnavailable where that can't be kept now."""

    def __init__(
        self,
        passwords: Passwords,
        factors: Factors,
        sessions: Sessions,
        confirmations: Confirmations,
        audit: Audit,
    ) -> None:
        self._passwords = passwords
        self._factors = factors
        self._sessions = sessions
        self._confirmations = confirmations
        self._audit = audit

    async def change_password(self, person: Person, present: str, wanted: str) -> None:
        """Take another password; all sessions end. Raises WrongPassword, Locked, BadPassword."""
        await self._passwords.check(person.email, present, in_session(person.session))
        await self._passwords.choose(person.email, wanted)
        self._audit.write("password changed", person)

    async def take_second_factor(self, person: Person, kept: str, password: str, code: str) -> None:
        """Ask for codes from now on; the person's other sessions end. Raises WrongPassword, Locked, WrongCode."""
        await self._passwords.check(person.email, password, in_session(person.session))
        await self._factors.take(person.email, kept, code)
        self._audit.write("second factor added", person)
        await self.end_other_sessions(person)

    async def drop_second_factor(self, person: Person, password: str) -> None:
        """Ask for codes no longer; other sessions end. Raises WrongPassword, Locked, SecondFactorNeeded."""
        await self._passwords.check(person.email, password, in_session(person.session))
        if self._factors.needed(person.email):
            raise SecondFactorNeeded
        await self._factors.drop(person.email)
        self._audit.write("second factor removed", person)
        await self.end_other_sessions(person)

    def sessions(self, person: Person) -> dict[str, OpenSession]:
        """The person's open sessions by id, the one that was active last first."""
        found = self._sessions.open(person.email)
        return dict(sorted(found.items(), key=lambda each: each[1].seen, reverse=True))

    async def end_sessions(self, person: Person, ids: Iterable[str]) -> None:
        """End some of the person's sessions."""
        found = self._sessions.open(person.email)
        until = {id: found[id].until for id in ids if id in found}
        await self._sessions.end(person.email, until)
        self._audit.write("sessions ended", person, count=len(until))

    async def end_other_sessions(self, person: Person) -> None:
        """End all of the person's sessions but this one."""
        await self.end_sessions(person, [id for id in self.sessions(person) if id != person.session])

    async def sign_out_everywhere(self, person: Person) -> None:
        """End all sessions of the person."""
        await self._sessions.end_all(person.email)
        self._audit.write("signed out", person, everywhere=True)

    async def confirm(self, person: Person, password: str) -> None:
        """Take the password as a sign that it is still the same person. Raises WrongPassword, Locked."""
        await self._passwords.check(person.email, password, in_session(person.session))
        self._confirmations.confirm(person.session)
        self._audit.write("identity confirmed", person)


class OthersAccounts:
    """The accounts of others. All raise EngineUnavailable where that can't be kept now."""

    def __init__(self, accounts: Accounts, factors: Factors, sessions: Sessions, audit: Audit) -> None:
        self._accounts = accounts
        self._factors = factors
        self._sessions = sessions
        self._audit = audit

    async def unlock(self, mail: str, by: Person) -> None:
        """Let somebody try again who has failed too often."""
        await self._accounts.change(mail, tried={})
        self._audit.write("unlocked", by, whom=mail)

    async def end_sessions(self, mail: str, by: Person) -> None:
        """Ends all sessions of a person, who has to sign in again."""
        await self._sessions.end_all(mail)
        self._audit.write("sessions ended", by, whom=mail)

    async def forget_second_factor(self, mail: str, by: Person) -> None:
        """Help somebody who has lost their authenticator app: it is asked for no longer, and all sessions end."""
        await self._factors.drop(mail)
        self._audit.write("second factor forgotten", by, whom=mail)
        await self._sessions.end_all(mail)

    async def forget_subject(self, mail: str, by: Person) -> None:
        """Have the next account at the provider count that signs in by the person's mail; all sessions end."""
        await self._accounts.change(mail, subject=None)
        self._audit.write("provider account forgotten", by, whom=mail)
        await self._sessions.end_all(mail)
