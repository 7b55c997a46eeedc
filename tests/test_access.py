"""Who may do what: patterns, roles, declarations, and the reasons."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from restival.access.assignment import Assignee, Assignment, Vote
from restival.access.person import NOBODY, Person
from restival.access.rights import ALL, Access, Involvement, matches


@dataclass(frozen=True)
class Place:
    slug: str
    roles: tuple[str, ...] = ()


ADA = Person(name="Ada", email="ada@example.com", roles=("support",))
REFUND, SALARIES = Place("shop/refund"), Place("finance/pay/salaries")


@pytest.mark.parametrize(
    ("pattern", "slug", "matched"),
    [
        ("*", "shop/refund", True),
        ("shop", "shop/refund", True),
        ("shop/*", "shop/refund", True),
        ("shop/*", "shop", False),
        ("shop/ref*", "shop/refund", True),
        ("*/refund", "shop/refund", True),
        ("shop", "shopping/list", False),
        ("shop/refund", "shop/refund-a-charge", False),
        ("finance", "finance/pay/salaries", True),
        ("finance/*/salaries", "finance/pay/salaries", True),
    ],
)
def test_patterns(pattern: str, slug: str, matched: bool) -> None:
    assert matches(pattern, slug) is matched


def test_without_roles_everybody_signed_in_may_use_everything_and_manages_nothing() -> None:
    access = Access({})
    assert access.rights(ADA, REFUND) == {"see", "run", "answer", "view_history"}
    assert not access.manages(ADA)
    assert access.rights(NOBODY, REFUND) == frozenset()


def test_rights_bring_what_they_need_and_add_up_over_roles() -> None:
    access = Access({"everyone": {}, "support": {"shop": ["run"]}, "audit": {"*": ["view_history"]}})
    assert access.rights(ADA, REFUND) == {"see", "run"}
    assert access.rights(ADA, SALARIES) == frozenset()
    both = ADA.model_copy(update={"roles": ("support", "audit")})
    assert access.rights(both, REFUND) == {"see", "run", "view_history"}
    assert access.rights(both, SALARIES) == {"see", "view_history"}


def test_of_one_roles_patterns_the_most_specific_one_counts() -> None:
    access = Access({"everyone": {"*": ["run"], "finance": [], "finance/pay/*": ["see"]}})
    assert access.may(ADA, "run", REFUND)
    assert access.rights(ADA, Place("finance/close-month")) == frozenset()
    assert access.rights(ADA, SALARIES) == {"see"}


def test_a_closed_folder_can_have_an_open_action() -> None:
    access = Access({"everyone": {"finance": [], "finance/expenses": ["run"]}})
    assert access.may(ADA, "run", Place("finance/expenses"))
    assert not access.may(ADA, "see", SALARIES)


def test_a_declared_role_opens_to_its_people_and_to_nobody_else_not_even_to_managers() -> None:
    access = Access({"everyone": {}, "boss": {"*": ["manage"]}})
    declared = Place("shop/refund", ("support",))
    boss = Person(name="Bo", email="bo@example.com", roles=("boss",))
    assert access.may(ADA, "run", declared)
    assert access.manages(boss)
    assert access.rights(boss, declared) == frozenset()
    assert access.rights(boss, REFUND) == ALL


def test_the_developer_has_all_roles() -> None:
    developer = Person(name="Dev", developer=True)
    assert Access({"everyone": {}}).rights(developer, Place("a", ("nobody-has-this",))) == ALL


def test_reasons_name_role_pattern_and_rights() -> None:
    access = Access({"everyone": {"finance": []}, "support": {"shop": ["run"]}})
    [reason] = access.reasons(ADA, REFUND)
    assert (reason.rights, reason.text) == ({"see", "run"}, "support: shop grants run, see.")
    assert [reason.text for reason in access.reasons(ADA, SALARIES)] == ["everyone: finance grants nothing."]
    [refused] = access.reasons(ADA, Place("shop/refund", ("finance", "boss")))
    assert refused.text == "The declaration requires the role finance or boss, which Ada doesn't have."
    assert [each.text for each in access.reasons(ADA, Place("x"))] == ["None of the roles of Ada grants access."]
    [named] = access.reasons(ADA, Place("x", ("support",)))
    assert named.text == "support: listed in the declaration."


def test_one_person_is_known_by_mail_else_by_name() -> None:
    assert ADA.same_as(ADA.model_copy(update={"name": "Ada L."}))
    assert not ADA.same_as(Person(name="Ada"))
    assert Person(name="Dev", developer=True).same_as(Person(name="Dev"))


BO = Person(name="Bo", email="bo@example.com", roles=("finance",))
BOSS = Person(name="Boss", email="boss@example.com", roles=("boss",))
OWNED = Access({"everyone": {}, "support": {"shop": ["answer"]}, "boss": {"*": ["manage"]}})


def test_what_is_in_somebodys_hands_is_theirs_alone() -> None:
    hands = Assignment(assignee=Assignee.of("finance"), needs=(("finance",),))
    standing = Involvement(ADA, hands=hands)
    assert OWNED.may_answer(BO, REFUND, standing)
    assert OWNED.may_view(BO, REFUND, standing)
    assert not OWNED.may_view(BO, REFUND, Involvement(ADA))
    for other in (ADA, BOSS, NOBODY):
        assert not OWNED.may_answer(other, REFUND, standing)
    assert OWNED.may_hand_on(BOSS, REFUND, standing)
    assert not OWNED.may_hand_on(ADA, REFUND, standing)


def test_a_role_that_was_asked_for_is_no_way_round() -> None:
    hands = Assignment(assignee=Assignee.of(BOSS), needs=(("finance",),))
    assert not OWNED.may_answer(BOSS, REFUND, Involvement(ADA, hands=hands))
    assert not OWNED.may_be_handed(BOSS, REFUND, hands)
    closed = Place("shop/refund", roles=("support",))
    assert not OWNED.may_answer(BO, closed, Involvement(ADA, hands=Assignment(assignee=Assignee.of(BO))))
    assert not OWNED.may_view(BO, closed, Involvement(ADA, hands=Assignment(assignee=Assignee.of(BO))))


def test_who_was_asked_may_see_what_became_of_it() -> None:
    ended = Involvement(ADA, ended=True, answered_by=(BO,), asked=(BO,))
    assert OWNED.may_view(BO, REFUND, ended)
    assert not OWNED.may_view(BO, REFUND, Involvement(ADA, ended=True))


def test_one_who_has_voted_or_taken_it_on() -> None:
    vote = Vote(by=BO, at=datetime.now(UTC), approved=True)
    hands = Assignment(needs=(("finance",),), votes=(vote,), quorum=2)
    assert not OWNED.may_answer(BO, REFUND, Involvement(ADA, hands=hands))
    assert OWNED.may_view(BO, REFUND, Involvement(ADA, hands=hands))
    cy = BO.model_copy(update={"name": "Cy", "email": "cy@example.com"})
    taken = Involvement(ADA, hands=Assignment(needs=(("finance",),), claimed_by=cy))
    assert OWNED.may_answer(cy, REFUND, taken)
    assert not OWNED.may_answer(BO, REFUND, taken)


def test_a_prepared_action_needs_the_right_to_run_it() -> None:
    hands = Assignment(assignee=Assignee.of(BO), runs=True)
    assert not OWNED.may_answer(BO, REFUND, Involvement(ADA, hands=hands))
    runs = Access({"everyone": {"shop": ["run"]}})
    assert runs.may_answer(BO, REFUND, Involvement(ADA, hands=hands))
