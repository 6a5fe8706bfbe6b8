"""Ending a run at an exact place, as a power cut or `kill -9` would."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable


def killed(run: Callable[[], object], step: int) -> bool:
    """Run in a process of its own, which SIGKILL ends at a call on files: the one after the first `step` calls.

    Counted are the calls that have a written file put on the disk, replaced or removed. Was it killed? Not if the run
    makes fewer of them.
    """
    process = os.fork()
    if process:
        status = os.waitpid(process, 0)[1]
        assert status in (0, signal.SIGKILL), "it failed by itself"
        return status != 0
    left = iter(range(step))

    def stopping(call: Callable[..., None]) -> Callable[..., None]:
        def stopped(*arguments: object) -> None:
            if next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)
            call(*arguments)

        return stopped

    os.fsync, os.replace, os.unlink = stopping(os.fsync), stopping(os.replace), stopping(os.unlink)
    try:
        run()
        os._exit(0)
    finally:
        os._exit(1)
