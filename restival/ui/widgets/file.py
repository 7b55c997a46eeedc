"""Files that a person uploads."""

from pydantic import ValidationError

from restival.io.call import FieldSpec, Json
from restival.io.file import FILES, FileProps, in_words
from restival.ui.widgets.parts import Part, PartWidget
from restival.ui.widgets.widget import Changed


class Upload(Part, component="file.js"):
    """A place to drop files, with a button, and each file's progress; it sends them past the websocket."""


class FileWidget(PartWidget):
    """Files that are uploaded while the form is open."""

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        props = FileProps.model_validate(spec.props)
        rules = [", ".join(props.allowed_extensions)] if props.allowed_extensions else []
        rules.append(f"up to {in_words(props.max_size)}")
        shown = {
            "field": spec.key,
            "accept": ",".join(props.allowed_extensions or []),
            "multiple": props.multiple,
            "rules": ", ".join(rules),
        }
        super().__init__(spec, changed, Upload(spec, _given(spec), **shown))

    def read(self) -> Json:
        """The files that are there."""
        return self.part.value or None


def _given(spec: FieldSpec) -> list[Json]:
    try:
        return [file.model_dump(mode="json") for file in FILES.validate_python(spec.value or [])]
    except ValidationError:
        return []
