import datetime as dt
from typing import Any

from matplotlib.figure import Figure
from plotly import graph_objects

from restival import IO, action

HACK = "<img src=x onerror=\"document.title='hacked'\">"
BEFORE = "\n".join(["first", "second", *(f"line {n}" for n in range(3, 30)), "last"])
AFTER = BEFORE.replace("second", f"2nd {HACK}").replace("last", "last\nmore")
DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw=="


@action
async def shown_text(io: IO) -> str:
    """Text, code and lines."""
    await io.display.heading(
        "Customer",
        level=3,
        description="Since 2021",
        menu_items=[
            {"label": "Greet", "route": "forms/greeted", "params": {"name": "Ada & Bob", "times": 2}},
            {"label": "Website", "url": "https://example.com/", "theme": "primary"},
            {"label": "Delete", "url": "/", "theme": "danger", "disabled": True},
        ],
    )
    await io.display.markdown(f"**bold** {HACK}\n\n```python\nprint('hi')\n```\n\n[bad](javascript:alert(1))")
    await io.display.html(
        "Letter",
        html=f'<p style="position: fixed; font-weight: 700">Dear</p>{HACK}<script>document.title="hacked"</script>'
        '<a href="/forms/greeted">inside</a><iframe src="/"></iframe><form><input aria-label="Smuggled"></form>',
    )
    await io.display.code("greet.py", code=f'print("hello")  # {HACK}', language="python")
    await io.display.diff(BEFORE, AFTER, label="terms.txt")
    await io.display.diff("same", "same", label="Copies")
    await io.display.diff("end\r\n", "end", label="Ends")
    await io.display.log([f"line {n} {HACK}" for n in range(1, 201)], label="Import")
    await io.display.progress_steps(
        ["Placed", {"label": "Packed", "description": "1 parcel"}, "Sent"], current="Packed", label="Order"
    )
    await io.display.link("To the greeting", route="forms/greeted", params={"name": "Eve"})
    return await io.input.text("Name")


@action
async def greeted(io: IO, name: str, times: int = 1) -> str:
    """A greeting."""
    return f"Hello {name} " * times


@action
async def shown_data(io: IO) -> Any:
    """Displays beside a question."""
    tree = {"born": dt.datetime(1815, 12, 10, 7), "tags": {"b", "a"}, "inner": {"deep": {"hidden": "treasure"}}}
    answered = await io.group(
        meta=io.display.metadata(
            "Order",
            data=[
                {"label": "Customer", "value": f"Ada {HACK}", "route": "forms/greeted", "params": {"name": "Ada"}},
                {"label": "Paid", "value": True},
                {"label": "Logo", "value": "Acme", "image": {"url": DOT, "alt": "The logo"}},
            ],
            layout="card",
        ),
        object=io.display.object("Details", data={**tree, "many": list(range(1000, 1250))}),
        cards=io.display.grid(
            "Articles",
            data=range(1, 6),
            render_item=lambda n: {
                "label": f"Article {n}",
                "description": f"No. {n} {HACK}",
                "image": {"url": DOT, "alt": f"Photo {n}", "aspect_ratio": 1},
                "route": "forms/greeted",
                "params": {"name": f"Article {n}"},
                "menu": [{"label": f"Copy {n}", "route": "forms/greeted"}, {"label": "Web", "url": "https://x.org"}],
            },
            default_page_size=2,
        ),
        image=io.display.image("Portrait", url=DOT, alt="Ada at work", size="small"),
        video=io.display.video("Talk", url="/none.mp4", width=320, height=180, muted=True),
        pdf=io.display.pdf("Contract", url="/none.pdf"),
        map=io.display.map("Places", points=[{"lat": 46.95, "lng": 7.45, "label": f"Bern {HACK}"}, (47.4, 8.5)]),
        note=io.input.text("Note"),
    )
    return answered.note


@action
async def shown_charts(io: IO) -> str:
    """Charts of several libraries."""
    options = {
        "tooltip": {"formatter": HACK},
        "xAxis": {"data": ["Mon", HACK]},
        "yAxis": {},
        "series": [{"type": "bar", "name": "Tea", "data": [3, 4]}],
    }
    await io.display.chart("Sold", options, description="More each day.", height=240)
    await io.display.chart("Points", graph_objects.Figure([graph_objects.Bar(x=["Tue", "Wed"], y=[5, 6])]))
    figure = Figure(figsize=(3, 2))
    figure.subplots().plot([1, 2], [7, 8], label="Speed")
    await io.display.chart("Run", figure)
    await io.display.chart("Broken", {"series": [{"type": "bar", "data": [1]}]})
    return await io.input.text("Name")
