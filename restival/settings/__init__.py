"""What `restival.yaml`, the environment and the command line set."""

from restival.settings.load import FILE, SettingsError, load_settings
from restival.settings.settings import Settings

__all__ = ["FILE", "Settings", "SettingsError", "load_settings"]
