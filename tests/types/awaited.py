"""What type checkers know of awaited calls. Nothing here runs: the type check of the repository reads it."""

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from typing import Any, assert_type

from pydantic import BaseModel, SecretStr

from restival import IO, Chosen, Context, Decision, FetchedTableData, File, FileState, FileUrlSet, TablePage
from restival.io.group import Record
from restival.io.input.url import Url


class Size(Enum):
    SMALL = 1
    LARGE = 2


class Pet(BaseModel):
    name: str


@dataclass
class Customer:
    name: str


def find(query: str) -> list[Customer]:
    return [Customer(query)]


async def find_slowly(query: str) -> list[Customer]:
    return [Customer(query)]


def page_of(page: TablePage) -> tuple[list[Customer], int]:
    return [Customer(page.query_term)], 1


async def counted_page(page: TablePage) -> FetchedTableData[Customer]:
    return FetchedTableData([Customer(page.query_term)], 1)


def addresses(file: FileState) -> FileUrlSet:
    return {"uploadUrl": file.name, "downloadUrl": file.type}


async def addresses_slowly(file: FileState) -> FileUrlSet:
    return addresses(file)


async def files(io: IO) -> None:
    assert_type(await io.input.file("x"), File)
    assert_type(await io.input.file("x").optional(), File | None)
    assert_type(await io.input.file("x").multiple(), list[File])
    assert_type(await io.input.file("x", generate_presigned_urls=addresses), File)
    assert_type(await io.input.file("x", generate_presigned_urls=addresses_slowly).multiple(), list[File])
    io.input.file("x", generate_presigned_urls=len)  # type: ignore[arg-type]


async def inputs(io: IO) -> None:
    assert_type(await io.input.text("x"), str)
    assert_type(await io.input.text("x").optional(), str | None)
    assert_type(await io.input.email("x"), str)
    assert_type(await io.input.number("x"), int)
    assert_type(await io.input.number("x").optional(), int | None)
    assert_type(await io.input.number("x", decimals=2), float)
    assert_type(await io.input.number("x", currency="EUR"), float)
    assert_type(await io.input.slider("x", min=0, max=5), int)
    assert_type(await io.input.slider("x", min=0.5, max=5), float)
    assert_type(await io.input.boolean("x"), bool)
    assert_type(await io.input.date("x"), dt.date)
    assert_type(await io.input.time("x"), dt.time)
    assert_type(await io.input.datetime("x"), dt.datetime)
    assert_type(await io.input.url("x"), Url)
    assert_type(await io.input.password("x"), SecretStr)
    assert_type(await io.input.tags("x"), list[str])
    assert_type(await io.input.json("x"), Any)


async def choices(io: IO) -> None:
    assert_type(await io.select.single("x", options=["a", "b"]), str)
    assert_type(await io.select.single("x", options=list(Size)), Size)
    assert_type(await io.select.table("x", data=[Customer("a")]), list[Customer])
    assert_type(await io.select.table("x", get_data=page_of), list[Customer])
    assert_type(await io.select.table("x", get_data=counted_page), list[Customer])
    assert_type(await io.group([io.input.text("x")]), list[Any])
    assert_type(await io.group(io.input.text("x"), io.input.number("n")), list[Any])
    assert_type(await io.group(x=io.input.text("x")), Record)
    assert_type(await io.search("x", on_search=find), Customer)
    assert_type(await io.search("x", on_search=find_slowly).optional(), Customer | None)
    assert_type(await io.search("x", on_search=find).multiple(), list[Customer])
    assert_type(await io.confirm("x"), bool)
    assert_type(await io.form(Pet), Pet)
    assert_type(await io.input.number("x").with_choices(["a", "b"]), Chosen[int])
    choice, number = await io.input.number("x").with_choices(["a", "b"])
    assert_type((choice, number), tuple[str, int])
    assert_type((await io.input.number("x").with_choices(["a"]).optional()).return_value, int | None)
    assert_type(await io.display.heading("x"), None)


async def validators(io: IO) -> None:
    await io.input.number("x").validate(lambda number: "Too many." if number > 3 else None)
    await io.form(Pet).validate(lambda pet: None if pet.name else "Name it.")


async def waiting(io: IO, ctx: Context) -> None:
    assert_type(await io.approve("x", roles=["finance"], quorum=2), Decision)
    assert_type(await io.approve("x").assign("finance").timeout(60, on_timeout=None), Decision | None)
    assert_type(await io.input.text("x").assign(ctx.user).timeout(60).remind(5).optional(), str | None)
    assert_type(await io.input.number("x").timeout(60, on_timeout="late"), int | str)
    assert_type(await io.group(x=io.input.text("x")).assign("a@example.com").remind(5), Record)
    assert_type(await ctx.queue("x", assignee=ctx.user), str)
