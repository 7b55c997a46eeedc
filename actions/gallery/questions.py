import datetime as dt
from enum import Enum
from typing import Any

from pydantic import BaseModel, EmailStr, Field

from restival import IO, action


class Shipping(Enum):
    POST = "By post"
    COURIER = "By courier"
    PICKUP = "Picked up"


class Recipient(BaseModel):
    name: str = Field(min_length=2)
    email: EmailStr
    shipping: Shipping = Shipping.POST
    on: dt.date | None = Field(None, description="As soon as possible where it is left empty")
    pieces: int = Field(1, ge=1, le=20)


@action(title="Models and questions", icon="quiz")
async def questions(io: IO) -> dict[str, Any]:
    """A pydantic model as a form, buttons of your own, and a question before something happens."""
    recipient = await io.form(
        Recipient,
        label="Recipient",
        help_text="The fields of a pydantic model, with its checks.",
        default_value=Recipient(name="Ada Lovelace", email="ada@example.com", pieces=2),
    )
    packed = await io.group(
        note=io.input.text("Note in the parcel").optional(),
        gift=io.input.boolean("Wrap it as a gift"),
    ).continue_button_options(label="Pack it", theme="primary")
    if not await io.confirm(f"Send {recipient.pieces} to {recipient.name}?", help_text="The courier is told at once."):
        return {"sent": False}
    shown = await io.confirm_identity(
        "Bill it to the company?", help_text="Only you can say yes to this.", grace_period=60
    )
    approval = await io.approve(
        "Take it from the stock for customers?",
        help_text="Usually somebody else than who has started it.",
        roles=["finance"],
        not_by=[],
        quorum=1,
    )
    return {
        "sent": approval.approved,
        "billed": shown,
        "to": recipient.name,
        "how": recipient.shipping.value,
        "gift": packed.gift,
    }
