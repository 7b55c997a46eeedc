"""Times in words."""

from datetime import UTC, datetime


def clock(moment: datetime) -> str:
    """The time of day in the server's zone, with the date where it isn't today's."""
    local = moment.astimezone()
    today = datetime.now().astimezone().date()
    return f"{local:%H:%M}" if local.date() == today else f"{local:%Y-%m-%d %H:%M}"


def ago(moment: datetime) -> str:
    """How long ago, roughly."""
    seconds = max(0.0, (datetime.now(UTC) - moment).total_seconds())
    for size, word in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size:.0f} {word} ago"
    return "just now"
