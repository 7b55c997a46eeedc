"""What a file in a project's `components/` folder is written with: see docs/guides/components.md."""

from restival.errors import RestivalError
from restival.io.core.call import Errors, InvalidAnswer, Json
from restival.io.core.open_field import OpenField
from restival.io.custom import CustomComponent as Component

__all__ = ["Component", "Errors", "InvalidAnswer", "Json", "OpenField", "RestivalError"]
