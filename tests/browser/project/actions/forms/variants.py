from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

from restival import IO, action


class Card(BaseModel):
    model_config = ConfigDict(title="Credit card")

    kind: Literal["card"] = "card"
    number: str = Field(min_length=4)
    code: SecretStr | None = None
    months: int = 1


class Bank(BaseModel):
    kind: Literal["bank_account"] = "bank_account"
    iban: str = Field(description="As on the statement")

    @model_validator(mode="after")
    def _known(self) -> "Bank":
        if self.iban == "closed":
            raise ValueError("this account is closed")
        return self


class Cash(BaseModel):
    kind: Literal["cash"] = "cash"


class Mail(BaseModel):
    by: Literal["mail"]
    street: str


class Carrier(BaseModel):
    by: Literal["a", "b", "c", "d", "e"]
    payment: Annotated[Card | Bank, Field(discriminator="kind")]


Payment = Annotated[Card | Bank | Cash, Field(discriminator="kind")]


class Order(BaseModel):
    payment: Payment = Field(title="Payment method", description="How the money comes")
    refund: Annotated[Card | Bank, Field(discriminator="kind")] | None = None
    delivery: Mail | Carrier = Field(Mail(by="mail", street="High Street"), discriminator="by")
    more: list[Payment] = Field([], title="Further payments")


class Short(BaseModel):
    payment: Payment


@action
async def variants(io: IO) -> dict[str, Any]:
    """Models that are told apart by a field."""
    order = await io.form(Order)
    payment = order.payment
    paid = payment.iban if isinstance(payment, Bank) else type(payment).__name__
    return {"paid": paid, "order": order.model_dump_json()}


@action
async def variants_short(io: IO) -> str:
    """A choice alone."""
    return (await io.form(Short)).payment.kind


@action
async def variants_start(io: IO, payment: Annotated[Bank | Cash, Field(discriminator="kind")], note: str = "") -> str:
    """A start form with a choice."""
    return f"{payment!r}"
