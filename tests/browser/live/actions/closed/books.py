from restival import IO, Layout, page


@page
def books(io: IO) -> Layout:
    """For finance only."""
    return Layout(children=[io.display.markdown("The secret sum is 4711.")])
