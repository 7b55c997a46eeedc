"""Secret answers on the real Restate server: the action has them, nothing else does."""

import asyncio
from typing import Any

from pydantic import BaseModel, SecretStr

from restival import IO, Context, Person, action
from tests.conftest import Bench

SUSPENDED = 2.5
SECRET = "correct-horse-battery-staple"


class Account(BaseModel):
    user: str
    password: SecretStr
    keys: list[SecretStr] = []


@action
async def signing(io: IO, ctx: Context) -> dict[str, Any]:
    """Asks for secrets."""
    single = await io.input.password("Password", min_length=8).validate(
        lambda secret: "Not that one." if secret.get_secret_value() == SECRET[::-1] else None
    )
    account = await io.form(Account)
    await ctx.log("got", single, account)
    await io.input.text("Pause")
    everything = [single, account.password, *account.keys]
    return {"right": all(secret.get_secret_value() == SECRET for secret in everything), "shown": single}


async def everything_stored(bench: Bench) -> bytes:
    """All journals and states of the server, as they are stored."""
    stored = b""
    for sql in ("SELECT raw AS stored FROM sys_journal", "SELECT value AS stored FROM state"):
        rows = await bench.engine.client._admin.query(sql)
        stored += b"\n".join(bytes.fromhex(row["stored"]) for row in rows if row["stored"])
    return stored


async def test_a_secret_reaches_the_action_and_is_kept_nowhere(bench: Bench, ann: Person) -> None:
    [declared] = await bench.serve(signing)
    transaction = await bench.client.start(declared, declared.params(), ann)
    await bench.answer(transaction, 1, ann, value=SECRET[::-1])
    refused = (await bench.asked(transaction, 1, attempt=1)).pending
    assert refused and refused.errors == {"0": "Not that one."}
    assert SECRET[::-1] not in refused.model_dump_json()
    await bench.answer(transaction, 1, ann, attempt=1, value=SECRET)
    await bench.answer(transaction, 2, ann, value={"user": "ada", "password": SECRET, "keys": [SECRET]})
    view = await bench.asked(transaction, 3)
    assert view.items[1].answer == {"0": "••••••••"}
    assert view.items[2].answer == {"0": {"user": "ada", "password": "••••••••", "keys": ["••••••••"]}}
    await asyncio.sleep(SUSPENDED)
    await bench.answer(transaction, 3, ann, value="go on to the end")
    view = await bench.ended(transaction)
    assert view.outcome and view.outcome.value == {"right": True, "shown": "**********"}
    stored = await everything_stored(bench)
    assert b"go on to the end" in stored, "what isn't secret is found"
    assert SECRET.encode() not in stored and SECRET[::-1].encode() not in stored
    assert SECRET not in view.model_dump_json()
