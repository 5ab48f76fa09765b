"""Products that answer, and refuse, as their pages say. Made for the tests; it keeps everything in memory.

python3 server.py FAULTS: prints its port, then listens until its standard input ends. FAULTS is JSON:
{"429": N} answers the first N requests with 429 and one second, {"drop": N} breaks off in the middle of
the answer to the N-th request that changes something.
"""

import base64
import json
import re
import sys
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

FAULTS = json.loads(sys.argv[1]) if len(sys.argv) > 1 else {}
LOCK = threading.Lock()
LOG = []


class Refused(Exception):
    def __init__(self, status, body):
        super().__init__(status)
        self.status, self.body = status, body


class ActiTime:
    """Statuses of an installation: /actitime/api/v1/workflowStatuses."""

    def __init__(self):
        self.statuses = [
            {"id": 1, "name": "New", "type": "open"},
            {"id": 4, "name": "In Progress", "type": "open"},
            {"id": 7, "name": "Done Well", "type": "completed"},
            {"id": 9, "name": "Rejected", "type": "completed"},
        ]
        self.used = {1, 9}
        self.next = 10

    def answer(self, method, path, query, body, headers):
        known = "Basic " + base64.b64encode(b"ada:secret").decode()
        if headers.get("authorization") != known:
            raise Refused(401, {"key": "api.error.unauthorized", "message": "Wrong name or password"})
        found = re.fullmatch(r"/actitime/api/v1/workflowStatuses(?:/(\d+))?", path)
        if not found:
            raise Refused(404, {"key": "api.error.not_found", "message": "Not found"})
        if found[1] is None and method == "GET":
            offset, limit = int(query.get("offset", 0)), min(int(query.get("limit", 1000)), 2)
            items = self.statuses[offset : offset + limit]
            return 200, {"offset": offset, "limit": int(query.get("limit", 1000)), "items": items}
        if found[1] is None and method == "POST":
            if set(body) != {"name", "type"} or body["type"] not in ("open", "completed"):
                raise Refused(400, {"key": "api.error.invalid", "message": "name and type are required"})
            self.check_name(body["name"])
            status = {"id": self.next, "name": body["name"], "type": body["type"]}
            self.next += 1
            self.statuses.append(status)
            return 200, self.shown(status)
        status = next((s for s in self.statuses if found[1] and s["id"] == int(found[1])), None)
        if status is None:
            raise Refused(404, {"key": "api.error.not_found", "message": "There is no such status"})
        if method == "GET":
            return 200, self.shown(status)
        if method == "PATCH":
            if set(body) != {"name"}:
                raise Refused(400, {"key": "api.error.invalid", "message": "Only the name can be updated"})
            self.check_name(body["name"], status)
            status["name"] = body["name"]
            return 200, self.shown(status)
        if method == "DELETE":
            if status["id"] in self.used:
                raise Refused(403, {
                    "key": "api.error.workflow_status_used",
                    "message": "Cannot delete workflow status as it is currently in use",
                })
            self.statuses.remove(status)
            return 204, None
        raise Refused(405, {"key": "api.error.method", "message": "Not allowed"})

    def check_name(self, name, own=None):
        if any(s["name"] == name and s is not own for s in self.statuses):
            raise Refused(409, {"key": "api.error.not_unique", "message": "The name is taken"})

    def shown(self, status):
        can_delete = status["id"] not in self.used
        return {**status, "allowedActions": {"canModify": True, "canDelete": can_delete}}


class Xurrent:
    """Workflow records of an account: /xurrent/v1/workflows."""

    REQUIRED = ["category", "justification", "service_id", "subject", "template_id", "workflow_type"]
    REFERENCES = ["service", "manager", "template", "project", "release"]
    LISTED = [
        "completed_at", "created_at", "category", "sourceID", "updated_at", "service", "manager",
        "subject", "id", "impact", "status", "completion_target_at",
    ]

    def __init__(self):
        self.records, self.next = {}, 238

    def answer(self, method, path, query, body, headers):
        account = headers.get("x-xurrent-account") or headers.get("x-4me-account")
        if headers.get("authorization") != "Bearer secret" or account != "widget":
            raise Refused(401, {"message": "Bad credentials"})
        found = re.fullmatch(r"/xurrent/v1/workflows(?:/(\d+)(?:/(archive|trash|restore))?)?", path)
        if not found:
            raise Refused(404, {"message": "Not Found"})
        if found[1] is None and method == "GET":
            page, size = int(query.get("page", 1)), min(int(query.get("per_page", 25)), 2)
            records = sorted(self.records.values(), key=lambda r: -r["id"])[(page - 1) * size : page * size]
            fields = query["fields"].split(",") if "fields" in query else self.LISTED
            if "note" in fields:
                raise Refused(422, {"message": "Validation Failed", "errors": [["fields", "note is not allowed"]]})
            return 200, [{name: r.get(name) for name in ["id", *fields]} for r in records]
        if found[1] is None and method == "POST":
            missing = [name for name in self.REQUIRED if not self.given(body, name)]
            if missing:
                errors = [[name, "is required"] for name in missing]
                raise Refused(422, {"message": "Validation Failed", "errors": errors})
            record = {"id": self.next, "status": "registered", "impact": "none", "source": None, "sourceID": None,
                      "completed_at": None, "created_at": "2026-03-10T12:32:00-06:00", "release": None,
                      "project": None, "completion_reason": None, "start_at": None, "custom_fields": None,
                      "updated_at": "2026-03-10T12:32:00-06:00", "completion_target_at": None,
                      "manager": {"id": 5, "name": "The API user"}}
            self.next += 1
            self.records[record["id"]] = record
            self.change(record, body)
            return 201, record
        record = self.records.get(int(found[1] or 0))
        if record is None:
            raise Refused(404, {"message": "Not Found"})
        if found[2] and method == "POST":
            if found[2] == "trash":
                del self.records[record["id"]]
            return 200, {**record, "restored" if found[2] == "restore" else found[2].rstrip("e") + "ed": "true"}
        if method == "PATCH":
            self.change(record, body)
            return 200, record
        if method == "GET":
            return 200, {name: value for name, value in record.items() if name != "note"}
        raise Refused(405, {"message": "Not Allowed"})

    def given(self, body, name):
        value = body.get(name, body.get(name.replace("_id", "")))
        return value is not None

    def change(self, record, body):
        for name, value in body.items():
            short = name[:-3] if name.endswith("_id") else name
            if short in self.REFERENCES:
                number = value.get("id") if isinstance(value, dict) else value
                if number is None and f"{short}_id" in self.REQUIRED:
                    raise Refused(422, {"message": "Validation Failed", "errors": [[short, "can't be blank"]]})
                record[short] = None if number is None else {"id": number, "name": f"{short} {number}"}
            elif name in ("id", "impact", "created_at", "updated_at"):
                raise Refused(422, {"message": "Validation Failed", "errors": [[name, "is read-only"]]})
            else:
                record[name] = value


class TransactionLink:
    """Cases, parameters and runs: /transactionlink."""

    DEFINITION = "3b2d8a4f-579f-4e2e-a51c-f859e532fe8c"

    def __init__(self):
        self.cases, self.parameters, self.runs = {}, {}, {}

    def answer(self, method, path, query, body, headers):
        path = path[len("/transactionlink"):]
        if headers.get("authorization") != "Bearer secret":
            raise Refused(401, {"message": "Unauthorized"})
        if (method, path) == ("POST", "/cases"):
            number = str(uuid.UUID(int=len(self.cases) + 1))
            self.cases[number] = body
            answer = {"createdDate": "2026-04-29T00:00:00Z", "caseId": number, "partyId": str(uuid.UUID(int=99))}
            return 201, answer
        if (method, path) == ("POST", "/parameters"):
            if body.get("workflowDefinitionId") != self.DEFINITION:
                raise Refused(404, {"message": "Not Found"})
            number = str(uuid.UUID(int=1000 + len(self.parameters)))
            self.parameters[number] = body["parameters"]
            return 201, {"parametersId": number}
        if (method, path) == ("POST", "/workflows/run"):
            if body.get("workflowDefinitionId") != self.DEFINITION:
                raise Refused(404, {"message": "Workflow Definition Not Found"})
            if body.get("caseId") not in self.cases:
                raise Refused(400, {"message": "There is no such case"})
            number = str(uuid.UUID(int=2000 + len(self.runs)))
            self.runs[number] = {"id": number, "caseId": body["caseId"], "status": "RUNNING"}
            return 200, self.runs[number]
        found = re.fullmatch(r"/workflows/([0-9a-f-]+)", path)
        if method == "GET" and found and found[1] in self.runs:
            return 200, self.runs[found[1]]
        raise Refused(404, {"message": "Workflow Not Found"})


PRODUCTS = {"actitime": ActiTime(), "xurrent": Xurrent(), "transactionlink": TransactionLink()}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle_any(self):
        length = int(self.headers.get("Content-Length") or 0)
        text = self.rfile.read(length)
        split = urlsplit(self.path)
        with LOCK:
            if split.path == "/log":
                return self.send(200, LOG)
            LOG.append({"line": f"{self.command} {self.path}", "body": json.loads(text) if text else None})
            if FAULTS.get("429", 0) > 0:
                FAULTS["429"] -= 1
                return self.send(429, {"message": "Too many requests"}, {"Retry-After": "1"})
            if self.command != "GET" and "drop" in FAULTS:
                FAULTS["drop"] -= 1
            dropped = FAULTS.get("drop") == 0
            if dropped:
                del FAULTS["drop"]
            product = PRODUCTS.get(split.path.split("/")[1])
            headers = {name.lower(): value for name, value in self.headers.items()}
            try:
                if product is None:
                    raise Refused(404, {"message": "no such product"})
                if text and "application/json" not in headers.get("content-type", ""):
                    raise Refused(415, {"message": "the body is not JSON"})
                body = json.loads(text) if text else None
                status, answer = product.answer(self.command, split.path, dict(parse_qsl(split.query)), body, headers)
            except Refused as refused:
                status, answer = refused.status, refused.body
            if dropped:
                self.send_response(status)
                self.send_header("Content-Length", "1000")
                self.end_headers()
                self.wfile.write(b'{"id"')
                self.close_connection = True
                return None
            return self.send(status, answer)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

    def send(self, status, answer, headers=()):
        text = b"" if answer is None else json.dumps(answer).encode()
        self.send_response(status)
        for name, value in dict(headers).items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


main()
