import math
from importlib.util import find_spec
from typing import Any

from restival import IO, action

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"]
TEA = [120, 132, 101, 134, 190, 230]
COFFEE = [220, 182, 191, 234, 290, 330]

BARS = {
    "tooltip": {"trigger": "axis"},
    "legend": {},
    "xAxis": {"type": "category", "data": MONTHS},
    "yAxis": {"type": "value", "name": "kg"},
    "series": [
        {"type": "bar", "name": "Tea", "data": TEA},
        {"type": "line", "name": "Coffee", "data": COFFEE, "smooth": True},
    ],
}
SHARES = {
    "tooltip": {},
    "series": [
        {
            "type": "pie",
            "radius": ["38%", "60%"],
            "data": [{"name": "Shop", "value": 1048}, {"name": "Web", "value": 735}, {"name": "Fairs", "value": 300}],
        }
    ],
}


@action(title="Charts", icon="insert_chart")
async def charts(io: IO) -> dict[str, Any]:
    """Charts of four libraries, with their data as tables, on a light page or a dark one."""
    await io.display.heading("ECharts", description="Options as a dict: nothing to install.")
    await io.display.chart(
        "Sold by month", BARS, description="Coffee sells better than tea in every month.", height=320
    )
    await io.display.chart("Sold by way", SHARES, height=280, width=420)
    for name, make in {"plotly": plotly, "altair": altair, "matplotlib": matplotlib}.items():
        if find_spec(name) is None:
            await io.display.heading(name.capitalize(), description="Install the package to see it.")
            continue
        await io.display.heading(name.capitalize())
        await io.display.chart("Sold by month", make(), description="Coffee sells better than tea in every month.")
    best = await io.select.single("Which one do you use?", options=["ECharts", "Plotly", "Altair", "Matplotlib"])
    return {"best": best}


def plotly() -> Any:
    import plotly.graph_objects as go

    return go.Figure(
        [go.Bar(x=MONTHS, y=TEA, name="Tea"), go.Scatter(x=MONTHS, y=COFFEE, name="Coffee", mode="lines+markers")],
        {"yaxis": {"title": {"text": "kg"}}},
    )


def altair() -> Any:
    import altair as alt

    sold = {"Tea": TEA, "Coffee": COFFEE}
    rows = [
        {"month": month, "kg": kg, "article": article}
        for article, amounts in sold.items()
        for month, kg in zip(MONTHS, amounts, strict=True)
    ]
    chart = alt.Chart(alt.Data(values=rows)).mark_line(point=True)
    encoded = chart.encode(x=alt.X("month:N", sort=MONTHS), y="kg:Q", color="article:N")
    return encoded.properties(width=520, height=260)


def matplotlib() -> Any:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.4, 3.4))
    axes = figure.subplots()
    axes.plot(MONTHS, COFFEE, marker="o", label="Coffee")
    axes.bar(MONTHS, TEA, label="Tea", alpha=0.7)
    axes.plot(MONTHS, [200 + 60 * math.sin(n) for n in range(len(MONTHS))], linestyle="--", label="Plan")
    axes.set_ylabel("kg")
    axes.legend(frameon=False)
    return figure
