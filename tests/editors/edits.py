#!/usr/bin/env python3
"""Types at random, and holds what the language server says against a fresh check after every edit.

    tests/editors/edits.py STATEWRIGHT [EDITS [SEED]]

Both syntaxes in turn, and UTF-8, UTF-16 and UTF-32 as the unit of positions. After each edit the codes, places and
messages of `textDocument/diagnostic` have to be those of `statewright check --format json` on the same text, counted
here, and the end of the text that which the server has. It ends with 1 at the first difference, and tells which.
"""

import json
import os
import pathlib
import random
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLES = {
    "yaml": ["examples/everything.workflow.yaml", "examples/hardware-repair.workflow.yaml", "examples/site-issue.workflow.yaml"],
    "toml": ["examples/toml/everything.toml", "examples/facilities.workflow.toml", "examples/toml/site-issue.toml"],
}
PIECES = [
    "", "", "", " ", "  ", "\n", "\n", "\r\n", "\r", "\t", ":", ": ", "- ", "{", "}", "[", "]", ",", "\"", "'", "#", "|", "*", "&a ", "*a",
    "=", "\"\"\"", "\\", "New", "Closed", "category: open", "to: New", "\u00e9", "\U0001f600", "\u65e5\u672c", "\ufeff", "\u2028", "\x00", "\u0007",
    "transitions:\n", "[states.X]\n", "x = 1\n", "# statewright: allow(dead-ends) so it is\n", "expect:\n  - reach: [New]\n", "- { from: New, to: Closed }\n",
]
ENCODINGS = ["utf-8", "utf-16", "utf-32"]


class Server:
    def __init__(self, program, encoding):
        self.process = subprocess.Popen([program, "lsp", "--no-config"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd="/")
        self.last = 0
        pulls = {"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": True}}}
        answer = self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {"general": {"positionEncodings": [encoding]}, **pulls}})
        assert answer["capabilities"]["positionEncoding"] == encoding
        self.tell("initialized", {})

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode("utf-8", "surrogatepass")
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def tell(self, method, params):
        self.send({"method": method, "params": params})

    def ask(self, method, params):
        self.last += 1
        self.send({"id": self.last, "method": method, "params": params})
        out = self.process.stdout
        while True:
            length = 0
            while line := out.readline().strip():
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            assert length, "the server has ended"
            message = json.loads(out.read(length))
            if message.get("id") == self.last and "method" not in message:
                assert "error" not in message, message
                return message["result"]


def units(text, encoding):
    return {"utf-8": len(text.encode()), "utf-16": len(text.encode("utf-16-le")) // 2, "utf-32": len(text)}[encoding]


def place(text, at, encoding):
    """The line and unit of a character of the text."""
    before = text[:at]
    if before.endswith("\r") and text[at:at + 1] == "\n":
        before = before[:-1]
    lines = re.split("\r\n|\r|\n", before)
    return {"line": len(lines) - 1, "character": units(lines[-1], encoding)}


def fresh(program, text, syntax, encoding):
    """What a check of the text says, with places as the editor counts them."""
    ran = subprocess.run([program, "check", "-", "--no-config", "--syntax", syntax, "--format", "json"], input=text.encode(), capture_output=True)
    data = text.encode()
    found = []
    for report in json.loads(ran.stdout)["diagnostics"]:
        ends = [place(text, len(data[:report["span"][end]].decode()), encoding) for end in ("start", "end")]
        found.append((report["code"], report["message"], *ends))
    return found


def main():
    program = os.path.abspath(sys.argv[1])
    edits = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    chance = random.Random(seed)
    servers = {encoding: Server(program, encoding) for encoding in ENCODINGS}
    done = 0
    reports = 0
    round_ = 0
    while done < edits:
        encoding = ENCODINGS[round_ % 3]
        syntax = ["yaml", "toml"][round_ // 3 % 2]
        server = servers[encoding]
        round_ += 1
        text = (ROOT / chance.choice(EXAMPLES[syntax])).read_text(encoding="utf-8")
        uri = f"file:///no/such/folder/{round_}.workflow.{syntax}"
        document = {"uri": uri}
        server.tell("textDocument/didOpen", {"textDocument": {**document, "languageId": syntax, "version": 0, "text": text}})
        for version in range(1, 41):
            # Several changes in one message now and then, each of the text that the one before left.
            changes = []
            for _ in range(chance.choice([1, 1, 1, 3])):
                at = chance.randrange(len(text) + 1)
                end = min(len(text), at + chance.choice([0, 0, 0, 1, 1, 3, 20]))
                splits = lambda i: 0 < i < len(text) and text[i - 1] == "\r" and text[i] == "\n"
                at, end = at - splits(at), end + splits(end)
                new = chance.choice(PIECES)
                if chance.random() < 0.02:
                    text = text[:at] + new + text[end:]
                    changes.append({"text": text})
                    continue
                span = {"start": place(text, at, encoding), "end": place(text, end, encoding)}
                changes.append({"range": span, "text": new})
                text = text[:at] + new + text[end:]
            server.tell("textDocument/didChange", {"textDocument": {**document, "version": version}, "contentChanges": changes})
            items = server.ask("textDocument/diagnostic", {"textDocument": document})["items"]
            said = [(item["code"], item["message"].split("\n")[0], item["range"]["start"], item["range"]["end"]) for item in items]
            wanted = [(code, message.split("\n")[0], start, end) for code, message, start, end in fresh(program, text, syntax, encoding)]
            whole = server.ask("textDocument/selectionRange", {"textDocument": document, "positions": [{"line": 0, "character": 0}]})[0]
            while "parent" in whole:
                whole = whole["parent"]
            done += 1
            reports += len(said)
            if said != wanted or whole["range"]["end"] != place(text, len(text), encoding):
                print(f"seed {seed}, edit {done}, {syntax}, {encoding}: {changes}")
                print("text:", json.dumps(text))
                print("server:", [report for report in said if report not in wanted], whole["range"])
                print("check: ", [report for report in wanted if report not in said], place(text, len(text), encoding))
                sys.exit(1)
        server.tell("textDocument/didClose", {"textDocument": document})
    print(f"{done} edits, {reports} reports: all the same")


if __name__ == "__main__":
    main()
