"""The schedules screen."""
