"""What a person has marked to find it again: with their account where people sign in, else with the browser."""

from nicegui import app

from restival.ui.session.current_person import current_person
from restival.ui.session.services import Services

KEY = "favourites"
MOST = 200


def favourites(services: Services) -> list[str]:
    """The addresses that the person has marked, the one marked last at the end."""
    mail = current_person().email
    if mail:
        return list(services.auth.accounts.of(mail).favourites)
    return list(app.storage.user.get(KEY, []))


async def mark(services: Services, slug: str, marked: bool) -> None:
    """Mark an address, or take the mark away. Raises EngineUnavailable where it can't be kept now."""
    kept = [each for each in favourites(services) if each != slug]
    kept = [*kept, slug][-MOST:] if marked else kept
    mail = current_person().email
    if mail:
        await services.auth.accounts.change(mail, favourites=kept)
    else:
        app.storage.user[KEY] = kept
