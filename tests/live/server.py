"""Products that answer, and refuse, as their pages say. Made for the tests; it keeps everything in memory.

python3 server.py FAULTS: prints its port, then listens until its standard input ends. FAULTS is JSON:
{"429": N} answers the first N requests with 429 and one second, or with as many as "wait" says. Of the N-th
request that changes something, {"drop": N} breaks off in the middle of the answer, and {"lose": N} hears nothing.
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
        # Those in the archive and in the trash are in no list.
        self.records, self.away, self.next = {}, {}, 238

    def answer(self, method, path, query, body, headers):
        account = headers.get("x-xurrent-account") or headers.get("x-4me-account")
        is_member = headers.get("authorization") == "Bearer member"
        if not is_member and headers.get("authorization") != "Bearer secret" or account != "widget":
            raise Refused(401, {"message": "Bad credentials"})
        found = re.fullmatch(r"/xurrent/v1/workflows(?:/(\d+)(?:/(archive|trash|restore))?)?", path)
        if not found:
            raise Refused(404, {"message": "Not Found"})
        if found[1] is None and method == "GET":
            page, size = int(query.get("page", 1)), min(int(query.get("per_page", 25)), 2)
            wanted = [r for r in self.records.values() if r["id"] not in self.away and self.passes(r, query)]
            wanted.sort(key=lambda r: r["id"], reverse=query.get("sort") != "id")
            records = wanted[(page - 1) * size : page * size]
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
            if is_member:
                raise Refused(403, {"message": "Account Administrator or Directory Administrator is required"})
            if found[2] == "restore":
                if self.away.pop(record["id"], None) is None:
                    raise Refused(422, {"message": "Validation Failed", "errors": [["base", "is not archived"]]})
                return 200, record
            self.away[record["id"]] = found[2]
            return 200, {"archived" if found[2] == "archive" else "trashed": "true", **record}
        if method == "PATCH":
            self.change(record, body)
            return 200, record
        if method == "GET":
            return 200, {name: value for name, value in record.items() if name != "note"}
        raise Refused(405, {"message": "Not Allowed"})

    def passes(self, record, query):
        """The filters of the page: fields of it, each equal to what the query says."""
        for name in ("id", "status", "category", "subject", "manager", "service", "template", "project"):
            value = record.get(name)
            value = value.get("id") if isinstance(value, dict) else value
            if name in query and str(value) != query[name]:
                return False
        return True

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
        if (method, path) == ("POST", "/workflows"):
            if headers.get("accept") != "application/json;version=2":
                raise Refused(404, {"message": "There is no such version"})
            if body.get("workflowDefinitionId") != self.DEFINITION or not body.get("locale"):
                raise Refused(400, {"message": "Bad request body"})
            number = str(uuid.UUID(int=2000 + len(self.runs)))
            self.runs[number] = {"id": number, **body, "revision": 1, "status": "RUNNING"}
            return 201, self.runs[number]
        found = re.fullmatch(r"/workflows/([0-9a-f-]+)/result", path)
        if method == "GET" and found and found[1] in self.runs:
            self.runs[found[1]]["status"] = "COMPLETED"
            return 200, {"createdDate": "2026-04-29T00:00:00Z", "caseId": self.runs[found[1]].get("caseId")}
        found = re.fullmatch(r"/workflows/([0-9a-f-]+)", path)
        if method == "GET" and found and found[1] in self.runs:
            return 200, self.runs[found[1]]
        raise Refused(404, {"message": "Workflow Not Found"})


class Itwin:
    """Workflows by their issue types: /itwin/workflows."""

    def answer(self, method, path, query, body, headers):
        if headers.get("authorization") != "Bearer secret":
            message = "Header Authorization was not found in the request. Access denied."
            raise Refused(401, {"error": {"code": "HeaderNotFound", "message": message}})
        # The GUID of an iTwin has no other letters.
        if not re.fullmatch("[0-9a-f-]+|here|elsewhere", query.get("iTwinId", "")):
            detail = {"code": "MissingRequiredParameter", "message": "The 'projectId' query parameter must be provided.",
                      "target": "projectId"}
            message = "Cannot retrieve workflow."
            raise Refused(422, {"error": {"code": "InvalidWorkflowRequest", "message": message, "details": [detail]}})
        if query["iTwinId"] == "elsewhere":
            raise Refused(404, {"error": {"code": "RepositoryNotFound", "message": "Requested iTwin is not available."}})
        kind = path[len("/itwin/workflows/"):]
        if kind == "Clash":
            raise Refused(500, {"error": {"code": "Unknown", "message": "Something went wrong."}})
        if kind != "Issue":
            message = "Requested workflow is not available."
            raise Refused(404, {"error": {"code": "WorkflowNotFound", "message": message, "target": "type"}})
        states = [
            {"name": "Open", "color": None, "editableProperties": None, "stateCategory": "Open"},
            {"name": "Closed", "color": None, "editableProperties": [], "stateCategory": "Closed"},
        ]
        close = {"displayName": "Close", "start": "Open", "end": "Closed", "notes": "None"}
        workflow = {"id": "TQrJr1MO", "startStates": ["Open"], "type": kind, "states": states, "transitions": [close]}
        return 200, {"workflow": {**workflow, "startingTransitions": None, "uninitializedState": None}}


class Jira:
    """Workflows of a site: /jira/rest/api/3/workflows."""

    def __init__(self):
        scope = {"type": "GLOBAL"}
        self.statuses, self.workflows, self.next = {}, {}, 10010
        for number, name, category, about in [
            (10001, "New", "TODO", "Nobody has looked at it"),
            (10002, "In Progress", "IN_PROGRESS", "Somebody works on it"),
            (10003, "Done", "DONE", ""),
            (10004, "Rejected", "DONE", ""),
        ]:
            self.statuses[str(number)] = {
                "description": about, "id": str(number), "name": name, "scope": scope,
                "statusCategory": category, "statusReference": str(number), "usages": [],
            }
        # Issues are in these statuses of these workflows.
        self.issues = {("w-desk", "10004")}
        create = ("1", "Create", "INITIAL", [], "10001")
        self.add("w-jira", "jira", [create], editable=False)
        self.add("w-desk", "Desk", [
            create,
            ("11", "Start", "DIRECTED", ["10001"], "10002"),
            ("31", "Finish", "GLOBAL", [], "10003"),
            ("41", "Refuse", "DIRECTED", ["10001", "10002"], "10004"),
        ])
        self.add("w-other", "Other", [create, ("11", "Go", "DIRECTED", ["10001"], "10002")])

    def add(self, number, name, ways, editable=True):
        transitions = [self.shown_way(*way) for way in ways]
        used = dict.fromkeys(way[4] for way in ways)
        self.workflows[number] = {
            "id": number, "name": name, "description": "", "scope": {"type": "GLOBAL"}, "isEditable": editable,
            "created": "2026-03-10T12:32:00.000+0000", "updated": "2026-03-10T12:32:00.000+0000",
            "version": {"id": str(uuid.uuid4()), "versionNumber": 1}, "usages": [], "taskId": None,
            "startPointLayout": {"x": 0, "y": 0}, "loopedTransitionContainerLayout": None,
            "statuses": [{"statusReference": s, "properties": {}, "deprecated": False} for s in used],
            "transitions": transitions,
        }

    def shown_way(self, number, name, kind, froms, to):
        links = [{"fromStatusReference": one, "fromPort": None, "toPort": None} for one in froms]
        return {
            "id": number, "name": name, "description": "", "type": kind, "links": links, "toStatusReference": to,
            "properties": {}, "actions": [], "validators": [], "triggers": [], "conditions": None,
            "transitionScreen": None, "customIssueEventId": None,
        }

    def answer(self, method, path, query, body, headers):
        known = "Basic " + base64.b64encode(b"ada:secret").decode()
        if headers.get("authorization") != known:
            raise Refused(401, {"errorMessages": ["Client must be authenticated"], "errors": {}})
        path = path[len("/jira/rest/api/3/workflows"):]
        if (method, path) == ("GET", "/search"):
            start, size = int(query.get("startAt", 0)), min(int(query.get("maxResults", 50)), 2)
            values = list(self.workflows.values())[start : start + size]
            used = {use["statusReference"] for one in values for use in one["statuses"]}
            if query.get("expand") != "values.transitions":
                values = [{**one, "transitions": None} for one in values]
            return 200, {
                "isLast": start + size >= len(self.workflows), "maxResults": size, "startAt": start,
                "total": len(self.workflows), "values": values,
                "statuses": [status for number, status in self.statuses.items() if number in used],
            }
        if method == "POST" and path in ("/create/validation", "/update/validation"):
            if set(body) != {"payload", "validationOptions"}:
                raise Refused(400, {"errorMessages": ["payload and validationOptions are required"], "errors": {}})
            return 200, {"errors": self.faults(body["payload"], path.startswith("/update"))}
        if method == "POST" and path in ("/create", "/update"):
            for one in body["workflows"]:
                live = self.workflows.get(one.get("id"))
                if path == "/update" and live and live["version"] != one["version"]:
                    raise Refused(409, {"errorMessages": ["The workflow has a newer version"], "errors": {}})
            faults = self.faults(body, path == "/update")
            if faults:
                raise Refused(400, {"errorMessages": [fault["message"] for fault in faults], "errors": {}})
            return 200, self.change(body, path == "/update")
        raise Refused(404, {"errorMessages": ["Not found"], "errors": {}})

    def faults(self, body, is_update):
        found = []

        def fault(code, message, kind):
            found.append({"code": code, "level": "ERROR", "message": message, "type": kind, "elementReference": {}})

        known = {}
        for status in body["statuses"]:
            reference = status["statusReference"]
            if not re.fullmatch("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", reference):
                fault("STATUS_REFERENCE_NOT_UUID", "The reference is not a UUID", "STATUS")
            if reference in known:
                fault("DUPLICATE_STATUS_REFERENCE", "Two statuses have one reference", "STATUS")
            known[reference] = status
            if "id" in status and status["id"] not in self.statuses:
                fault("STATUS_NOT_FOUND", "There is no such status", "STATUS")
            others = [one for one in self.statuses.values() if one["id"] != status.get("id")]
            taken = [one for one in others if one["name"] == status["name"]]
            given = [one for one in body["statuses"] if one.get("id") == (taken[0]["id"] if taken else "")]
            if taken and not given:
                fault("NON_UNIQUE_STATUS_NAME", "You must use a unique status name.", "STATUS")
        for one in body["workflows"]:
            used = [use["statusReference"] for use in one["statuses"]]
            numbers = [way["id"] for way in one["transitions"]]
            ends = {way["toStatusReference"] for way in one["transitions"]}
            if set(used) - set(known) or ends - set(used):
                fault("STATUS_NOT_LISTED", "A status is not listed", "WORKFLOW")
            if set(used) - ends:
                fault("STATUS_WITHOUT_INBOUND_TRANSITION", "Nothing leads to a status", "WORKFLOW")
            if len(set(numbers)) != len(numbers):
                fault("NON_UNIQUE_TRANSITION_ID", "Two transitions have one id", "TRANSITION")
            if not is_update:
                if any(live["name"] == one["name"] for live in self.workflows.values()):
                    fault("NON_UNIQUE_WORKFLOW_NAME", "You must use a unique workflow name.", "WORKFLOW")
                continue
            live = self.workflows.get(one["id"])
            if live is None or not live["isEditable"]:
                fault("WORKFLOW_NOT_EDITABLE", "The workflow cannot be edited", "WORKFLOW")
                continue
            stay = {known[reference].get("id") for reference in used if reference in known}
            moved = {known.get(m["oldStatusReference"], {}).get("id") for m in one.get("defaultStatusMappings", [])}
            lost = {use["statusReference"] for use in live["statuses"]} - stay
            if moved - lost:
                fault("STATUS_MAPPING_NOT_NEEDED", "A mapping is of a status that stays", "STATUS_MAPPING")
            for number in sorted(lost - moved):
                if (one["id"], number) in self.issues:
                    name = self.statuses[number]["name"]
                    fault("MISSING_STATUS_MAPPING", f"Issues are in {name}, and no mapping says where they go", "STATUS_MAPPING")
        return found

    def change(self, body, is_update):
        numbers = {}
        for status in body["statuses"]:
            number = status.get("id")
            if number is None:
                number, self.next = str(self.next), self.next + 1
            numbers[status["statusReference"]] = number
            self.statuses[number] = {
                "description": status.get("description", ""), "id": number, "name": status["name"],
                "scope": body.get("scope", {"type": "GLOBAL"}), "statusCategory": status["statusCategory"],
                "statusReference": number, "usages": [],
            }
        for one in body["workflows"]:
            number = one["id"] if is_update else f"w-{one['name'].lower()}"
            if not is_update:
                self.add(number, one["name"], [])
            live = self.workflows[number]
            for mapping in one.get("defaultStatusMappings", []):
                old = (number, numbers[mapping["oldStatusReference"]])
                if old in self.issues:
                    self.issues.remove(old)
                    self.issues.add((number, numbers[mapping["newStatusReference"]]))
            live["description"] = one["description"]
            live["version"] = {"id": str(uuid.uuid4()), "versionNumber": live["version"]["versionNumber"] + 1}
            live["statuses"] = [
                {**use, "statusReference": numbers[use["statusReference"]], "deprecated": False}
                for use in one["statuses"]
            ]
            live["transitions"] = [
                {
                    **self.shown_way("", "", "", [], ""), **way,
                    "toStatusReference": numbers[way["toStatusReference"]],
                    "links": [{"fromStatusReference": numbers[l["fromStatusReference"]]} for l in way["links"]],
                }
                for way in one["transitions"]
            ]
        return {"statuses": list(self.statuses.values()), "workflows": list(self.workflows.values()), "taskId": None}


# As the page of iTwin says it.
TOO_MANY = {"error": {
    "code": "RateLimitExceeded",
    "message": "The client sent more requests than allowed by this API for the current tier of the client.",
}}

PRODUCTS = {
    "actitime": ActiTime(), "jira": Jira(), "xurrent": Xurrent(), "transactionlink": TransactionLink(),
    "itwin": Itwin(),
}


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
                said = TOO_MANY if split.path.startswith("/itwin") else {"message": "Too many requests"}
                return self.send(429, said, {"Retry-After": str(FAULTS.get("wait", 1))})
            if self.command != "GET" and self.is_time("lose"):
                self.close_connection = True
                return None
            dropped = self.command != "GET" and self.is_time("drop")
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

    def is_time(self, fault):
        """Whether this is the request that the fault is for."""
        if FAULTS.get(fault, 0) == 0:
            return False
        FAULTS[fault] -= 1
        return FAULTS[fault] == 0

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
