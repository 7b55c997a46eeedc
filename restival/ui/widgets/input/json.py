"""JSON."""

from restival.ui.widgets.input.code import CodeWidget


class JsonWidget(CodeWidget):
    """JSON is typed and shown as code is."""

    component = "input.json"
