"""One widget for each component.

Importing this package imports all of its modules, so that each widget registers itself, and NiceGUI knows the scripts
of all of them before it serves a page.
"""

from importlib import import_module
from pkgutil import walk_packages

for module in walk_packages(__path__, f"{__name__}."):
    import_module(module.name)
