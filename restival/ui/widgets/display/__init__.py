"""Widgets of `io.display.*`."""
