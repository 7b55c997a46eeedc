from typing import Any

from restival import IO, action


@action
async def counted(io: IO) -> dict[str, Any]:
    """Texts whose length is limited."""
    answer = await io.group(
        note=io.input.text("Note", multiline=True, max_length=5, help_text="In short"),
        name=io.input.text("Name", min_length=2, max_length=8, default_value="Ada"),
        code=io.input.text("Code", min_length=4, max_length=4, help_text="From the letter"),
        free=io.input.text("Free", min_length=2).optional(),
    )
    return dict(answer)
