"""The stable names of Restival's own classes in stored data. If a class moves, only its line in PLACES changes."""

PLACES = {
    "restival:ActionInfo": "restival.actions.context:ActionInfo",
    "restival:Chosen": "restival.io.core.component:Chosen",
    "restival:Decision": "restival.io.approve:Decision",
    "restival:FetchedTableData": "restival.io.table.paging:FetchedTableData",
    "restival:File": "restival.io.input.file:File",
    "restival:FileState": "restival.io.input.presigned:FileState",
    "restival:PageContext": "restival.pages.context:PageContext",
    "restival:PageInfo": "restival.pages.context:PageInfo",
    "restival:Person": "restival.access.person:Person",
    "restival:Record": "restival.io.group:Record",
    "restival:RecordedError": "restival.engine.restate.recorded_result:RecordedError",
    "restival:Schedule": "restival.actions.schedule:Schedule",
    "restival:TablePage": "restival.io.table.paging:TablePage",
    "restival:TransactionInfo": "restival.actions.context:TransactionInfo",
    "restival:Url": "restival.io.input.url:Url",
    "restival:Vote": "restival.access.assignment:Vote",
}
"""Where each class is. It is imported when a record contains it, so the codec doesn't depend on its users."""

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
"""The names in older records, which were paths. The list is complete: new records contain stable names only."""

NAMES = {place: name for name, place in PLACES.items()}
PACKAGE = __name__.partition(".")[0]


def is_own(kind: type) -> bool:
    """Returns whether a class belongs to Restival."""
    return str(kind.__module__).partition(".")[0] == PACKAGE


def own_name(kind: type) -> str | None:
    """Returns the stable name of a class of Restival; None if its instances aren't recorded."""
    return NAMES.get(f"{kind.__module__}:{kind.__qualname__}")


def place_of(name: str) -> str:
    """Returns where the class of a recorded name is. The name of an author's class is its place."""
    name = BEFORE.get(name, name)
    return PLACES.get(name, name)


def recorded_names(name: str) -> list[str]:
    """Returns the stable name and the older names of the same class."""
    return [name, *(before for before, now in BEFORE.items() if now == name)]
