"""Who is in front of the page, and what they may do."""
