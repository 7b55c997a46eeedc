"""Who is asked, as people see and change it."""
