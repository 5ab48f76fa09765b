#!/usr/bin/env python3
"""Drives language servers with the same edits of the same file, and times their answers.

    benches/editor/run.py STATEWRIGHT [YAML_LANGUAGE_SERVER [TAPLO]]

STATEWRIGHT is the program, YAML_LANGUAGE_SERVER the command of yaml-language-server, TAPLO that of taplo's server,
such as "node benches/editor/taplo.mjs FOLDER"; both are given our JSON Schema. The file has 165 states and some 2,000 lines. Of 100 edits, hovers and completions
each (of TOML ten, as taplo takes seconds), the median and the 99th are told; of the start, how long it takes to the first diagnostics; and the most
memory that a server has held (VmHWM). Time is that of the clock, so that only figures of one run on an idle machine
can be compared. Last comes what one line costs that is typed in a file of 20,000 states, beside a check of the same
file: processor time, of ten each.
"""

import json
import os
import pathlib
import queue
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
STATES = 165
EDITS = 100


def workflow_in_toml(schema):
    lines = [f"#:schema file://{schema}", 'workflow = "large"', 'start = "State 0"', ""]
    for n in range(STATES):
        category = "closed" if n == STATES - 1 else ("open", "waiting")[n % 2]
        lines += [f'[states."State {n}"]', f'category = "{category}"', f'description = "What is done in state {n}"']
        lines += ['editable = ["subject", "description"]', ""]
    for n in range(STATES - 1):
        lines += ["[[transitions]]", f'name = "Go on {n}"', f'from = "State {n}"', f'to = "State {n + 1}"', ""]
        if n % 2:
            lines += ["[[transitions]]", f'name = "Finish {n}"', f'from = "State {n}"', f'to = "State {STATES - 1}"', ""]
    return "\n".join(lines) + "\n"


def large_workflow(states):
    lines = ["workflow: large", "start: State 0", "states:"]
    lines += [f"  State {n}: {{ category: {'closed' if n == states - 1 else 'open'} }}" for n in range(states)]
    lines.append("transitions:")
    lines += [f"  - {{ name: Go on {n}, from: State {n}, to: State {n + 1} }}" for n in range(states - 1)]
    return "\n".join(lines) + "\n"


def workflow():
    lines = ["workflow: large", "start: State 0", "states:"]
    for n in range(STATES):
        category = "closed" if n == STATES - 1 else ("open", "waiting")[n % 2]
        lines += [f"  State {n}:", f"    category: {category}", f"    description: What is done in state {n}"]
        lines += ["    editable:", "      - subject", "      - description"]
    lines.append("transitions:")
    for n in range(STATES - 1):
        lines += [f"  - name: Go on {n}", f"    from: State {n}", f"    to: State {n + 1}", "    notes: optional"]
        lines += [f"  - name: Finish {n}", f"    from: State {n}", f"    to: State {STATES - 1}"][: 3 if n % 2 else 0]
    return "\n".join(lines) + "\n"


class Server:
    """A server, and what it says, read by a thread of its own."""

    def __init__(self, command, folder, settings=None):
        self.settings = settings
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.said = queue.Queue()
        self.last = 0
        threading.Thread(target=self.listen, daemon=True).start()
        folders = [{"uri": f"file://{folder}", "name": "bench"}]
        capabilities = {"textDocument": {"publishDiagnostics": {}, "completion": {}, "hover": {}}, "workspace": {"configuration": settings is not None}}
        options = {"configurationSection": "evenBetterToml"}
        can = self.ask("initialize", {"processId": os.getpid(), "rootUri": f"file://{folder}", "workspaceFolders": folders, "capabilities": capabilities, "initializationOptions": options})
        sync = can[1]["result"]["capabilities"]["textDocumentSync"]
        self.takes_whole_texts = 1 in (sync, sync["change"] if isinstance(sync, dict) else sync)
        self.tell("initialized", {})
        if settings is not None:
            self.tell("workspace/didChangeConfiguration", {"settings": settings})

    def listen(self):
        out = self.process.stdout
        while True:
            length = 0
            while (line := out.readline().strip()):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if not length:
                return
            self.said.put((time.perf_counter(), json.loads(out.read(length))))

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def tell(self, method, params):
        self.send({"method": method, "params": params})

    def wait(self, wanted):
        """The moment at which a message came that is wanted, and the message."""
        while True:
            at, message = self.said.get(timeout=60)
            if "method" in message and "id" in message:
                # A server asks for its settings.
                items = message.get("params", {}).get("items", [])
                of = self.settings or {}
                self.send({"id": message["id"], "result": [of.get(item.get("section")) for item in items]})
            if wanted(message):
                return at, message

    def ask(self, method, params):
        self.last += 1
        number = self.last
        self.send({"id": number, "method": method, "params": params})
        return self.wait(lambda m: m.get("id") == number and "method" not in m)

    def diagnostics(self, uri):
        return self.wait(lambda m: m.get("method") == "textDocument/publishDiagnostics" and m["params"]["uri"] == uri)

    def memory(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024

    def end(self):
        self.ask("shutdown", None)
        self.tell("exit", None)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()


def run(command, text, syntax, settings=None, edits=EDITS):
    lines = text.split("\n")
    joint = {"yaml": ": ", "toml": " = "}[syntax]
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / f"large.workflow.{syntax}"
        path.write_text(text)
        uri = f"file://{path}"
        begun = time.perf_counter()
        server = Server(command, folder, settings)
        server.tell("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": syntax, "version": 0, "text": text}})
        first = server.diagnostics(uri)[0] - begun
        time.sleep(2)
        took = {"edit": [], "hover": [], "completion": []}
        categories = [n for n, line in enumerate(lines) if line.strip().startswith("category")]
        document = {"uri": uri}
        for edit in range(edits):
            line = categories[edit % len(categories)]
            start = lines[line].index(joint) + len(joint)
            old = lines[line][start:]
            new = "opne" if syntax == "yaml" else '"opne"'
            version = 2 * edit + 1

            def change(version, length, new):
                span = {"start": {"line": line, "character": start}, "end": {"line": line, "character": start + length}}
                lines[line] = lines[line][:start] + new
                changed = {"text": "\n".join(lines)} if server.takes_whole_texts else {"range": span, "text": new}
                server.tell("textDocument/didChange", {"textDocument": {**document, "version": version}, "contentChanges": [changed]})

            while not server.said.empty():
                server.said.get()
            at = time.perf_counter()
            change(version, len(old), new)
            took["edit"].append(server.diagnostics(uri)[0] - at)
            position = {"line": line, "character": start + 2}
            for method, name in [("textDocument/hover", "hover"), ("textDocument/completion", "completion")]:
                at = time.perf_counter()
                answer = server.ask(method, {"textDocument": document, "position": position if name == "completion" else {**position, "character": 6}})
                took[name].append(answer[0] - at)
            change(version + 1, len(new), old)
            server.diagnostics(uri)
        memory = server.memory()
        server.end()
    figures = {"start": first * 1000, "memory": memory}
    for name, all in took.items():
        all.sort()
        figures[name + " median"] = all[len(all) // 2] * 1000
        figures[name + " 99th"] = all[int(len(all) * 0.99) - 1] * 1000
    return figures


def typed_in_large(program):
    """What a check of a large file costs, and what a line costs that is typed in it, in milliseconds."""
    text = large_workflow(20_000)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "large.workflow.yaml"
        path.write_text(text)
        checks = []
        for _ in range(10):
            child = subprocess.Popen([program, "check", str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            used = os.wait4(child.pid, 0)[2]
            checks.append((used.ru_utime + used.ru_stime) * 1000)
        server = Server([program, "lsp"], folder)
        uri = f"file://{path}"
        server.tell("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "yaml", "version": 0, "text": text}})
        server.diagnostics(uri)
        time.sleep(1)
        stat = pathlib.Path(f"/proc/{server.process.pid}/stat")
        used = lambda: sum(int(n) for n in stat.read_text().rsplit(")", 1)[1].split()[11:13]) * 1000 / os.sysconf("SC_CLK_TCK")
        while not server.said.empty():
            server.said.get()
        before = used()
        for version in range(1, 11):
            line, old, new = 5, *(("open", "opne") if version % 2 else ("opne", "open"))
            start = text.split("\n")[line].index("category: ") + 10
            span = {"start": {"line": line, "character": start}, "end": {"line": line, "character": start + len(old)}}
            server.tell("textDocument/didChange", {"textDocument": {"uri": uri, "version": version}, "contentChanges": [{"range": span, "text": new}]})
            server.diagnostics(uri)
        typed = (used() - before) / 10
        server.end()
    return sorted(checks)[5], typed


def shown(title, ours, theirs):
    print(f"{title:18} {'statewright':>12} {'other':>10} {'ratio':>8}")
    for name, figure in ours.items():
        unit = "MB" if name == "memory" else "ms"
        other = theirs and theirs[name]
        ratio = f"1/{other / figure:.1f}" if other else ""
        print(f"{name:18} {figure:9.2f} {unit} {other or 0:7.2f} {unit} {ratio:>8}")


def main():
    program = sys.argv[1]
    schema = str(ROOT / "schemas" / "workflow.schema.json")
    yaml = {"schemas": {schema: "*.workflow.yaml"}, "validate": True, "hover": True, "completion": True}
    text = workflow()
    ours = run([program, "lsp"], text, "yaml")
    theirs = run(sys.argv[2].split() + ["--stdio"], text, "yaml", {"yaml": yaml}) if len(sys.argv) > 2 else None
    shown("YAML", ours, theirs)
    text = workflow_in_toml(schema)
    ours = run([program, "lsp"], text, "toml", edits=EDITS // 10)
    theirs = run(sys.argv[3].split(), text, "toml", {"evenBetterToml": {"schema": {"enabled": True, "catalogs": []}}}, EDITS // 10) if len(sys.argv) > 3 else None
    shown("TOML", ours, theirs)
    check, typed = typed_in_large(program)
    print(f"20,000 states: check {check:.0f} ms, a line typed {typed:.0f} ms: {typed / check:.2f} times")


if __name__ == "__main__":
    main()
