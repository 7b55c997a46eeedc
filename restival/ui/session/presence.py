"""Who has a transaction's page open, in this process and right now."""

from collections import defaultdict
from collections.abc import Callable

from nicegui import Client

from restival.access.person import Person


class Presence:
    """The people at each transaction. It keeps nothing: who goes is gone."""

    def __init__(self) -> None:
        self._here: defaultdict[str, dict[Client, Person]] = defaultdict(dict)
        self._listeners: defaultdict[str, list[Callable[[], None]]] = defaultdict(list)

    def enter(
        self, transaction: str, client: Client, person: Person, changed: Callable[[], None]
    ) -> Callable[[], None]:
        """Somebody looks at a transaction, for as long as their browser is there; `changed` is called when others come
        or go. The returned function ends that."""
        inside = True

        def come() -> None:
            if inside and client.has_socket_connection:
                self._here[transaction][client] = person
                self._tell(transaction)

        def go() -> None:
            if self._here[transaction].pop(client, None) is not None:
                self._tell(transaction)

        def leave() -> None:
            nonlocal inside
            inside = False
            if changed in self._listeners[transaction]:
                self._listeners[transaction].remove(changed)
            go()
            if not self._listeners[transaction]:
                self._listeners.pop(transaction)
                self._here.pop(transaction, None)

        self._listeners[transaction].append(changed)
        client.on_connect(come)
        client.on_disconnect(lambda: None if client.has_socket_connection else go())
        come()
        return leave

    def others(self, transaction: str, person: Person) -> list[Person]:
        """Who else is at a transaction, each once and by name."""
        found: list[Person] = []
        for each in self._here.get(transaction, {}).values():
            if not each.same_as(person) and not any(map(each.same_as, found)):
                found.append(each)
        return sorted(found, key=lambda each: each.name.lower())

    def _tell(self, transaction: str) -> None:
        for listener in tuple(self._listeners[transaction]):
            listener()
