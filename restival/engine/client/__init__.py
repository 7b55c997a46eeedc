"""The engine's side that pages and the API use."""
