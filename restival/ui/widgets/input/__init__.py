"""Widgets of `io.input.*`."""
