"""`restival user`: people and their passwords, from the command line."""

import getpass
import secrets
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from restival.auth.audit import append
from restival.auth.invitations import PATH as INVITATION
from restival.auth.invitations import Invitations
from restival.auth.passwords import hashed
from restival.engine.server.data_folder import DataFolder
from restival.errors import RestivalError
from restival.settings import FILE, Settings, load_settings
from restival.settings.people_editor import add_person, remove_person, reset_second_factor, set_password

Mail = Annotated[str, typer.Argument(help="The person's email, for signing in.")]
Project = Annotated[Path, typer.Option(help="The folder with restival.yaml.", show_default="here")]

user = typer.Typer(name="user", no_args_is_help=True, help="People who sign in with a password.")


@user.command()
def add(
    mail: Mail,
    name: Annotated[str, typer.Option(prompt=True, help="The name that others see.")],
    role: Annotated[list[str] | None, typer.Option(help="A role; repeat the option for several.")] = None,
    project: Project = Path(),
) -> None:
    """Add a person to restival.yaml, with the hash of a password that you enter."""
    with told():
        add_person(project / FILE, mail.strip().lower(), name, role or [], hashed(_password(), [mail, name]))
        name_unknown_roles(load_settings(project, {}), role)
    Console().print(f"{mail} can sign in now.", markup=False)


@user.command()
def reset(mail: Mail, project: Project = Path()) -> None:
    """Set a person's password, which you enter; it replaces one that they chose themselves."""
    with told():
        set_password(project / FILE, mail, hashed(_password(), [mail]))
    Console().print(f"The password of {mail} is set.", markup=False)


@user.command()
def invite(
    mail: Mail,
    name: Annotated[str | None, typer.Option(help="The name that others see, for a new person.")] = None,
    role: Annotated[list[str] | None, typer.Option(help="A role; repeat the option for several.")] = None,
    url: Annotated[
        str | None, typer.Option(help="Where people reach the app; by default, the url of restival.yaml.")
    ] = None,
    project: Project = Path(),
) -> None:
    """Print a link with which a person chooses their own password. It is valid for a week and can be used once.

    Somebody new is added to restival.yaml. Of somebody who is there already the password of before holds no longer.
    """
    with told():
        mail, nobodys = mail.strip().lower(), hashed(secrets.token_urlsafe(40))
        settings = load_settings(project, {})
        if any(each.mail == mail for each in settings.people):
            set_password(project / FILE, mail, nobodys)
        else:
            add_person(project / FILE, mail, name or mail.partition("@")[0], role or [], nobodys)
            name_unknown_roles(settings, role)
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        token = Invitations(DataFolder(settings.data).secret()).make(mail, nobodys)
    url = url or settings.url or f"http://localhost:{settings.port}"
    print(f"{url.rstrip('/')}{INVITATION}?token={token}")  # noqa: T201  # what the command is for


@user.command()
def forget_second_factor(mail: Mail, project: Project = Path()) -> None:
    """Remove the second factor of a person who has lost their authenticator app, and end their sessions."""
    with told():
        mail = mail.strip().lower()
        reset_second_factor(project / FILE, mail, datetime.now(UTC))
        data = DataFolder(load_settings(project, {}).data)
        if data.path.is_dir():
            append(data.audit_log, "second factor forgotten", f"{getpass.getuser()} by restival user", whom=mail)
    Console().print(f"{mail} can sign in without an authenticator app, or set up a new one.", markup=False)


@user.command()
def remove(mail: Mail, project: Project = Path()) -> None:
    """Remove a person from restival.yaml and end their sessions."""
    with told():
        remove_person(project / FILE, mail)
    Console().print(f"{mail} can no longer sign in.", markup=False)


def name_unknown_roles(settings: Settings, roles: Sequence[str] | None) -> None:
    """Say which of these roles restival.yaml doesn't have: they may be an action's own, or mistyped."""
    if unknown := ", ".join(role for role in roles or () if role not in settings.roles):
        known = ", ".join(settings.roles) or "none"
        Console(stderr=True).print(
            f"{FILE} has no rights for {unknown} (it has: {known}). Such a role only counts if an action names it.",
            style="yellow",
            markup=False,
        )


def _password() -> str:
    """Typed twice at a terminal, else the first line of the standard input."""
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\n")


@contextmanager
def told() -> Iterator[None]:
    """Ends the command with the message of what is wrong."""
    try:
        yield
    except RestivalError as error:
        Console(stderr=True).print(str(error), style="red", markup=False)
        raise typer.Exit(1) from None
