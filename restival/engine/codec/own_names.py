"""The names under which Restival's own classes are recorded. They stay when a class moves: then only PLACES changes."""

PLACES = {
    "restival:ActionInfo": "restival.context:ActionInfo",
    "restival:Chosen": "restival.io.component:Chosen",
    "restival:Decision": "restival.io.approve:Decision",
    "restival:FetchedTableData": "restival.io.pages:FetchedTableData",
    "restival:File": "restival.io.file:File",
    "restival:FileState": "restival.io.presigned:FileState",
    "restival:PageContext": "restival.pages.context:PageContext",
    "restival:PageInfo": "restival.pages.context:PageInfo",
    "restival:Person": "restival.access:Person",
    "restival:Record": "restival.io.group:Record",
    "restival:RecordedError": "restival.engine.raised:RecordedError",
    "restival:Schedule": "restival.schedule:Schedule",
    "restival:TablePage": "restival.io.pages:TablePage",
    "restival:TransactionInfo": "restival.context:TransactionInfo",
    "restival:Url": "restival.io.url:Url",
    "restival:Vote": "restival.hands:Vote",
}
"""Where the class of each name is. They are imported when they are needed: the codec knows nobody who uses it."""

BEFORE = {
    "restival.access:Person": "restival:Person",
    "restival.context:ActionInfo": "restival:ActionInfo",
    "restival.context:TransactionInfo": "restival:TransactionInfo",
    "restival.engine.journal:_RecordedError": "restival:RecordedError",
    "restival.hands:Vote": "restival:Vote",
    "restival.io.approve:Decision": "restival:Decision",
    "restival.io.component:Chosen": "restival:Chosen",
    "restival.io.file:File": "restival:File",
    "restival.io.group:Record": "restival:Record",
    "restival.io.pages:FetchedTableData": "restival:FetchedTableData",
    "restival.io.pages:TablePage": "restival:TablePage",
    "restival.io.presigned:FileState": "restival:FileState",
    "restival.io.url:Url": "restival:Url",
    "restival.pages.context:PageContext": "restival:PageContext",
    "restival.pages.context:PageInfo": "restival:PageInfo",
    "restival.schedule:Schedule": "restival:Schedule",
}
"""What records of before have in place of those names: where the classes were then. This list is complete."""

NAMES = {place: name for name, place in PLACES.items()}
PACKAGE = __name__.partition(".")[0]


def is_own(kind: type) -> bool:
    """Whether a class is one of Restival's."""
    return kind.__module__.partition(".")[0] == PACKAGE


def own_name(kind: type) -> str | None:
    """The name under which one of Restival's classes is recorded; None if it isn't a value."""
    return NAMES.get(f"{kind.__module__}:{kind.__qualname__}")


def place_of(name: str) -> str:
    """Where the class of a recorded name is: of an author's class the name itself tells."""
    name = BEFORE.get(name, name)
    return PLACES.get(name, name)


def recorded_names(name: str) -> list[str]:
    """All the names under which records have the class of that name."""
    return [name, *(before for before, now in BEFORE.items() if now == name)]
