"""Looking at another thread while garbage is collected."""

import subprocess
import sys
import textwrap

LOOKS = """
    import asyncio, gc, sys, threading, time
    from weakref import WeakKeyDictionary

    from restival.isolation.loop import WatchedLoop


    class Thing:
        pass


    kept, end = WeakKeyDictionary(), time.monotonic() + 2


    def litter():
        thing = Thing()
        thing.me, kept[thing] = thing, 1


    def begin_threads():
        while time.monotonic() < end:
            thread = threading.Thread(target=litter)
            thread.start()
            thread.join()


    gc.set_threshold(3)
    sys.setswitchinterval(0.000001)
    loop = WatchedLoop(asyncio.new_event_loop(), threading.current_thread())
    for _ in range(2):
        threading.Thread(target=begin_threads).start()
    while time.monotonic() < end:
        litter()
        assert loop.frame is not None and gc.isenabled()
"""


def test_a_look_at_a_thread_holds_up_no_other() -> None:
    subprocess.run([sys.executable, "-c", textwrap.dedent(LOOKS)], check=True, timeout=30)
