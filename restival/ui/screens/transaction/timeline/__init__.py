"""A transaction's timeline."""
