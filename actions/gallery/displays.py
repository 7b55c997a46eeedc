import datetime as dt
from typing import Any
from urllib.parse import quote

from restival import IO, action

SUNSET = "#f6b26b", "#7a3b69"
FOREST = "#93c47d", "#274e13"
OCEAN = "#9fc5e8", "#0b5394"

BEFORE = """\
name: Shop
port: 8000
retention: 30d

theme:
  primary: "#4f46e5"
  dark: auto

sign_in:
  mode: none
"""
AFTER = """\
name: Shop
port: 9000
retention: 365d
environment: staging

theme:
  primary: "#0f766e"
  dark: auto

sign_in:
  mode: none
"""
CODE = '''\
async def refund(io: IO, ctx: Context, email: str) -> dict:
    """Give the money back."""
    charges = await ctx.step(list_charges, email)  # asked once, kept for ever
    return {"refunded": len(charges) > 0, "rate": 0.25}
'''
MARKDOWN = """\
Answers are **kept**, and ~~lost~~ found again after a restart. See [what can be shown](/gallery/displays).

| state | meaning |
|---|---|
| running | work is being done |
| waiting | somebody has to answer |

> A quote, for good measure.

```python
print("highlighted")
```
"""
HTML = """\
<p>Text with a <span style="padding: 1px 8px; border: 1px solid; border-radius: 6px">style</span>,
a <a href="/">link</a> and a list:</p>
<ul><li>kept</li><li>sanitised<script>alert("never run")</script></li></ul>
<details><summary>More</summary>Scripts, forms and frames are taken out on the server.</details>
"""
ORDER = {
    "id": "A-1042",
    "placed": dt.datetime(2026, 3, 1, 9, 30),
    "customer": {"name": "Ada Duarte", "tags": {"vip", "newsletter"}, "since": dt.date(2021, 5, 4)},
    "lines": [{"article": "Tea", "amount": 2, "price": 3.5}, {"article": "Cup", "amount": 1, "price": 12}],
    "visits": list(range(250)),
    "paid": True,
    "note": None,
}
LOG = [
    *("09:30:00 order A-1042 placed", "09:30:01 payment authorised", "09:30:04 stock reserved in Bern"),
    *("09:41:10 picked by Kim", "09:58:32 packed: 1 parcel, 0.8 kg", "10:15:00 handed to the carrier"),
]
PLACES = [
    {"lat": 46.948, "lng": 7.4474, "label": "Bern", "description": "the warehouse"},
    {"lat": 47.3769, "lng": 8.5417, "label": "Zurich", "description": "the shop"},
    {"lat": 46.2044, "lng": 6.1432, "label": "Geneva"},
]
ARTICLES = [
    *({"name": f"Sunset {n}", "price": 40 + n, "colours": SUNSET} for n in range(1, 4)),
    *({"name": f"Forest {n}", "price": 60 + n, "colours": FOREST} for n in range(1, 4)),
    *({"name": f"Ocean {n}", "price": 80 + n, "colours": OCEAN} for n in range(1, 4)),
]


def picture(colours: tuple[str, str]) -> str:
    sky, land = colours
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 320"><rect width="480" height="320" fill="{sky}"/>'
        f'<circle cx="350" cy="90" r="40" fill="#fff" opacity=".8"/>'
        f'<path d="M0 250 130 120 230 220 320 150 480 270V320H0z" fill="{land}"/></svg>'
    )
    return "data:image/svg+xml," + quote(svg)


def card(article: dict[str, Any]) -> Any:
    return {
        "label": article["name"],
        "description": f"Print on paper, € {article['price']}",
        "image": {
            "url": picture(article["colours"]),
            "alt": "Hills under the sun",
            "aspect_ratio": 1.5,
            "fit": "cover",
        },
        "route": "gallery/displays",
        "menu": [
            {"label": "See all displays", "route": "gallery/displays"},
            {"label": "About prints", "url": "https://en.wikipedia.org/wiki/Printmaking"},
            {"label": "Delete", "route": "gallery/displays", "theme": "danger", "disabled": True},
        ],
    }


@action(title="Displays", icon="visibility")
async def displays(io: IO) -> dict[str, Any]:
    """Everything that an action can show beside its questions."""
    await io.display.heading(
        "Text and code",
        description="Sanitised on the server, highlighted, and ready to copy.",
        menu_items=[
            {"label": "Charts", "route": "gallery/charts", "theme": "primary"},
            {"label": "Manual", "url": "https://www.python.org", "theme": "secondary"},
            {"label": "Delete", "url": "/", "theme": "danger"},
            {"label": "Archive", "url": "/", "disabled": True},
        ],
    )
    text = await io.group(
        level=io.display.heading("A heading of level 3", level=3, description="With a description."),
        markdown=io.display.markdown(MARKDOWN),
        html=io.display.html("HTML", html=HTML),
        code=io.display.code("refund.py", code=CODE, language="python"),
        diff=io.display.diff(BEFORE, AFTER, label="restival.yaml", language="yaml"),
        log=io.display.log(LOG, label="Order A-1042"),
        clear=io.input.boolean("All of it is easy to read", default_value=True),
    )
    await io.display.heading("Data")
    data = await io.group(
        steps=io.display.progress_steps(
            [
                "Placed",
                {"label": "Packed", "description": "1 parcel"},
                {"label": "On its way", "description": "Tuesday"},
                "Delivered",
            ],
            current="On its way",
            label="Order A-1042",
        ),
        grid=io.display.metadata("The order", data=values()),
        list=io.display.metadata("As a list", data=values(), layout="list"),
        card=io.display.metadata("As a card", data=values(), layout="card"),
        object=io.display.object("All of it", data=ORDER),
        note=io.input.text("Note", help_text="Displays stand beside the questions of a form.").optional(),
    )
    await io.display.heading("Pictures, places and documents")
    seen = await io.group(
        articles=io.display.grid(
            "Articles",
            data=ARTICLES,
            render_item=card,
            help_text="The title leads on, the three dots open a menu.",
            ideal_column_width=200,
            default_page_size=6,
            is_filterable=False,
        ),
        thumbnail=io.display.image("A thumbnail", url=picture(SUNSET), alt="Hills under the sun", size="thumbnail"),
        small=io.display.image("Small", url=picture(FOREST), alt="Green hills", size="small"),
        fixed=io.display.image("300 by 200 pixels", url=picture(OCEAN), alt="Blue hills", width=300, height=200),
        video=io.display.video(
            "A video", url="https://media.w3.org/2010/05/sintel/trailer.mp4", size="medium", loop=True, muted=True
        ),
        pdf=io.display.pdf("The manual", url="https://www.w3.org/WAI/ER/tests/xhtml/testfiles/resources/pdf/dummy.pdf"),
        map=io.display.map("Where the order was", points=PLACES, center=(46.8, 7.6), zoom=8),
        inside=io.display.link("Refund a charge", route="shop/refund", params={"email": "ada.duarte@example.com"}),
        outside=io.display.link("Python", url="https://www.python.org", theme="primary"),
        danger=io.display.link("Close the shop", url="/", theme="danger"),
        choice=io.select.single("Which one do you like best?", options=["Sunset", "Forest", "Ocean"]),
    )
    return {"clear": text.clear, "note": data.note, "choice": seen.choice}


def values() -> Any:
    return [
        {"label": "Customer", "value": "Ada Duarte", "route": "shop/refund", "params": {"email": "ada@example.com"}},
        {"label": "Placed", "value": dt.date(2026, 3, 1)},
        {"label": "Paid", "value": True},
        {"label": "Article", "value": "Sunset 1", "image": {"url": picture(SUNSET), "alt": "", "size": "thumbnail"}},
        {"label": "Carrier", "value": "Swiss Post", "url": "https://www.post.ch"},
        {"label": "Remarks"},
    ]
