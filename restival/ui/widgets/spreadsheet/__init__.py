"""The spreadsheet."""
