"""What is to be approved, and room for a word about it."""

from nicegui import ui

from restival.i18n import t, tn
from restival.io.approve import ApproveProps
from restival.io.core.call import Errors, FieldSpec, Json
from restival.ui.elements.content.votes import decision_html
from restival.ui.elements.text import text
from restival.ui.elements.text_field import TextField
from restival.ui.widgets.base.widget import Changed, Widget
from restival.ui.widgets.input.text import written

LINES = 2


class ApproveWidget(Widget):
    """The question as a heading, and a field for the comment; the form's buttons decide."""

    component = "approve"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        props = ApproveProps.model_validate(spec.props)
        with ui.element("div").classes("r-approve") as self.root:
            text("h2", spec.label, "r-h2")
            if spec.help_text:
                text("p", spec.help_text, "r-hint")
            if props.quorum > 1:
                text("p", tn("{count} approval needed.", "{count} approvals needed.", props.quorum), "r-hint")
            self._comment = TextField(
                t("Comment"),
                written(spec.value),
                on_change=self._changed,
                attributes={"rows": LINES, "style": f"--rows: {LINES}"},
                multiline=True,
                hint=t("Required to reject"),
            )

    def read(self) -> Json:
        """The comment."""
        return self._comment.value or None

    def show_errors(self, errors: Errors) -> None:
        """Show the message under the comment."""
        self._comment.error = errors.get("")
        self.wrong = bool(errors)

    def _changed(self) -> None:
        self._comment.error = None
        self.changed()

    @classmethod
    def value_html(cls, spec: FieldSpec, answer: Json) -> str:
        """The decision, and who has voted."""
        return decision_html(answer)
