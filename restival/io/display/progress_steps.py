"""How far something is, in steps that have names."""

from collections.abc import Sequence
from typing import Required, TypedDict

from pydantic import BaseModel

from restival.io.core.component import Props
from restival.io.core.display import RecordedDisplay


class ProgressStep(TypedDict, total=False):
    """A step with an optional description."""

    label: Required[str]
    description: str


class ShownStep(BaseModel):
    """A step as the browser sees it."""

    label: str
    description: str | None = None


class ProgressStepsProps(Props):
    """All steps, and the position of the one that is under way; after the last one all are done."""

    steps: list[ShownStep]
    current: int


class ProgressSteps(RecordedDisplay):
    """Steps in a row: completed, current, and upcoming.

    `steps` are labels, or mappings of `label` and `description`.
    `current` is the label or the position of the current step, counted from 0.
    If it equals the number of steps, all steps are completed.

    Raises ValueError for an unknown step.
    """

    name = "display.progress_steps"
    props_type = ProgressStepsProps

    def __init__(self, steps: Sequence[str | ProgressStep], *, current: int | str, label: str = "Progress") -> None:
        shown = [ShownStep(label=step) if isinstance(step, str) else ShownStep(**step) for step in steps]
        labels = [step.label for step in shown]
        if isinstance(current, str) and current not in labels:
            raise ValueError(f"current: {current!r} isn't one of the steps {', '.join(labels)}")
        at = labels.index(current) if isinstance(current, str) else current
        if not 0 <= at <= len(shown):
            raise ValueError(f"current must be from 0 to {len(shown)}, not {at}")
        super().__init__(label, ProgressStepsProps(steps=shown, current=at))
