"""Changes restival.yaml, and leaves everything else in it, comments too, as it is."""

from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap


class SettingsFile:
    """The file as it stands; `content` can be changed, and `write` puts it back at once and as a whole."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._yaml = YAML()
        self._yaml.preserve_quotes = True
        self._yaml.width = 4096
        self._yaml.indent(mapping=2, sequence=4, offset=2)
        read = self._yaml.load(file.read_text(encoding="utf-8")) if file.exists() else None
        self.content: Any = CommentedMap() if read is None else read

    def write(self) -> None:
        """Put it back."""
        out = StringIO()
        self._yaml.dump(self.content, out)
        made = self._file.with_name(f".{self._file.name}.new")
        made.write_text(out.getvalue(), encoding="utf-8")
        if self._file.exists():
            made.chmod(self._file.stat().st_mode)
        made.replace(self._file)
