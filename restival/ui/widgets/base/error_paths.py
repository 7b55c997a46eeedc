"""Messages by path."""

from restival.io.core.call import Errors


def below(errors: Errors, key: str) -> Errors:
    """The messages of one field, by the paths below it."""
    own = {"": errors[key]} if key in errors else {}
    return own | {path[len(key) + 1 :]: message for path, message in errors.items() if path.startswith(f"{key}.")}
