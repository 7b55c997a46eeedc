"""A form without a browser: what it sends, and where it shows what is wrong."""

import asyncio

import pytest
from nicegui import Client, core
from nicegui.page import page

from restival.io.core.call import CONTINUE, InvalidAnswer, Json
from restival.io.input.number import NumberInput
from restival.io.input.text import TextInput
from restival.ui.forms.form import Form, Submit

FIELDS = [TextInput("Name").spec("name"), NumberInput("Age").spec("age")]


def drawn(take: Submit, monkeypatch: pytest.MonkeyPatch) -> Form:
    monkeypatch.setattr(core, "loop", asyncio.get_running_loop())
    with Client(page("/form")):
        return Form(FIELDS, on_submit=take, choices=[CONTINUE])


async def test_a_form_leaves_the_check_to_who_takes_the_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[dict[str, Json]] = []

    async def take(values: dict[str, Json], choice: str) -> None:
        taken.append(values)
        if len(taken) == 1:
            raise InvalidAnswer({"name": "Enter a name."})

    form = drawn(take, monkeypatch)
    name, age = form._widgets["name"], form._widgets["age"]
    await form._submit(CONTINUE, form._buttons[0], None)
    assert taken == [{"name": None, "age": None}]
    assert (name.wrong, age.wrong) == (True, False)
    await form._submit(CONTINUE, form._buttons[0], None)
    assert len(taken) == 2
    assert not name.wrong


async def test_a_busy_field_holds_the_answers_back(monkeypatch: pytest.MonkeyPatch) -> None:
    async def take(values: dict[str, Json], choice: str) -> None:
        raise AssertionError("sent")

    form = drawn(take, monkeypatch)
    form._widgets["name"].busy = "Wait for the upload."
    await form._submit(CONTINUE, form._buttons[0], None)
    assert form._widgets["name"].wrong
