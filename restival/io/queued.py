"""An action that was prepared for somebody: it waits for them to start it."""

from typing import Any, ClassVar

from pydantic import BaseModel

from restival.io.core.call import Choice, Kind
from restival.io.core.component import Component, IOCall
from restival.io.model.form import ModelForm

START = Choice(label="Start", value="start")


class Queued(IOCall[None]):
    """Shows the parameters that were prepared, and waits for somebody to start the action with them."""

    kind: ClassVar[Kind] = "start"

    def __init__(self, form: ModelForm[BaseModel], params: BaseModel) -> None:
        self._form = form
        self._form.default_value = params
        self._form.disabled = True
        self.choices = [START]

    def fields(self) -> list[tuple[str, Component[Any]]]:
        """The parameters, which are fixed by now."""
        return [("params", self._form)]

    def collect(self, values: dict[str, Any]) -> None:
        """Nothing: they are known."""
