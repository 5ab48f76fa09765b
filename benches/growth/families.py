"""Ways in which a workflow file can grow: each a function from a number of items to a file's text.

`FAMILIES` maps a name to a pair (syntax, function). Most are made by crossing a place of the language with a kind
of content, so that a new field or a new kind of content is one line.
"""

import json

FAMILIES = {}


def raw(syntax, name):
    """A family that is a text of one syntax."""

    def add(function):
        FAMILIES[f"{name} [{syntax}]"] = (syntax, function)
        return function

    return add


def model(name, function):
    """A family that is a workflow, written in both syntaxes."""
    FAMILIES[f"{name} [yaml]"] = ("yaml", lambda n: yaml(function(n)))
    FAMILIES[f"{name} [toml]"] = ("toml", lambda n: toml(function(n)))


# ---- a workflow as values, and its two spellings ----


def workflow(states=None, transitions=None, **fields):
    base = {"workflow": "w", "start": "A"}
    base.update({key.replace("_", "-"): value for key, value in fields.items() if value is not None})
    base["states"] = {"A": {"category": "open"}, **(states or {}), "B": {"category": "closed", "final": True}}
    base["transitions"] = [{"name": "go", "from": "A", "to": "B"}, *(transitions or [])]
    order = ["workflow", "name", "description", "applies-to", "was", "meta", "start", "new-ticket", "roles", "states", "transitions", "expect", "migrate", "targets"]
    return {key: base[key] for key in sorted(base, key=lambda k: order.index(k) if k in order else -1)}


def yaml(value):
    out = []
    for key, part in value.items():
        if isinstance(part, list) and part and isinstance(part[0], dict):
            out.append(f"{key}:\n")
            out += [f"  - {json.dumps(item, ensure_ascii=False)}\n" for item in part]
        elif key in ("states", "targets") and isinstance(part, dict):
            out.append(f"{key}:\n")
            out += [f"  {json.dumps(k, ensure_ascii=False)}: {json.dumps(v, ensure_ascii=False)}\n" for k, v in part.items()]
        else:
            out.append(f"{key}: {json.dumps(part, ensure_ascii=False)}\n")
    return "".join(out)


def inline(value):
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(k, ensure_ascii=False)} = {inline(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(inline(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def toml(value):
    heads, tables = [], []
    for key, part in value.items():
        if isinstance(part, list) and part and isinstance(part[0], dict):
            for item in part:
                tables.append(f"\n[[{key}]]\n")
                tables += [f"{json.dumps(k)} = {inline(v)}\n" for k, v in item.items()]
        elif key in ("states", "targets") and isinstance(part, dict):
            for name, fields in part.items():
                tables.append(f"\n[{key}.{json.dumps(name, ensure_ascii=False)}]\n")
                tables += [f"{json.dumps(k, ensure_ascii=False)} = {inline(v)}\n" for k, v in fields.items()]
        else:
            heads.append(f"{json.dumps(key)} = {inline(part)}\n")
    return "".join(heads + tables)


# ---- what a list of names can hold ----


def states(n, fields=None, name="s{}"):
    return {name.format(i): dict(fields or {"category": "open"}) for i in range(n)}


CONTENTS = {
    # name: (states that the content needs, the names)
    "known": lambda n: (states(n), [f"s{i}" for i in range(n)]),
    "known again and again": lambda n: ({}, ["A"] * n),
    "two in turn": lambda n: ({}, ["A", "B"] * (n // 2)),
    "final again and again": lambda n: ({}, ["B"] * n),
    "final": lambda n: (states(n, {"category": "closed", "final": True}), [f"s{i}" for i in range(n)]),
    "undefined": lambda n: ({}, [f"nowhere {i}" for i in range(n)]),
    "undefined again and again": lambda n: ({}, ["nowhere"] * n),
    "near one": lambda n: ({"Waiting for parts": {"category": "open"}}, [f"Waiting for part{i:x}" for i in range(n)]),
    "near many": lambda n: (states(n, name="Waiting for parts {:06}"), [f"Waiting for part {i:06}" for i in range(n)]),
    "two states in one": lambda n: ({}, [f"A x{i} B" for i in range(n)]),
    "long names": lambda n: ({}, [f"{i:0>480}" for i in range(n)]),
    "long known names": lambda n: (states(n, name="{:0>480}"), [f"{i:0>480}" for i in range(n)]),
    "blanks": lambda n: ({}, [" ".join("ab"[i >> j & 1] for j in range(20)) for i in range(n)]),
    "one name of blanks": lambda n: ({}, ["a " * n + "b"]),
    "one name of dashes": lambda n: ({}, ["-" + "a -" * n + "b"]),
    "every": lambda n: ({}, ["*"] * n),
    "empty names": lambda n: ({}, [""] * n),
    "capitals": lambda n: (states(n, name="state {}"), [f"STATE {i}" for i in range(n)]),
    "hidden": lambda n: ({}, [f"x\u200b{i}" for i in range(n)]),
}


def moves(items):
    return {"transitions": items}


PLACES = {
    "start": lambda l: {"start": l},
    "starts that are named": lambda l: {"start": [{"to": s, "name": f"start {i}"} for i, s in enumerate(l)]},
    "starts of one name": lambda l: {"start": [{"to": s, "name": "begin"} for s in l]},
    "from": lambda l: moves([{"name": "x", "from": l, "to": "B"}]),
    "from, in two": lambda l: moves([{"name": "x", "from": l, "to": "B"}, {"name": "x", "from": l, "to": "B", "notes": "required"}]),
    "from beside every": lambda l: moves([{"name": "x", "from": "*", "to": "B"}, {"name": "x", "from": l, "to": "B"}]),
    "except": lambda l: moves([{"name": "x", "from": "*", "except": l, "to": "B"}]),
    "except, in ten": lambda l: moves([{"name": f"x{i}", "from": "*", "except": l[: len(l) // 10 + 1], "to": "B"} for i in range(10)]),
    "from, one each": lambda l: moves([{"name": "x", "from": s, "to": "B"} for s in l]),
    "from, no name": lambda l: moves([{"from": s, "to": "B"} for s in l]),
    "to, one each": lambda l: moves([{"name": "x", "from": "A", "to": s} for s in l]),
    "to, no name": lambda l: moves([{"from": "A", "to": s} for s in l]),
    "to, other names": lambda l: moves([{"name": f"x{i}", "from": "A", "to": s} for i, s in enumerate(l)]),
    "names of transitions": lambda l: moves([{"name": s, "from": "A", "to": "B"} for s in l]),
    "to itself": lambda l: moves([{"name": "x", "from": s, "to": s} for s in l]),
    "except, one each": lambda l: moves([{"name": "x", "from": "*", "except": s, "to": "B"} for s in l]),
    "every to each": lambda l: moves([{"name": "x", "from": "*", "to": s} for s in l]),
    "a chain": lambda l: moves([{"from": a, "to": b} for a, b in zip(["A", *l], l)]),
    "a chain back": lambda l: moves([{"from": b, "to": a} for a, b in zip(["A", *l], l)]),
    "allow": lambda l: {"expect": [{"allow": l}]},
    "forbid, one each": lambda l: {"expect": [{"forbid": ["A", s]} for s in l]},
    "allow, one each": lambda l: {"expect": [{"allow": ["A", s]} for s in l]},
    "pass": lambda l: {"expect": [{"pass": l, "before": "B"}]},
    "before": lambda l: {"expect": [{"pass": "A", "before": l}]},
    "pass, one each": lambda l: {"expect": [{"pass": s, "before": "B"} for s in l]},
    "before, one each": lambda l: {"expect": [{"pass": "A", "before": s} for s in l]},
    "reach": lambda l: {"expect": [{"reach": l}]},
    "reach from": lambda l: {"expect": [{"reach": "B", "from": l}]},
    "reach, one each": lambda l: {"expect": [{"reach": s} for s in l]},
    "reach from, one each": lambda l: {"expect": [{"reach": "B", "from": s} for s in l]},
    "never": lambda l: {"expect": [{"never": l, "after": "A"}]},
    "never after": lambda l: {"expect": [{"never": "A", "after": l}]},
    "never, one each": lambda l: {"expect": [{"never": s, "after": "A"} for s in l]},
    "never after, one each": lambda l: {"expect": [{"never": "A", "after": s} for s in l]},
    "reach both": lambda l: {"expect": [{"reach": l, "from": l}]},
    "pass both": lambda l: {"expect": [{"pass": l, "before": l}]},
    "never both": lambda l: {"expect": [{"never": l, "after": l}]},
    "applies-to": lambda l: {"applies_to": l},
    "new-ticket.editable": lambda l: {"new_ticket": {"editable": l}},
    "step-ids": lambda l: {"targets": {"incident-iq": {"step-ids": {s: "0a1b0000-0000-4000-8000-000000000000" for s in l}}}},
    "actitime ids": lambda l: {"targets": {"actitime": {"ids": {s: i for i, s in enumerate(l)}}}},
    "actitime equal ids": lambda l: {"targets": {"actitime": {"ids": {s: 7 for s in l}}}},
    "xurrent status": lambda l: {"targets": {"xurrent": {"status": {s: "registered" for s in l}}}},
    "jira statuses": lambda l: {"targets": {"jira": {"status-ids": {s: "1" for s in l}}}},
}

SHORT = {"one name of blanks", "one name of dashes"}

for place, fill in PLACES.items():
    for content, make in CONTENTS.items():
        if content in SHORT and "each" in place:
            continue

        def family(n, fill=fill, make=make):
            known, names = make(n)
            return workflow(states=known, **fill(names))

        model(f"{place}: {content}", family)

# ---- states and their fields ----

LONG = "x" * 400
for name, fields in {
    "states": lambda i: {"category": "open"},
    "states that are final": lambda i: {"category": "closed", "final": True},
    "states that wait": lambda i: {"category": "waiting"},
    "states that are drafts": lambda i: {"category": "draft"},
    "states without a category": lambda i: {},
    "states of no category": lambda i: {"category": "opne"},
    "states of a category each": lambda i: {"category": f"c{i}"},
    "states with a colour": lambda i: {"category": "open", "color": "#1f77b4"},
    "states with a colour word": lambda i: {"category": "open", "color": "red"},
    "states with no colour": lambda i: {"category": "open", "color": f"colour {i}"},
    "states that are described": lambda i: {"category": "open", "description": LONG},
    "states with a list": lambda i: {"category": "open", "editable": ["a", "b", "a"]},
    "states with an empty list": lambda i: {"category": "open", "editable": []},
    "final states with a list": lambda i: {"category": "closed", "final": True, "editable": ["a"]},
    "states with an unknown field": lambda i: {"category": "open", "colour": "#1f77b4"},
    "states with unknown fields": lambda i: {"category": "open", f"f{i}": "x"},
    "states of a wrong type": lambda i: {"category": ["open"]},
    "states with a start": lambda i: {"category": "open", "start": True},
}.items():
    model(name, lambda n, f=fields: workflow(states={f"s{i}": f(i) for i in range(n)}))
    model(
        f"{name}, from every",
        lambda n, f=fields: workflow(
            states={f"s{i}": f(i) for i in range(n)}, transitions=[{"name": "x", "from": "*", "to": "A"}]
        ),
    )
    model(
        f"{name}, in a ring",
        lambda n, f=fields: workflow(
            states={f"s{i}": f(i) for i in range(n)},
            transitions=[{"from": f"s{i}", "to": f"s{(i + 1) % n}"} for i in range(n)],
        ),
    )
    model(
        f"{name}, around A",
        lambda n, f=fields: workflow(
            states={f"s{i}": f(i) for i in range(n)},
            transitions=[m for i in range(n) for m in ({"from": "A", "to": f"s{i}"}, {"name": "back", "from": f"s{i}", "to": "A"})],
        ),
    )

for name, spell in {
    "alike by case": lambda i: "".join(c.upper() if i >> b & 1 else c for b, c in enumerate("waiting for all the parts")),
    "alike by blanks": lambda i: "".join(c + " " * (i >> b & 1) for b, c in enumerate("waitingforalltheparts")) + ".",
    "alike by letters": lambda i: "".join("l" if i >> b & 1 else "I" for b in range(24)),
    "that differ in a digit": lambda i: f"Waiting for parts {i:06}",
    "with accents": lambda i: f"Überprüfung {i}",
    "of blanks": lambda i: " " * (i % 400) + str(i),
    "of 500 characters": lambda i: f"{i:0>500}",
    "of 501 characters": lambda i: f"{i:0>501}",
    "of combining letters": lambda i: "e" + "\u0301" * 30 + str(i),
    "of emoji": lambda i: "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 8 + str(i),
}.items():
    model(f"states with names {name}", lambda n, s=spell: workflow(states={s(i): {"category": "open"} for i in range(n)}))
    model(
        f"transitions with names {name}",
        lambda n, s=spell: workflow(transitions=[{"name": s(i), "from": "A", "to": "B"} for i in range(n)]),
    )

# ---- transitions ----

for name, fields in {
    "with notes": {"notes": "required"},
    "with wrong notes": {"notes": "requird"},
    "with an unknown field": {"nmae": "x"},
    "with except": {"except": ["A"]},
    "without a name": {"name": None},
    "without a start": {"from": None},
    "without an end": {"to": None},
    "with a start": {"start": "A"},
    "from an empty list": {"from": []},
    "from every": {"from": "*"},
    "from all": {"from": "all"},
    "from every in a list": {"from": ["*"]},
    "from every twice": {"from": ["*", "*", "A"]},
    "from a list": {"from": ["A", "A", "B"]},
    "from final": {"from": "B", "to": "A"},
    "of numbers": {"name": 1, "from": 2, "to": 3},
    "of lists": {"name": ["x"], "to": ["B"]},
    "in one state": {"to": "A"},
}.items():

    def these(n, fields=fields, name="x"):
        one = {"name": name, "from": "A", "to": "B", **fields}
        return [{k: v for k, v in one.items() if v is not None} for _ in range(n)]

    model(f"equal transitions {name}", lambda n, t=these: workflow(transitions=t(n)))
    model(
        f"transitions {name}",
        lambda n, t=these: workflow(
            transitions=[{**m, "name": f"x{i}"} if "name" in m else m for i, m in enumerate(t(n))]
        ),
    )
    model(
        f"equal transitions {name} beside a list",
        lambda n, t=these: workflow(
            states=states(n // 4), transitions=[{"name": "x", "from": ["A"] + [f"s{i}" for i in range(n // 4)], "to": "B"}, *t(n)]
        ),
    )
    model(
        f"equal transitions {name} before a list",
        lambda n, t=these: workflow(
            states=states(n // 4), transitions=[*t(n), {"name": "x", "from": [f"s{i}" for i in range(n // 4)] + ["A"] * 2, "to": "B"}]
        ),
    )

final = {"category": "closed", "final": True}
every = {"name": "x", "from": "*", "to": "B"}
model("from every, and all are final", lambda n: workflow(states=states(n, final), transitions=[every] * n))
model("from every, and all are excepted", lambda n: workflow(states=states(n), transitions=[{**every, "except": ["A"] + [f"s{i}" for i in range(n)]}] * 40))
model("lists of all states", lambda n: workflow(states=states(n // 10), transitions=[{"name": f"x{i}", "from": [f"s{j}" for j in range(n // 10)], "to": "B"} for i in range(10)]))
model("lists that overlap", lambda n: workflow(states=states(100), transitions=[{"name": "x", "from": [f"s{j}" for j in range(i % 50, 50 + i % 50)], "to": f"s{i % 100}"} for i in range(n // 50)]))
model("pairs that leave states", lambda n: workflow(states=states(300), transitions=[{"name": f"x{i % 7}", "from": f"s{i % 300}", "to": f"s{i // 300 % 300}"} for i in range(n)]))
model("loops of two that wait", lambda n: workflow(states={"s": {"category": "open"}, **states(n, {"category": "waiting"})}, transitions=[m for i in range(0, n - n % 2, 2) for m in ({"from": "A", "to": f"s{i}"}, {"from": f"s{i}", "to": f"s{i + 1}"}, {"from": f"s{i + 1}", "to": f"s{i}"}, {"name": "end", "from": f"s{i + 1}", "to": "B"})]))
model("two islands a pair", lambda n: workflow(states=states(n), transitions=[{"from": f"s{i}", "to": f"s{i ^ 1}"} for i in range(n - n % 2)]))
model("a ladder", lambda n: workflow(states=states(n), transitions=[{"name": f"x{j}", "from": f"s{i}", "to": f"s{min(i + j, n - 1)}"} for i in range(n) for j in (1, 2, 3)]))
model("a tree", lambda n: workflow(states=states(n), transitions=[{"from": f"s{i}" if i else "A", "to": f"s{2 * i + j}"} for i in range(n // 2) for j in (0, 1)]))
model("one into all of a set, one into all of another", lambda n: workflow(states=states(n), transitions=[{"from": f"s{i % 20}", "to": f"s{i}"} for i in range(20, n)]))

# ---- promises over one graph ----

ring = [{"from": f"s{i}", "to": f"s{(i + 1) % 60}"} for i in range(60)] + [{"name": "in", "from": "A", "to": "s0"}]
for name, promise in {
    "allow": lambda i: {"allow": [f"s{i % 60}", f"s{(i + 1) % 60}"]},
    "allow what is not": lambda i: {"allow": [f"s{i % 60}", f"s{(i + 5) % 60}"]},
    "forbid": lambda i: {"forbid": [f"s{i % 60}", f"s{i * 7 % 60}"]},
    "pass": lambda i: {"pass": f"s{i % 60}", "before": f"s{i * 7 % 60}"},
    "reach": lambda i: {"reach": f"s{i % 60}"},
    "reach what is not": lambda i: {"reach": "A", "from": f"s{i % 60}"},
    "never": lambda i: {"never": f"s{i % 60}", "after": f"s{i * 7 % 60}"},
    "never, kept": lambda i: {"never": "A", "after": f"s{i % 60}"},
    "two words": lambda i: {"reach": "B", "never": "A"},
    "no word": lambda i: {"because": "x"},
    "an unknown word": lambda i: {"rech": "B"},
    "a reason": lambda i: {"reach": "A", "because": LONG},
    "a scalar": lambda i: {"allow": "A"},
    "after alone": lambda i: {"after": "A"},
}.items():
    model(f"promises: {name}", lambda n, p=promise: workflow(states=states(60), transitions=ring, expect=[p(i) for i in range(n)]))
    model(f"equal promises: {name}", lambda n, p=promise: workflow(states=states(60), transitions=ring, expect=[p(1)] * n))

# ---- people, conditions, former names, and where tickets go ----

for name, grow in {
    "roles": lambda n: {"roles": {f"r{i}": {"name": f"R {i}"} for i in range(n)}},
    "roles, one each": lambda n: {"roles": {f"r{i}": {} for i in range(n)}, "transitions": [{"name": f"x{i}", "from": "A", "to": "B", "who": [f"r{i}"]} for i in range(n)]},
    "roles that are not there": lambda n: {"transitions": [{"name": f"x{i}", "from": "A", "to": "B", "who": [f"r{i}"]} for i in range(n)]},
    "one transition for many": lambda n: {"roles": {f"r{i}": {} for i in range(n)}, "transitions": [{"name": "x", "from": "A", "to": "B", "who": [f"r{i}" for i in range(n)]}]},
    "what is asked": lambda n: {"transitions": [{"name": "x", "from": "A", "to": "B", "asks": {f"f{i}": "required" for i in range(n)}}]},
    "conditions": lambda n: {"transitions": [{"name": "x", "from": "A", "to": "B", "when": f"c {i}"} for i in range(n)]},
    "moves by themselves": lambda n: {"transitions": [{"name": "x", "from": "A", "to": "B", "automatic": True, "after": f"{i + 1}m"} for i in range(n)]},
    "where tickets go": lambda n: {"migrate": {f"old{i}": "A" for i in range(n)}},
    "where tickets go, in a chain": lambda n: {"migrate": {f"old{i}": f"old{i + 1}" for i in range(n)}},
    "where tickets go, elsewhere": lambda n: {"migrate": {f"old{i}": {"workflow": "v", "state": f"s{i}"} for i in range(n)}},
    "former names of a state": lambda n: {"states": {"s": {"category": "open", "was": [f"old {i}" for i in range(n)]}}},
    "former names of the workflow": lambda n: {"was": [f"old-{i}" for i in range(n)]},
    "a former name each": lambda n: {"states": {f"s{i}": {"category": "open", "was": [f"old {i}"]} for i in range(n)}},
    "labels of a state": lambda n: {"states": {"s": {"category": "open", "label": {f"x{i}": f"S {i}" for i in range(n)}}}},
    "what nobody reads": lambda n: {"meta": {f"k{i}": i for i in range(n)}},
    "promises by": lambda n: {"roles": {"r": {}}, "expect": [{"never": "B", "after": "A", "by": "r"}] * n},
    "promises of two": lambda n: {"expect": [{"separate": [f"x{i}", "go"]} for i in range(n)]},
    "promises that hold each other": lambda n: {"states": states(n), "expect": [{"reach": [f"s{j}" for j in range(i, min(i + 20, n))]} for i in range(n)]},
    "closed states in a row": lambda n: {"states": states(n, {"category": "closed"}), "transitions": [{"from": f"s{i - 1}" if i else "A", "to": f"s{i}"} for i in range(n)]},
    "states with an end each": lambda n: {"states": states(n), "transitions": [{"from": f"s{i}", "to": "B"} for i in range(n)]},
}.items():
    model(name, lambda n, g=grow: workflow(**g(n)))

# ---- other fields ----

for name, fields in {
    "description": lambda n: {"description": "x" * n},
    "description of blanks": lambda n: {"description": "x " * n},
    "description of lines": lambda n: {"description": "x\n" * n},
    "description of quotes": lambda n: {"description": "\"'" * n},
    "description of hidden characters": lambda n: {"description": "a\u200b" * n},
    "description of control characters": lambda n: {"description": "a\u0007" * n},
    "description of commands": lambda n: {"description": "::error::##[x]" * n},
    "name": lambda n: {"name": "x " * n},
    "identifier": lambda n: {"workflow": "x" * n},
    "identifier of words": lambda n: {"workflow": "x-" * n + "x"},
    "identifier that is none": lambda n: {"workflow": "X y" * n},
    "applies-to of long names": lambda n: {"applies_to": [f"{i:0>300}" for i in range(n)]},
    "applies-to of numbers": lambda n: {"applies_to": list(range(n))},
    "applies-to of lists": lambda n: {"applies_to": [["x"]] * n},
    "start of numbers": lambda n: {"start": list(range(n))},
    "start of maps": lambda n: {"start": [{"to": "A", "name": f"n{i}"} for i in range(n)]},
    "start of empty maps": lambda n: {"start": [{}] * n},
    "start with unknown fields": lambda n: {"start": [{"to": "A", "nmae": "x"}] * n},
    "unknown fields": lambda n: {f"field-{i}": "x" for i in range(n)},
    "unknown fields, near": lambda n: {f"stat{i}": "x" for i in range(n)},
    "unknown fields of long names": lambda n: {f"{i:0>300}": "x" for i in range(n)},
    "unknown targets": lambda n: {"targets": {f"t{i}": {} for i in range(n)}},
    "unknown targets, near": lambda n: {"targets": {f"itwin{i}": {} for i in range(n)}},
    "unknown fields of a target": lambda n: {"targets": {"itwin": {"type": "Other", **{f"f{i}": 1 for i in range(n)}}}},
    "a record": lambda n: {"targets": {"xurrent": {"record": {f"f{i}": 1 for i in range(n)}}}},
    "a record of custom fields": lambda n: {"targets": {"xurrent": {"record": {"custom_fields": [{"id": f"f{i}", "value": "x"} for i in range(n)]}}}},
    "a case": lambda n: {"targets": {"transactionlink": {"case": {f"f{i}": 1 for i in range(n)}}}},
    "parameters": lambda n: {"targets": {"transactionlink": {"parameters": {f"f{i}": 1 for i in range(n)}}}},
    "parameters of lists": lambda n: {"targets": {"transactionlink": {"parameters": {"x": [[1, 2]] * n}}}},
    "a list where states belong": lambda n: {"states": ["A"] * n},
    "a map where transitions belong": lambda n: {"transitions": {f"t{i}": {"from": "A", "to": "B"} for i in range(n)}},
    "a map where promises belong": lambda n: {"expect": {f"t{i}": {"reach": "A"} for i in range(n)}},
    "a list where targets belong": lambda n: {"targets": ["itwin"] * n},
}.items():

    def whole(n, fields=fields):
        given = fields(n)
        result = workflow(**{k.replace("-", "_"): v for k, v in given.items() if k not in ("states", "transitions", "workflow")})
        result.update({k: v for k, v in given.items() if k in ("states", "transitions", "workflow")})
        return result

    FAMILIES[f"{name} [yaml]"] = ("yaml", lambda n, w=whole: yaml(w(n)))
    if not (name.endswith("belong")):
        FAMILIES[f"{name} [toml]"] = ("toml", lambda n, w=whole: toml(w(n)))

TARGETS = {
    "itwin": {"type": "Other"},
    "incident-iq": {},
    "actitime": {},
    "jira": {},
    "xurrent": {"record": {"subject": "x", "category": "standard", "justification": "expansion", "workflow_type": "infrastructure_change", "manager": 77, "service": 26, "template": 37, "start_at": "2016-03-14T09:14:13Z"}},
}
for target, block in TARGETS.items():
    model(f"states for {target}", lambda n, t=target, b=block: workflow(states=states(n), transitions=[{"name": f"x{i}", "from": f"s{i}", "to": "A"} for i in range(n)] + [{"name": f"y{i}", "from": "A", "to": f"s{i}"} for i in range(n)], targets={t: b}))
    model(f"transitions for {target}", lambda n, t=target, b=block: workflow(transitions=[{"name": f"x{i}", "from": "A", "to": "B"} for i in range(n)], targets={t: b}))
    model(f"long names for {target}", lambda n, t=target, b=block: workflow(states=states(n, name="{:0>450}"), transitions=[{"name": "in", "from": "A", "to": f"{i:0>450}"} for i in range(n)] + [{"name": "back", "from": "*", "to": "A"}], targets={t: b}))
    model(f"alike names for {target}", lambda n, t=target, b=block: workflow(states={"x!" * (i % 200 + 1) + "-" * (i // 200): {"category": "open"} for i in range(n)}, transitions=[{"from": "*", "to": "A"}], targets={t: b}))
    model(f"editable for {target}", lambda n, t=target, b=block: workflow(states={f"s{i}": {"category": "open", "editable": ["subject", "x", "y"]} for i in range(n)}, targets={t: b}))

# ---- texts that only one syntax can spell ----

Y = "workflow: w\nstart: A\nstates:\n  A: { category: open }\n  B: { category: closed }\ntransitions:\n  - { from: A, to: B }\n"
T = 'workflow = "w"\nstart = "A"\n\n[states]\nA = { category = "open" }\nB = { category = "closed" }\n\n[[transitions]]\nfrom = "A"\nto = "B"\n'


def lines(syntax, name, line, head=None, tail=""):
    head = (Y if syntax == "yaml" else T) if head is None else head
    FAMILIES[f"{name} [{syntax}]"] = (syntax, lambda n: head + "".join(line(i) if callable(line) else line for i in range(n)) + tail)


for syntax in ("yaml", "toml"):
    lines(syntax, "comments", "# a comment\n")
    lines(syntax, "blank lines", "\n")
    lines(syntax, "blank lines of blanks", "  \n")
    lines(syntax, "tabs", "\t\n")
    lines(syntax, "carriage returns", "\r\n")
    lines(syntax, "allow comments", "# statewright: allow(undefined-states) later\n")
    lines(syntax, "allow comments without a reason", "# statewright: allow(undefined-states)\n")
    lines(syntax, "allow comments of unknown codes", lambda i: f"# statewright: allow(code-{i}) later\n")
    lines(syntax, "allow comments of near codes", "# statewright: allow(undefined-state) later\n")
    lines(syntax, "allow-file comments", "# statewright: allow-file(undefined-states) later\n", head="", tail=Y if syntax == "yaml" else T)
    lines(syntax, "one comment of many codes", "undefined-states, ", head=(Y if syntax == "yaml" else T) + "# statewright: allow(", tail="x) y\n")
    lines(syntax, "broken allow comments", "# statewright: alow(x\n")
    lines(syntax, "hidden characters in comments", "# a\u200bb\n")
    lines(syntax, "bidi in comments", "# a\u202eb\n")
    lines(syntax, "one long comment", "x ", head=(Y if syntax == "yaml" else T) + "# ", tail="\n")
    lines(syntax, "brackets that are open", "[", head=(Y if syntax == "yaml" else T) + "x: ")
    lines(syntax, "braces that are open", "{", head=(Y if syntax == "yaml" else T) + "x: ")
    lines(syntax, "brackets that close", "]", head=(Y if syntax == "yaml" else T) + "x: ")
    lines(syntax, "quotes", '"', head=(Y if syntax == "yaml" else T) + "x: ")
    lines(syntax, "single quotes", "'", head=(Y if syntax == "yaml" else T) + "x: ")
    lines(syntax, "backslashes", "\\q", head=(Y if syntax == "yaml" else T) + 'x: "', tail='"\n')
    lines(syntax, "commas", ",", head=(Y if syntax == "yaml" else T) + "x: [", tail="]\n")
    lines(syntax, "colons", ": ", head=(Y if syntax == "yaml" else T) + "x")
    lines(syntax, "equals signs", "= ", head=(Y if syntax == "yaml" else T) + "x")
    lines(syntax, "null bytes", "\0")
    lines(syntax, "byte order marks", "\ufeff\n")
    lines(syntax, "line separators", "\u2028")
    lines(syntax, "no syntax at all", "foo bar\n")
    lines(syntax, "one line of no syntax", "foo bar ")
    lines(syntax, "conflict marks", "<<<<<<< x\n=======\n>>>>>>> y\n")

lines("yaml", "aliases", "  - { from: A, to: B, notes: *n }\n", head=Y.replace("workflow: w", "workflow: w\ndescription: &n required"))
lines("yaml", "anchors", lambda i: f"  - {{ from: &a{i} A, to: B }}\n")
lines("yaml", "one anchor again", "  - { from: &a A, to: B }\n")
lines("yaml", "aliases of nothing", lambda i: f"  - {{ from: *a{i}, to: B }}\n")
lines("yaml", "aliases near an anchor", lambda i: f"  - {{ from: *anchr{i}, to: B }}\n", head=Y.replace("from: A", "from: &anchor A"))
lines("yaml", "anchors, and aliases near them", lambda i: f"  - {{ from: &anchor{i} A, to: *anchr{i} }}\n")
lines("yaml", "aliases of a list", "  - { name: x, from: *l, to: B }\n", head=Y.replace("from: A", "from: &l [A, A, A, A, A, A, A, A]"))
lines("yaml", "aliases of a map", "  - *m\n", head=Y.replace("- { from", "- &m { from"))
lines("yaml", "merge keys", "  - { <<: *m }\n", head=Y.replace("- { from", "- &m { from"))
lines("yaml", "duplicate keys", "workflow: w\n")
lines("yaml", "duplicate keys in a map", "a: 1, ", head=Y + "x: { ", tail="}\n")
lines("yaml", "duplicate states", "  A: { category: open }\n", head="workflow: w\nstart: A\nstates:\n", tail="transitions: []\n")
lines("yaml", "documents", "---\nworkflow: w\n")
lines("yaml", "document ends", "...\n")
lines("yaml", "tags", "  - { from: !!str A, to: !foo B }\n")
lines("yaml", "directives", "%FOO bar\n", head="", tail="---\n" + Y)
lines("yaml", "complex keys", "? [a]\n: b\n")
lines("yaml", "scalars that are ambiguous", "  - { from: no, to: on }\n")
lines("yaml", "transitions that are not closed", "  - { from: A, to: B\n")
lines("yaml", "quotes that are not closed", '  - { from: "A, to: B }\n')
lines("yaml", "dashes without a blank", "  -{ from: A, to: B }\n")
lines("yaml", "tabs before transitions", "\t- { from: A, to: B }\n")
lines("yaml", "colons without a blank", "  - { from:A, to:B }\n")
lines("yaml", "equals for colons", "  - { from = A, to = B }\n")
lines("yaml", "keys without a colon", "foo\n")
lines("yaml", "block scalars", "  - name: |\n      x\n    from: A\n    to: B\n")
lines("yaml", "folded lines", "  x\n", head=Y + "description: >\n")
lines("yaml", "plain lines", "  x\n", head=Y + "description:\n")
lines("yaml", "double-quoted lines", "  x\n", head=Y + 'description: "', tail='"\n')
lines("yaml", "double-quoted lines, not closed", "  x\n", head=Y + 'description: "')
lines("yaml", "deeper and deeper", lambda i: " " * min(i, 300) + "x:\n")
lines("yaml", "indentation that wanders", lambda i: " " * (i % 7) + f"k{i}: x\n")
lines("yaml", "block maps", "  - name: x\n    from: A\n    to: B\n")
lines("yaml", "block lists under from", "      - A\n", head=Y + "  - name: x\n    to: B\n    from:\n")
lines("yaml", "comments between items", "  # c\n  - { from: A, to: B }\n")
lines("yaml", "comments behind items", "  - { from: A, to: B } # c\n")
lines("yaml", "allow behind items", "  - { from: A, to: X } # statewright: allow(undefined-states) later\n")
lines("yaml", "allow above items", "  # statewright: allow(duplicate-transitions) later\n  - { from: A, to: B }\n")
lines("yaml", "items on one line", "{ from: A, to: x }, ", head=Y.split("  - {")[0] + "  [", tail="]\n")
lines("yaml", "escapes in names", lambda i: f'  - {{ name: "\\u0041{i}", from: A, to: B }}\n')
lines("yaml", "json", lambda i: f'{{"from": "A", "to": "s{i}"}},', head='{"workflow": "w", "start": "A", "states": {"A": {"category": "open"}, "B": {"category": "closed"}}, "transitions": [', tail='{"from": "A", "to": "B"}]}')
lines("yaml", "json with a comma too many", '{"from": "A", "to": "B",},', head='{"workflow": "w", "start": "A", "states": {"A": {"category": "open"}, "B": {"category": "closed"}}, "transitions": [', tail="]}")

lines("toml", "tables before their super-tables", lambda i: f"[a.b{i}]\nx = 1\n", tail="[a]\ny = 1\n")
@raw("yaml", "a walk far to the right")
def walk_far_to_the_right(n):
    return Y.split("  - ")[0] + " " * n + "- " + "A -> " * n + "B\n"


lines("toml", "super-tables after each", lambda i: f"[t{i}.a.b]\nx = 1\n[t{i}]\ny = 1\n")
lines("toml", "states after their children", lambda i: f"[states.s{i}.x]\ny = 1\n[states.s{i}]\ncategory = \"open\"\n")
FAMILIES["states after all children [toml]"] = ("toml", lambda n: T + "".join(f"[states.s{i}.x]\ny = 1\n" for i in range(n)) + "".join(f'[states.s{i}]\ncategory = "open"\n' for i in range(n)))
FAMILIES["states after all children, backwards [toml]"] = ("toml", lambda n: T + "".join(f"[states.s{i}.x]\ny = 1\n" for i in range(n)) + "".join(f'[states.s{i}]\ncategory = "open"\n' for i in reversed(range(n))))
FAMILIES["super-tables after all [toml]"] = ("toml", lambda n: T + "".join(f"[t{i}.a]\nx = 1\n" for i in range(n)) + "".join(f"[t{i}]\ny = 1\n" for i in range(n)))
FAMILIES["states after dotted keys [toml]"] = ("toml", lambda n: T.split("[[")[0] + "".join(f's{i}.category = "open"\n' for i in range(n)) + "".join(f"[states.s{i}]\n" for i in range(n)))
lines("toml", "dotted keys", lambda i: f's{i}.category = "open"\n', head=T.split("[[")[0])
lines("toml", "dotted keys of one table", lambda i: f"a.b{i} = 1\n", head="")
lines("toml", "dotted keys, deep", lambda i: f"a.b{i}.c.d.e = 1\n", head="")
lines("toml", "dotted keys in turn", lambda i: f"a{i % 100}.b{i} = 1\n", head="")
lines("toml", "dotted keys at the head, in turn", lambda i: f"states.s{i % 500}.f{i} = 1\n", head="")
lines("toml", "dotted keys in an inline table", lambda i: f"a.b{i} = 1, ", head=T + "x = { ", tail="z = 1 }\n")
lines("toml", "tables", lambda i: f"[t{i}]\nx = 1\n")
lines("toml", "deep tables", lambda i: f"[a.b.c.d{i}]\nx = 1\n")
lines("toml", "one table again", "[a]\nx = 1\n")
lines("toml", "one state again", '[states.A]\ncategory = "open"\n', head='workflow = "w"\nstart = "A"\n')
lines("toml", "arrays of tables", lambda i: f"[[t{i}]]\nx = 1\n")
lines("toml", "arrays in arrays of tables", "[[a.b]]\nx = 1\n", head=T + "[[a]]\n")
lines("toml", "arrays of tables, each with one below", '[[a]]\n[a.b]\nx = 1\n[[a.c]]\ny = 1\n')
lines("toml", "an array and a table in turn", "[[a]]\nx = 1\n[a]\ny = 1\n")
lines("toml", "tables below a value", "[workflow.x]\ny = 1\n")
lines("toml", "duplicate keys", 'workflow = "w"\n', head="")
lines("toml", "duplicate keys in a table", "a = 1, ", head=T + "x = { ", tail="b = 1 }\n")
lines("toml", "transitions without quotes", "[[transitions]]\nfrom = A\nto = B\n")
lines("toml", "transitions without quotes' ends", '[[transitions]]\nfrom = "A\nto = "B"\n')
lines("toml", "headers that are not closed", '[[transitions]\nfrom = "A"\nto = "B"\n')
lines("toml", "colons for equals", '[[transitions]]\nfrom: "A"\nto: "B"\n')
lines("toml", "keys without a value", "a =\n")
lines("toml", "keys alone", "a\n")
lines("toml", "values alone", '"a"\n')
lines("toml", "lists that are not closed", '[[transitions]]\nfrom = ["A"\nto = "B"\n')
lines("toml", "numbers that are none", "x{} = 1__0\n")
lines("toml", "dates", lambda i: f"x{i} = 1979-05-27T07:32:00Z\n")
lines("toml", "multi-line texts", '[[transitions]]\nname = """\nx"""\nfrom = "A"\nto = "B"\n')
lines("toml", "lines of one text", "x\n", head='workflow = "w"\ndescription = """\n', tail='"""\n')
lines("toml", "lines of one text, not closed", "x\n", head='workflow = "w"\ndescription = """\n')
lines("toml", "inline tables", '{ from = "A", to = "B" },\n', head=T.split("[states]")[0] + "transitions = [\n", tail="]\n[states]\nA = { category = \"open\" }\nB = { category = \"closed\" }\n")
lines("toml", "inline tables with a comma too many", '{ from = "A", to = "B", },', head="transitions = [", tail="]\n")
lines("toml", "lines of a list", '"A",\n', head='[[transitions]]\nto = "B"\nfrom = [\n', tail="]\n")
lines("toml", "comments in a list", '"A", # c\n', head='[[transitions]]\nto = "B"\nfrom = [\n', tail="]\n")
lines("toml", "comments behind values", '[[transitions]]\nfrom = "A" # c\nto = "B" # c\n')
lines("toml", "allow behind values", '[[transitions]]\nfrom = "A"\nto = "X" # statewright: allow(undefined-states) later\n')
lines("toml", "one long key", "x.", head="", tail="x = 1\n")
lines("toml", "one long quoted key", "x", head='"', tail='" = 1\n')

# The families of the table that started this script.
model("F: except of a final state", lambda n: workflow(transitions=[{"name": "x", "from": "*", "except": ["B"] * n, "to": "A"}]))
model("F: one long name", lambda n: workflow(transitions=[{"name": "x", "from": ["a " * n + "b", "A"], "to": "B"}]))
model("F: equal transitions beside one with a list", lambda n: workflow(states=states(n), transitions=[{"name": "x", "from": f"s{i}", "to": "B"} for i in range(n)] + [{"name": "x", "from": [f"s{i}" for i in range(n)] + ["A"], "to": "B"}]))
model("F: undefined names", lambda n: workflow(expect=[{"never": [f"x{i}" for i in range(n)], "after": "A"}]))
model("F: from every, and all are final", lambda n: workflow(states=states(n, final), transitions=[{**every, "name": f"x{i}"} for i in range(n)]))
FAMILIES["F: states after their children [toml]"] = FAMILIES["states after all children [toml]"]
