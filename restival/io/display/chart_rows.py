"""The numbers of a chart as rows, for people who read a table rather than a picture. What can't be read is left out."""

from collections.abc import Iterable
from typing import Any

from restival.io.core.call import Json
from restival.io.core.jsonable import jsonable

Rows = list[dict[str, Any]]


def echarts_rows(options: Json) -> Rows:
    """A row for each category, with a column for each series; or the rows of the dataset."""
    dataset = options.get("dataset")
    if isinstance(dataset, dict) and isinstance(dataset.get("source"), list):
        return _dataset(dataset["source"])
    series = options.get("series")
    shown = [item for item in (series if isinstance(series, list) else [series]) if isinstance(item, dict)]
    categories = _categories(options)
    rows: dict[Any, dict[str, Any]] = {}
    for number, item in enumerate(shown, 1):
        name = item.get("name") or (f"Series {number}" if len(shown) > 1 else "Value")
        for index, point in enumerate(_listed(item.get("data"))):
            category, value = _point(point, index, categories)
            rows.setdefault(category, {"Category": category})[name] = value
    return list(rows.values())


def plotly_rows(figure: Any) -> Rows:
    """A row for each point of the traces that have plain axes or labels."""
    rows: Rows = []
    for number, trace in enumerate(figure.data, 1):
        found = {key: _values(trace[key]) for key in ("labels", "x", "y", "z", "values") if key in trace}
        columns = {key: column for key, column in found.items() if column}
        name = {"series": trace.name or f"Series {number}"} if len(figure.data) > 1 else {}
        points = zip(*columns.values(), strict=False) if columns else ()
        rows += [{**name, **dict(zip(columns, point, strict=True))} for point in points]
    return rows


def altair_rows(spec: dict[str, Any]) -> Rows:
    """The rows of the chart's data, where it is the only one."""
    inline = [data for data in spec.get("datasets", {}).values() if _is_rows(data)]
    values = spec.get("data", {}).get("values")
    found = inline if inline else [values] if _is_rows(values) else []
    return found[0] if len(found) == 1 else []


def matplotlib_rows(figure: Any) -> Rows:
    """A row for each point of the lines and each bar of the bars."""
    rows: Rows = []
    for axes in figure.axes:
        for line in axes.get_lines():
            rows += _named(line.get_label(), line.get_xdata(), line.get_ydata())
        ticks = {tick: label.get_text() for tick, label in zip(axes.get_xticks(), axes.get_xticklabels(), strict=False)}
        for bars in axes.containers:
            patches = [patch for patch in bars if hasattr(patch, "get_height")]
            middles = [patch.get_x() + patch.get_width() / 2 for patch in patches]
            heights = [patch.get_height() for patch in patches]
            rows += _named(bars.get_label(), [ticks.get(x) or x for x in middles], heights)
    return rows


def _named(label: str, x: Iterable[Any], y: Iterable[Any]) -> Rows:
    """Labels that begin with _ are Matplotlib's own."""
    name = {} if str(label).startswith("_") else {"series": label}
    return [{**name, "x": across, "y": up} for across, up in zip(_values(x), _values(y), strict=False)]


def _values(column: Any) -> list[Any]:
    """The values of a list, tuple, array or Series; none where it isn't flat."""
    listed = column.tolist() if hasattr(column, "tolist") else column
    values = listed if isinstance(listed, (list, tuple)) else []
    found: list[Any] = jsonable([value.item() if hasattr(value, "item") else value for value in values])
    return [] if any(isinstance(value, (list, dict)) for value in found) else found


def _dataset(source: list[Any]) -> Rows:
    if _is_rows(source):
        return source
    if not source or not all(isinstance(row, list) for row in source):
        return []
    return [dict(zip(map(str, source[0]), row, strict=False)) for row in source[1:]]


def _categories(options: dict[str, Any]) -> list[Any]:
    axes = [axis for key in ("xAxis", "yAxis") for axis in _listed(options.get(key))]
    return next((axis["data"] for axis in axes if isinstance(axis, dict) and _listed(axis.get("data"))), [])


def _point(point: Any, index: int, categories: list[Any]) -> tuple[Any, Any]:
    value = point.get("value") if isinstance(point, dict) else point
    name = point.get("name") if isinstance(point, dict) else None
    if name is None and index < len(categories):
        name = categories[index]
    if name is None and isinstance(value, list) and len(value) > 1:
        return str(value[0]), value[1] if len(value) == 2 else value[1:]
    return str(index + 1 if name is None else name), value


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _is_rows(data: Any) -> bool:
    return isinstance(data, list) and bool(data) and all(isinstance(row, dict) for row in data)
