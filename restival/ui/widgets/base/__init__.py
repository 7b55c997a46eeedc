"""What widgets are made of."""
