"""What all code of the process finds without being handed it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

T = TypeVar("T")


class ProcessWide(Generic[T]):
    """A value for calls that nothing can be handed to: those of pydantic, of NiceGUI, and of authors' code.

    The app object owns it: it provides the value while it runs. Nothing else does, apart from tests.
    """

    def __init__(self, otherwise: T) -> None:
        self._value = otherwise

    def get(self) -> T:
        """Returns what is provided, or if no app runs, what is there otherwise."""
        return self._value

    @contextmanager
    def provided(self, value: T) -> Iterator[None]:
        """Provides a value inside the block."""
        before, self._value = self._value, value
        try:
            yield
        finally:
            self._value = before
