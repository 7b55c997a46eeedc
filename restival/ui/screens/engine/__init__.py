"""The engine screen."""
