"""Schedules on Restate's durable timers: nothing else has to run for them."""
