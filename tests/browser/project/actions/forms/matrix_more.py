"""The fields that are more than a line or options, in each of their states: what tests/browser/test_matrix_more.py
walks through."""

from typing import Any

from restival import IO, action

PEOPLE = [{"name": name, "mail": f"{name.lower()}@example.com"} for name in ("Ada", "Bob", "Cy")]


def found(query: str) -> list[dict[str, str]]:
    return [person for person in PEOPLE if query.lower() in person["name"].lower()]


def fields(state: str) -> dict[str, Any]:
    given = state in ("default", "disabled")
    off = {"disabled": True} if state == "disabled" else {}

    def default(value: object) -> dict[str, Any]:
        return {"default_value": value, **off} if given else {}

    search = {"on_search": found, "render_result": lambda person: person["name"]}
    chosen = {"initially_selected": PEOPLE[:1], **off} if given else {}
    made = {
        "discount": IO.input.slider("Discount", min=0, max=50, step=5, help_text="About Discount.", **default(20)),
        "express": IO.input.boolean("Express", help_text="About Express.", **default(True)),
        "guests": IO.input.spreadsheet(
            "Guests",
            {"name": "string", "age": "number?"},
            help_text="About Guests.",
            **default([{"name": "Ada", "age": 36}]),
        ),
        "owner": IO.search("Owner", help_text="About Owner.", **search, **default(PEOPLE[1])),
        "winners": IO.select.table(
            "Winners",
            data=PEOPLE,
            help_text="About Winners.",
            min_selections=None if state == "optional" else 1,
            **chosen,
        ),
    }
    if not given:
        made["pin"] = IO.input.password("PIN", help_text="About PIN.", min_length=4)
    return {key: field.optional() for key, field in made.items()} if state == "optional" else made


def told(answers: dict[str, Any]) -> dict[str, Any]:
    if (pin := answers.get("pin")) is not None:
        answers["pin"] = len(pin.get_secret_value())
    return answers


@action
async def more_required(io: IO) -> dict[str, Any]:
    """Required and empty."""
    return told(dict(await io.group(**fields("required"))))


@action
async def more_default(io: IO) -> dict[str, Any]:
    """Required, with defaults."""
    return told(dict(await io.group(**fields("default"))))


@action
async def more_disabled(io: IO) -> dict[str, Any]:
    """Read-only, with defaults."""
    return told(dict(await io.group(**fields("disabled"))))


@action
async def more_optional(io: IO) -> dict[str, Any]:
    """Optional and empty."""
    return told(dict(await io.group(**fields("optional"), note=io.input.file("Scan").optional())))


@action
async def more_files(io: IO) -> dict[str, Any]:
    """A file, then the same file as a default, and read-only."""
    scan = await io.input.file("Scan", help_text="About Scan.", allowed_extensions=["txt"])
    answers = await io.group(
        again=io.input.file("Again", help_text="About Again.", default_value=scan),
        fixed=io.input.file("Fixed", help_text="About Fixed.", default_value=scan, disabled=True),
        others=io.input.file("Others").multiple(default_value=[scan]),
    )
    return {"again": await answers.again.text(), "fixed": answers.fixed.name, "others": len(answers.others)}
