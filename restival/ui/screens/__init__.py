"""The screens of the app, in the order of the navigation. None knows another."""

from restival.site.addresses import OWN
from restival.ui.screens.account.screen import SCREEN as ACCOUNT
from restival.ui.screens.audit import SCREEN as AUDIT
from restival.ui.screens.engine.screen import SCREEN as ENGINE
from restival.ui.screens.history import SCREEN as HISTORY
from restival.ui.screens.home.screen import SCREEN as HOME
from restival.ui.screens.inbox import SCREEN as INBOX
from restival.ui.screens.people.screen import SCREEN as PEOPLE
from restival.ui.screens.schedules.screen import SCREEN as SCHEDULES

SCREENS = (HOME, INBOX, HISTORY, SCHEDULES, PEOPLE, AUDIT, ENGINE, ACCOUNT)

TAKEN = OWN | {screen.path.strip("/") for screen in SCREENS}
"""The first parts of addresses that actions and pages can't have."""
