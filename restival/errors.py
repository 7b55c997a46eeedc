"""Errors with messages for users."""


class RestivalError(Exception):
    """An error with a message in plain words: what is wrong, and what to do."""


class NotAllowed(RestivalError):
    """The person can see something, but has no permission for what they tried."""
