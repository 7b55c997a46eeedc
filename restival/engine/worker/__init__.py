"""The engine's side that runs actions."""
