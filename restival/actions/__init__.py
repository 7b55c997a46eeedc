"""Actions as engineers declare them."""
