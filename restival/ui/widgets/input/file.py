"""Files that a person uploads."""

import asyncio
from html import escape
from typing import Any

from nicegui import events
from pydantic import ValidationError

from restival.errors import RestivalError
from restival.i18n import t
from restival.io.core.call import FieldSpec, InvalidAnswer, Json
from restival.io.input.file import FILES, File, FileProps
from restival.io.input.file import format_size as size_in_words
from restival.io.input.presigned import state_of
from restival.ui.widgets.base.element_field import ElementField, PartWidget
from restival.ui.widgets.base.widget import Changed


class Upload(ElementField, component="file.js"):
    """A place to drop files, with a button, and each file's progress; it sends them past the websocket.

    It emits `presign` where it has to be told where to send a file, which `send` answers, and `running` with the names
    of the files that are under way.
    """


class FileWidget(PartWidget):
    """Files that are uploaded while the form is open."""

    component = "input.file"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        props = FileProps.model_validate(spec.props)
        rules = [", ".join(props.allowed_extensions)] if props.allowed_extensions else []
        rules.append(t("up to {size}", size=size_in_words(props.max_size)))
        shown = {
            "field": spec.key,
            "accept": ",".join(props.allowed_extensions or []),
            "multiple": props.multiple,
            "presigned": props.presigned,
            "rules": ", ".join(rules),
        }
        super().__init__(spec, changed, Upload(spec, _given(spec), **shown))
        self._props = props
        self._one_at_a_time = asyncio.Lock()
        self.part.on("presign", self._presign)
        self.part.on("running", self._run)

    def read(self) -> Json:
        """The files that are there."""
        return self.part.value or None

    def _run(self, event: events.GenericEventArguments) -> None:
        names = [str(name) for name in event.args] if isinstance(event.args, list) else []
        self.busy = _wait_for(names)
        if not names:
            self.part.show("")

    async def _presign(self, event: events.GenericEventArguments) -> None:
        """Ask the action where the browser may send a file."""
        where: Any = None
        failure, final = "", False
        try:
            file = state_of(event.args["file"])
            self._props.check_one(file.name, file.size)
            async with self._one_at_a_time:
                where = await self._address(file.model_dump(mode="json"))
        except InvalidAnswer as refused:
            failure, final = str(refused), True
        except RestivalError as error:
            failure = t("{name} couldn't be uploaded: {why}", name=event.args["file"]["name"], why=error)
        if not self.part.is_deleted:
            self.part.run_method("send", event.args["number"], where, failure, final)

    async def _address(self, file: Json) -> Json:
        if self.ask is None:
            raise RestivalError(t("no action is running here."))
        return await self.ask("presign", file)

    @classmethod
    def value_html(cls, spec: FieldSpec, answer: Json) -> str:
        """A link to each file."""
        return "<br>".join(_link(file) for file in FILES.validate_python(answer))


def _wait_for(names: list[str]) -> str:
    if not names:
        return ""
    if len(names) == 1:
        return t("Please wait until {name} is uploaded, or stop the upload.", name=names[0])
    return t("Please wait until {count} files are uploaded, or stop the uploads.", count=len(names))


def _given(spec: FieldSpec) -> list[Json]:
    try:
        return [file.model_dump(mode="json") for file in FILES.validate_python(spec.value or [])]
    except ValidationError:
        return []


def _link(file: File) -> str:
    to = f'href="{escape(file.url())}" target="_blank" rel="noopener noreferrer"'
    return f'<a class="r-link" {to}>{escape(file.name)}</a> ({size_in_words(file.size)})'
