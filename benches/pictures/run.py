#!/usr/bin/env python3
"""Draws workflow files with a statewright binary and with Graphviz, and counts what a reader of the pictures would stumble over.

    benches/pictures/run.py target/release/statewright examples [FOLDER …] [--each] [--no-dot] [--synthetic 20]

Both are given the same graph: `dot` what `--notation dot` says. Printed are, for each and in all: crossings of arrows; labels on an
arrow of another name or on a box; pairs of arrows that keep within 3 px of each other for more than 40 px (those of a bundle are meant to); whether the first start
is on the first rank; how many arrows of the main way point down (the longest way over arrows of shortest walks from the first start
to a closed state, which is found here and not asked of a picture); and the time that the layout took. Nothing here is a test.
"""

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections import defaultdict

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
SVG = "{http://www.w3.org/2000/svg}"
NEAR, LONG, STEP = 3.0, 40.0, 4.0


class Picture:
    """Boxes and labels as (left, top, right, bottom); arrows as points, with the numbers of the boxes at their ends."""

    def __init__(self):
        self.boxes, self.labels, self.arrows, self.ends = {}, [], [], []
        self.closed, self.first = set(), None
        self.bundles = []


def polyline(path, steps=24):
    """The points of path data, which is M, L and C alone."""
    points = []
    for command, numbers in re.findall(r"([MLCZ])([^MLCZ]*)", path):
        n = [float(x) for x in NUMBER.findall(numbers)]
        p = list(zip(n[::2], n[1::2]))
        if command in "ML":
            points.extend(p)
        elif command == "C":
            for a, b, c in zip(p[::3], p[1::3], p[2::3]):
                x, y = points[-1]
                for i in range(1, steps + 1):
                    t, u = i / steps, 1 - i / steps
                    k = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
                    points.append((k[0] * x + k[1] * a[0] + k[2] * b[0] + k[3] * c[0], k[0] * y + k[1] * a[1] + k[2] * b[1] + k[3] * c[1]))
    return points


def extent(points):
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def rect(e):
    x, y, w, h = (float(e.get(k)) for k in ("x", "y", "width", "height"))
    return x, y, x + w, y + h


def ours(svg):
    picture = Picture()
    waiting = defaultdict(list)
    for group in ET.fromstring(svg).iter(SVG + "g"):
        classes = (group.get("class") or "").split()
        if "figure" in classes:
            number = int(group.get("data-figure"))
            picture.boxes[number] = rect(next(r for r in group.iter(SVG + "rect") if r.get("class") == "box"))
            if "closed" in classes:
                picture.closed.add(number)
        elif "arrow" in classes:
            line, head = (next(p for p in group.iter(SVG + "path") if p.get("class") == c) for c in ("line", "head"))
            points = polyline(line.get("d")) + polyline(head.get("d"))[:1]
            start = group.get("data-from")
            ends = (int(start), int(group.get("data-to"))) if start is not None else (None, None)
            waiting[ends].append(len(picture.arrows))
            picture.arrows.append(points)
            picture.ends.append(ends)
        elif "label-of-arrow" in classes:
            starts = [int(n) for n in (group.get("data-from") or "").split()]
            ends = [(start, int(group.get("data-to"))) for start in starts] or [(None, None)]
            area = rect(next(r for r in group.iter(SVG + "rect") if r.get("class") == "back"))
            own = {arrow for pair in ends for arrow in waiting[pair]}
            picture.labels.append((area, own))
            if len(ends) > 1:
                picture.bundles.append(own)
    return picture


def graphviz(svg, names):
    picture = Picture()
    number = {name: index for index, name in enumerate(names)}
    for group in ET.fromstring(svg).iter(SVG + "g"):
        kind = group.get("class")
        title = group.findtext(SVG + "title")
        if kind == "node" and title in number:
            picture.boxes[number[title]] = extent(polyline(group.find(SVG + "path").get("d")))
        elif kind == "edge":
            for start in (at for at in range(len(title)) if title.startswith("->", at)):
                a, b = title[:start], title[start + 2:]
                if a in number and b in number or a == "start" and b in number:
                    break
            line, head = group.find(SVG + "path"), group.find(SVG + "polygon")
            points = polyline(line.get("d"))
            if head is not None:
                tip = [float(x) for x in NUMBER.findall(head.get("points"))]
                corners = list(zip(tip[::2], tip[1::2]))
                end = points[-1]
                points.append(max(corners, key=lambda c: (c[0] - end[0]) ** 2 + (c[1] - end[1]) ** 2))
            own = {len(picture.arrows)}
            picture.arrows.append(points)
            picture.ends.append((number.get(a), number.get(b)))
            lines = []
            for text in group.iter(SVG + "text"):
                x, y, size = float(text.get("x")), float(text.get("y")), float(text.get("font-size"))
                half = 0.25 * size * len(text.text or "")
                lines.append((x - half, y - 0.75 * size, x + half, y + 0.2 * size))
            if lines:
                lefts, tops, rights, bottoms = zip(*lines)
                picture.labels.append(((min(lefts), min(tops), max(rights), max(bottoms)), own))
    return picture


def crossings(picture):
    """How often two arrows cross, by the pieces that share a square of 40 px."""
    squares = defaultdict(list)
    for arrow, points in enumerate(picture.arrows):
        for at, (p, q) in enumerate(zip(points, points[1:])):
            for x in range(int(min(p[0], q[0]) // 40), int(max(p[0], q[0]) // 40) + 1):
                for y in range(int(min(p[1], q[1]) // 40), int(max(p[1], q[1]) // 40) + 1):
                    squares[x, y].append((arrow, at, p, q))
    found = set()
    side = lambda a, b, c: (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    for pieces in squares.values():
        for i, (a, s, p, q) in enumerate(pieces):
            for b, t, r, u in pieces[i + 1:]:
                if a != b and side(p, q, r) * side(p, q, u) < 0 and side(r, u, p) * side(r, u, q) < 0:
                    found.add((a, s, b, t) if a < b else (b, t, a, s))
    return len(found)


def samples(points):
    out, rest = [points[0]], STEP
    for (px, py), (qx, qy) in zip(points, points[1:]):
        length = ((qx - px) ** 2 + (qy - py) ** 2) ** 0.5
        at = rest
        while at <= length:
            out.append((px + (qx - px) * at / length, py + (qy - py) * at / length))
            at += STEP
        rest = at - length
    return out


def lying(picture):
    """Pairs of arrows that keep too near each other for too long."""
    squares = defaultdict(set)
    every = [samples(points) for points in picture.arrows]
    for arrow, points in enumerate(every):
        for x, y in points:
            squares[int(x // 8), int(y // 8)].add((arrow, x, y))
    runs, found = {}, set()
    # Samples of the other arrow are up to half a step away along it.
    reach = (NEAR ** 2 + (STEP / 2) ** 2)
    for arrow, points in enumerate(every):
        runs.clear()
        for x, y in points:
            near = set()
            for i in (-1, 0, 1):
                for j in (-1, 0, 1):
                    for other, ox, oy in squares.get((int(x // 8) + i, int(y // 8) + j), ()):
                        if other != arrow and (ox - x) ** 2 + (oy - y) ** 2 < reach:
                            near.add(other)
            runs = {other: runs.get(other, 0) + 1 for other in near}
            found.update((min(arrow, o), max(arrow, o)) for o, count in runs.items() if (count - 1) * STEP > LONG)
    return found


def covered(picture):
    """Labels on an arrow that is not theirs, on a box, or on each other."""
    on_arrow, on_box = [], []
    every = [samples(points) for points in picture.arrows]
    inside = lambda r, x, y: r[0] + 1 < x < r[2] - 1 and r[1] + 1 < y < r[3] - 1
    overlap = lambda a, b: a[0] + 0.5 < b[2] and b[0] + 0.5 < a[2] and a[1] + 0.5 < b[3] and b[1] + 0.5 < a[3]
    for index, (area, own) in enumerate(picture.labels):
        on_arrow += [(index, a) for a, points in enumerate(every) if a not in own and any(inside(area, x, y) for x, y in points)]
        on_box += [(index, b) for b, box in picture.boxes.items() if overlap(area, box)]
        on_box += [(index, other) for other, _ in picture.labels[index + 1:] if overlap(area, other)]
    return on_arrow, on_box


def main_way(picture):
    """The longest way over arrows of shortest walks, from the first start to a closed state."""
    after = defaultdict(list)
    for a, b in picture.ends:
        if a is not None and a != b:
            after[a].append(b)
    far, queue = {picture.first: 0}, [picture.first]
    for state in queue:
        for to in after[state]:
            if to not in far:
                far[to] = far[state] + 1
                queue.append(to)
    best = {}
    for state in reversed(queue):
        ways = [best[to] for to in after[state] if far[to] == far[state] + 1 and to in best]
        longest = max(ways, key=len, default=None)
        if longest is not None or state in picture.closed:
            best[state] = [state] + (longest or [])
    return best.get(picture.first, [])


def judge(picture, way):
    on_arrow, on_box = covered(picture)
    middle = lambda n: (picture.boxes[n][1] + picture.boxes[n][3]) / 2
    first = picture.boxes.get(picture.first)
    on_top = first is None or all(first[1] < box[3] for box in picture.boxes.values())
    steps = [pair for pair in zip(way, way[1:]) if pair[0] in picture.boxes and pair[1] in picture.boxes]
    return {
        "crossings": crossings(picture),
        "labels on arrows": len(on_arrow),
        "labels on boxes": len(on_box),
        "lying on each other": sum(not any({a, b} <= bundle for bundle in picture.bundles) for a, b in lying(picture)),
        "bundles": len(picture.bundles),
        "start not on top": int(not on_top),
        "main way": len(steps),
        "main way down": sum(middle(a) < middle(b) for a, b in steps),
    }


def timed(command, **more):
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, **more)
    return done.stdout.decode(), time.perf_counter() - began


def synthetic(count, folder):
    """Workflows as services have them: a main way, ways around it, reopen and cancel moves."""
    chance = random.Random(17)
    for number in range(count):
        size = 8 + number * 52 // max(count - 1, 1)
        names = [f"{chance.choice(['Check', 'Await', 'Plan', 'Review', 'Order', 'Approve', 'Ship', 'Test'])} {chance.choice(['part', 'customer', 'budget', 'delivery', 'access', 'change'])} {n}" for n in range(size)]
        category = ["waiting" if chance.random() < 0.25 else "open" for _ in names]
        last = [size - 1, size - 2]
        moves = {(n, n + 1): "Next" for n in range(size - 3)}
        moves[size - 3, size - 1] = "Close"
        for n in range(size - 3):
            if chance.random() < 0.3:
                moves.setdefault((n, min(size - 3, n + chance.randint(2, 4))), "Skip")
            if chance.random() < 0.25 and n > 1:
                moves.setdefault((n, max(1, n - chance.randint(1, 4))), "Send back")
            if chance.random() < 0.15:
                moves.setdefault((n, size - 2), "Cancel")
        moves.setdefault((1, size - 2), "Cancel")
        moves[size - 1, 1] = "Reopen"
        for n in last:
            category[n] = "closed"
        order = list(range(size))
        if number % 2:
            chance.shuffle(order)
        text = [f"workflow: made-{number:02}", f"start: {names[0]}", "states:"]
        text += [f"  {names[n]}: {{ category: {category[n]} }}" for n in order]
        text += ["transitions:"] + [f"  - {{ name: {what}, from: {names[a]}, to: {names[b]} }}" for (a, b), what in moves.items()]
        with open(os.path.join(folder, f"made-{number:02}.workflow.yaml"), "w") as file:
            file.write("\n".join(text) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--each", action="store_true", help="a line for each file")
    parser.add_argument("--no-dot", action="store_true", help="count ours alone")
    parser.add_argument("--synthetic", type=int, default=0, help="make so many files besides")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        synthetic(arguments.synthetic, made)
        files = []
        for path in [*arguments.paths, made]:
            if os.path.isfile(path):
                files.append(path)
            for folder, _, names in sorted(os.walk(path)):
                files += sorted(os.path.join(folder, n) for n in names if re.search(r"\.workflow\.(ya?ml|toml)$", n))
        total = {"ours": defaultdict(float), "dot": defaultdict(float)}
        for file in files:
            draw = [arguments.binary, "diagram", "--no-config", file, "--notation"]
            text, _ = timed([*draw, "dot"])
            names = re.findall(r'^  "((?:[^"\\]|\\.)*)" \[(?!shape=point)', text, re.M)
            first = re.search(r'^  "start" -> "((?:[^"\\]|\\.)*)"', text, re.M)
            svg, seconds = timed([*draw, "svg"])
            pictures = {"ours": (ours(svg), seconds)}
            if not arguments.no_dot:
                svg, seconds = timed(["dot", "-Tsvg"], input=text.encode())
                pictures["dot"] = (graphviz(svg, names), seconds)
            own = pictures["ours"][0]
            for who, (picture, seconds) in pictures.items():
                picture.first = names.index(first[1]) if first else None
                way = main_way(own)
                found = {**judge(picture, way), "seconds": seconds, "files": 1, "states": len(picture.boxes)}
                for key, value in found.items():
                    total[who][key] += value
                if arguments.each:
                    told = ", ".join(f"{k} {v:.3g}" for k, v in found.items() if v and k != "files")
                    print(f"{os.path.basename(file)} {who}: {told}")
        for who, sums in total.items():
            if sums:
                print(f"{who}: " + ", ".join(f"{key} {value:.6g}" for key, value in sums.items()))


if __name__ == "__main__":
    sys.exit(main())
