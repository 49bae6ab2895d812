"""Programs that measure, in processes of their own."""

import subprocess

import psutil


class Failed(Exception):
    """The program did not end as it should."""


def run(command, patience):
    """What it prints; it is killed, with all that it has started, after so many seconds."""
    program = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL
    )
    try:
        printed, errors = program.communicate(timeout=patience)
    except subprocess.TimeoutExpired as e:
        _kill(program)
        # Not with its command, which names folders of this machine.
        raise Failed(f"not done in {patience} s") from e
    except BaseException:
        _kill(program)
        raise
    if program.returncode:
        raise Failed(f"exit code {program.returncode}: {(errors.strip().splitlines() or ['nothing on stderr'])[-1]}")
    return printed


def _kill(program):
    """And what it has started."""
    try:
        family = psutil.Process(program.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        family = []
    for process in family:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            pass
    program.kill()
    program.communicate()
