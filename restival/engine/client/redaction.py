"""What somebody is told of a failure: code, paths and inner values only if they manage the action."""

from restival.engine.state.transaction import Transaction


def for_reader(view: Transaction, manages: bool) -> Transaction:
    """The transaction as somebody may see it. Pages, their timeline and the API draw and send no other."""
    if manages:
        return view
    outcome = view.outcome and view.outcome.model_copy(update={"traceback": None})
    trouble = view.trouble and view.trouble.model_copy(update={"details": None})
    return view.model_copy(update={"outcome": outcome, "trouble": trouble})
