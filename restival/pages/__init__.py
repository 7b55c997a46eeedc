"""Pages: screens that are declared in code and read live, without a transaction."""
