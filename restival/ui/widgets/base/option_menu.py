"""A menu whose options have descriptions and images."""

from typing import Any

from nicegui import ui

from restival.i18n import t
from restival.io.core.options import Option
from restival.ui.elements.text import text

TOO_MANY = 12
"""From so many options on, typing finds one."""
OPTION = """
<q-item v-bind="props.itemProps">
  <q-item-section v-if="props.opt.image" avatar>
    <img :src="props.opt.image" alt="" class="r-option-image">
  </q-item-section>
  <q-item-section>
    <q-item-label>{{ props.opt.label }}</q-item-label>
    <q-item-label v-if="props.opt.description" caption>{{ props.opt.description }}</q-item-label>
  </q-item-section>
  <q-item-section v-if="MANY && props.selected" side>
    <q-icon name="check" class="r-options-check" />
  </q-item-section>
</q-item>"""


def draw_menu(label: str, options: list[Option], **select: Any) -> "OptionMenu":
    """A menu with its label above it, as fields of text have theirs; Quasar's own label only names it."""
    with ui.element("div").classes("r-menu-field"):
        if label:
            text("div", label, "r-label").props("aria-hidden=true")
        return OptionMenu(options, label=label, **select)


class OptionMenu(ui.select):
    """Options under their keys. What they have besides their labels is sent with them to the browser."""

    def __init__(self, options: list[Option], **select: Any) -> None:
        self._shown = options
        super().__init__({option.key: option.label for option in options}, **select)
        self.add_slot("option", OPTION.replace("MANY", "true" if self.multiple else "false"))
        nothing = f'<q-item><q-item-section class="r-hint">{t("No matching options")}</q-item-section></q-item>'
        self.add_slot("no-option", nothing)
        self.classes("r-menu")
        self.props["popup-content-class"] = "r-options"
        self._update_options()

    def _update_options(self) -> None:
        super()._update_options()
        for shown, option in zip(self._props["options"], self._shown, strict=False):
            shown |= {"description": option.description, "image": option.image}
