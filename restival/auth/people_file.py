"""Writes people into restival.yaml, and leaves everything else in it, comments too, as it is."""

from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from restival.errors import RestivalError
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
    yaml, settings = _read(file)
    people = settings.setdefault("people", CommentedSeq())
    if _found(people, mail) is not None:
        raise PersonExists(mail)
    person: dict[str, Any] = {"mail": mail, "name": name, "roles": CommentedSeq(roles), "password": password}
    person["roles"].fa.set_flow_style()
    people.append(CommentedMap(person))
    _write(file, yaml, settings)


def set_password(file: Path, mail: str, password: str) -> None:
    """Put the hash of another password. Raises NoSuchPerson."""
    yaml, settings = _read(file)
    person = _found(settings.get("people", []), mail)
    if person is None:
        raise NoSuchPerson(mail)
    person["password"] = password
    _write(file, yaml, settings)


def remove_person(file: Path, mail: str) -> None:
    """Take somebody out. Raises NoSuchPerson."""
    yaml, settings = _read(file)
    people = settings.get("people", [])
    person = _found(people, mail)
    if person is None:
        raise NoSuchPerson(mail)
    people.remove(person)
    if not people:
        del settings["people"]
    _write(file, yaml, settings)


def _read(file: Path) -> tuple[YAML, Any]:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml, (yaml.load(file.read_text(encoding="utf-8")) if file.exists() else None) or CommentedMap()


def _found(people: Sequence[Any], mail: str) -> Any:
    return next((each for each in people if str(each.get("mail", "")).lower() == mail.lower()), None)


def _write(file: Path, yaml: YAML, settings: Any) -> None:
    out = StringIO()
    yaml.dump(settings, out)
    made = file.with_name(f".{file.name}.new")
    made.write_text(out.getvalue(), encoding="utf-8")
    if file.exists():
        made.chmod(file.stat().st_mode)
    made.replace(file)
