"""A question that has to be answered before something happens."""

from typing import ClassVar

from restival.io.core.call import Kind
from restival.io.core.component import Component
from restival.io.input.boolean import BooleanProps


class Confirm(Component[bool]):
    """A yes-or-no question in a dialog.

    Enter answers yes, Escape answers no.
    The call is used alone, never in a group.
    """

    name = "confirm"
    props_type = BooleanProps
    kind: ClassVar[Kind] = "confirm"

    def __init__(self, label: str, help_text: str | None = None) -> None:
        super().__init__(label, BooleanProps(), help_text=help_text)
