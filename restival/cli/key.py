"""`restival key`: keys by which programs call the API, from the command line."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from restival.auth.keys import add_key
from restival.cli.user import Project, name_unknown_roles, told
from restival.errors import RestivalError
from restival.settings import FILE, load_settings
from restival.settings.people_editor import remove_key

Name = Annotated[str, typer.Argument(help="The name of the key, such as nightly-import.")]

key = typer.Typer(name="key", no_args_is_help=True, help="Keys with which programs call the API.")


@key.command()
def add(
    name: Name,
    role: Annotated[list[str] | None, typer.Option(help="A role; repeat the option for several.")] = None,
    expires: Annotated[
        str | None, typer.Option(help="The last day on which the key is valid, such as 2027-01-31 or 90d.")
    ] = None,
    project: Project = Path(),
) -> None:
    """Create a key and print it once; restival.yaml gets its hash."""
    with told():
        made = add_key(project / FILE, name, role or [], _day(expires))
        name_unknown_roles(load_settings(project, {}), role)
    print(made)  # noqa: T201  # what the command is for
    Console(stderr=True).print(
        f"{name} can call the API with this key. Save it now: it isn't shown again.", markup=False
    )


@key.command()
def remove(name: Name, project: Project = Path()) -> None:
    """Remove a key from restival.yaml; it stops working immediately."""
    with told():
        remove_key(project / FILE, name)
    Console().print(f"{name} can no longer call the API.", markup=False)


def _day(given: str | None) -> date | None:
    if given is None:
        return None
    if found := re.fullmatch(r"(\d+)d", given):
        return datetime.now(UTC).date() + timedelta(days=int(found[1]))
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise RestivalError(
            f"expires: write a date such as 2027-01-31, or a number of days such as 90d, not {given}"
        ) from None
