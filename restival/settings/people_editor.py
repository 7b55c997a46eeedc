"""Writes people and keys into restival.yaml, and leaves everything else in it, comments too, as it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from restival.errors import RestivalError
from restival.settings.file_editor import SettingsFile
from restival.settings.keys import Key
from restival.settings.people import Individual


class NoSuchPerson(RestivalError):
    """Nobody in the settings has that mail."""

    def __init__(self, mail: str) -> None:
        super().__init__(f"people: no one has the email {mail}.")


class PersonExists(RestivalError):
    """Somebody in the settings has that mail already."""

    def __init__(self, mail: str) -> None:
        super().__init__(f"people: {mail} already exists. Set a new password with `restival user reset`.")


class NoSuchKey(RestivalError):
    """No key in the settings has that name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"keys: no key is named {name}.")


class KeyExists(RestivalError):
    """A key in the settings has that name already."""

    def __init__(self, name: str) -> None:
        super().__init__(f"keys: {name} already exists. Remove it first with `restival key remove {name}`.")


@dataclass(frozen=True)
class EntryList:
    """A list of the settings whose entries are known by one of their fields."""

    name: str
    known_by: str
    model: type[BaseModel]
    exists: type[PersonExists | KeyExists]
    missing: type[NoSuchPerson | NoSuchKey]
    normal: Callable[[str], str] = str
    """What is compared of that field."""

    def add(self, file: Path, entry: dict[str, Any]) -> None:
        """Adds an entry. Raises RestivalError if it is there already, or can't be one."""
        try:
            self.model.model_validate(entry)
        except ValidationError as error:
            wrong = error.errors(include_url=False, include_input=False)
            raise RestivalError("\n".join(f"{each['loc'][0]}: {each['msg']}" for each in wrong)) from None
        settings = SettingsFile(file)
        entries = settings.content.setdefault(self.name, CommentedSeq())
        if self._found(entries, entry[self.known_by]) is not None:
            raise self.exists(entry[self.known_by])
        entries.append(CommentedMap({key: _written(value) for key, value in entry.items()}))
        settings.write()

    @contextmanager
    def changing(self, file: Path, wanted: str) -> Iterator[Any]:
        """Writes the entry as it is at the end of the block. Raises RestivalError if there is none."""
        settings = SettingsFile(file)
        yield self._entry(settings, wanted)
        settings.write()

    def remove(self, file: Path, wanted: str) -> None:
        """Takes an entry out, and the list with the last one. Raises RestivalError if there is none."""
        settings = SettingsFile(file)
        entry, entries = self._entry(settings, wanted), settings.content[self.name]
        entries.remove(entry)
        if not entries:
            del settings.content[self.name]
        settings.write()

    def _entry(self, settings: SettingsFile, wanted: str) -> Any:
        found = self._found(settings.content.get(self.name, []), wanted)
        if found is None:
            raise self.missing(wanted)
        return found

    def _found(self, entries: Any, wanted: str) -> Any:
        wanted = self.normal(wanted)
        return next((each for each in entries if self.normal(str(each.get(self.known_by, ""))) == wanted), None)


PEOPLE = EntryList("people", "mail", Individual, PersonExists, NoSuchPerson, str.lower)
KEYS = EntryList("keys", "name", Key, KeyExists, NoSuchKey)


def add_person(file: Path, mail: str, name: str, roles: list[str], password: str) -> None:
    """Adds somebody with the hash of a password. Raises PersonExists."""
    PEOPLE.add(file, {"mail": mail, "name": name, "roles": roles, "password": password})


def set_password(file: Path, mail: str, password: str) -> None:
    """Puts the hash of another password. Raises NoSuchPerson."""
    with PEOPLE.changing(file, mail) as person:
        person["password"] = password


def reset_second_factor(file: Path, mail: str, at: datetime) -> None:
    """Makes the app forget a second factor that the person has added before. Raises NoSuchPerson."""
    with PEOPLE.changing(file, mail) as person:
        person["second_factor_reset"] = at.isoformat()


def remove_person(file: Path, mail: str) -> None:
    """Takes somebody out. Raises NoSuchPerson."""
    PEOPLE.remove(file, mail)


def write_key(file: Path, name: str, roles: list[str], hashed: str, expires: date | None) -> None:
    """Adds a key by its hash. Raises KeyExists."""
    KEYS.add(file, {"name": name, "roles": roles, "hash": hashed} | ({"expires": expires} if expires else {}))


def remove_key(file: Path, name: str) -> None:
    """Takes a key out. Raises NoSuchKey."""
    KEYS.remove(file, name)


def _written(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    written = CommentedSeq(value)
    written.fa.set_flow_style()
    return written
