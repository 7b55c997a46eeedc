"""Short texts, as many as are wanted."""

from restival.io.core.call import FieldSpec, Json
from restival.io.input.tags import TagsProps
from restival.ui.widgets.base.element_field import ElementField, PartWidget
from restival.ui.widgets.base.widget import Changed


class Tags(ElementField, component="tags.js"):
    """Tags with a field that adds to them; what is typed and not yet added counts as a tag."""


class TagsWidget(PartWidget):
    """Tags that are typed, or chosen from suggestions."""

    component = "input.tags"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        props = TagsProps.model_validate(spec.props)
        value = [str(tag) for tag in spec.value] if isinstance(spec.value, list) else []
        shown = {"suggestions": props.suggestions, "placeholder": props.placeholder or "", "most": props.max_tags}
        super().__init__(spec, changed, Tags(spec, value, **shown))

    @classmethod
    def in_words(cls, spec: FieldSpec, answer: Json) -> str:
        """The tags, one after the other."""
        return ", ".join(answer)
