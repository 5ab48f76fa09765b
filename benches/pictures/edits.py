#!/usr/bin/env python3
"""Changes one line of workflow files and counts how much of their pictures moves.

    benches/pictures/edits.py target/release/statewright [OTHER …] [--files 100] [--edits 4]

Files are made as `run.py --synthetic` makes them. In each a transition is taken out or one is added, and both versions are drawn.
Printed are, for each binary: of all pairs of states beside each other (their boxes overlap in height) how many change sides, of all
pairs above each other how many change places, and both together, in percent. Nothing here is a test.
"""

import argparse
import os
import random
import re
import subprocess
import tempfile
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor

import run

SVG = run.SVG


def boxes(svg):
    found = {}
    for group in ET.fromstring(svg).iter(SVG + "g"):
        if "figure" in (group.get("class") or "").split():
            name = group.findtext(SVG + "title").split(", ")[0]
            found[name] = run.rect(next(r for r in group.iter(SVG + "rect") if r.get("class") == "box"))
    return found


def draw(binary, text):
    done = subprocess.run([binary, "diagram", "--no-config", "--stdin-filename", "a.workflow.yaml", "-", "--notation", "svg", "--show", "none"], input=text.encode(), capture_output=True)
    return boxes(done.stdout.decode())


def edited(text, chance):
    """The text with one transition more or less."""
    lines = text.splitlines()
    moves = [i for i, line in enumerate(lines) if line.startswith("  - {")]
    if chance.random() < 0.5:
        del lines[chance.choice(moves)]
    else:
        names = re.findall(r"^  (\S[^:{]*): \{ category", text, re.M)
        a, b = chance.sample(names, 2)
        lines.insert(chance.choice(moves), f"  - {{ name: Another, from: {a}, to: {b} }}")
    return "\n".join(lines) + "\n"


def side(a, b, low, high):
    """-1 or 1 where one box is wholly before the other, else 0."""
    return -1 if a[high] <= b[low] else 1 if b[high] <= a[low] else 0


def flips(before, after):
    names = [n for n in before if n in after]
    count = {"beside": [0, 0], "above": [0, 0], "pairs": [0, 0]}
    for i, one in enumerate(names):
        for other in names[i + 1:]:
            x = [side(b[one], b[other], 0, 2) for b in (before, after)]
            y = [side(b[one], b[other], 1, 3) for b in (before, after)]
            flipped = False
            for what, (was, now) in (("beside", x), ("above", y)):
                count[what][1] += was != 0
                changed = was * now < 0
                count[what][0] += changed
                flipped |= changed
            count["pairs"][0] += flipped
            count["pairs"][1] += 1
    return count


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binaries", nargs="+")
    parser.add_argument("--files", type=int, default=100)
    parser.add_argument("--edits", type=int, default=4)
    arguments = parser.parse_args()
    chance = random.Random(5)
    pairs = []
    with tempfile.TemporaryDirectory() as folder:
        run.synthetic(arguments.files, folder)
        for name in sorted(os.listdir(folder)):
            with open(os.path.join(folder, name)) as file:
                text = file.read()
            pairs += [(text, edited(text, chance)) for _ in range(arguments.edits)]
    for binary in arguments.binaries:
        with ThreadPoolExecutor(2) as pool:
            counts = list(pool.map(lambda pair: flips(draw(binary, pair[0]), draw(binary, pair[1])), pairs))
        told = []
        for what in ("beside", "above", "pairs"):
            flipped, all_of = (sum(c[what][i] for c in counts) for i in (0, 1))
            told.append(f"{what} {100 * flipped / max(all_of, 1):.1f} %")
        print(f"{binary}: {', '.join(told)}")


if __name__ == "__main__":
    main()
