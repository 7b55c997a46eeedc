"""The command line: `restival run`, and what `app.py` does with its own."""

import contextlib
import json
import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console

from restival.app.app import serve
from restival.cli.key import key
from restival.cli.user import user
from restival.errors import RestivalError
from restival.settings import Settings, load_settings

Host = Annotated[str | None, typer.Option(help="The host to listen on (RESTIVAL_HOST).", show_default="127.0.0.1")]
Port = Annotated[int | None, typer.Option(help="The port to listen on (RESTIVAL_PORT).", show_default="8000")]
Data = Annotated[Path | None, typer.Option(help="The folder for all data (RESTIVAL_DATA).", show_default=".restival")]
Reload = Annotated[bool | None, typer.Option("--reload", help="Reload actions when they change (RESTIVAL_RELOAD).")]

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Internal tools as durable Python functions.",
)


app.add_typer(user)
app.add_typer(key)


@app.command()
def run(
    project: Annotated[Path, typer.Argument(help="A folder with actions/.")] = Path(),
    host: Host = None,
    port: Port = None,
    data: Data = None,
    reload: Reload = None,
) -> None:
    """Serve a project folder until Ctrl-C."""
    _run(project, {"host": host, "port": port, "data": data, "reload": reload})


@app.command()
def schema() -> None:
    """Print the JSON Schema of restival.yaml, for editors that check and complete it."""
    print(json.dumps(Settings.model_json_schema(), indent=2))  # noqa: T201  # what the command is for


def run_project(project: Path) -> None:
    """Serve this project with the options of the command line, as an `app.py` does."""
    own = typer.Typer(add_completion=False)

    @own.command()
    def serve_project(host: Host = None, port: Port = None, data: Data = None, reload: Reload = None) -> None:
        """Serve this project until Ctrl-C."""
        _run(project, {"host": host, "port": port, "data": data, "reload": reload})

    own()


def main() -> None:
    """The command `restival`."""
    app()


def _run(project: Path, options: dict[str, Any]) -> None:
    out, problems = Console(highlight=False, soft_wrap=True), Console(stderr=True, highlight=False, soft_wrap=True)
    root = project.resolve()
    if options["data"] is not None:
        options["data"] = options["data"].resolve()
    try:
        if not root.is_dir():
            _fail(problems, f"The folder {root} doesn't exist.")
        with contextlib.suppress(KeyboardInterrupt):
            serve(root, lambda: load_settings(root, options), out)
        out.print("\n  Stopped. Nothing is lost.")
    except RestivalError as error:
        _fail(problems, str(error))


def _fail(out: Console, message: str) -> NoReturn:
    out.print(message, style="red", markup=False)
    sys.exit(1)
