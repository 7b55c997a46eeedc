"""Forms of pydantic models."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, EmailStr, Field

from restival import IO, action


class Pickup(BaseModel):
    model_config = ConfigDict(title="Pick up in a shop")

    by: Literal["pickup"] = "pickup"
    shop: Literal["Oslo", "Bergen", "Tromsø"] = "Oslo"


class Parcel(BaseModel):
    model_config = ConfigDict(title="Send as a parcel")

    by: Literal["parcel"] = "parcel"
    street: str
    city: str
    express: bool = Field(False, description="There by tomorrow noon")


class Card(BaseModel):
    kind: Literal["card"] = "card"
    last_digits: str = Field(min_length=4, max_length=4, description="The last four, never the whole number")
    valid_until: dt.date | None = None


class BankTransfer(BaseModel):
    kind: Literal["bank_transfer"] = "bank_transfer"
    iban: str = Field(title="IBAN", min_length=15, max_length=34)
    owner: str = Field(title="Account owner")


class Voucher(BaseModel):
    kind: Literal["voucher"] = "voucher"
    code: str
    worth: Decimal = Field(gt=0, decimal_places=2)


Payment = Annotated[Card | BankTransfer | Voucher, Field(discriminator="kind")]


class Order(BaseModel):
    customer: EmailStr = Field(description="Where the receipt goes")
    delivery: Annotated[Pickup | Parcel, Field(discriminator="by")] = Pickup()
    payments: list[Payment] = Field(min_length=1, max_length=3, description="One payment, or a few that add up")
    refund_to: Payment | None = Field(None, description="Where the money goes if we can't deliver")


@action(title="Models", icon="schema")
async def models(io: IO) -> dict[str, Any]:
    """An order as a pydantic model: nested, with lists, and with parts that are of one kind or another."""
    order = await io.form(Order, label="Order", help_text="What is asked depends on what you choose.")
    return {"total parts": len(order.payments), "order": order.model_dump(mode="json")}
