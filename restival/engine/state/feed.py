"""Tells open pages of this process what has changed in a transaction."""

from collections import defaultdict
from collections.abc import Callable

from pydantic import BaseModel

Listener = Callable[[str, BaseModel | None], None]


class Feed:
    """Changes of transactions' state, key by key. It keeps nothing: who missed something reads the state."""

    def __init__(self) -> None:
        self._of_all: list[Callable[[str, str, BaseModel | None], None]] = []
        self._listeners: defaultdict[str, list[Listener]] = defaultdict(list)

    def follow_all(self, listener: Callable[[str, str, BaseModel | None], None]) -> None:
        """Call `listener` with the transaction and each change of any, as long as the app runs."""
        self._of_all.append(listener)

    def publish(self, transaction: str, key: str, value: BaseModel | None) -> None:
        """Tell everybody who follows the transaction."""
        for of_all in self._of_all:
            of_all(transaction, key, value)
        for listener in list(self._listeners.get(transaction, ())):
            listener(key, value)

    def follow(self, transaction: str, listener: Listener) -> Callable[[], None]:
        """Call `listener` with each change from now on; the returned function ends that."""
        self._listeners[transaction].append(listener)

        def leave() -> None:
            listeners = self._listeners.get(transaction, [])
            if listener in listeners:
                listeners.remove(listener)
            if not listeners:
                self._listeners.pop(transaction, None)

        return leave

    @property
    def followed(self) -> list[str]:
        """The transactions that somebody follows."""
        return list(self._listeners)
