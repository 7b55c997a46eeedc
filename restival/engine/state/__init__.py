"""What is stored of a transaction, and read back."""
