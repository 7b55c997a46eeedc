"""Forms: their fields, drafts and lookups."""
