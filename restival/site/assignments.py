"""Putting what waits into other hands, with the checks that pages and the API share."""

from collections.abc import Iterable

from pydantic import BaseModel

from restival.access.assignment import Assignee, Assignment
from restival.access.person import EVERYONE, Person
from restival.access.rights import Guarded
from restival.actions.action import Action
from restival.engine.client.client import Client
from restival.engine.client.errors import AlreadyAnswered
from restival.engine.state.records import StartOptions
from restival.engine.state.transaction import Transaction
from restival.errors import NotAllowed, RestivalError
from restival.i18n import t
from restival.io.core.call import PendingCall
from restival.site.site import Site


class NotTheirs(RestivalError):
    """What waits can't be put into these hands."""

    def __init__(self, name: str) -> None:
        super().__init__(t("The question can't be assigned to {name}.", name=name))


def name_of(site: Site, assignee: Assignee) -> str:
    """What a person or a role is called: people are known by their mail."""
    known = site.person(assignee.email) if assignee.email else None
    return known.name if known else assignee.name


def waits_for(site: Site, hands: Assignment | None) -> str:
    """Whom a question waits for, in words; empty where that may be anybody with the right."""
    if hands is None:
        return ""
    if hands.claimed_by is None and hands.assignee is not None:
        return name_of(site, hands.assignee)
    return hands.waits_for


def candidates(site: Site, guarded: Guarded | None, hands: Assignment) -> list[Assignee]:
    """The people and roles that a question can be handed to: people first, each by name."""
    people = [person for person in site.people() if site.access.may_be_handed(person, guarded, hands)]
    roles = {role for person in people for role in person.roles if role != EVERYONE}
    named = sorted(map(Assignee.of, people), key=lambda each: each.name.lower())
    return [*named, *(Assignee(name=role, is_role=True) for role in sorted(roles))]


def has_candidates(site: Site, guarded: Guarded | None, hands: Assignment) -> bool:
    """Whether there is anybody else whom a question can be handed to."""
    others = (person for person in site.people() if Assignee.of(person) != hands.assignee)
    return any(site.access.may_be_handed(person, guarded, hands) for person in others)


def to_be_run(note: str = "") -> Assignment:
    """The hands of an action that is prepared for somebody."""
    return Assignment(runs=True, note=note)


def find_assignee(among: Iterable[Assignee], word: str) -> Assignee:
    """Whom a mail or a role means. Raises NotTheirs."""
    wanted = word.strip()
    for each in among:
        if (each.name if each.is_role else each.email) == (wanted if each.is_role else wanted.lower()):
            return each
    raise NotTheirs(wanted)


def may_claim(site: Site, person: Person, view: Transaction) -> bool:
    """Whether a person can take on what several people are asked."""
    hands, standing = view.pending.hands if view.pending else None, view.standing
    if hands is None or not hands.can_be_claimed(person, standing.starter):
        return False
    return site.access.may_answer(person, site.registry.get(view.slug), standing)


def may_give_back(site: Site, person: Person, view: Transaction) -> bool:
    """Whether a person can let others do again what somebody has taken on: who has done so and may still answer it, or
    who manages it."""
    hands, action = view.pending.hands if view.pending else None, site.registry.get(view.slug)
    if hands is None or hands.claimed_by is None:
        return False
    theirs = hands.claimed_by.same_as(person) and site.access.may_answer(person, action, view.standing)
    return theirs or site.access.may(person, "manage", action)


def may_hand_on(site: Site, person: Person, view: Transaction) -> bool:
    """Whether a person can put what waits into other hands."""
    return site.access.may_hand_on(person, site.registry.get(view.slug), view.standing)


async def claim(client: Client, site: Site, view: Transaction, by: Person) -> None:
    """Take on what several people are asked. Raises NotAllowed, ChangedHands, AlreadyAnswered."""
    pending = _pending(view)
    if not may_claim(site, by, view):
        raise NotAllowed(t("You can't claim this question."))
    await client.change_hands(view.id, pending, "claim", by)


async def give_back(client: Client, site: Site, view: Transaction, by: Person) -> None:
    """Let the others do it. Raises NotAllowed, ChangedHands, AlreadyAnswered."""
    pending = _pending(view)
    if not may_give_back(site, by, view):
        raise NotAllowed(t("You can't unassign this question."))
    await client.change_hands(view.id, pending, "give back", by)


async def hand_on(client: Client, site: Site, view: Transaction, by: Person, to: str, note: str = "") -> None:
    """Put it into the hands of a person (by mail) or a role.

    Raises NotAllowed, NotTheirs, ChangedHands, AlreadyAnswered.
    """
    pending = _pending(view)
    if not may_hand_on(site, by, view):
        raise NotAllowed(t("You can't reassign this question."))
    among = candidates(site, site.registry.get(view.slug), pending.hands)
    await client.change_hands(view.id, pending, "hand", by, find_assignee(among, to), note)


async def queue(
    client: Client,
    site: Site,
    action: Action,
    params: BaseModel,
    by: Person,
    to: str,
    options: StartOptions | None = None,
    transaction: str | None = None,
) -> str:
    """Prepare an action for a person (by mail) or a role, and give the transaction's id.

    Raises NotAllowed where the person may not run it themselves, NotTheirs, AnswerTooLarge.
    """
    if not site.access.may(by, "run", action):
        raise NotAllowed(t("You can see this action, but you don't have permission to run it."))
    among = candidates(site, action, to_be_run())
    return await client.start(action, params, by, transaction, find_assignee(among, to), options)


def _pending(view: Transaction) -> PendingCall:
    if view.pending is None:
        raise AlreadyAnswered(None)
    return view.pending
