"""Whose code runs here."""

from contextvars import ContextVar

transaction: ContextVar[str] = ContextVar("restival_transaction")
"""The id of the transaction that runs here, also in its recorded work; where a page is read, the page's address."""
