"""Who a person is and what they may do: pure functions, asked by pages, events and the API alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal, Protocol

from restival.access.person import EVERYONE, Person
from restival.i18n import t

Right = Literal["see", "run", "answer", "view_history", "manage"]
IMPLIED: Mapping[Right, frozenset[Right]] = {
    "see": frozenset({"see"}),
    "run": frozenset({"see", "run"}),
    "answer": frozenset({"see", "answer"}),
    "view_history": frozenset({"see", "view_history"}),
    "manage": frozenset({"see", "run", "answer", "view_history", "manage"}),
}
"""What a right brings with it."""
ALL = IMPLIED["manage"]
OPEN: Mapping[str, Sequence[Right]] = {"*": ("run", "answer", "view_history")}
"""What everybody may do where the settings say nothing about it."""


DECLARED: frozenset[Right] = frozenset().union(*(IMPLIED[right] for right in OPEN["*"]))
"""What an action's own declaration gives to the roles that it names."""


class Guarded(Protocol):
    """What rights are asked for: an action or a page."""

    @property
    def slug(self) -> str:
        """Its address, which begins with its folders."""

    @property
    def roles(self) -> tuple[str, ...]:
        """Who it is for by its declaration; empty for everybody."""


class Assignable(Protocol):
    """Whom a question waits for."""

    @property
    def named(self) -> bool:
        """Whether it waits for these people alone, whatever rights others have."""

    @property
    def runs(self) -> bool:
        """Whether to answer is to start an action."""

    def can_answer(self, person: Person) -> bool:
        """Whether it is the person's to answer."""

    def involves(self, person: Person) -> bool:
        """Whether the person is among those that it waits for."""

    def is_eligible(self, person: Person) -> bool:
        """Whether it could be handed to the person."""


@dataclass(frozen=True)
class Involvement:
    """Whose a transaction is, as far as rights depend on it. `starter` is None while that isn't known yet; `asked` are
    those to whom it was handed, as long as they have had to do with it."""

    starter: Person | None
    ended: bool = False
    answered_by: tuple[Person, ...] = ()
    hands: Assignable | None = None
    queued_by: Person | None = None
    asked: tuple[Person, ...] = ()


@dataclass(frozen=True)
class Reason:
    """Why a person may do something, or may not."""

    rights: frozenset[Right]
    text: str


class Access:
    """The rights of roles, as the settings tell them: by role, rights by pattern.

    A pattern is the address of an action, a page or a folder, in which * stands for any name; it holds for everything
    below. Of the patterns of one role the most specific one counts; a person has the rights of all their roles. An
    action that names roles in its declaration is for these alone, whatever the patterns of others say: there is no way
    round a role that was asked for.
    """

    def __init__(self, roles: Mapping[str, Mapping[str, Sequence[Right]]]) -> None:
        self._roles = {EVERYONE: OPEN, **roles}

    def may(self, person: Person, right: Right, guarded: Guarded | None) -> bool:
        """Whether a person has a right on an action or a page."""
        return right in self.rights(person, guarded)

    def may_view(self, person: Person, guarded: Guarded | None, standing: Involvement) -> bool:
        """Whether a person may see a transaction: by right, because it is theirs, because they (might) answer it, or
        because it is or was in their hands."""
        rights = self.rights(person, guarded)
        theirs = standing.starter is None or any(map(person.same_as, _involved(standing)))
        by_right = rights & {"view_history"} or (theirs and rights) or ("answer" in rights and not standing.ended)
        return bool(by_right) or self._was_asked(person, guarded, standing)

    def _was_asked(self, person: Person, guarded: Guarded | None, standing: Involvement) -> bool:
        hands = standing.hands
        asked = hands is not None and hands.named and hands.involves(person)
        return (asked or any(map(person.same_as, standing.asked))) and self._may_be_asked(person, guarded)

    def _may_be_asked(self, person: Person, guarded: Guarded | None) -> bool:
        """Whether something may be in a person's hands: rights aren't asked for, but the declaration's roles are."""
        if guarded is None:
            return self.manages(person)
        return person.known and person.has_one_of(guarded.roles)

    def may_be_handed(self, person: Person, guarded: Guarded | None, hands: Assignable) -> bool:
        """Whether a question can be put into a person's hands."""
        fits = self._may_be_asked(person, guarded) and hands.is_eligible(person)
        return fits and (not hands.runs or self.may(person, "run", guarded))

    def may_hand_on(self, person: Person, guarded: Guarded | None, standing: Involvement) -> bool:
        """Whether a person may put what waits into other hands: who may answer it, and who manages the action."""
        if standing.hands is None or standing.ended:
            return False
        return self.may_answer(person, guarded, standing) or self.may(person, "manage", guarded)

    def may_answer(self, person: Person, guarded: Guarded | None, standing: Involvement) -> bool:
        """Whether a person may answer what a transaction asks: by right, or because they have started it; what is in
        somebody's hands, they alone."""
        hands = standing.hands
        if hands is not None and not hands.can_answer(person):
            return False
        if hands is not None and hands.named:
            return self.may_be_handed(person, guarded, hands)
        rights = self.rights(person, guarded)
        own = standing.starter is not None and person.same_as(standing.starter)
        return "answer" in rights or (own and "run" in rights)

    def may_cancel(self, person: Person, guarded: Guarded | None, standing: Involvement) -> bool:
        """Whether a person may cancel a transaction: their own, or as who manages the action."""
        rights = self.rights(person, guarded)
        own = standing.starter is not None and person.same_as(standing.starter)
        return "manage" in rights or (own and "run" in rights)

    def rights(self, person: Person, guarded: Guarded | None) -> frozenset[Right]:
        """All rights of a person on an action or a page; None is one that isn't declared any more, which only those
        have rights on who manage the app."""
        if guarded is None:
            return ALL if self.manages(person) else frozenset()
        if person.developer:
            return ALL
        if not person.known or not person.has_one_of(guarded.roles):
            return frozenset()
        given = [self._given(role, guarded.slug) for role in self._of(person)]
        return frozenset().union(DECLARED if guarded.roles else (), *(found[1] for found in given if found))

    def manages(self, person: Person) -> bool:
        """Whether a person manages the app as a whole: has that right on everything."""
        return person.developer or (
            person.known and any("manage" in self._roles[role].get("*", ()) for role in self._of(person))
        )

    def reasons(self, person: Person, guarded: Guarded) -> list[Reason]:
        """Where each of a person's rights comes from, or what keeps them from having any."""
        if person.developer:
            return [Reason(ALL, t("Sign-in is off: anyone who can reach the app has all permissions."))]
        if not person.has_one_of(guarded.roles):
            asked = t(" or ").join(guarded.roles)
            told = t(
                "The declaration requires the role {roles}, which {name} doesn't have.", roles=asked, name=person.name
            )
            return [Reason(frozenset(), told)]
        found = []
        if guarded.roles:
            role = next(role for role in guarded.roles if role in person.all_roles)
            found.append(Reason(DECLARED, t("{role}: listed in the declaration.", role=role)))
        for role in self._of(person):
            if given := self._given(role, guarded.slug):
                pattern, rights = given
                words = ", ".join(sorted(rights)) or t("nothing")
                told = t("{role}: {pattern} grants {rights}.", role=role, pattern=pattern, rights=words)
                found.append(Reason(rights, told))
        return found or [Reason(frozenset(), t("None of the roles of {name} grants access.", name=person.name))]

    def _of(self, person: Person) -> list[str]:
        return [role for role in person.all_roles if role in self._roles]

    def _given(self, role: str, slug: str) -> tuple[str, frozenset[Right]] | None:
        """The pattern of a role that counts for an address, and what it gives."""
        patterns = [pattern for pattern in self._roles[role] if matches(pattern, slug)]
        if not patterns:
            return None
        pattern = max(patterns, key=_specific)
        return pattern, frozenset().union(*(IMPLIED[right] for right in self._roles[role][pattern]))


def matches(pattern: str, slug: str) -> bool:
    """Whether a pattern holds for an address: for it itself or for a folder it lies in."""
    wanted, parts = pattern.strip("/").split("/"), slug.split("/")
    return len(wanted) <= len(parts) and all(map(fnmatchcase, parts, wanted))


def _involved(standing: Involvement) -> list[Person]:
    return [who for who in (standing.starter, standing.queued_by, *standing.answered_by) if who is not None]


def _specific(pattern: str) -> tuple[int, int]:
    return pattern.count("/"), len(pattern.replace("*", ""))
