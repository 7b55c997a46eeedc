"""Who a person is and what they may do: pure functions, asked by pages, events and the API alike."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict


class Person(BaseModel):
    """Somebody who runs actions and answers forms.

    `email` may be empty where nobody signs in; `roles` are the names used in `@action(roles=[…])`.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    email: str = ""
    roles: tuple[str, ...] = ()
    developer: bool = False


def may_run(person: Person, roles: Sequence[str]) -> bool:
    """Whether a person may see and run an action that asks for these roles; no roles means everybody."""
    return not roles or person.developer or bool(set(roles) & set(person.roles))


def may_answer(person: Person, roles: Sequence[str]) -> bool:
    """Whether a person may answer the forms of a transaction of an action that asks for these roles."""
    return may_run(person, roles)


def may_see_traceback(person: Person) -> bool:
    """Tracebacks show code and values: only developers see them."""
    return person.developer
