"""Pydantic models as forms."""
