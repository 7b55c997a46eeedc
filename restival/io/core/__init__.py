"""What every IO method is made of."""
