#!/usr/bin/env python3
"""Runs a statewright binary over files that grow, and names what grows faster than its input.

    benches/growth/run.py target/release/statewright [--only TEXT] [--commands check,fix] [--bytes 1000000]

Each family of `families.py` is written at half of `--bytes` and at all of it, and each command is run on both. A line is printed
where twice the input takes more than 2.4 times the CPU time, and where a run, at this size or at the limit of
8 MiB, takes more than 2 s of CPU time or 256 MB. Nothing here is a test: times are those of one machine.
"""

import argparse
import os
import resource
import shutil
import signal
import sys
import tempfile

sys.dont_write_bytecode = True
from families import FAMILIES

LIMIT = 8 * 1024 * 1024
MOST_SECONDS, MOST_MB, MOST_FACTOR = 2.0, 256, 2.4
# What a run takes that reads nothing: the program, and what it was started from.
EMPTY_MB = 24
# Below this, what a run takes says little.
NOISE = 0.04

CHECK = ["check", "--no-config"]
OFF = ("bottlenecks", "self-transitions", "pause-loops", "skipped-work", "omitted-details")
COMMANDS = {
    "check": CHECK,
    "fix": [*CHECK, "--fix"],
    "unsafe-fixes": [*CHECK, "--unsafe-fixes"],
    "diff": [*CHECK, "--unsafe-fixes", "--diff"],
    "add-allows": [*CHECK, "--add-allows"],
    "write-baseline": [*CHECK, "--write-baseline=base.toml"],
    "baseline": [*CHECK, "--baseline", "base.toml"],
    "off": [*CHECK, *(word for code in OFF for word in ("--warn", code))],
    "short": [*CHECK, "--format", "short"],
    "json": [*CHECK, "--format", "json"],
    "sarif": [*CHECK, "--format", "sarif"],
    "rdjson": [*CHECK, "--format", "rdjson"],
    "markdown": [*CHECK, "--format", "markdown"],
    "fmt": ["fmt", "--no-config"],
    "fmt-diff": ["fmt", "--no-config", "--diff"],
    "build": ["build", "--no-config", "--target", "all"],
    "requests": ["build", "--no-config", "--target", "all:requests"],
    **{
        notation: ["diagram", "--no-config", "--notation", notation]
        for notation in ("svg", "png", "html", "dot", "mermaid", "table")
    },
    "why": ["why", "--no-config", "B"],
}
# Commands whose result another one needs.
BEFORE = {"baseline": "write-baseline"}


class Run:
    """What one run took."""

    def __init__(self, binary, arguments, folder, seconds):
        def child():
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
            os.chdir(folder)
            null = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(null, stream)
            os.execv(binary, [binary, *arguments])

        pid = os.fork()
        if pid == 0:
            try:
                child()
            finally:
                os._exit(127)
        _, status, used = os.wait4(pid, 0)
        self.cpu = used.ru_utime + used.ru_stime
        self.mb = used.ru_maxrss / 1024
        self.killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL)
        self.code = os.waitstatus_to_exitcode(status)


def sized(family, size):
    """The family's text of about this many bytes."""
    small = len(family(200).encode())
    n = max(int(200 * size / small), 1)
    text = family(n).encode()
    # Where not every part grows with n, one correction is enough.
    if not 0.8 < len(text) / size <= 1.05:
        text = family(max(int(n * size / len(text)), 1)).encode()
    return text


def measure(binary, syntax, text, command, seconds):
    folder = tempfile.mkdtemp(prefix="growth-")
    try:
        path = f"x.workflow.{syntax}"
        with open(os.path.join(folder, path), "wb") as file:
            file.write(text)
        runs = [BEFORE[command]] if command in BEFORE else []
        for one in [*runs, command]:
            run = Run(binary, [*COMMANDS[one], path], folder, seconds)
        return run
    finally:
        shutil.rmtree(folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--only", action="append", default=[], help="families whose name holds this text")
    parser.add_argument("--commands", default=",".join(COMMANDS))
    parser.add_argument("--bytes", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=int, default=20, help="a run is ended after so much CPU time")
    parser.add_argument("--all", action="store_true", help="print every run")
    parser.add_argument("--list", action="store_true", help="print the names of the families")
    parser.add_argument("--every", type=int, default=1, help="only each so many-th family")
    given = parser.parse_args()
    chosen = {name: family for name, family in FAMILIES.items() if not given.only or any(o in name for o in given.only)}
    chosen = dict(list(chosen.items())[:: given.every])
    if given.list:
        print("\n".join(chosen))
        return
    binary = os.path.abspath(given.binary)
    over = 0
    for name, (syntax, family) in chosen.items():
        texts = [sized(family, given.bytes // 2), sized(family, given.bytes)]
        for command in given.commands.split(","):
            half, whole = (measure(binary, syntax, text, command, given.seconds) for text in texts)
            factor = whole.cpu / max(half.cpu, 0.001) * (2 * len(texts[0]) / len(texts[1]))
            why = []
            if whole.cpu > NOISE and factor > MOST_FACTOR:
                # Once more: a machine with other work is no measure.
                again = [measure(binary, syntax, text, command, given.seconds) for text in texts]
                half.cpu, whole.cpu = (min(a.cpu, b.cpu) for a, b in zip((half, whole), again))
                factor = whole.cpu / max(half.cpu, 0.001) * (2 * len(texts[0]) / len(texts[1]))
                if factor > MOST_FACTOR:
                    why.append("growth")
            far = LIMIT / len(texts[1])
            grown = max(whole.mb - EMPTY_MB, 0)
            likely = whole.cpu * far > 0.8 * MOST_SECONDS or grown * far > 2 * MOST_MB
            at_limit = ""
            if likely and not why:
                text = sized(family, int(0.97 * LIMIT))
                full = measure(binary, syntax, text, command, given.seconds)
                at_limit = f", at {len(text) / 1e6:.1f} MB {full.cpu:.2f} s {full.mb:.0f} MB"
                if full.cpu > MOST_SECONDS:
                    full = min(full, measure(binary, syntax, text, command, given.seconds), key=lambda run: run.cpu)
                    at_limit = f", at {len(text) / 1e6:.1f} MB {full.cpu:.2f} s {full.mb:.0f} MB"
            else:
                full = whole
            why += ["seconds"] * (full.cpu > MOST_SECONDS) + ["memory"] * (full.mb > MOST_MB)
            why += ["exit"] * any(run.code == 70 or run.code < 0 for run in (half, whole, full))
            over += bool(why)
            if why or given.all:
                print(
                    f"{'+'.join(why) or 'ok':8} {command:14} {name}: {len(texts[0])} B {half.cpu:.3f} s, "
                    f"{len(texts[1])} B {whole.cpu:.3f} s {whole.mb:.0f} MB (× {factor:.1f}){at_limit}",
                    flush=True,
                )
    print(f"{len(chosen)} families, {over} runs over")


if __name__ == "__main__":
    main()
