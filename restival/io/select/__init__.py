"""`io.select.*`."""
