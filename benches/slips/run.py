#!/usr/bin/env python3
"""Puts slips into the examples, and measures what a statewright binary says of each.

    benches/slips/run.py target/release/statewright [--count 10000] [--seed 1] [--only TEXT]... [--show N]

Each of `kinds.py` is put into the examples in turn, in both syntaxes, until there are so many files. Of each it is counted how many
reports it gets, not counting those of the example itself, whether the first is on a line of the slip, and whether what the reports
offer leads back: every fix that they have, safe or not, is applied, or else the text that a help shows is written, of several the one
that leads back; then `check` must say no more than of the example, and `diff` must find the workflow that it was (of kinds whose
meaning nobody can know, `check` alone). A line for each kind, those with the most to do last; `--show N`
prints N files of each kind that missed something. Nothing here is a test: it is for whoever works on the reports.
"""

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.dont_write_bytecode = True
from kinds import GUESSED, TOML, YAML

ROOT = Path(__file__).resolve().parents[2]


def healthy():
    """The examples in both syntaxes: name, text, kinds of slips."""
    for path in sorted((ROOT / "examples").glob("*.workflow.yaml")):
        yield path.name, path.read_text(), YAML
    for path in sorted([*(ROOT / "examples").glob("*.workflow.toml"), *(ROOT / "examples/toml").glob("*.toml")]):
        yield path.name.replace(".workflow", "").replace(".toml", ".workflow.toml"), path.read_text(), TOML


def slips(count, seed, only):
    """So many texts, each with the name of its slip and the lines on which this is; none twice."""
    rng = random.Random(seed)
    sources = list(healthy())
    seen, made, idle = set(), 0, 0
    while made < count and idle < 40:
        before = made
        for file, text, kinds in sources:
            for kind, make in kinds.items():
                if only and not any(text in kind for text in only):
                    continue
                found = make(text, rng)
                if not found or found[0] == text or found[0] in seen or made == count:
                    continue
                seen.add(found[0])
                made += 1
                yield file, text, kind, *found
        idle = idle + 1 if made == before else 0


def reports(program, path):
    ran = subprocess.run([program, "check", "--format", "json", path], capture_output=True, text=True, cwd=Path(path).parent)
    if ran.returncode not in (0, 1):
        return None
    return json.loads(ran.stdout)["diagnostics"]


def edited(text, edits):
    data = text.encode()
    for edit in sorted(edits, key=lambda edit: (edit["start"], edit["end"]), reverse=True):
        data = data[: edit["start"]] + edit["text"].encode() + data[edit["end"] :]
    return data.decode()


def by_hand(text, report):
    """What somebody might do who reads the help and has no fix: change one word to another, write a text that it shows in the place that
    is marked, before or after it, or as the line, or delete what is marked. Which of these, a person knows: all of them are tried."""
    help = report["help"] or ""
    span, data = report["span"], text.encode()
    start, end = span["start"], span["end"]
    marked = data[start:end].decode()
    line_start = data.rfind(b"\n", 0, start) + 1
    line_end = data.find(b"\n", start)
    line_end = len(data) if line_end < 0 else line_end
    content_start = line_end - len(data[line_start:line_end].lstrip())
    for old, new in re.findall(r"change `(.+?)` to `(.+?)`", help):
        if old in marked:
            yield edited(text, [{"start": start, "end": end, "text": marked.replace(old, new, 1)}])
    one_of = re.search(r"one of (`.+)", help)
    offered = re.findall(r"`(.+?)`", one_of.group(1)) if one_of else re.findall(r"(?:write|use|or|change it to) `(.+?)`", help)
    for word in offered:
        for at in ((start, end), (start, start), (end, end), (content_start, line_end), (line_end, line_end)):
            yield edited(text, [{"start": at[0], "end": at[1], "text": word}])
    for field, offered in re.findall(r"add `(\w+)` with (?:one of )?(`.+)", help):
        for word in re.findall(r"`(\w+)`", offered):
            yield with_field(text, line_start, line_end, f"{field}: {word}")
    for name in re.findall(r"write `&(\w+)` before the value", help):
        for key in re.finditer(rf"(?mi)^  (?={name}\b[^\n]*: )", text):
            yield text[: key.end()] + f"&{name} " + text[key.end() :]
    if "merge conflict" in report["message"]:
        yield from versions(text)
    if "delete" in help:
        yield edited(text, [{"start": start, "end": end, "text": ""}])
        yield edited(text, [{"start": line_start, "end": line_end + 1, "text": ""}])


def with_field(text, start, end, field):
    """The text with one more field in the map that begins on the line: in its braces, or below it."""
    line = text.encode()[start:end].decode()
    for opened, new in (("{}", f"{{ {field} }}"), ("{ ", f"{{ {field}, ")):
        if opened in line:
            return edited(text, [{"start": start, "end": end, "text": line.replace(opened, new, 1)}])
    blanks = " " * (len(line) - len(line.lstrip()) + 2)
    return edited(text, [{"start": end, "end": end, "text": f"\n{blanks}{field}"}])


def versions(text):
    """The text with either of two versions that git left in it."""
    conflict = r"(?m)^<{7}.*\n((?:.*\n)*?)={7}\n((?:.*\n)*?)>{7}.*\n"
    for kept in (r"\1", r"\2"):
        yield re.sub(conflict, kept, text)


def new_reports(program, path, known):
    """What is said of the file and not of the example that it was; `None` where it is not looked at."""
    found = reports(program, path)
    if found is None:
        return None
    known = Counter(known)
    known.subtract((report["code"], report["message"]) for report in found)
    extra = []
    for report in found:
        said = report["code"], report["message"]
        if known[said] < 0:
            known[said] += 1
            extra.append(report)
    return extra


def mended(program, path, text, found, known, is_back):
    """What is missed when everything that is offered is done, one report after the other, in at most eight rounds."""
    for _ in range(8):
        if any(report["fix"] for report in found):
            path.write_text(text)
            subprocess.run([program, "check", "--unsafe-fixes", "--quiet", path.name], capture_output=True, cwd=path.parent)
            new = path.read_text()
            if new == text:
                return {"not led back"}
            text, found = new, new_reports(program, path, known)
        else:
            clean = False
            for new in by_hand(text, found[0]):
                path.write_text(new)
                if new_reports(program, path, known) == []:
                    clean = True
                    if is_back():
                        return set()
            return {"damaged"} if clean else {"not led back"}
        if found is None:
            return {"not led back"}
        if not found:
            return set() if is_back() else {"damaged"}
    return {"not led back"}


def measure(program, folder, number, file, healthy_text, kind, text, lines):
    home = Path(folder) / str(number)
    home.mkdir()
    path, old = home / file, home / "old"
    old.mkdir()
    old = old / file
    old.write_text(healthy_text)
    path.write_text(text)
    known = [(report["code"], report["message"]) for report in reports(program, old)]
    found = new_reports(program, path, known)
    if found is None:
        return kind, {"not looked at"}, text, []
    missed = set()
    if not found:
        missed.add("not seen")
    if len(found) > 1:
        missed.add("more than one report")
    if found and found[0]["line"] not in lines:
        missed.add("another line")

    def is_back():
        if kind in GUESSED:
            return True
        command = [program, "diff", "--exit-code", str(old), str(path)]
        return subprocess.run(command, capture_output=True, text=True).returncode == 0

    if found:
        missed |= mended(program, path, text, found, known, is_back)
    return kind, missed, text, [f"{report['line']}: {report['code']}: {report['message']}\n    help: {report['help']}" for report in found]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("program")
    arguments.add_argument("--count", type=int, default=10_000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--only", action="append")
    arguments.add_argument("--show", type=int, default=0)
    given = arguments.parse_args()
    program = str(Path(given.program).resolve())
    counts, misses, shown = Counter(), defaultdict(Counter), Counter()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        work = [
            pool.submit(measure, program, folder, number, *one)
            for number, one in enumerate(slips(given.count, given.seed, given.only))
        ]
        for one in work:
            kind, missed, text, said = one.result()
            counts[kind] += 1
            misses[kind].update(missed)
            if missed and shown[kind] < given.show:
                shown[kind] += 1
                print(f"--- {kind}: {', '.join(sorted(missed))}")
                print("\n".join(said))
    total = sum(counts.values())
    columns = ["not looked at", "not seen", "more than one report", "another line", "not led back", "damaged"]
    for kind in sorted(counts, key=lambda kind: sum(misses[kind].values()) / counts[kind]):
        told = ", ".join(f"{misses[kind][column]} {column}" for column in columns if misses[kind][column])
        print(f"{counts[kind]:5} {kind}: {told or 'good'}")
    print(f"\n{total} files, {len(counts)} kinds")
    for column in columns:
        number = sum(of[column] for of in misses.values())
        print(f"{column}: {number} ({100 * number / max(total, 1):.2f} %)")


if __name__ == "__main__":
    main()
