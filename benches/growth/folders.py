"""Ways in which a folder can grow, and answers of products: each a function from a number of items to files.

`FOLDERS` maps a name to how many items are whole, and the function, from their number to a map of paths to texts.
`ANSWERS` maps a name to the product, and the function, from their number to the JSON of an import.
"""

import json

from families import LONG, T, Y

FOLDERS = {}
ANSWERS = {}


def folder(name, items, one, also=None):
    """So many files, each `one(i)`, a pair of path and text, or several of them; and what stands beside them."""

    def files(n):
        found = dict(also(n) if also else {})
        for i in range(n):
            pairs = one(i)
            found.update([pairs] if isinstance(pairs, tuple) and pairs else pairs)
        return found

    FOLDERS[name] = (items, files)


def named(i, more="", head=Y):
    return head.replace("workflow: w", f"workflow: w{i}") + more


CONFIG = "statewright.toml"
BASELINE = "statewright-baseline.toml"
WRONG = "  - { from: A, to: X }\n"

folder("many files", 8000, lambda i: (f"w{i}.workflow.yaml", named(i)))
folder("many files in TOML", 8000, lambda i: (f"w{i}.workflow.toml", T.replace('"w"', f'"w{i}"')))
folder("many files with an error each", 4000, lambda i: (f"w{i}.workflow.yaml", named(i, WRONG)))
folder("many files with a hundred errors each", 400, lambda i: (f"w{i}.workflow.yaml", named(i, WRONG * 100)))
folder("many files of one identifier", 4000, lambda i: (f"w{i}.workflow.yaml", Y))
folder("many files of near identifiers", 4000, lambda i: (f"w{i}.workflow.yaml", Y.replace("workflow: w", f"workflow: W{'-' * (i % 3)}{i}")))
folder("many files for one type of ticket", 4000, lambda i: (f"w{i}.workflow.yaml", named(i, "applies-to: [Incident, Request]\n")))
folder("many files for types that differ in case", 4000, lambda i: (f"w{i}.workflow.yaml", named(i, f"applies-to: [{'I' if i % 2 else 'i'}ncident {i // 2}]\n")))
folder("many files for every target", 1000, lambda i: (f"w{i}.workflow.yaml", named(i, "targets:\n  itwin: { type: Other }\n  jira: {}\n  actitime: {}\n  incident-iq: {}\n")))
folder("many files with equal ids", 1000, lambda i: (f"w{i}.workflow.yaml", named(i, "targets:\n  jira: { status-ids: { A: '1', B: '2' } }\n  actitime: { ids: { A: 1, B: 2 } }\n")))
folder("many files that no rule reads", 8000, lambda i: (f"w{i}.txt", "x"))
folder("many files that are empty", 8000, lambda i: (f"w{i}.workflow.yaml", ""))
folder("many files that are not text", 4000, lambda i: (f"w{i}.workflow.yaml", "x: \x01\n"))
folder("many files with silences", 4000, lambda i: (f"w{i}.workflow.yaml", named(i, "  # statewright: allow(undefined-states) later\n" + WRONG)))
folder("a folder each", 4000, lambda i: (f"f{i}/w.workflow.yaml", named(i)))
folder("folders that hold nothing", 8000, lambda i: (f"f{i}/x", ""), lambda n: {"w.workflow.yaml": Y})
folder("folders in folders", 60, lambda i: ("d/" * i + "w.workflow.yaml", named(i)))
folder("configurations that are empty", 4000, lambda i: [(f"f{i}/w.workflow.yaml", named(i)), (f"f{i}/{CONFIG}", "")])
folder("configurations with nothing beside", 4000, lambda i: (f"f{i}/{CONFIG}", ""), lambda n: {"w.workflow.yaml": Y})
folder("configurations with levels", 4000, lambda i: [(f"f{i}/w.workflow.yaml", named(i, WRONG)), (f"f{i}/{CONFIG}", '[levels]\nundefined-states = "warn"\n')])
folder("configurations with an error", 4000, lambda i: [(f"f{i}/w.workflow.yaml", named(i)), (f"f{i}/{CONFIG}", 'levls = 1\n')])
folder("configurations that exclude", 2000, lambda i: [(f"f{i}/w.workflow.yaml", named(i)), (f"f{i}/{CONFIG}", 'exclude = ["x*", "y/**/z"]\n')])
folder(
    "configurations with a baseline each",
    1000,
    lambda i: [(f"f{i}/w.workflow.yaml", named(i, WRONG)), (f"f{i}/{CONFIG}", f'baseline = "{BASELINE}"\n'), (f"f{i}/{BASELINE}", "")],
)
folder("one configuration with many patterns", 4000, lambda i: (f"w{i}.workflow.yaml", named(i)), lambda n: {CONFIG: "exclude = [" + ", ".join(f'"x{i}/**"' for i in range(n)) + "]\n"})
folder("one configuration with unknown fields", 8000, lambda i: (), lambda n: {"w.workflow.yaml": Y, CONFIG: "".join(f"f{i} = 1\n" for i in range(n))})
folder("one configuration with unknown codes", 8000, lambda i: (), lambda n: {"w.workflow.yaml": Y, CONFIG: "[levels]\n" + "".join(f'undefined-state{i} = "warn"\n' for i in range(n))})
folder("one configuration with targets", 8000, lambda i: (), lambda n: {"w.workflow.yaml": Y, CONFIG: "targets = [" + '"itwn", ' * n + "]\n"})
folder("ignore files", 2000, lambda i: [(f"f{i}/w.workflow.yaml", named(i)), (f"f{i}/.gitignore", "x*\n!y\n")])
folder("one ignore file with many patterns", 4000, lambda i: (f"w{i}.workflow.yaml", named(i)), lambda n: {".gitignore": "".join(f"x{i}\n" for i in range(n))})
folder("one ignore file with many stars", 4000, lambda i: (f"w{i}.workflow.yaml", named(i)), lambda n: {".gitignore": "".join(f"*x{i}*y/**/z\n" for i in range(n))})
folder("large files", 8, lambda i: (f"w{i}.workflow.yaml", named(i, "".join(f"  - {{ name: x{j}, from: A, to: B }}\n" for j in range(100_000)))))
folder("large files with errors", 8, lambda i: (f"w{i}.workflow.yaml", named(i, "".join(f"  - {{ name: x{j}, from: A, to: X }}\n" for j in range(100_000)))))
folder("large files of comments", 8, lambda i: (f"w{i}.workflow.yaml", named(i, "# a comment of a workflow\n" * 150_000)))


def baseline_of(n):
    entry = '[["w{}.workflow.yaml"]]\n'
    return {BASELINE: "".join(entry.format(i) for i in range(n))}


folder("a baseline of files that are gone", 8000, lambda i: (), lambda n: {"w.workflow.yaml": Y, CONFIG: f'baseline = "{BASELINE}"\n', **baseline_of(n)})


# ---- what products answer ----


def answer(name, product, function):
    ANSWERS[name] = (product, lambda n: json.dumps(function(n)))


def itwin(n, name=lambda i: f"s{i}", end=lambda i, n: i, **fields):
    states = [{"name": name(i), "color": None, "editableProperties": None, "stateCategory": "Open"} for i in range(n)]
    moves = [{"displayName": f"x{i}", "start": name(0), "end": name(end(i, n)), "notes": "None"} for i in range(n)]
    return {"workflow": {"id": "dw", "startStates": [name(0)], "type": "Issue", "states": states, "transitions": moves, **fields}}


def jira(n, workflows, statuses, names=lambda i: "w", status=lambda i: f"s{i}"):
    known = [{"description": "", "name": status(i), "scope": {"type": "GLOBAL"}, "statusCategory": "TODO", "statusReference": str(i)} for i in range(statuses)]
    made = [
        {
            "description": "",
            "name": names(i),
            "scope": {"type": "GLOBAL"},
            "statuses": [{"statusReference": "0"}, {"statusReference": str(i % statuses)}] if workflows > 1 else [{"statusReference": str(j)} for j in range(statuses)],
            "transitions": [{"id": "1", "name": "Create", "type": "INITIAL", "toStatusReference": "0", "links": []}]
            + [{"id": str(j + 2), "name": f"x{j}", "type": "DIRECTED", "toStatusReference": str(j % statuses), "links": [{"fromStatusReference": "0"}]} for j in range(1 if workflows > 1 else n)],
        }
        for i in range(workflows)
    ]
    return {"statuses": known, "workflows": made}


def steps(n, to=lambda i, n: [(i + 1) % n]):
    def of(i):
        return f"0a1b0000-0000-4000-8000-{i:012}"

    return [{"StepId": of(i), "Name": f"s{i}", "StatusType": "Open", "AllowedTransitions": [of(j) for j in to(i, n)]} for i in range(n)]


def incident_iq(n, **how):
    return {"Items": [{"WorkflowId": None, "Name": "w", "InitialStepId": "0a1b0000-0000-4000-8000-000000000000", "Steps": steps(n, **how)}]}


answer("itwin: states", "itwin:workflow", itwin)
answer("itwin: states of one name", "itwin:workflow", lambda n: itwin(n, name=lambda i: "s"))
answer("itwin: states of long names", "itwin:workflow", lambda n: itwin(n, name=lambda i: f"{i:0>480}"))
answer("itwin: states that differ in blanks", "itwin:workflow", lambda n: itwin(n, name=lambda i: "s" + " " * (i % 300) + str(i // 300)))
answer("itwin: unknown ends", "itwin:workflow", lambda n: itwin(n, end=lambda i, n: n + i))
answer("itwin: unknown fields", "itwin:workflow", lambda n: itwin(2, **{f"f{i}": LONG[:20] for i in range(n)}))
answer("itwin: starts", "itwin:workflow", lambda n: itwin(2, startStates=[f"x{i}" for i in range(n)]))
answer("jira: workflows of one name", "jira:workflows", lambda n: jira(n, n, 2))
answer("jira: workflows of names", "jira:workflows", lambda n: jira(n, n, 2, names=lambda i: f"w {i}"))
answer("jira: workflows and statuses", "jira:workflows", lambda n: jira(n, n, n, names=lambda i: f"w {i}"))
answer("jira: statuses of one name", "jira:workflows", lambda n: jira(n, n, n, status=lambda i: "s"))
answer("jira: one workflow", "jira:workflows", lambda n: jira(n, 1, n))
answer("incident-iq: steps", "incident-iq:workflows", incident_iq)
answer("incident-iq: steps to unknown ones", "incident-iq:workflows", lambda n: incident_iq(n, to=lambda i, n: [n + i]))
answer("incident-iq: one step to all", "incident-iq:workflows", lambda n: incident_iq(n, to=lambda i, n: range(n) if i == 0 else []))
answer("incident-iq: all to one step", "incident-iq:workflows", lambda n: incident_iq(n, to=lambda i, n: [0] * 20))
answer("incident-iq: workflows", "incident-iq:workflows", lambda n: {"Items": incident_iq(2)["Items"] * n})
answer("actitime: statuses", "actitime:statuses", lambda n: {"offset": 0, "limit": 1000, "items": [{"id": i, "name": f"s{i}", "type": "open"} for i in range(n)]})
answer("actitime: statuses of one name", "actitime:statuses", lambda n: {"offset": 0, "limit": 1000, "items": [{"id": 1, "name": "s", "type": "open"}] * n})
answer("xurrent: workflows", "xurrent:workflows", lambda n: [{"category": "non_standard", "sourceID": f"e{i}", "subject": f"E {i}", "id": i, "status": "registered"} for i in range(n)])
answer("xurrent: workflows of one name", "xurrent:workflows", lambda n: [{"category": "non_standard", "subject": "E", "status": "registered"}] * n)
answer("xurrent: unknown fields", "xurrent:workflows", lambda n: [{"subject": "E", **{f"f{i}": i for i in range(n)}}])
answer("json: lists", "jira:workflows", lambda n: [[]] * n)
answer("json: texts", "jira:workflows", lambda n: ["x"] * n)
ANSWERS["json: not closed"] = ("jira:workflows", lambda n: "[" * n)
ANSWERS["json: commas"] = ("jira:workflows", lambda n: "[" + "1," * n)
ANSWERS["json: no commas"] = ("jira:workflows", lambda n: "[" + '"x" ' * n)
ANSWERS["json: equal keys"] = ("jira:workflows", lambda n: "{" + '"x": 1, ' * n + '"y": 1}')
