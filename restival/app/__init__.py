"""The composition root: builds the app, serves it, reloads it, and stops it."""
