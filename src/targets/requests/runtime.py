import base64
import email.utils
import http.client
import json
import os
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """An answer from elsewhere is none, and the password is for nobody else."""

    def redirect_request(self, *_):
        return None


OPENER = urllib.request.build_opener(NoRedirects)


def say(text):
    print(text, file=sys.stderr, flush=True)


def stop(text):
    say("stopped: " + text)
    sys.exit(1)


def environment():
    missing = [name for name in PLAN["environment"] if not os.environ.get(name)]
    if missing:
        say("nothing was sent; set these variables first: " + " ".join(missing))
        sys.exit(2)
    return {
        word: os.environ[name].rstrip("/") if word != "password" else os.environ[name]
        for name, word in PLAN["environment"].items()
    }


def filled(text, known):
    for word in PLAN["variables"]:
        text = text.replace("{" + word + "}", known[word])
    return text


def headed(request, headers):
    own = {header["name"]: header["value"] for header in request.get("headers", [])}
    names = {name.lower() for name in own}
    return {**{name: value for name, value in headers.items() if name.lower() not in names}, **own}


def heads(known):
    found = {name: filled(value, known) for name, value in PLAN["headers"]}
    if PLAN["basic"]:
        pair = (known["username"] + ":" + known["password"]).encode()
        found["Authorization"] = "Basic " + base64.b64encode(pair).decode()
    else:
        found["Authorization"] = "Bearer " + known["token"]
    return found


def seconds(answer):
    text = answer.headers.get("Retry-After") or ""
    if text.strip().isdigit():
        return int(text)
    moment = email.utils.parsedate_to_datetime(text).timestamp() if text.strip() else None
    return max(0, int(moment - time.time()) + 1) if moment else 10


def opened(request):
    """The answer, whatever it says: one that refuses may break off, too."""
    try:
        return OPENER.open(request, timeout=300)
    except urllib.error.HTTPError as answer:
        return answer


def call(method, url, headers, body):
    """The status and the text of the answer. A product that asks for time gets it, up to a bound."""
    data = None if body is None else json.dumps(body).encode()
    if data is None:
        headers = {name: value for name, value in headers.items() if name.lower() != "content-type"}
    for attempt in range(1, PLAN["tries"] + 1):
        request = urllib.request.Request(url, data=data, headers=headers, method=method)
        try:
            answer = opened(request)
            with answer:
                status, text = answer.status, answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", None) or error
            then = "" if method == "GET" else (
                "; nobody knows whether this request arrived: fetch what is live, and plan again"
            )
            stop("there was no whole answer (%s)%s" % (reason, then))
        if status not in (429, 503) or attempt == PLAN["tries"]:
            return status, text
        try:
            wait = seconds(answer)
        except (TypeError, ValueError):
            wait = 10
        if wait > PLAN["wait"]:
            say("the product asks to wait for %d seconds, which is too long" % wait)
            return status, text
        say("waiting for %d seconds, as the product asks" % wait)
        time.sleep(wait)


def found_at(answer, way):
    for step in way.split("."):
        name, is_list = (step[:-2], True) if step.endswith("[]") else (step, False)
        if isinstance(answer, dict):
            answer = next(iter(answer.values()), None) if name == "*" else answer.get(name)
        else:
            return None
        if is_list:
            answer = answer[0] if isinstance(answer, list) and answer else None
    if isinstance(answer, list) and answer and all(isinstance(item, str) for item in answer):
        answer = " ".join(answer)
    return str(answer) if isinstance(answer, (str, int)) and str(answer).strip() else None


def refuse(status, text, sent):
    tell_refused(status, text, sent)
    sys.exit(1)


def tell_refused(status, text, sent):
    try:
        answer = json.loads(text)
    except ValueError:
        answer = None
    ways = PLAN["messages"]
    sentence = next((said for said in (found_at(answer, way) for way in ways) if said), None)
    kind = found_at(answer, PLAN["code"]) if PLAN["code"] else None
    advice = PLAN["advice"].get(kind) or PLAN["advice"].get(sentence or "") or PLAN["statuses"].get(str(status))
    if text.strip():
        say(text.strip())
    told = "the answer was %d" % status
    if sentence:
        told += ": " + sentence.replace("\n", " ")
    say(("stopped: " if sent else "") + told + ("; nothing after this was sent" if sent else ""))
    if advice:
        say("what to do: " + advice)


def write(path, text):
    with open(path + ".new", "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    os.replace(path + ".new", path)


def parsed(text):
    try:
        return json.loads(text)
    except ValueError:
        return None


def judge(request, answer, path):
    """What the product would refuse is no success, and is asked for again."""
    found = answer.get(request["refusedBy"]) if isinstance(answer, dict) else answer
    if not isinstance(answer, dict) or not isinstance(found, (list, type(None))):
        os.replace(path, path[:-5] + ".error.json")
        stop("the answer does not say what would be refused, and nothing after this was sent")
    refused = []
    for item in found or []:
        item = item if isinstance(item, dict) else {"message": item}
        sentence = str(item.get("message") or json.dumps(item)).replace("\n", " ")
        if item.get("level") == "WARNING":
            say("warning: " + sentence)
        else:
            refused.append(sentence)
    for sentence in refused:
        say("refused: " + sentence)
    if refused:
        os.replace(path, path[:-5] + ".error.json")
        stop("the product would refuse it; nothing after this was sent")


def send(request, base, headers, folder, ids):
    body = request.get("body")
    key = request["key"]
    if body is not None:
        body = dict(body)
        for member, placeholder in request.get("needs", {}).items():
            body[member] = ids[placeholder]
            key += "-" + ids[placeholder]
    path = os.path.join(folder, key + ".json")
    said = "%s %s: %s" % (request["method"], request["path"], request["about"])
    if os.path.exists(path):
        say("done before: " + said)
        with open(path, encoding="utf-8") as file:
            text = file.read()
    else:
        unknown = path[:-5] + ".unknown"
        if os.path.exists(unknown):
            say("stopped: this was sent before, and nobody knows whether it arrived: " + request["about"])
            say(
                "what to do: fetch what is live, and plan again; or, where it did not arrive, delete %s and run this again"
                % unknown
            )
            sys.exit(1)
        say(said)
        # What the product would do once more is marked while nobody knows whether it arrived.
        if request.get("once"):
            write(unknown, "")
        status, text = call(request["method"], base + request["path"], headers, body)
        if request.get("once"):
            os.remove(unknown)
        if not 200 <= status < 300:
            write(os.path.join(folder, key + ".error.json"), text)
            refuse(status, text, True)
        write(path, text)
    answer = parsed(text)
    if request.get("refusedBy"):
        judge(request, answer, path)
    for placeholder, members in request.get("gives", {}).items():
        found = [answer[name] for name in members if name in answer] if isinstance(answer, dict) else []
        value = found[0] if found else None
        value = str(value) if isinstance(value, (str, int)) else ""
        if not re.fullmatch(r"[A-Za-z0-9._-]+", value):
            stop("the answer has no id in `%s`, and nothing after this was sent" % "` or `".join(members))
        ids[placeholder] = value


def fetch(request, base, headers):
    say("%s %s: %s" % (request["method"], request["path"], request["about"]))
    pages = request.get("pages")
    joined, at, last = None, pages["first"] if pages else 0, None
    for _ in range(PLAN["pages"]):
        url = base + request["path"]
        if pages:
            url += ("&" if "?" in url else "?") + "%s=%d" % (pages["parameter"], at)
        status, text = call("GET", url, headers, None)
        if not 200 <= status < 300:
            return unread(request, status, text)
        answer = parsed(text)
        if answer is None:
            stop("the answer is not JSON")
        if not pages:
            joined = answer
            break
        items = answer.get(pages["items"]) if pages["items"] and isinstance(answer, dict) else answer
        if not isinstance(items, list):
            stop("the answer has no list" + (" in `%s`" % pages["items"] if pages["items"] else ""))
        if items and text == last:
            stop("the product gives the same page again and again")
        last = text
        joined = with_page(joined, answer, pages)
        at += 1 if pages["countsPages"] else len(items)
        if not items or (pages.get("last") and answer.get(pages["last"]) is True):
            break
    else:
        stop("there are too many pages")
    write(request["keep"], json.dumps(joined, indent=2, ensure_ascii=False) + "\n")
    say("wrote " + request["keep"])
    return True


def unread(request, status, text):
    """Whether there is nothing to read. What else there is can be read all the same."""
    kind = found_at(parsed(text), PLAN["code"]) if PLAN["code"] else None
    if kind and kind == request.get("absentAs"):
        say("the product has none: " + kind)
        # An older answer is not what is live.
        if os.path.exists(request["keep"]):
            os.remove(request["keep"])
        return True
    if status in (401, 429):
        refuse(status, text, False)
    tell_refused(status, text, False)
    return False


def with_page(joined, answer, pages):
    if isinstance(answer, list):
        return (joined or []) + answer
    answer = {name: value for name, value in answer.items() if name not in pages["ofPage"]}
    if joined is None:
        return answer
    for name, value in answer.items():
        before = joined.get(name)
        if isinstance(before, list) and isinstance(value, list):
            if name == pages["items"]:
                before.extend(value)
            else:
                # What several pages speak of is told on each.
                known = {json.dumps(item, sort_keys=True) for item in before}
                before.extend(item for item in value if json.dumps(item, sort_keys=True) not in known)
        else:
            joined[name] = value
    return joined


def put_by(folder):
    """What was done before is in what is fetched now, and must not keep it from being done again."""
    done = [name for name in os.listdir(folder) if name.endswith((".json", ".unknown"))] if os.path.isdir(folder) else []
    if not done:
        return
    number = 1
    while os.path.exists(os.path.join(folder, str(number))):
        number += 1
    older = os.path.join(folder, str(number))
    os.mkdir(older)
    for name in done:
        os.replace(os.path.join(folder, name), os.path.join(older, name))


def main():
    requests = PLAN["requests"]
    if not requests:
        say(PLAN["nothing"])
        return
    known = environment()
    base, headers, ids = filled(PLAN["address"], known), heads(known), {}
    place = "_".join(known[word] for word in PLAN["variables"]) or base
    folder = os.path.join("answers", re.sub("[^A-Za-z0-9.-]", "_", place))
    if any(request["method"] != "GET" for request in requests):
        os.makedirs(folder, exist_ok=True)
        if not os.path.exists(os.path.join("answers", ".gitignore")):
            write(os.path.join("answers", ".gitignore"), "*\n")
    else:
        put_by(folder)
    unread_count = 0
    for request in requests:
        request["path"] = filled(request["path"], known)
        if request.get("keep"):
            if not fetch(request, base, headed(request, headers)):
                unread_count += 1
        else:
            send(request, base, headed(request, headers), folder, ids)
    if unread_count:
        stop("%d of %d answers could not be read" % (unread_count, len(requests)))
    for line in PLAN["afterwards"]:
        say("next: " + line)


main()
