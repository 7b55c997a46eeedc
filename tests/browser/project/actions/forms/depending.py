from typing import Any

from restival import IO, Component, action

CITIES = {"Norway": ["Oslo", "Bergen"], "Italy": ["Rome", "Milan", "Turin", "Bari", "Genoa", "Parma"], "Moon": []}


async def city_in(country: str) -> Component[str] | None:
    if country == "Nowhere":
        raise RuntimeError("Nobody knows Nowhere.")
    cities = CITIES[country]
    return io_select(cities) if cities else None


def io_select(cities: list[str]) -> Component[str]:
    return IO().select.single("City", options=cities)


def street_in(city: str) -> Component[str]:
    return IO().input.text(f"Street in {city}")


@action
async def depending(io: IO) -> dict[str, Any]:
    """Fields that are made from the answers of others."""
    answer = await io.group(
        country=io.select.single("Country", options=[*CITIES, "Nowhere"]),
        city=io.depends("country", field=city_in),
        street=io.depends("city", field=street_in),
        note=io.input.text("Note").optional(),
    )
    known = await io.group(
        country=io.input.text("Land", default_value="Norway"), city=io.depends("country", field=city_in)
    )
    return {**answer, "known": known.city}


@action
async def depending_in_layouts(io: IO) -> dict[str, Any]:
    """Fields in cards, columns and tabs that are made from the answers of others."""
    answer = await io.group(
        where=io.layout.card(
            "Where",
            country=io.select.single("Country", options=[*CITIES, "Nowhere"]),
            place=io.layout.columns(
                city=io.depends("country", field=city_in), street=io.depends("city", field=street_in)
            ),
        ),
        more=io.layout.tabs(
            [
                io.layout.section("Person", name=io.input.text("Name")),
                io.layout.section("Also", second=io.depends("country", field=city_in)),
                io.layout.section(
                    "Nested", inner=io.layout.expansion("Unfold", third=io.depends("name", field=street_in))
                ),
            ]
        ),
    )
    return dict(answer)
