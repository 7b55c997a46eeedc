from restival import IO, Context, File, action


@action(backgroundable=False)
async def tells(io: IO, ctx: Context) -> str:
    """Tells, takes a file and leads on."""
    await ctx.notify("Have a <b>look</b> at it.", title="A report")
    paper: File = await io.input.file("Paper")
    await ctx.notify(f"{paper.name} is here.", delivery=["nobody@example.com"])
    if await io.confirm("Lead on?"):
        await ctx.redirect(route="team/parameters", params={"name": "Ann", "count": 3})
    return "told"
