"""What `@action` declares, and what it refuses."""

from typing import Any

import pytest
from pydantic import SecretStr

from restival import IO, Context, action
from restival.actions.action import Action, DeclarationError
from restival.actions.declarations import MARK


def declared(body: Any) -> Action:
    found: Action = getattr(body, MARK)
    return found


def test_name_docstring_and_parameters_make_the_action() -> None:
    @action(icon="bolt", roles=["support"])
    async def refund_charge(io: IO, ctx: Context, email: str, count: int = 3) -> None:
        """Gives money back.

        All of it.
        """

    made = declared(refund_charge)
    assert (made.slug, made.title) == ("refund-charge", "Refund charge")
    assert made.description == "Gives money back.\n\nAll of it."
    assert dict(made.injected) == {"io": "io", "ctx": "ctx"}
    assert list(made.params.model_fields) == ["email", "count"]
    assert made.inside("shop").service == "shop.refund-charge"
    assert made.inside("shop").group == "shop"


def test_mistakes_are_told_with_what_to_write() -> None:
    with pytest.raises(DeclarationError, match=r"test_declare.py:\d+: .*parameter x needs a type, such as x: str"):

        @action
        async def untyped(io: IO, x) -> None:  # type: ignore[no-untyped-def]
            pass

    with pytest.raises(DeclarationError, match="must be an async function"):
        action(lambda io: None)  # type: ignore[arg-type,return-value]

    with pytest.raises(DeclarationError, match="parameter x: no field supports set"):

        @action
        async def odd(x: set) -> None:  # type: ignore[type-arg]
            pass


def test_a_secret_parameter_is_refused_because_parameters_are_kept() -> None:
    async def secret(key: SecretStr) -> None: ...

    with pytest.raises(DeclarationError, match="parameter key is a secret, but start parameters are stored"):
        action(secret)
