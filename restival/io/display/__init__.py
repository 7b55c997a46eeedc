"""`io.display.*`."""
