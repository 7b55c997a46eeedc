"""`io`: every question that an action can ask and everything it can show, by the names that actions use."""

from restival.io.approve import Approve
from restival.io.boolean import BooleanInput
from restival.io.card_grid import CardGrid
from restival.io.chart import Chart
from restival.io.code import Code
from restival.io.code_input import CodeInput
from restival.io.color import ColorInput
from restival.io.confirm import Confirm
from restival.io.confirm_identity import ConfirmIdentity
from restival.io.custom import component
from restival.io.date import DateInput
from restival.io.datetime import DatetimeInput
from restival.io.depends import Depends
from restival.io.diff import Diff
from restival.io.email import EmailInput
from restival.io.file import FileInput
from restival.io.group import Group
from restival.io.heading import Heading
from restival.io.html import Html
from restival.io.image import Image
from restival.io.json import JsonInput
from restival.io.layout import Card, Columns, Divider, Expansion, Row, Section, Tabs
from restival.io.link import Link
from restival.io.log import Log
from restival.io.map import Map
from restival.io.markdown import Markdown
from restival.io.metadata import Metadata
from restival.io.model_form import form
from restival.io.number import NumberInput
from restival.io.object import Object
from restival.io.password import PasswordInput
from restival.io.pdf import Pdf
from restival.io.progress_steps import ProgressSteps
from restival.io.rich_text import RichTextInput
from restival.io.search import Search
from restival.io.select_multiple import SelectMultiple
from restival.io.select_single import SelectSingle
from restival.io.select_table import SelectTable
from restival.io.slider import SliderInput
from restival.io.spreadsheet import SpreadsheetInput
from restival.io.table import Table
from restival.io.tags import TagsInput
from restival.io.text import TextInput
from restival.io.time import TimeInput
from restival.io.url import UrlInput
from restival.io.video import Video


class Input:
    """Fields for users to fill in."""

    text = TextInput
    number = NumberInput
    boolean = BooleanInput
    email = EmailInput
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
