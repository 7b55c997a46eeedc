"""Text that can always be shown, logged and encoded."""


def printable(value: object, limit: int = 10_000) -> str:
    """A value's text in at most `limit` characters that UTF-8 can encode, whatever its own methods do."""
    try:
        text = str(value)
        text = "".join(text)
    except BaseException:
        text = f"<unprintable {type(value).__name__}>"
    return text[:limit].encode(errors="backslashreplace").decode()[:limit]
