"""Notices authors' code that holds up its loop: names it, and in the end stops it."""

import ctypes
import logging
import threading
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType

from restival.isolation.boundary import HeldUp
from restival.isolation.callbacks import Callback
from restival.isolation.code_location import OWN, authors_call, place_of
from restival.isolation.loop import WatchedLoop

LOOK_SECONDS = 0.1
HELD_SECONDS = 0.4
"""A loop that isn't given back for so long is held up."""
LOOKS, MOST_SHARE = 30, 0.5
"""Code that runs at so large a part of so many looks, and doesn't give the loop back from one to the next, holds it up
too."""
MOST_LOOKS = 3
"""So many looks in a row at the same transaction's code, in whichever of its tasks, are enough too."""
STOP_SECONDS = 30.0
"""Code of a body that holds it up for so long is stopped where Python can: not inside a call of a C library."""
HOME_STOP_SECONDS = 5.0
"""The same for code in the app's own loop, as a component's drawing: it holds up all pages."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Hold:
    """Code that holds up its loop: whose, where, and since how long (s)."""

    holder: str
    file: str
    line: int
    code: str
    seconds: float = 0.0
    since: float = 0.0
    """How long others had held it up before (s)."""
    stops: int = 0
    """How often it was tried to stop it."""
    again: bool = False
    """Whether it gives the loop back each time, but not for long: others would get a turn too seldom."""


@dataclass(frozen=True)
class Suspect:
    """The task, callback or call that runs in a loop, whose it is, and at how many looks in a row it was the same
    owner's."""

    running: object
    owner: str
    looks: int
    since: float = 0.0
    """How long the loop hadn't been given back before (s)."""

    def seen(self, running: object, owner: str, seconds: float) -> "Suspect":
        """What is seen at the next look."""
        is_owners = bool(owner) and owner == self.owner
        since = self.since if is_owners or running is self.running else seconds
        return Suspect(running, owner, self.looks + 1 if is_owners else 1, since)

    def is_holding(self, before: "Suspect | None") -> bool:
        """Whether it holds up the loop, and not many that each take a little: with them others run at the next look."""
        if self.running is None:
            return False
        return (before is not None and before.running is self.running) or self.looks >= MOST_LOOKS


class Share:
    """Who ran at the last looks at which the loop hadn't been given back since the look before."""

    def __init__(self) -> None:
        self._owners: deque[str] = deque(maxlen=LOOKS)

    def take(self, owner: str) -> None:
        """Take a look; "" if the loop had been given back, or nobody's code ran."""
        self._owners.append(owner)

    @property
    def holder(self) -> str:
        """Who holds up the loop again and again; "" if nobody does."""
        if len(self._owners) < LOOKS:
            return ""
        [(owner, looks)] = Counter(self._owners).most_common(1)
        return owner if looks >= LOOKS * MOST_SHARE else ""


Listener = Callable[[WatchedLoop, Hold | None], None]
"""Called in the watcher's thread when a loop is held up, each time it is looked at, and with None when it isn't any
more."""


class Watch:
    """Looks at loops in a thread of its own."""

    def __init__(self, home: WatchedLoop, loops: Callable[[], list[WatchedLoop]], listener: Listener) -> None:
        self._home = home
        self._loops = loops
        self._listener = listener
        self._held: dict[WatchedLoop, Hold] = {}
        self._suspects: dict[WatchedLoop, Suspect] = {}
        """What ran at the last looks at a loop that hadn't been given back."""
        self._shares: dict[WatchedLoop, Share] = {}
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Look no more."""
        self._end.set()

    def _run(self) -> None:
        while not self._end.wait(LOOK_SECONDS):
            for loop in (self._home, *self._loops()):
                try:
                    self._look(loop)
                except Exception:
                    log.exception("A loop can't be watched.")

    def _look(self, loop: WatchedLoop) -> None:
        seconds, frame, running = loop.held_for(), loop.frame, loop.running
        call = authors_call(frame, in_main=loop is self._home)
        owner = loop.owner_of(running)
        self._shares.setdefault(loop, Share()).take(owner.name if seconds > 0 else "")
        suspect = self._suspect(loop, running or call, owner.name, seconds)
        if seconds < HELD_SECONDS:
            self._look_often(loop, owner.name, frame)
        elif call is not None or loop is not self._home:  # else the app itself is busy
            before = self._held.get(loop)
            if suspect is not None and (before is None or before.holder != suspect.owner):
                self._release(loop)
                scheduled = running.scheduled if isinstance(running, Callback) else None
                before = Hold(suspect.owner, *place_of(frame, scheduled), since=suspect.since)
            if before is not None:
                hold = replace(before, seconds=seconds - before.since)
                stops = not owner.in_step and not _in_step(frame)
                self._tell(loop, self._stopped(loop, hold) if stops else hold)

    def _look_often(self, loop: WatchedLoop, owner: str, frame: FrameType | None) -> None:
        """Look at a loop that was given back: whether it is held up again and again, or no longer."""
        before, often = self._held.get(loop), self._shares[loop].holder
        if often and owner == often:
            self._tell(loop, Hold(often, *place_of(frame), LOOKS * LOOK_SECONDS, again=True))
        elif before is not None and not (before.again and often == before.holder):
            self._release(loop)

    def _release(self, loop: WatchedLoop) -> None:
        """What has held up a loop no longer does."""
        if self._held.pop(loop, None) is not None:
            self._listener(loop, None)

    def _suspect(self, loop: WatchedLoop, running: object, owner: str, seconds: float) -> Suspect | None:
        """Take what runs in a loop that hasn't been given back for so long; gives it if it is what holds it up."""
        before = self._suspects.get(loop) if seconds > 0 else None
        now = self._suspects[loop] = (before or Suspect(None, "", 0)).seen(running, owner, seconds)
        return now if now.is_holding(before) else None

    def _stopped(self, loop: WatchedLoop, hold: Hold) -> Hold:
        """Stop code whose time is up, again and again: it may catch that."""
        limit = HOME_STOP_SECONDS if loop is self._home else STOP_SECONDS
        if hold.seconds <= limit * (hold.stops + 1):
            return hold
        _raise_in(loop, _held_up(limit, f"{Path(hold.file).name}, line {hold.line}: {hold.code}"))
        return replace(hold, stops=hold.stops + 1)

    def _tell(self, loop: WatchedLoop, hold: Hold) -> None:
        if loop not in self._held:
            log.warning("%s holds up its loop at %s:%s: %s", hold.holder or "Code", hold.file, hold.line, hold.code)
        self._held[loop] = hold
        self._listener(loop, hold)


def _in_step(frame: FrameType | None) -> bool:
    """Whether the code is that of a step, which takes as long as it takes."""
    while frame is not None:
        if frame.f_code.co_name == "run_recorded" and frame.f_code.co_filename.startswith(str(OWN)):
            return True
        frame = frame.f_back
    return False


def _held_up(seconds: float, where: str) -> type[HeldUp]:
    """The exception for code there: it is raised as a class, so that the words have to be the class's."""
    words = (
        f"the code blocked its thread for {seconds:g} s without an await and was stopped ({where}). "
        "Put slow or blocking work in ctx.step"
    )
    return type("HeldUp", (HeldUp,), {"__str__": lambda self: words})


def _raise_in(loop: WatchedLoop, error: type[BaseException]) -> None:
    """Raise an exception in another thread, the next time that it runs Python code (docs.python.org/3/c-api/init.html,
    PyThreadState_SetAsyncExc)."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(loop.thread.ident or 0), ctypes.py_object(error))
