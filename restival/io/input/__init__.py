"""`io.input.*`."""
