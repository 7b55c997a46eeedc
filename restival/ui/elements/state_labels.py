"""States in the reader's words."""

from restival.engine.state.transaction import State
from restival.i18n import t


def state_words(state: State) -> str:
    """A transaction's state, as its page says it."""
    return {
        State.WAITING: t("Waiting for you"),
        State.RUNNING: t("Running"),
        State.SLEEPING: t("Sleeping"),
        State.CANCELLING: t("Cancelling…"),
        State.STUCK: t("Stuck"),
        State.PAUSED: t("Paused"),
        State.DONE: t("Done"),
        State.FAILED: t("Failed"),
        State.CANCELLED: t("Cancelled"),
    }[state]


def waiting_words(name: str, *, mine: bool) -> str:
    """Whom it waits for: the person, somebody with this name, or anybody with the right."""
    if mine:
        return t("Waiting for you")
    return t("Waiting for {name}", name=name) if name else t("Waiting for someone")
