"""Writes people into restival.yaml, and leaves everything else in it, comments too, as it is."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from restival.errors import RestivalError
from restival.settings.file_editor import SettingsFile
from restival.settings.people import Individual


class NoSuchPerson(RestivalError):
    """Nobody in the settings has that mail."""

    def __init__(self, mail: str) -> None:
        super().__init__(f"people: nobody has the mail {mail}.")


class PersonExists(RestivalError):
    """Somebody in the settings has that mail already."""

    def __init__(self, mail: str) -> None:
        super().__init__(f"people: {mail} is there already; `restival user reset` gives another password.")


def add_person(file: Path, mail: str, name: str, roles: Sequence[str], password: str) -> None:
    """Add somebody with the hash of a password. Raises PersonExists."""
    try:
        Individual(mail=mail, name=name, roles=list(roles), password=password)
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False)
        raise RestivalError("\n".join(f"{each['loc'][0]}: {each['msg']}" for each in wrong)) from None
    settings = SettingsFile(file)
    people = settings.content.setdefault("people", CommentedSeq())
    if _found(people, mail) is not None:
        raise PersonExists(mail)
    person: dict[str, Any] = {"mail": mail, "name": name, "roles": CommentedSeq(roles), "password": password}
    person["roles"].fa.set_flow_style()
    people.append(CommentedMap(person))
    settings.write()


def set_password(file: Path, mail: str, password: str) -> None:
    """Put the hash of another password. Raises NoSuchPerson."""
    settings = SettingsFile(file)
    person = _found(settings.content.get("people", []), mail)
    if person is None:
        raise NoSuchPerson(mail)
    person["password"] = password
    settings.write()


def reset_second_factor(file: Path, mail: str, at: datetime) -> None:
    """Have a second factor forgotten that the person has added before. Raises NoSuchPerson."""
    settings = SettingsFile(file)
    person = _found(settings.content.get("people", []), mail)
    if person is None:
        raise NoSuchPerson(mail)
    person["second_factor_reset"] = at.isoformat()
    settings.write()


def remove_person(file: Path, mail: str) -> None:
    """Take somebody out. Raises NoSuchPerson."""
    settings = SettingsFile(file)
    people = settings.content.get("people", [])
    person = _found(people, mail)
    if person is None:
        raise NoSuchPerson(mail)
    people.remove(person)
    if not people:
        del settings.content["people"]
    settings.write()


def _found(people: Sequence[Any], mail: str) -> Any:
    return next((each for each in people if str(each.get("mail", "")).lower() == mail.lower()), None)
