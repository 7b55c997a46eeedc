"""Puts the dashboard onto the app."""
