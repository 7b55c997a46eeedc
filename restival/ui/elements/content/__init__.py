"""Texts, values and answers as HTML."""
