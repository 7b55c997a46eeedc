"""What displays take, what travels, and what they refuse."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import altair
import pytest
from matplotlib.figure import Figure
from plotly import graph_objects
from pydantic import BaseModel

from restival import IO
from restival.io.core.display import LARGEST
from restival.io.core.urls import href

io = IO()
DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw=="


def props(component: Any) -> dict[str, Any]:
    """What travels to the browser."""
    travels: dict[str, Any] = component.spec("0").props
    return travels


@pytest.mark.parametrize(
    ("url", "route", "params", "expected"),
    [
        ("https://example.com/?a=1", None, None, "https://example.com/?a=1"),
        ("mailto:ann@example.com", None, None, "mailto:ann@example.com"),
        ("/t/1", None, None, "/t/1"),
        (None, "shop/refund", None, "/shop/refund"),
        (None, "/shop/refund/", {"email": "a&b@example.com"}, "/shop/refund?email=a%26b%40example.com"),
        (None, "x y", {"n": 1, "on": True, "day": dt.date(2026, 1, 2)}, "/x%20y?n=1&on=true&day=2026-01-02"),
        (None, "x", {"tag": ["a", "b"], "none": None}, "/x?tag=a&tag=b"),
        (None, "/evil.example", None, "/evil.example"),
    ],
)
def test_links_lead_to_urls_and_actions(url: str | None, route: str | None, params: Any, expected: str) -> None:
    assert href(url, route, params, "link") == expected


BAD_URLS = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "example.com",
    "",
]


@pytest.mark.parametrize("url", BAD_URLS)
def test_no_link_picture_or_document_leads_to_an_unsafe_address(url: str) -> None:
    makers = [
        lambda: io.display.link("x", url=url),
        lambda: io.display.image("x", url=url),
        lambda: io.display.video("x", url=url),
        lambda: io.display.pdf("x", url=url),
        lambda: io.display.heading("x", menu_items=[{"label": "a", "url": url}]),
        lambda: io.display.metadata("x", data=[{"label": "a", "url": url}]),
        lambda: io.display.metadata("x", data=[{"label": "a", "image": {"url": url}}]),
        lambda: io.display.grid("x", data=[{"label": "a", "url": url}]),
        lambda: io.display.grid("x", data=[{"label": "a", "image": {"url": url}}]),
        lambda: io.display.grid("x", data=[{"label": "a", "menu": [{"label": "b", "url": url}]}]),
        lambda: io.display.chart("x", {"title": {"text": "t", "link": url}}),
    ]
    for make in makers:
        with pytest.raises(ValueError, match="start with"):
            make()


def test_a_link_is_one_thing() -> None:
    with pytest.raises(ValueError, match="either url or route"):
        io.display.link("x")
    with pytest.raises(ValueError, match="either url or route"):
        io.display.link("x", url="/", route="a")
    with pytest.raises(ValueError, match="params need a route"):
        io.display.link("x", url="/", params={"a": 1})
    with pytest.raises(ValueError, match=r"params\['a'\] is nested"):
        io.display.link("x", route="a", params={"a": {"b": 1}})


def test_labels_of_code_and_html_come_first_where_they_are_given() -> None:
    assert (io.display.code("x = 1").label, props(io.display.code("x = 1"))) == ("", {"code": "x = 1"})
    code = io.display.code("Sum", code="1 + 1", language="python")
    assert (code.label, props(code)) == ("Sum", {"code": "1 + 1", "language": "python"})
    assert (io.display.html("<b>").label, props(io.display.html("<b>"))) == ("", {"html": "<b>"})
    assert (io.display.html("A", html="<b>").label, props(io.display.html("A", html="<b>"))) == ("A", {"html": "<b>"})


@pytest.mark.parametrize(
    ("argument", "make"),
    [
        ("html", lambda text: io.display.html(text)),
        ("code", lambda text: io.display.code(text, language="python")),
        ("text", lambda text: io.display.markdown(text)),
        ("data", lambda text: io.display.object("x", data={"a": text})),
        ("after", lambda text: io.display.diff("", text)),
        ("lines", lambda text: io.display.log([text])),
        ("items", lambda text: io.display.grid("x", data=[{"label": text}])),
        ("data", lambda text: io.display.metadata("x", data=[{"label": "a", "value": text}])),
        ("options", lambda text: io.display.chart("x", {"title": {"text": text}})),
        ("url", lambda text: io.display.image("x", url=f"{DOT}{text}")),
        ("description", lambda text: io.display.heading("x", description=text)),
    ],
)
def test_a_display_that_is_too_large_is_refused_by_name_and_size(argument: str, make: Any) -> None:
    make("a" * (LARGEST // 2))
    with pytest.raises(ValueError, match=rf"{argument} makes this display 1\.5 MB large.*io\.display\.link"):
        make("a" * (LARGEST + LARGEST // 2))


class Pet(BaseModel):
    name: str
    born: dt.datetime


@dataclass
class Owner:
    pets: list[Pet]
    marks: set[str]


def test_an_object_holds_what_python_holds() -> None:
    rex = Pet(name="Rex", born=dt.datetime(2020, 1, 2, 3, 4))
    data = {"owner": Owner([rex], {"b", "a"}), dt.date(2026, 1, 1): (1, float("nan")), "raw": b"x", "odd": object}
    assert props(io.display.object("x", data=data))["data"] == {
        "owner": {"pets": [{"name": "Rex", "born": "2020-01-02 03:04:00"}], "marks": ["a", "b"]},
        "2026-01-01": [1, "nan"],
        "raw": "eA==",
        "odd": "<class 'object'>",
    }


def test_an_object_that_holds_itself_ends_somewhere() -> None:
    loop: dict[str, Any] = {"again": []}
    loop["again"].append(loop)
    assert props(io.display.object("x", data=loop))["data"] == {"again": ["…"]}


def test_cards_are_rendered_by_the_action() -> None:
    grid = io.display.grid("x", data=[1, 2], render_item=lambda n: {"label": str(n), "route": "a", "params": {"n": n}})
    assert [card["href"] for card in props(grid)["items"]] == ["/a?n=1", "/a?n=2"]
    with pytest.raises(ValueError, match="at least 1"):
        io.display.grid("x", data=[], default_page_size=0)


def test_steps_are_named_or_counted() -> None:
    assert props(io.display.progress_steps(["a", "b"], current="b"))["current"] == 1
    assert props(io.display.progress_steps(["a", {"label": "b", "description": "c"}], current=2))["current"] == 2
    with pytest.raises(ValueError, match="'c' isn't one of the steps a, b"):
        io.display.progress_steps(["a", "b"], current="c")
    with pytest.raises(ValueError, match="from 0 to 2, not 3"):
        io.display.progress_steps(["a", "b"], current=3)


def test_a_log_is_lines_or_a_text() -> None:
    assert props(io.display.log("a\nb\n"))["lines"] == props(io.display.log(["a\n", "b"]))["lines"] == ["a", "b"]


def test_a_map_shows_all_points() -> None:
    swiss = props(io.display.map("x", points=[(46.2, 6.1), {"lat": 47.4, "lng": 8.5, "label": "Zurich"}]))
    assert swiss["center"] == pytest.approx([46.8, 7.3])
    assert swiss["zoom"] == 7
    assert props(io.display.map("x", points=[(1, 2)]))["zoom"] == 13
    assert props(io.display.map("x", points=[(-80, -170), (80, 170)]))["zoom"] == 1
    assert props(io.display.map("x", center=(1, 2), zoom=4)) == {"points": [], "center": [1, 2], "zoom": 4}
    with pytest.raises(ValueError, match="needs points or a center"):
        io.display.map("x")
    with pytest.raises(ValueError, match="lat"):
        io.display.map("x", points=[(91, 0)])


def rows(chart: Any) -> tuple[list[str], list[Any]]:
    """The columns and rows of the table beside a chart."""
    table = props(chart)["table"]
    return [column["label"] for column in table["columns"]], table["rows"]


def test_echarts_options_travel_as_they_are() -> None:
    options = {"xAxis": {"data": ["a", "b"]}, "series": [{"type": "bar", "data": [1, 2]}, {"name": "L", "data": [3]}]}
    chart = io.display.chart("x", options)
    assert (props(chart)["kind"], props(chart)["options"]) == ("echarts", options)
    assert rows(chart) == (["Category", "Series 1", "L"], [["a", 1, 3], ["b", 2, None]])
    pie = io.display.chart("x", {"series": {"type": "pie", "data": [{"name": "Tea", "value": 2}]}})
    assert rows(pie) == (["Category", "Value"], [["Tea", 2]])
    dataset = io.display.chart("x", {"dataset": {"source": [["month", "kg"], ["Jan", 3]]}})
    assert rows(dataset) == (["month", "kg"], [["Jan", 3]])
    assert "table" not in props(io.display.chart("x", {"title": {"text": "empty"}}))


def test_echarts_options_that_are_more_than_data_are_refused() -> None:
    with pytest.raises(ValueError, match=r"figure\['series'\]\[0\]\[':formatter'\]: JavaScript in options"):
        io.display.chart("x", {"series": [{":formatter": "() => alert(1)"}]})
    with pytest.raises(ValueError, match="dataView"):
        io.display.chart("x", {"toolbox": {"feature": {"dataView": {"lang": ["<img>"]}}}})


def test_plotly_figures_travel_as_json() -> None:
    chart = io.display.chart("x", graph_objects.Figure([graph_objects.Bar(x=["a", "b"], y=[1, 2])], {"height": 200}))
    assert (props(chart)["kind"], props(chart)["height"]) == ("plotly", 200)
    assert props(chart)["options"]["data"][0]["type"] == "bar"
    assert rows(chart) == (["x", "y"], [["a", 1], ["b", 2]])
    two = graph_objects.Figure([graph_objects.Scatter(y=[1]), graph_objects.Pie(labels=["p"], values=[3], name="P")])
    assert rows(io.display.chart("x", two)) == (
        ["series", "y", "labels", "values"],
        [["Series 1", 1, None, None], ["P", None, "p", 3]],
    )


def test_altair_charts_are_drawn() -> None:
    data = altair.Data(values=[{"day": "Mon", "kg": 3}])
    chart = io.display.chart("x", altair.Chart(data).mark_bar().encode(x="day:N", y="kg:Q"))
    assert props(chart)["svg"].startswith("<svg")
    assert ">Mon</text>" in props(chart)["svg"]
    assert rows(chart) == (["day", "kg"], [["Mon", 3]])


def test_matplotlib_figures_are_drawn() -> None:
    figure = Figure()
    axes = figure.subplots()
    axes.plot([1, 2], [3.5, 4.5], label="Line")
    assert rows(io.display.chart("x", figure)) == (["series", "x", "y"], [["Line", 1, 3.5], ["Line", 2, 4.5]])
    bars = Figure()
    bars.subplots().bar(["a", "b"], [1, 2])
    assert rows(io.display.chart("x", bars)) == (["x", "y"], [["a", 1], ["b", 2]])
    assert "<svg" in props(io.display.chart("x", bars))["svg"]
    assert "adapts" not in props(io.display.chart("x", bars))
    assert props(io.display.chart("x", Figure(facecolor="black")))["adapts"] is False


def test_other_figures_are_refused_by_their_type() -> None:
    with pytest.raises(TypeError, match=r"not tests\.io\.test_displays\.Pet"):
        io.display.chart("x", Pet(name="Rex", born=dt.datetime(2020, 1, 1)))
