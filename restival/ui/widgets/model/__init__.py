"""Widgets of models."""
