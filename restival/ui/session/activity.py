"""What a person does in an open page keeps the session alive; what the page does by itself doesn't."""

from nicegui import ui

from restival.ui.session.current_person import current_person
from restival.ui.session.services import Services

EVENT = "restival-active"
"""Sent by active.js."""


def note_activity(services: Services) -> None:
    """Note that somebody uses the page, whenever the browser reports it."""

    def active() -> None:
        person = current_person()
        if person.session:
            services.auth.sessions.active(person.email, person.session)

    ui.on(EVENT, active, [])
