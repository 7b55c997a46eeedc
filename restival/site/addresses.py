"""Addresses of the app's own that pages and HTTP have to agree on."""

SIGN_IN = "/sign-in"


BACK = f"{SIGN_IN}/back"
"""Where a provider sends people back to."""


SOCKETS = "/_nicegui_ws/"
"""Below it pages talk with the app, as a websocket or by polling."""


OF_A_PAGE = "/_nicegui/client/"
"""Below it stands the id of an open page, and then what is sent to it, as an upload."""


WORKER_PATH = "/worker"


NONCE = "restival.nonce"
"""The key of the scope with what inline scripts of this answer's page have to carry to be run."""

OWN = frozenset({"api", "healthz", "sign-in", "sign-out", "t", "worker"})
"""The first parts of addresses that belong to the app besides those of its screens."""
