"""Restate's own APIs, and how values are recorded there."""
