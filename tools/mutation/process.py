# SPDX-License-Identifier: Apache-2.0
"""Runs a command with a time limit that its children cannot outlive."""

import os
import signal
import subprocess
from pathlib import Path
from typing import List, NamedTuple, Optional


class Outcome(NamedTuple):
    """`status` is None if the time ran out."""

    status: Optional[int]
    output: str


def run(command: List[str], folder: Path, seconds: Optional[float], gently: bool = False) -> Outcome:
    """Output is standard output and error together. `gently`: interrupted first, so that a server behind the command
    stops its own children; else, and after 30 s, the whole process group is killed."""
    process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, start_new_session=True)
    try:
        output, _ = process.communicate(timeout=seconds)
        return Outcome(process.returncode, output.decode(errors="replace"))
    except subprocess.TimeoutExpired:
        return Outcome(None, _stop(process, gently))
    except BaseException:
        _stop(process, gently)
        raise


def _stop(process: subprocess.Popen, gently: bool) -> str:
    output = b""
    if gently:
        process.send_signal(signal.SIGINT)
        try:
            output, _ = process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            pass
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass  # all are gone already
    try:
        rest, _ = process.communicate(timeout=10)
    except (subprocess.TimeoutExpired, ValueError):  # a stray child holds the pipe, or all was read before
        rest = b""
    return (output or rest or b"").decode(errors="replace")
