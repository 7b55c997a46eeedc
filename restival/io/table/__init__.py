"""Rows, columns and cells of tables."""
