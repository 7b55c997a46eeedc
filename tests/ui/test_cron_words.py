"""Cron expressions in the words of two languages."""

import pytest

from restival.i18n import UserLocale, override_locale
from restival.ui.elements.cron_text import describe_cron


@pytest.mark.parametrize(
    ("expression", "english", "german"),
    [
        ("0 9 * * 1-5", "every weekday at 9:00 AM", "jeden Werktag um 09:00"),
        (
            "0 9,17 * * 0,6",
            "every Saturday and Sunday at 9:00 AM and 5:00 PM",
            "jeden Samstag und Sonntag um 09:00 und 17:00",
        ),
        ("30 7 * * 7", "every Sunday at 7:30 AM", "jeden Sonntag um 07:30"),
        ("*/15 * * * *", "every 15 minutes", "alle 15 Minuten"),
        ("* * * * *", "every minute", "jede Minute"),
        ("0 */2 * * *", "every 2 hours", "alle 2 Stunden"),
        ("0 * * * *", "every hour", "jede Stunde"),
        ("20 * * * *", "every hour at :20", "jede Stunde um :20"),
        (
            "*/10 9-17 * * 1-5",
            "every 10 minutes from 9:00 AM to 5:50 PM, every weekday",
            "alle 10 Minuten von 09:00 bis 17:50, jeden Werktag",
        ),
        ("*/5 * * * * *", "every 5 seconds", "alle 5 Sekunden"),
        ("0 6 1,15 * *", "on day 1 and day 15 of each month at 6:00 AM", "am 1. und 15. jedes Monats um 06:00"),
        ("0 22 L * *", "on the last day of the month at 10:00 PM", "am letzten Tag des Monats um 22:00"),
        ("0 0 * * 5L", "on the last Friday of the month at 12:00 AM", "am letzten Freitag des Monats um 00:00"),
        ("15 10 * * 6#3", "on the third Saturday of the month at 10:15 AM", "am dritten Samstag des Monats um 10:15"),
        ("5 4 * 1,7 *", "every day in January and July at 4:05 AM", "jeden Tag im Januar und Juli um 04:05"),
        ("0 7 2 1 *", "on day 2 of January at 7:00 AM", "am 2. im Januar um 07:00"),
        ("30 2 1-7 * 1", "on the cron schedule 30 2 1-7 * 1", "nach dem Cron-Ausdruck 30 2 1-7 * 1"),
    ],
)
def test_in_words(expression: str, english: str, german: str) -> None:
    assert describe_cron(expression) == english
    with override_locale(UserLocale("de", "de")):
        assert describe_cron(expression) == german
