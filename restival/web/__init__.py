"""The app as one ASGI application on one port: pages, API, health and Restate's worker."""
