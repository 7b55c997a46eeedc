"""An action that waits for its code to be mended, over kills -9 of the app: with the same code, and with other code."""

from pathlib import Path
from typing import Any

import pytest

from tests.process import AppProcess
from tests.web.test_app import Caller

pytestmark = pytest.mark.faults
BROKEN = """
import os
from pathlib import Path

from restival import IO, Context, action


def charge() -> int:
    with Path(os.environ["CHARGES"]).open("a") as file:
        file.write("charged\\n")
    return 2


@action(on_error="pause")
async def pay(io: IO, ctx: Context) -> float:
    number = await io.input.number("Number")
    return number / (await ctx.step(charge) - 2)
"""


def test_it_waits_over_a_kill_and_goes_on_with_mended_code(
    restate_binary: Path, tmp_path: Path, project: Path, free_port: int
) -> None:
    code, charges = project / "actions" / "pay.py", tmp_path / "charges"
    code.write_text(BROKEN)
    environment = {"RESTIVAL_RESTATE_SERVER": str(restate_binary), "CHARGES": str(charges)}
    app = AppProcess(project, free_port, tmp_path / "data", environment).start()
    call = Caller(app)

    def parked(view: Any) -> bool:
        return bool(view["trouble"] and "ZeroDivisionError" in view["trouble"]["message"])

    try:
        _, started = call("POST", "/api/actions/pay", {})
        transaction = started["id"]
        call.asked(transaction)
        assert call("POST", f"/api/transactions/{transaction}/answer", {"n": 1, "values": {"0": 8}})[0] == 200
        assert call.until(transaction, parked)["outcome"] is None
        app.kill()
        app.start()  # the code is the same: it waits on
        assert call.until(transaction, parked)["outcome"] is None
        app.kill()
        code.write_text(BROKEN.replace(" - 2)", ")"))
        app.start()
        ended = call.until(transaction, lambda view: view["outcome"] is not None)
        assert (ended["state"], ended["outcome"]["value"]) == ("Done", 4)
        assert charges.read_text() == "charged\n"
    finally:
        app.close()
