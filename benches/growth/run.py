#!/usr/bin/env python3
"""Runs a statewright binary over files that grow, and names what grows faster than its input.

    benches/growth/run.py target/release/statewright [--only TEXT] [--commands check,fix] [--bytes 1000000]

Each family of `families.py` is written at a quarter of `--bytes` and at all of it, each of `folders.py` with a quarter of its items
and with all, and each command is run on both. Where four times the input takes more than 2.4² times the CPU time, it is a suspect:
it is run again, then at twice the size, and so on up to the limit of 8 MiB, each time with half of it, and a line is printed where
twice the input takes more than 2.4 times the CPU time at two of these sizes. A line is printed, too, where a run, at this size or at
the limit, takes more than 2 s of CPU time, or more than 256 MB; at this size, more than 64 MB where a report is written.
`--sample K` runs `check` and K of the other commands on each family, in turn. At the end the worst are listed. Nothing here is a test:
times are those of one machine, and of what else it does.
"""

import argparse
import json
import os
import resource
import shutil
import sys
import tempfile
from itertools import cycle, islice


def serve(requests, answers):
    """Runs what it is asked to. A process begins with the memory of the one that it was made from, and the system counts that as its
    own: so this one is made before there are any families."""
    for line in requests:
        arguments, folder, seconds = json.loads(line)
        pid = os.fork()
        if pid == 0:
            try:
                resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
                os.chdir(folder)
                null = os.open(os.devnull, os.O_RDWR)
                for stream in (0, 1, 2):
                    os.dup2(null, stream)
                os.execv(arguments[0], arguments)
            finally:
                os._exit(127)
        _, status, used = os.wait4(pid, 0)
        code = os.waitstatus_to_exitcode(status)
        answers.write(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, code]) + "\n")
        answers.flush()


class Runner:
    def __init__(self):
        (read_requests, write_requests), (read_answers, write_answers) = os.pipe(), os.pipe()
        if os.fork() == 0:
            os.close(write_requests)
            serve(os.fdopen(read_requests), os.fdopen(write_answers, "w"))
            os._exit(0)
        os.close(read_requests)
        self.requests, self.answers = os.fdopen(write_requests, "w"), os.fdopen(read_answers)


RUNNER = Runner()

sys.dont_write_bytecode = True
from families import FAMILIES
from folders import ANSWERS, FOLDERS

LIMIT = 8 * 1024 * 1024
SMALL = 2_000_000
MOST_SECONDS, MOST_MB, MOST_REPORT_MB, MOST_FACTOR = 2.0, 256, 64, 2.4
# What a run takes that reads nothing: the program, and what it was started from.
EMPTY_MB = 16
# Below this, what a run takes says little.
NOISE = 0.04

OFF = ("bottlenecks", "self-transitions", "pause-loops", "skipped-work", "omitted-details")
FORMATS = ("human", "short", "statistics", "json", "github", "gitlab", "sarif", "junit", "checkstyle", "rdjson", "markdown")
NOTATIONS = ("svg", "png", "html", "dot", "mermaid", "plantuml", "d2", "smcat", "table")
PRODUCTS = ("incident-iq", "xurrent", "itwin", "transactionlink", "actitime", "jira")
# Stands for another version of the file, where two are compared.
OLD = "OLD"
COMMANDS = {
    "check": ["check"],
    "fix": ["check", "--fix"],
    "unsafe-fixes": ["check", "--unsafe-fixes"],
    "diff": ["check", "--unsafe-fixes", "--diff"],
    "fix-diff": ["check", "--fix", "--diff"],
    "add-allows": ["check", "--add-allows"],
    "allows-diff": ["check", "--add-allows", "--diff"],
    "write-baseline": ["check", "--write-baseline=base.toml"],
    "baseline": ["check", "--baseline", "base.toml"],
    "off": ["check", *(word for code in OFF for word in ("--warn", code))],
    **{f"check-{name}": ["check", "--format", name] for name in FORMATS},
    "targets": ["check", *(word for name in PRODUCTS for word in ("--target", name))],
    "fmt": ["fmt"],
    "fmt-check": ["fmt", "--check"],
    "fmt-diff": ["fmt", "--diff"],
    "build": ["build", "--target", "all"],
    "build-out": ["build", "--target", "all", "--out", "out"],
    "requests": ["build", "--target", "all:requests"],
    "requests-http": ["build", "--target", "all:requests", "--as", "http"],
    "requests-curl": ["build", "--target", "all:requests", "--as", "curl"],
    **{f"build-{name}": ["build", "--target", name] for name in PRODUCTS},
    **{f"requests-{name}": ["build", "--target", f"{name}:requests", "--as", "curl"] for name in PRODUCTS},
    **{notation: ["diagram", "--notation", notation] for notation in NOTATIONS},
    "svg-right": ["diagram", "--notation", "svg", "--direction", "right"],
    "versions": ["diff", "--format", "human", OLD],
    "versions-json": ["diff", "--format", "json", OLD],
    "why": ["why", "B"],
    "why-json": ["why", "--format", "json", "B"],
}
# Commands whose result another one needs.
BEFORE = {"baseline": "write-baseline"}
# What is run on folders: of these, what stands in them is obeyed, and what is written has many files.
ON_FOLDERS = ["check", "fix", "add-allows", "write-baseline", "baseline", "check-json", "check-sarif", "check-gitlab", "fmt", "fmt-diff", "build", "build-out"]
ON_FOLDERS += ["svg-out", "why"]
COMMANDS["svg-out"] = ["diagram", "--notation", "svg", "--out", "pictures"]


class Run:
    """What one run took."""

    def __init__(self, binary, arguments, folder, seconds):
        RUNNER.requests.write(json.dumps([[binary, *arguments], folder, seconds]) + "\n")
        RUNNER.requests.flush()
        self.cpu, self.mb, self.code = json.loads(RUNNER.answers.readline())


def sized(family, size):
    """The family's text of about this many bytes; `None` where it does not grow."""
    small, more = (len(family(n).encode()) for n in (200, 400))
    if more <= small * 1.01:
        return None
    n = max(int(200 * size / small), 1)
    text = family(n).encode()
    # Where not every part grows with n, one correction is enough.
    if not 0.8 < len(text) / size <= 1.05:
        text = family(max(int(n * size / len(text)), 1)).encode()
    return text


class File:
    """A family that is one file."""

    def __init__(self, syntax, family):
        self.path, self.old, self.family = f"x.workflow.{syntax}", f"old.workflow.{syntax}", family

    def inputs(self, given, share):
        text = sized(self.family, int(given.bytes * share))
        return text and {self.path: text}

    def at_limit(self, share):
        return {self.path: sized(self.family, int(0.97 * share * LIMIT))}

    def arguments(self, command):
        name, *more = COMMANDS[command]
        words = [self.old if word == OLD else word for word in more]
        return [name, "--no-config", *words, self.path]


class Folder:
    """A family that is many files."""

    def __init__(self, items, family):
        self.items, self.family = items, family

    def inputs(self, given, share):
        files = self.family(max(int(self.items * share), 1))
        return {path: text.encode() for path, text in files.items()}

    def arguments(self, command):
        return [*COMMANDS[command], "."]


class Answer(File):
    """A family that is what a product answers."""

    def __init__(self, product, family):
        self.path, self.family, self.product = "x.json", family, product

    def arguments(self, command):
        return ["import", "--from", self.product, "--out", "out", self.path]


def measure(binary, family, files, command, seconds):
    folder = tempfile.mkdtemp(prefix="growth-")
    if OLD in COMMANDS.get(command, []):
        files = {family.old: files[family.path].replace(b"12", b"x"), **files}
    try:
        for path, text in files.items():
            path = os.path.join(folder, path)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(text)
        runs = [BEFORE[command]] if command in BEFORE else []
        for one in [*runs, command]:
            run = Run(binary, family.arguments(one), folder, seconds)
        return run
    finally:
        shutil.rmtree(folder)


def all_families():
    found = {name: File(*family) for name, family in FAMILIES.items()}
    found.update({f"folder: {name}": Folder(*family) for name, family in FOLDERS.items()})
    found.update({f"import: {name}": Answer(*family) for name, family in ANSWERS.items()})
    return found


def commands_of(family, given, turn):
    wanted = [command for command in COMMANDS if not given.commands or command in given.commands.split(",")]
    if isinstance(family, Answer):
        return ["import"] if not given.commands or "import" in given.commands.split(",") else []
    if isinstance(family, Folder):
        wanted = [command for command in wanted if command in ON_FOLDERS]
    elif "svg-out" in wanted:
        wanted.remove("svg-out")
    if not given.sample:
        return wanted
    others = [command for command in wanted if command not in ("check", "svg-out")]
    start = turn * given.sample % max(len(others), 1)
    return ["check"] * ("check" in wanted) + list(islice(cycle(others), start, start + given.sample))


def most_mb(command, size):
    """Of a large file the tree alone takes more than its report may."""
    return MOST_REPORT_MB if command.startswith("check-") and size <= SMALL else MOST_MB


def least(binary, family, files, command, seconds, times):
    """Of several runs the one that took the least: a machine with other work is no measure."""
    return min((measure(binary, family, files, command, seconds) for _ in range(times)), key=lambda run: run.cpu)


def factor_of(less, more, doublings):
    """How many times as much CPU time twice the input takes."""
    idle = START.cpu
    return (max(more.cpu - idle, 0) / max(less.cpu - idle, 0.001)) ** (1 / doublings)


def grows(binary, family, given, command):
    """Whether a suspect grows too fast at two sizes at least; with what was seen."""
    seen = []
    # Nothing bounds how many files there are but patience.
    for step in range(8 if isinstance(family, File) else 2):
        inputs = [family.inputs(given, share) for share in (2.0**step, 2.0 ** (step + 1))]
        if isinstance(family, File) and sum(map(len, inputs[1].values())) > LIMIT:
            break
        less, more = (least(binary, family, files, command, given.seconds, 3) for files in inputs)
        seen.append((factor_of(less, more, 1), more.cpu))
        if more.cpu > MOST_SECONDS or len(seen) > 1 and sum(factor <= MOST_FACTOR for factor, _ in seen) > 1:
            break
    return sum(factor > MOST_FACTOR for factor, _ in seen) > 1, seen


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--only", action="append", default=[], help="families whose name holds this text")
    parser.add_argument("--commands", help="only these, with commas between them")
    parser.add_argument("--bytes", type=int, default=800_000)
    parser.add_argument("--seconds", type=int, default=20, help="a run is ended after so much CPU time")
    parser.add_argument("--all", action="store_true", help="print every run")
    parser.add_argument("--list", action="store_true", help="print the names of the families")
    parser.add_argument("--every", type=int, default=1, help="only each so many-th family")
    parser.add_argument("--start", type=int, default=0, help="leave out so many families at first")
    parser.add_argument("--sample", type=int, default=0, help="check, and so many of the other commands in turn")
    parser.add_argument("--worst", type=int, default=12, help="how many of the worst are listed")
    given = parser.parse_args()
    chosen = {name: family for name, family in all_families().items() if not given.only or any(o in name for o in given.only)}
    chosen = dict(list(chosen.items())[given.start :: given.every])
    if given.list:
        print("\n".join(chosen))
        return
    binary = os.path.abspath(given.binary)
    global START
    START = min((Run(binary, ["--version"], "/", 20) for _ in range(9)), key=lambda run: run.cpu)
    over, told = 0, []
    for turn, (name, family) in enumerate(chosen.items()):
        if turn % 50 == 0:
            print(f"{turn} of {len(chosen)} families", file=sys.stderr, flush=True)
        inputs = [family.inputs(given, share) for share in (0.25, 1.0)]
        if None in inputs:
            continue
        size = sum(map(len, inputs[1].values()))
        full_inputs = {}
        for command in commands_of(family, given, turn):
            less, whole = (measure(binary, family, files, command, given.seconds) for files in inputs)
            why, seen = [], []
            if whole.cpu > NOISE and factor_of(less, whole, 2) > MOST_FACTOR:
                less, whole = (least(binary, family, files, command, given.seconds, 3) for files in inputs)
                if factor_of(less, whole, 2) > MOST_FACTOR and whole.cpu > NOISE:
                    too_fast, seen = grows(binary, family, given, command)
                    why += ["growth"] * too_fast
            factor = factor_of(less, whole, 2)
            full, full_size = whole, size
            far = LIMIT / max(size, 1)
            grown = max(whole.mb - EMPTY_MB, 0) * far + EMPTY_MB
            likely = whole.cpu * far > 0.9 * MOST_SECONDS or grown > 0.9 * MOST_MB
            if likely and not why and isinstance(family, File):
                # What is refused at the limit costs most just before.
                for share in (1.0, 0.75, 0.5):
                    full_inputs[share] = full_inputs.get(share) or family.at_limit(share)
                    full_size = len(full_inputs[share][family.path])
                    full = measure(binary, family, full_inputs[share], command, given.seconds)
                    if full.cpu > MOST_SECONDS:
                        full = least(binary, family, full_inputs[share], command, given.seconds, 3)
                    if full.cpu > whole.cpu or full.mb > whole.mb:
                        break
            why += ["seconds"] * (full.cpu > MOST_SECONDS) + ["memory"] * (full.mb > MOST_MB or whole.mb > most_mb(command, size))
            why += ["exit"] * any(run.code in (2, 70) or run.code < 0 for run in (less, whole, full))
            over += bool(why)
            told.append((factor if whole.cpu > NOISE else 0, full.cpu, full.mb, command, name, full_size))
            if why or seen or given.all:
                at_limit = f", at {full_size / 1e6:.1f} MB {full.cpu:.2f} s {full.mb:.0f} MB" if full is not whole else ""
                steps = "".join(f", then × {factor:.1f} {cpu:.2f} s" for factor, cpu in seen)
                print(
                    f"{'+'.join(why) or 'ok':8} {command:14} {name}: {size // 4} B {less.cpu:.3f} s, "
                    f"{size} B {whole.cpu:.3f} s {whole.mb:.0f} MB (× {factor:.1f} for twice){steps}{at_limit}",
                    flush=True,
                )
    print(f"{len(chosen)} families, {len(told)} runs, {over} over")
    for what, index, unit in (("most growth", 0, "×"), ("most CPU time", 1, "s"), ("most memory", 2, "MB")):
        print(f"{what}:")
        for row in sorted(told, key=lambda row: -row[index])[: given.worst]:
            print(f"  {row[index]:8.2f} {unit:2} {row[3]:14} {row[4]} ({row[5]} B)")


if __name__ == "__main__":
    main()
