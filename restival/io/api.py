"""`io`: every question that an action can ask and everything it can show, by the names that actions use."""

from restival.io.approve import Approve
from restival.io.confirm import Confirm
from restival.io.confirm_identity import ConfirmIdentity
from restival.io.custom import component
from restival.io.depends import Depends
from restival.io.display.chart import Chart
from restival.io.display.code import Code
from restival.io.display.diff import Diff
from restival.io.display.grid import CardGrid
from restival.io.display.heading import Heading
from restival.io.display.html import Html
from restival.io.display.image import Image
from restival.io.display.link import Link
from restival.io.display.log import Log
from restival.io.display.map import Map
from restival.io.display.markdown import Markdown
from restival.io.display.metadata import Metadata
from restival.io.display.object import Object
from restival.io.display.pdf import Pdf
from restival.io.display.progress_steps import ProgressSteps
from restival.io.display.table import Table
from restival.io.display.video import Video
from restival.io.group import Group
from restival.io.input.boolean import BooleanInput
from restival.io.input.code import CodeInput
from restival.io.input.color import ColorInput
from restival.io.input.date import DateInput
from restival.io.input.datetime import DatetimeInput
from restival.io.input.email import EmailInput
from restival.io.input.file import FileInput
from restival.io.input.json import JsonInput
from restival.io.input.number import NumberInput
from restival.io.input.password import PasswordInput
from restival.io.input.phone import PhoneInput
from restival.io.input.rich_text import RichTextInput
from restival.io.input.slider import SliderInput
from restival.io.input.spreadsheet import SpreadsheetInput
from restival.io.input.tags import TagsInput
from restival.io.input.text import TextInput
from restival.io.input.time import TimeInput
from restival.io.input.url import UrlInput
from restival.io.layout import Card, Columns, Divider, Expansion, Row, Section, Tabs
from restival.io.model.form import form
from restival.io.search import Search
from restival.io.select.multiple import SelectMultiple
from restival.io.select.single import SelectSingle
from restival.io.select.table import SelectTable


class Input:
    """Fields for users to fill in."""

    text = TextInput
    number = NumberInput
    boolean = BooleanInput
    email = EmailInput
    phone = PhoneInput
    date = DateInput
    datetime = DatetimeInput
    time = TimeInput
    slider = SliderInput
    url = UrlInput
    rich_text = RichTextInput
    color = ColorInput
    code = CodeInput
    json = JsonInput
    password = PasswordInput
    tags = TagsInput
    file = FileInput
    spreadsheet = SpreadsheetInput


class Select:
    """Fields for users to choose from."""

    single = SelectSingle
    multiple = SelectMultiple
    table = SelectTable


class Shown:
    """Displays. Awaited alone, they don't wait for an answer. In a group, they appear among the inputs."""

    heading = Heading
    markdown = Markdown
    table = Table
    object = Object
    html = Html
    code = Code
    image = Image
    video = Video
    pdf = Pdf
    link = Link
    metadata = Metadata
    grid = CardGrid
    chart = Chart
    diff = Diff
    log = Log
    progress_steps = ProgressSteps
    map = Map


class Experimental:
    """Calls that Interval's SDK has under this name."""

    spreadsheet = SpreadsheetInput


class Layouts:
    """Arrangements of a group's fields. They don't change the group's value."""

    row = Row
    columns = Columns
    tabs = Tabs
    card = Card
    section = Section
    expansion = Expansion
    divider = Divider


class IO:
    """The calls with which an action asks and shows. Annotate a parameter to get it: `async def refund(io: IO)`.

    Await every call: `name = await io.input.text("Name")`.
    Ask for several values in one form with `await io.group([...])`.
    """

    input = Input
    select = Select
    display = Shown
    Display = Shown
    """The type of what a page is passed that only wants to show: `def orders(display: IO.Display)`."""
    confirm = Confirm
    confirm_identity = ConfirmIdentity
    approve = Approve
    search = Search
    depends = Depends
    group = Group
    form = staticmethod(form)
    layout = Layouts
    experimental = Experimental
    component = staticmethod(component)
