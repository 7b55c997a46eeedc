from typing import Any

from restival import IO, Context, action

EVIL = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>{{ hacked=1 }}javascript:hacked=1'


@action
async def hostile(io: IO, ctx: Context) -> dict[str, Any]:
    """Every text that an action or a person can give is HTML with a script."""
    await ctx.log(EVIL)
    await io.display.heading(EVIL, description=EVIL)
    await io.display.markdown(EVIL)
    await io.display.html(EVIL)
    await io.display.code(EVIL, language="html")
    await io.display.object(EVIL, data={EVIL: [EVIL, {EVIL: EVIL}]})
    await io.display.table(EVIL, data=[{EVIL: EVIL}], columns=[{"label": EVIL, "render_cell": lambda row: EVIL}])
    await io.display.metadata(EVIL, data=[{"label": EVIL, "value": EVIL}])
    await io.display.diff(EVIL, EVIL + "x", label=EVIL)
    await io.display.log([EVIL], label=EVIL)
    answer = await io.group(
        text=io.input.text("Text", help_text=EVIL, placeholder=EVIL, default_value=EVIL),
        code=io.input.code(EVIL, language=EVIL, default_value=EVIL),
        rich=io.input.rich_text(EVIL, default_value=EVIL + "text"),
        tags=io.input.tags(EVIL, suggestions=[EVIL], default_value=[EVIL[:90]]),
        one=io.select.single(
            EVIL, options=[{"label": EVIL, "value": EVIL, "description": EVIL}, "b"], default_value=EVIL
        ),
        row=io.select.table(EVIL, data=[{EVIL: EVIL}], min_selections=1, initially_selected=[{EVIL: EVIL}]),
        found=io.search(EVIL, on_search=lambda query: [EVIL], initial_results=[EVIL], default_value=EVIL),
    ).with_choices([EVIL])
    return {EVIL: [EVIL, {"text": answer[1].text, "rich": answer[1].rich}]}
