"""Durable execution: the only place that knows Restate."""
