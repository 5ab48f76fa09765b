"""Slips of tired people: each takes a healthy text and a source of chance, and gives the text with one slip in it and the lines
(from 1) on which somebody would say that the slip is; `None` where the text has no place for it. `YAML` and `TOML` list them."""

import re

YAML, TOML = {}, {}
#: Kinds whose meaning a reader cannot know: what they lead to need be clean, not what it was.
GUESSED = set()


def slip(*tables, guessed=False):
    def register(make):
        name = make.__name__.replace("_", " ")
        for table in tables:
            table[name] = make
        if guessed:
            GUESSED.add(name)
        return make

    return register


def line_of(text, at):
    return text.count("\n", 0, at) + 1


def code(text):
    """The text with comments blanked, so that no slip falls into one."""
    return re.sub(r"(?m)(^|\s)#.*$", lambda found: " " * len(found.group()), text)


def places(text, pattern, rng):
    found = list(re.finditer(pattern, code(text)))
    return rng.choice(found) if found else None


def swapped(text, start, end, new, also=()):
    lines = {line_of(text, start), *also}
    return text[:start] + new + text[end:], lines | {line_of(text, start) + n for n in range(new.rstrip("\n").count("\n") + 1)}


def replaced(pattern, new, group=0):
    """A slip that writes `new` (a text, or what makes one of the old and chance) in one place of `pattern`."""

    def make(text, rng):
        found = places(text, pattern, rng)
        if not found:
            return None
        old = found.group(group)
        text_of = new(old, rng) if callable(new) else new
        return swapped(text, found.start(group), found.end(group), text_of) if text_of and text_of != old else None

    return make


def twisted(word, rng):
    """The word with two neighbouring letters in the wrong order."""
    spots = [at for at in range(1, len(word) - 2) if word[at] != word[at + 1] and word[at : at + 2].isalpha()]
    if not spots or len(word) < 5:
        return None
    at = rng.choice(spots)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def first_twisted(names, rng):
    first, *others = names.split(", ")
    bad = twisted(first, rng)
    return bad and ", ".join([bad, *others])


FIELDS_YAML = r"(?m)(?<=[\s{])(category|transitions|states|start|from|notes|final|name|workflow|expect|reach|forbid|before)(?=: )"
FIELDS_TOML = r"(?m)(?<=[\s{])(category|start|from|notes|final|name|workflow|reach|forbid|before)(?= = )"
TO_YAML = r"(?m)\bto: ([A-Z][\w ]*?)(?=[,}\n ]*[,}\n])"
TO_TOML = r'\bto = "([A-Z][\w ]*)"'
FROM_LIST_YAML = r"\bfrom: \[([A-Z][\w ]*(?:, [A-Z][\w ]*)+)\]"
FROM_LIST_TOML = r'\bfrom = \["([A-Z][\w ]*)"'
CATEGORY_YAML = r"\bcategory: (open|waiting|closed|draft)\b"
CATEGORY_TOML = r'\bcategory = "(open|waiting|closed|draft)"'
STATE_LINE = r"(?m)^  ([A-Z][\w ]*): \{ (category: \w+)[^}\n]* \}$"
FLOW_MOVE = r"(?m)^  - \{ .*\}$"
BLOCK_MOVE = r"(?m)^  - name: .*\n(?:    \w+: [^\n{\[]*\n)+"


def add(table, name, make, guessed=False):
    table[name] = make
    if guessed:
        GUESSED.add(name)


for table, fields, to, in_list, category in (
    (YAML, FIELDS_YAML, TO_YAML, FROM_LIST_YAML, CATEGORY_YAML),
    (TOML, FIELDS_TOML, TO_TOML, FROM_LIST_TOML, CATEGORY_TOML),
):
    add(table, "a field misspelt", replaced(fields, twisted, 1))
    add(table, "a field with a capital", replaced(fields, lambda old, _: old.capitalize(), 1))
    add(table, "a state misspelt after to", replaced(to, twisted, 1))
    add(table, "a state in small letters", replaced(to, lambda old, _: old.lower(), 1))
    add(table, "a state with another letter that looks the same", replaced(to, lambda old, _: old.replace("e", "е", 1), 1))
    add(table, "a state misspelt in a list", replaced(in_list, first_twisted, 1))
    add(table, "a category misspelt", replaced(category, twisted, 1))
    words = {"open": ["in progress", "todo", "active", "new"], "waiting": ["paused", "pending", "on hold", "hold"], "closed": ["done", "resolved", "complete", "end"], "draft": ["unsubmitted", "initial"]}
    add(table, "a category of another tool", replaced(category, lambda old, rng: rng.choice(words[old]), 1), guessed=True)
    add(table, "a category in capitals", replaced(category, lambda old, _: old.upper(), 1))


add(YAML, "no blank after a colon", replaced(r"(?m)(?<=[ {]category): (?=\w)", ":"))
add(YAML, "an equals sign for a colon", replaced(r"[ {](?:category|from|name)(: )(?=\w)", " = ", 1))
add(YAML, "no colon", replaced(r"(?m)^    (?:from|to|notes)(: )(?=\w)", " ", 1))
add(YAML, "a tab for blanks", replaced(r"(?m)^    (?=\w)", "\t"))
add(YAML, "one blank too many", replaced(r"(?m)^    (?=(?:from|to|notes|who): )", "     "))
add(YAML, "one blank too few", replaced(r"(?m)^    (?=(?:from|to|notes|who): )", "   "))
add(YAML, "a brace not closed", replaced(r"(?m) \}$", ""))
add(YAML, "a bracket not closed", replaced(r"(?m)\[[\w ,]+(\])$", "", 1))
add(YAML, "a bracket not closed in braces", replaced(r"\[[\w ,]+(\])(?=, \w)", "", 1))
add(YAML, "a round bracket for a brace", replaced(r"(?m)(\})$", ")", 1))
add(YAML, "no comma in braces", replaced(r"\{ [^\n]*?\w(,) \w+: ", "", 1))
add(YAML, "two commas in braces", replaced(r"\{ [^\n]*?\w(,) \w+: ", ",,", 1))
add(YAML, "a comma after an item", replaced(r"(?m)^    (?:from|to|notes): [\w ]*\w()$", ",", 1))
add(YAML, "a comma after braces", replaced(r"(?m)^  - \{ [^\n]*\}()$", ",", 1))
add(YAML, "curly quotes", replaced(TO_YAML, lambda old, _: f"“{old}”", 1))
add(YAML, "a quote not closed", replaced(TO_YAML, lambda old, _: f'"{old}', 1))
add(YAML, "a full width colon", replaced(r"(?m)(?<=[ {]category)(: )(?=\w)", "：", 1))
add(YAML, "a blank that does not break", replaced(r"(?m)(?<=[ {]category:)( )(?=\w)", "\u00a0", 1))
add(YAML, "a comment with slashes", replaced(r"(?m)^  [A-Z][\w ]*: \{[^\n]*\}()$", " // the usual one", 1))
add(YAML, "a comment line with slashes", replaced(r"(?m)^()(?:states|transitions):$", "// what there is\n", 1))
add(YAML, "a comment of C", replaced(r"(?m)^()(?:states|transitions):$", "/* what there is */\n", 1))
add(YAML, "a comment with a semicolon", replaced(r"(?m)^()(?:states|transitions):$", "; what there is\n", 1))
add(YAML, "no blank after a dash", replaced(r"(?m)^  -( )(?=\{ name)", "", 1))
add(YAML, "two dashes", replaced(r"(?m)^  (-) (?=\{ name)", "--", 1))
add(YAML, "no dash", replaced(r"(?m)^  (- )(?=name: )", "  ", 1))
add(YAML, "a dash for each field", replaced(r"(?m)^    (?=from: |to: )", "  - "))
add(YAML, "no brackets around a list in braces", replaced(r"(?m)^  - \{.*\bfrom: (\[[A-Z][\w ]*, [A-Z][\w ]*\])", lambda old, _: old[1:-1], 1))
add(YAML, "a list in one pair of quotes", replaced(r"\bfrom: (\[[A-Z][\w ]*, [A-Z][\w ]*\])", lambda old, _: f'"{old[1:-1]}"', 1))
add(YAML, "a list with semicolons", replaced(r"\bfrom: \[[A-Z][\w ]*(, )[A-Z][\w ]*\]", "; ", 1))
add(YAML, "a list with or", replaced(r"(?m)^    from: (\[[A-Z][\w ]*, [A-Z][\w ]*\])", lambda old, _: old[1:-1].replace(", ", " or "), 1))
add(YAML, "a list with a bar", replaced(r"(?m)^    from: (\[[A-Z][\w ]*, [A-Z][\w ]*\])", lambda old, _: old[1:-1].replace(", ", " | "), 1))
add(YAML, "a list in round brackets", replaced(r"(?m)^    from: (\[[A-Z][\w ]*, [A-Z][\w ]*\])", lambda old, _: f"({old[1:-1]})", 1))
add(YAML, "a list without brackets", replaced(r"(?m)^    from: (\[[A-Z][\w ]*, [A-Z][\w ]*\])", lambda old, _: old[1:-1], 1))
add(YAML, "targets as a list", replaced(r"(?m)^targets:\n  (jira|itwin|actitime|incident-iq): \{\}$(?!\n  )", lambda old, _: f"targets: [{old.split()[1][:-1]}]"))
add(YAML, "a target as a word", replaced(r"(?m)^targets:\n  (jira|itwin|actitime|incident-iq): \{\}$(?!\n  )", lambda old, _: f"targets: {old.split()[1][:-1]}"))
add(YAML, "a target misspelt", replaced(r"(?m)^  (actitime|incident-iq|transactionlink|xurrent): ", twisted, 1))
add(YAML, "a state that is its category", replaced(r"(?m)^  [A-Z][\w ]*: (\{ category: (\w+) \})$", lambda old, _: old.split()[2], 1))
add(YAML, "a tag", replaced(TO_YAML, lambda old, _: f"!state {old}", 1))
add(YAML, "a second document", replaced(r"(?m)^()transitions:$", "---\n", 1))
add(YAML, "nothing after a field", replaced(r"(?m)^    to: (.+)$", "", 1), guessed=True)
add(YAML, "null after a field", replaced(CATEGORY_YAML, "null", 1), guessed=True)
add(YAML, "the category forgotten", replaced(r"(?m)^  [A-Z][\w ]*: (\{ category: \w+ \})$", "{}", 1), guessed=True)
add(YAML, "notes with yes", replaced(r"\bnotes: (required)", "yes", 1))
add(YAML, "notes that are mandatory", replaced(r"\bnotes: (required)", "mandatory", 1))
add(YAML, "final in quotes", replaced(r"\bfinal: (true)", '"true"', 1))
add(YAML, "final as a number", replaced(r"\bfinal: (true)", "1", 1))
add(YAML, "a number sign in a name", replaced(r"(?m)^  - \{ name: (\w+),", lambda old, _: f"{old} #2", 1), guessed=True)
add(YAML, "a colon in a name", replaced(r"(?m)^    name: ([A-Z]\w+ \w+)$", lambda old, _: old.replace(" ", ": ", 1), 1), guessed=True)
add(YAML, "an at sign before a name", replaced(TO_YAML, lambda old, _: f"@{old}", 1))
add(YAML, "status for category", replaced(r"(?<=[ {])(category)(?=: (?:open|waiting|closed|draft)\b)", "status", 1))
add(YAML, "event for name", replaced(r"(?<=[ {])(name)(?=: \w[^\n]*from:)", "event", 1))
add(YAML, "trigger for name", replaced(r"(?m)^  - (name)(?=: )", "trigger", 1))
add(YAML, "source for from", replaced(r"(?<=[ {])(from)(?=: )", "source", 1))
add(YAML, "target for to", replaced(r"(?<=[ {])(to)(?=: )", "target", 1))
add(YAML, "roles for who", replaced(r"(?m)(?<=[ {])(who)(?=: )", "roles", 1))
add(YAML, "guard for when", replaced(r"(?m)(?<=[ {])(when)(?=: )", "guard", 1))
add(YAML, "comment for notes", replaced(r"(?<=[ {])(notes)(?=: )", "comment", 1))
add(YAML, "initial for start", replaced(r"(?m)^(start)(?=: )", "initial", 1))
add(YAML, "a role misspelt", replaced(r"\bwho: ([a-z][a-z-]+)\b", twisted, 1))
add(YAML, "a duration in words", replaced(r"\bafter: (\d+d)\b", lambda old, _: f"{old[:-1]} days", 1))
add(YAML, "a duration of ISO", replaced(r"\bafter: (\d+d)\b", lambda old, _: f"P{old.upper()}", 1))
add(YAML, "a suppression without its colon", replaced(r"(?m)(?<=^# statewright)(:)(?= allow)", "", 1))
add(YAML, "a code in the singular", replaced(r"(?m)^(    to: [A-Z][\w ]*)$", lambda old, _: f"{old} # statewright: allow(dead-end) it is known", 1))
add(YAML, "an anchor that is not there", replaced(TO_YAML, lambda old, _: "*" + old.split()[0].lower(), 1), guessed=True)


@slip(YAML)
def a_field_misspelt_everywhere(text, rng):
    lines = {line_of(text, found.start()) for found in re.finditer(r"\bcategory:", code(text))}
    return (text.replace("category:", "categroy:"), lines) if len(lines) > 1 else None


@slip(YAML)
def a_field_with_a_capital_everywhere(text, rng):
    lines = {line_of(text, found.start()) for found in re.finditer(r"\bcategory:", code(text))}
    return (text.replace("category:", "Category:"), lines) if len(lines) > 1 else None


@slip(YAML)
def a_category_on_the_level_of_its_state(text, rng):
    found = places(text, r"(?m)^  ([A-Z][\w ]*): \{ (category: \w+) \}$", rng)
    return found and swapped(text, found.start(), found.end(), f"  {found.group(1)}:\n  {found.group(2)}")


@slip(YAML)
def a_state_at_the_edge(text, rng):
    found = places(text, r"(?m)^  (?=[A-Z][\w ]*: \{[^\n]*\}$)", rng)
    return found and swapped(text, found.start(), found.end(), "")


@slip(YAML, guessed=True)
def a_key_twice(text, rng):
    found = places(text, r"\{ (category: \w+)", rng)
    return found and swapped(text, found.end(), found.end(), f", {found.group(1)}")


@slip(YAML)
def a_state_twice(text, rng):
    found = places(text, r"(?m)^  [A-Z][\w ]*: \{[^\n]*\}\n", rng)
    return found and swapped(text, found.end(), found.end(), found.group(), {line_of(text, found.start())})


@slip(YAML)
def a_fence_of_markdown(text, rng):
    text = text.rstrip("\n")
    return f"```yaml\n{text}\n```\n", {1, text.count("\n") + 3}


@slip(YAML)
def line_numbers(text, rng):
    lines = text.rstrip("\n").split("\n")
    return "".join(f"{number:4}  {line}\n" for number, line in enumerate(lines, 1)), set(range(1, len(lines) + 1))


@slip(YAML, TOML, guessed=True)
def a_conflict(text, rng):
    found = places(text, r"(?m)^  [A-Z][\w ]*: \{[^\n]*\}\n|^category = .*\n", rng)
    if not found:
        return None
    mine, theirs = found.group(), found.group().replace("open", "waiting")
    return swapped(text, found.start(), found.end(), f"<<<<<<< HEAD\n{mine}=======\n{theirs}>>>>>>> theirs\n")


add(YAML, "start states with a comma", replaced(r"(?m)^start: (\[[A-Z][\w ]*(?:, [A-Z][\w ]*)+\])$", lambda old, _: old[1:-1], 1))
add(YAML, "a comma in a text in braces", replaced(r"(?m)^  - \{ name: [A-Z][\w ]*()(?=, from: )", ", at last", 1), guessed=True)
add(YAML, "a mark of git alone", replaced(r"(?m)^()(?:states|transitions):$", lambda _, rng: rng.choice(["<<<<<<< HEAD", "=======", ">>>>>>> topic"]) + "\n", 1))
add(YAML, "a blank that does not break before a bracket", replaced(r"(?m)^  [A-Z][\w ]*:( )(?=\{)", "\u00a0", 1))
add(YAML, "no blank after the first dash", replaced(r"(?m)^transitions:\n  -( )(?=name: )", "", 1))
add(YAML, "no dash at the first item", replaced(r"(?m)^transitions:\n  (- )(?=name: [^\n]*\n    \w[^\n]*\n(?:    [^\n]*\n)*  - name: )", "  ", 1))
add(YAML, "a dash before the first state", replaced(r"(?m)^states:\n  ()(?=[A-Z])", "- ", 1))
add(YAML, "every state but some", replaced(r'\bfrom: ("\*", except: \[[\w ,]+\])(?=, to: )', lambda old, _: '"!' + old.split("[")[1][:-1] + '"', 1))


@slip(YAML)
def moves_in_a_state(text, rng):
    found = places(text, r"(?m)^  - \{ name: ([\w ]+), from: ([A-Z][\w ]*), to: ([A-Z][\w ]*) \}\n", rng)
    state = found and re.search(rf"(?m)^  {found.group(2)}:( \{{ (category: \w+) \}}|\n    category: \w+)$", text)
    if not state or state.end() > found.start():
        return None
    text_without = text[: found.start()] + text[found.end() :]
    if not re.search(r"(?m)^  - ", text_without[found.start() - 200 :]):
        return None
    fields = f"\n    {state.group(2)}" if state.group(2) else state.group(1)
    new = f"{fields}\n    on:\n      {found.group(1)}: {found.group(3)}"
    return swapped(text_without, state.start(1), state.end(1), new)


GUESSED.add("moves in a state")


@slip(YAML)
def the_arrow_of_a_drawing(text, rng):
    found = places(text, r"(?m)^  - \{ name: [\w ]+, from: ([A-Z][\w ]*), to: ([A-Z][\w ]*) \}$", rng)
    return found and swapped(text, found.start(), found.end(), f"  - {found.group(1)} -> {found.group(2)}")


GUESSED.add("the arrow of a drawing")


@slip(YAML)
def states_as_a_list_of_maps(text, rng):
    block = re.search(r"(?m)^states:\n((?:  [A-Z][\w ]*: \{[^\n]*\}\n)+)(?=\S|\n)", text)
    if not block:
        return None
    items = re.sub(r"(?m)^  ([A-Z][\w ]*): \{ ", r"  - { name: \1, ", block.group(1))
    return swapped(text, block.start(1), block.end(1), items, {line_of(text, block.start())})


@slip(YAML)
def states_by_category(text, rng):
    block = re.search(r"(?m)^states:\n((?:  [A-Z][\w ]*: \{ category: \w+ \}\n)+)(?=\S|\n)", text)
    if not block:
        return None
    groups = {}
    for name, category in re.findall(r"(?m)^  ([A-Z][\w ]*): \{ category: (\w+)", block.group(1)):
        groups.setdefault(category, []).append(name)
    new = "".join(f"  {category}: [{', '.join(names)}]\n" for category, names in groups.items())
    return swapped(text, block.start(1), block.end(1), new, {line_of(text, block.start())})


@slip(YAML)
def one_move_to_two_states(text, rng):
    if "\nexpect:" in text:
        return None  # A promise may not hold with one more move: then that is said, too, and is true.
    found = places(text, r"(?m)^    to: ([A-Z][\w ]*)$", rng)
    other = found and places(text, r"(?m)^  ([A-Z][\w ]*): \{", rng)
    if not other or other.group(1) == found.group(1):
        return None
    return swapped(text, found.start(1), found.end(1), f"[{found.group(1)}, {other.group(1)}]")


GUESSED.add("one move to two states")


@slip(YAML)
def forbid_with_from_and_to(text, rng):
    found = places(text, r"(?m)^  - forbid: \[([A-Z][\w ]*), ([A-Z][\w ]*)\]", rng)
    return found and swapped(text, found.start(), found.end(), f"  - forbid: {{ from: {found.group(1)}, to: {found.group(2)} }}")


for name, pattern, new, group in (
    ("a colon for the equals sign", r"(?m)^(?:from|to|name|category)( = )", ": ", 1),
    ("no quotes around a text", r'(?m)^(?:to|category) = ("[A-Za-z]+")$', lambda old, _: old[1:-1], 1),
    ("a quote not closed", r'(?m)^(?:to|from) = "[\w ]+(")$', "", 1),
    ("a bracket not closed", r'(?m)^from = \[[^\]\n]*(\])$', "", 1),
    ("a header not closed", r'(?m)^\[states\.[^\]\n]*(\])$', "", 1),
    ("no quotes around a header with a blank", r'(?m)^\[states\.("[\w ]+ [\w ]+")\]$', lambda old, _: old[1:-1], 1),
    ("state for states", r"(?m)^\[(states)\.", "state", 1),
    ("one pair of brackets", r"(?m)^\[\[transitions\]\]$", "[transitions]", 0),
    ("transition for transitions", r"(?m)^\[\[(transitions)\]\]$", "transition", 1),
    ("true with a capital", r"\bfinal = (true)", "True", 1),
    ("true in quotes", r"\bfinal = (true)", '"true"', 1),
    ("curly quotes", r'(?m)^to = ("[\w ]+")$', lambda old, _: f"“{old[1:-1]}”", 1),
    ("single brackets forgotten", r'(?m)^from = (\["[\w ]+", "[\w ]+"\])$', lambda old, _: old[1:-1], 1),
    ("a list in one pair of quotes", r'(?m)^from = (\["[\w ]+", "[\w ]+"\])$', lambda old, _: '"' + old[1:-1].replace('"', "") + '"', 1),
    ("two assignments on a line", r'(?m)^from = "[\w ]+"(\n)to = ', ", ", 1),
    ("a comma after a value", r'(?m)^to = "[\w ]+"()$', ",", 1),
    ("a semicolon after a value", r'(?m)^to = "[\w ]+"()$', ";", 1),
    ("a comment with slashes", r'(?m)^to = "[\w ]+"()$', " // the usual one", 1),
    ("null", r'(?m)^notes = ("required")$', "null", 1),
    ("status for category", r'(?m)^(category)(?= = "(?:open|waiting|closed|draft)")', "status", 1),
    ("source for from", r"(?m)^(from)(?= = )", "source", 1),
    ("notes that are mandatory", r'\bnotes = "(required)"', "mandatory", 1),
    ("a header twice", r'(?m)^\[states\.[^\]\n]*\]\n[^\[]*\n', lambda old, _: old + old, 0),
    ("a role misspelt", r'\bwho = "([a-z][a-z-]+)"', twisted, 1),
):
    add(TOML, name, replaced(pattern, new, group), guessed=name == "null")


@slip(TOML)
def start_below_a_header(text, rng):
    found = re.search(r'(?m)^start = (?:\[\n(?:.*\n)*?\]|.*)\n', text)
    header = found and re.search(r"(?m)^\[states\.[^\]\n]*\]\n", text)
    if not header or header.start() < found.start():
        return None
    text_without = text[: found.start()] + text[found.end() :]
    at = header.end() - len(found.group())
    return swapped(text_without, at, at, found.group())
