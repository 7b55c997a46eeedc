"""A time of the day."""

from restival.ui.widgets.date import DateWidget


class TimeWidget(DateWidget):
    """The browser's own field for a time: typed or picked."""

    kind = "time"
