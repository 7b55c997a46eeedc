"""How far something is."""

from html import escape

from nicegui import ui

from restival.i18n import t
from restival.io.core.call import FieldSpec
from restival.io.display.progress_steps import ProgressStepsProps, ShownStep
from restival.ui.elements.content.html import tag
from restival.ui.widgets.base.widget import Changed, Widget


class ProgressStepsWidget(Widget):
    """Steps in a row, on phones one under the other."""

    component = "display.progress_steps"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        props = ProgressStepsProps.model_validate(spec.props)
        steps = "".join(_step(step, at, props.current) for at, step in enumerate(props.steps))
        name = spec.label or t("Progress")
        label = tag("div", spec.label, "r-label") if spec.label else ""
        self.root = ui.html(
            f'{label}<ol class="r-steps" aria-label="{escape(name)}">{steps}</ol>',
            sanitize=False,
        ).classes("r-display")


def _step(step: ShownStep, at: int, current: int) -> str:
    state = "done" if at < current else "now" if at == current else "next"
    words = {"done": t("done"), "now": t("in progress"), "next": t("upcoming")}[state]
    mark = "✓" if state == "done" else str(at + 1)
    about = tag("span", step.description, "r-hint") if step.description else ""
    here = ' aria-current="step"' if state == "now" else ""
    return (
        f'<li class="r-step r-step-{state}"{here}><span class="r-step-mark" aria-hidden="true">{mark}</span>'
        f'<span class="r-step-words">{tag("span", step.label, "r-step-label")}'
        f"{tag('span', f' ({words})', 'r-unseen')}{about}</span></li>"
    )
