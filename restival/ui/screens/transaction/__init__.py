"""A transaction's screen."""
