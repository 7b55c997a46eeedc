"""Errors that are meant for the person who reads them."""


class RestivalError(Exception):
    """An error whose message says in plain words what is wrong and what to do."""


class NotAllowed(RestivalError):
    """Something that the person sees and may not do."""
