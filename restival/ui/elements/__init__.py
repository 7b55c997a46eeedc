"""Small parts without a field."""
