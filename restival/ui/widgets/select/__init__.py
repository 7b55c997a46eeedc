"""Widgets of `io.select.*`."""
