"""Runs a program, and ends with all that it started.

    node.py FOLDER PROGRAM ARGUMENT...

On a line of input, and when the program ends by itself, it kills every process that came of the
program, however these were started. At the end of its input it removes FOLDER, too: then whoever
started it is gone. Linux only.
"""

import contextlib
import ctypes
import glob
import os
import select
import shutil
import signal
import sys

PR_SET_CHILD_SUBREAPER = 36


def parents():
    """The parent of each process."""
    found = {}
    for stat in glob.glob("/proc/[0-9]*/stat"):
        try:
            with open(stat, encoding="latin-1") as file:
                # The name in parentheses may contain anything.
                found[int(stat.split("/")[2])] = int(file.read().rpartition(")")[2].split()[1])
        except OSError:
            pass  # Ended meanwhile.
    return found


def descendants():
    below, found = [os.getpid()], parents()
    for pid in below:
        below += [child for child, parent in found.items() if parent == pid]
    return below[1:]


def kill_all():
    """Until nothing is left: orphans become children of this process, so waiting ends only then."""
    while True:
        for pid in descendants():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
            # A JVM's; the next that starts may remove it first.
            for data in glob.glob(f"/tmp/hsperfdata_*/{pid}"):
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(data)
        try:
            os.wait()
        except ChildProcessError:
            return


def ended():
    """The processes below this one that have ended since it was called last."""
    pids = []
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return pids
        if pid == 0:
            return pids
        pids.append(pid)


def main():
    folder, command = sys.argv[1], sys.argv[2:]
    os.setsid()
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
    news, news_end = os.pipe()
    os.set_blocking(news_end, False)
    signal.set_wakeup_fd(news_end)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    program = os.spawnvp(os.P_NOWAIT, command[0], command)
    while True:
        ready, _, _ = select.select([0, news], [], [])
        if 0 in ready:
            alone = sys.stdin.readline() == ""
            break
        os.read(news, 4096)
        if program in ended():
            alone = False
            break
    kill_all()
    if alone:
        shutil.rmtree(folder, ignore_errors=True)


main()
