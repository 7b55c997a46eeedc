"""Scripts of the project's components, which NiceGUI registers once for all."""

from collections.abc import Collection
from pathlib import Path

from nicegui.dependencies import js_components, vue_components

from restival.ui.session.nicegui_private import release_script_name


def release_names(folders: Collection[Path]) -> None:
    """Let scripts in these folders be registered again: NiceGUI refuses a second of one name, also of a changed file.

    What is registered stays, because open pages may still ask for it.
    """
    for script in (*js_components.copy().values(), *vue_components.copy().values()):
        if script.path.parent in folders:
            release_script_name(script)
