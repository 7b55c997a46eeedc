"""Answers to the questions of tests/faults/stored, and the resulting values."""

from typing import Any

SENT = b"what is in the file"
"""The content of the file in the stored data."""
UPLOADED = b"uploaded later"

CASES: dict[str, tuple[dict[str, Any], str]] = {
    "text": ({"0": "after"}, "'after'"),
    "multiline": ({"0": "one\ntwo"}, "'one\\ntwo'"),
    "number": ({"0": 1.5}, "1.5"),
    "boolean": ({"0": True}, "True"),
    "email": ({"0": "eve@example.com"}, "'eve@example.com'"),
    "date": ({"0": "2026-05-04"}, "datetime.date(2026, 5, 4)"),
    "datetime": ({"0": "2026-05-04T09:30"}, "datetime.datetime(2026, 5, 4, 9, 30)"),
    "time": ({"0": "09:30"}, "datetime.time(9, 30)"),
    "slider": ({"0": 4}, "4"),
    "url": ({"0": "https://example.com/a"}, "Url('https://example.com/a')"),
    "rich_text": ({"0": "<p>Dear <b>Ada</b></p>"}, "'<p>Dear <b>Ada</b></p>'"),
    "color": ({"0": "#0f766e"}, "'#0f766e'"),
    "code": ({"0": "x = 1"}, "'x = 1'"),
    "json": ({"0": '{"a": [1]}'}, "{'a': [1]}"),
    "password": ({"0": "not-a-real-one"}, "SecretStr('**********')"),
    "tags": ({"0": ["one", "two"]}, "['one', 'two']"),
    "spreadsheet": ({"0": [["Ann", "7"], ["Ben", ""]]}, "[{'name': 'Ann', 'age': 7}, {'name': 'Ben', 'age': None}]"),
    "single": ({"0": "1"}, "{'label': 'Green', 'value': 7}"),
    "multiple": ({"0": ["0", "2"]}, "['Red', 'Blue']"),
    "table": ({"0": [0, 2]}, "[{'name': 'Ann', 'age': 30}, {'name': 'Cas', 'age': 32}]"),
    "pages": ({"0": [{"key": 1, "cells": ["Ben", 31]}]}, "[{'name': 'Ben', 'age': 31}]"),
    "confirm": ({"0": True}, "True"),
    "confirm_identity": ({"0": False}, "False"),
    "search": ({"0": [{"key": "2", "label": "Cas"}]}, "{'name': 'Cas', 'age': 32}"),
    "depends": ({"country": "Norway", "city": "2"}, "{'country': 'Norway', 'city': 'Norway 2'}"),
    "model": (
        {
            "0": {
                "size": "1",
                "address": {"street": "Main", "city": "Rome"},
                "tags": ["a"],
                "lines": [{"street": "Side", "city": "Bern"}],
                "payment": {"kind": "bank", "iban": "CH1"},
            }
        },
        "Order(size=<Size.LARGE: 'large'>, address=Address(street='Main', city='Rome'), tags=['a'], "
        "lines=[Address(street='Side', city='Bern')], payment=Bank(kind='bank', iban='CH1'))",
    ),
    "optional": ({"0": None}, "None"),
    "validated": ({"0": 4}, "4"),
    "choices": ({"0": "Ann"}, "Chosen(choice='gone', return_value='Ann')"),
    "component": ({"0": 3}, "3"),
    "group": ({"0": "Ann", "1": 2}, "['Ann', 2]"),
    "displays": ({"inner": "in"}, "'in'"),
    "seen": ({}, "Chosen(choice='Seen', return_value=None)"),
    "assigned": ({"0": "by finance"}, "'by finance'"),
    "claimed": ({"0": "by Bo"}, "'by Bo'"),
    "handed": ({"0": "by Bo"}, "'by Bo'"),
    "patient": ({"0": "in time"}, "'in time'"),
}
"""By kind: the answer, and the `repr` of the value."""
CHOICES = {"choices": "gone", "seen": "Seen"}
"""The buttons that submit the answers."""
ANSWERED_BY = {"assigned": "bo", "claimed": "bo", "handed": "bo"}
"""Who answers instead of Ada."""
