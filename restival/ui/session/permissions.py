"""What the person in front of the browser may do with a transaction, by the settings as they are now."""

from collections.abc import Iterator
from contextlib import contextmanager

from restival.engine.client.redaction import for_reader
from restival.engine.state.transaction import Transaction
from restival.errors import NotAllowed
from restival.i18n import t
from restival.ui.session.current_person import current_person
from restival.ui.session.services import Services


def require(services: Services, allowed: bool, *, message: str = "", **about: object) -> None:
    """Raises NotAllowed with a message for the person unless it is allowed, and writes into the audit what was tried:
    the page doesn't offer it, so somebody has sent the event all the same, or was quicker than a change of rights."""
    if not allowed:
        services.auth.audit.refuse(current_person(), **about)
        raise NotAllowed(message or t("You don't have permission to do this."))


def audit_denial(services: Services, what: str, where: str) -> None:
    """Write into the audit that the person has tried what they may not: their page offers it no longer, so somebody has
    sent the event all the same, or was quicker than a change of rights."""
    services.auth.audit.refuse(current_person(), what=what, where=where)


@contextmanager
def audit_denials(services: Services, what: str, where: str) -> Iterator[None]:
    """The same where what is done inside finds out itself, and raises NotAllowed."""
    try:
        yield
    except NotAllowed:
        audit_denial(services, what, where)
        raise


def may_view(services: Services, view: Transaction) -> bool:
    """Whether the person may see it."""
    site = services.site()
    return site.access.may_view(current_person(), site.registry.get(view.slug), view.standing)


def may_answer(services: Services, view: Transaction) -> bool:
    """Whether the person may answer its forms."""
    site = services.site()
    return site.access.may_answer(current_person(), site.registry.get(view.slug), view.standing)


def may_run(services: Services, view: Transaction) -> bool:
    """Whether the person may start its action."""
    site = services.site()
    return site.access.may(current_person(), "run", site.registry.get(view.slug)) and view.slug in site.registry


def may_cancel(services: Services, view: Transaction) -> bool:
    """Whether the person may cancel it."""
    site = services.site()
    return site.access.may_cancel(current_person(), site.registry.get(view.slug), view.standing)


def may_retry(services: Services, view: Transaction) -> bool:
    """Whether the person may have a step tried at once that waits for its next try: who may cancel it may."""
    return may_cancel(services, view)


def as_seen(services: Services, view: Transaction) -> Transaction:
    """The transaction as the person may see it: what is drawn of how it ended, or why it doesn't get on."""
    return for_reader(view, may_manage(services, view))


def may_manage(services: Services, view: Transaction) -> bool:
    """Whether the person manages its action, and so may see tracebacks and what steps give: code and inner values."""
    site = services.site()
    return site.access.may(current_person(), "manage", site.registry.get(view.slug))
