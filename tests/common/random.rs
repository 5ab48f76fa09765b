//! Random workflows, made from bytes: what proptest rolls for the tests, and libFuzzer below
//! `fuzz/`. The same bytes give the same workflow, fewer bytes a simpler one.

use statewright::node::quoted;

/// Rolls numbers out of bytes.
pub struct Dice<'d>(pub &'d [u8]);

impl Dice<'_> {
    /// A number below `sides`, which is 256 at most; 0 when all bytes are used up.
    pub fn roll(&mut self, sides: usize) -> usize {
        let Some((first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        usize::from(*first) % sides
    }

    /// Whether what happens once in `times` happens; never when all bytes are used up.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.roll(times) == times - 1
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())]
    }
}

/// What a file says, in whatever syntax.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Text(String),
    /// A number or boolean: no quotes.
    Bare(String),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

const NAMES: &[&str] = &[
    "New",
    "Assigned",
    "In Progress",
    "Waiting for Parts",
    "Resolved",
    "Closed",
    "Reopened",
    "Überprüfung",
    "確認",
    "no",
    "1:30",
    "QA/Review",
    "a: b",
    "say \"hi\"",
    "#1",
    "it's",
    "back\\slash",
    "<b>&amp;",
    "::error::x",
    "##[group]",
    "x|y",
    "🎫 ticket",
    "two\nlines",
    " blank ",
    "Awaiting the approval of the head of the department",
];

const WORDS: &[&str] = &[
    "Assign", "Resolve", "Cancel", "Reopen", "on", "→ done", "%0A", "a\tb",
];

const FIELDS: &[&str] = &["subject", "description", "assignee.id", "dueDate"];

const UUIDS: &[&str] = &[
    "0f8fad5b-d9cb-469f-a165-70867728950e",
    "7c9e6679-7425-40de-944b-e07fc1f90ae7",
    "3b2d8a4f-579f-4e2e-a51c-f859e532fe8c",
];

pub fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn texts<'t>(all: impl IntoIterator<Item = &'t str>) -> Value {
    Value::List(all.into_iter().map(text).collect())
}

/// A workflow of this identifier with hardly a mistake: every state is reached, and most lead on.
pub fn workflow(dice: &mut Dice, identifier: &str) -> Value {
    let count = 1 + dice.roll(7);
    let first = dice.roll(NAMES.len());
    // 7 and the number of names have no divisor in common: no name comes twice.
    let name = |at: usize| NAMES[(first + at * 7) % NAMES.len()];
    let names: Vec<&str> = (0..count).map(name).collect();
    let mut file = vec![("workflow".to_owned(), text(identifier))];
    let mut say = |field: &str, value: Value| file.push((field.to_owned(), value));
    if dice.once_in(3) {
        say("name", text(dice.pick(NAMES)));
    }
    if dice.once_in(4) {
        say("description", text(dice.pick(WORDS)));
    }
    if dice.once_in(4) {
        say("applies-to", texts([dice.pick(NAMES), "Chromebook"]));
    }
    say("start", start(dice, &names));
    if dice.once_in(4) {
        say("new-ticket", map([("editable", editable(dice))]));
    }
    let states = names.iter().enumerate();
    let states = states.map(|(at, name)| ((*name).to_owned(), state(dice, at + 1 == count)));
    say("states", Value::Map(states.collect()));
    say("transitions", transitions(dice, &names));
    if dice.once_in(3) {
        say("expect", expect(dice, &names));
    }
    if !dice.once_in(4) {
        say("targets", targets(dice, &names));
    }
    Value::Map(file)
}

fn map<'k>(entries: impl IntoIterator<Item = (&'k str, Value)>) -> Value {
    let entries = entries
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value));
    Value::Map(entries.collect())
}

fn start(dice: &mut Dice, names: &[&str]) -> Value {
    let begin = |dice: &mut Dice, name: &str| {
        map([
            ("to", text(name)),
            ("name", text(dice.pick(WORDS))),
            ("notes", text(dice.pick(&["none", "optional", "required"]))),
        ])
    };
    match dice.roll(4) {
        0 | 1 => text(names[0]),
        2 => Value::List(vec![text(names[0]), text(names[names.len() / 2])]),
        _ => Value::List(vec![begin(dice, names[0]), text(names[names.len() / 2])]),
    }
}

fn editable(dice: &mut Dice) -> Value {
    let count = dice.roll(FIELDS.len() + 1);
    texts(FIELDS[..count].iter().copied())
}

fn state(dice: &mut Dice, is_last: bool) -> Value {
    let category = match is_last {
        true => "closed",
        false => dice.pick(&["open", "open", "waiting", "draft", "closed"]),
    };
    let mut fields = vec![("category", text(category))];
    if dice.once_in(4) {
        fields.push(("color", text(dice.pick(&["#1f77b4", "#2CA02C", "#000000"]))));
    }
    if dice.once_in(4) {
        fields.push(("description", text(dice.pick(NAMES))));
    }
    if dice.once_in(4) {
        fields.push(("editable", editable(dice)));
    }
    if is_last && dice.once_in(2) {
        fields.push(("final", Value::Bare("true".to_owned())));
    }
    map(fields)
}

fn transitions(dice: &mut Dice, names: &[&str]) -> Value {
    let last = names.len() - 1;
    // A tree from the first state on, and then some more.
    let mut ways: Vec<(usize, usize)> = (1..=last).map(|to| (dice.roll(to), to)).collect();
    for _ in 0..dice.roll(6) {
        let (from, to) = (dice.roll(last.max(1)), dice.roll(last + 1));
        ways.push((from, to));
    }
    let mut all: Vec<Value> = Vec::new();
    for (from, to) in ways {
        let mut fields = Vec::new();
        if !dice.once_in(4) {
            fields.push(("name", text(dice.pick(WORDS))));
        }
        let from = match dice.once_in(4) {
            true => texts([names[from], names[dice.roll(last.max(1))]]),
            false => text(names[from]),
        };
        fields.extend([("from", from), ("to", text(names[to]))]);
        if dice.once_in(3) {
            let notes = dice.pick(&["none", "optional", "required"]);
            fields.push(("notes", text(notes)));
        }
        all.push(map(fields));
    }
    if !dice.once_in(3) {
        let mut fields = vec![("name", text("End")), ("from", text("*"))];
        if dice.once_in(3) {
            fields.push(("except", texts([names[dice.roll(last.max(1))]])));
        }
        fields.push(("to", text(names[last])));
        all.push(map(fields));
    }
    Value::List(all)
}

fn expect(dice: &mut Dice, names: &[&str]) -> Value {
    let mut all = Vec::new();
    for _ in 0..1 + dice.roll(3) {
        let mut some = || names[dice.roll(names.len())];
        let (one, other) = (some(), some());
        all.push(match dice.roll(5) {
            0 => map([("allow", texts([one, other]))]),
            1 => map([("forbid", texts([one, other])), ("because", text("so"))]),
            2 => map([("pass", text(one)), ("before", text(other))]),
            3 => map([("reach", text(one)), ("from", text(other))]),
            _ => map([("never", text(one)), ("after", text(other))]),
        });
    }
    Value::List(all)
}

fn targets(dice: &mut Dice, names: &[&str]) -> Value {
    let mut all = Vec::new();
    for target in [
        "incident-iq",
        "itwin",
        "actitime",
        "jira",
        "xurrent",
        "transactionlink",
    ] {
        if dice.once_in(2) {
            all.push((target, block(dice, target, names)));
        }
    }
    map(all)
}

/// Up to three states with something that each has for itself.
fn by_state(dice: &mut Dice, names: &[&str], values: &[Value]) -> Value {
    let count = dice.roll(values.len().min(names.len()) + 1);
    map(names
        .iter()
        .copied()
        .zip(values.iter().take(count).cloned()))
}

fn block(dice: &mut Dice, target: &str, names: &[&str]) -> Value {
    let number = |n: &str| Value::Bare(n.to_owned());
    let numbers = ["1", "4", "8"].map(number);
    let uuids: Vec<Value> = UUIDS.iter().map(|id| text(id)).collect();
    match target {
        "incident-iq" => map([
            ("workflow-id", text(dice.pick(UUIDS))),
            ("step-ids", by_state(dice, names, &uuids)),
        ]),
        "itwin" => map([("type", text(dice.pick(&["Issue", "Other", "RFI"])))]),
        "actitime" => map([("ids", by_state(dice, names, &numbers))]),
        "jira" => map([
            ("scope", text(dice.pick(&["global", "10001"]))),
            ("status-ids", by_state(dice, names, &numbers)),
        ]),
        "xurrent" => {
            let record = [
                ("subject", text(dice.pick(NAMES))),
                (
                    "category",
                    text(dice.pick(&["standard", "non_standard", "emergency"])),
                ),
                ("justification", text("expansion")),
                ("workflow_type", text("infrastructure_change")),
                ("manager", number("77")),
                (
                    "service",
                    map([("id", number("26")), ("name", text(dice.pick(NAMES)))]),
                ),
                ("template", number("37")),
            ];
            let words = ["registered", "implementation", "progress_halted"].map(text);
            map([
                ("record", map(record)),
                ("status", by_state(dice, names, &words)),
                ("references", text(dice.pick(&["nested", "ids"]))),
            ])
        }
        _ => map([
            ("workflow-definition-id", text(UUIDS[0])),
            ("case", map([("firstName", text(dice.pick(NAMES)))])),
            (
                "parameters",
                map([("limit", number("100")), ("who", text(dice.pick(WORDS)))]),
            ),
        ]),
    }
}

const ROLES: &[&str] = &["requester", "agent", "head of the department", "no"];

/// No state is called so today.
const FORMER: &[&str] = &[
    "Pending", "yes", "2.0", "Parked", "待ち", "was: so", "Erledigt", "Old",
];

const CONDITIONS: &[&str] = &[
    "the cost is below 500",
    "it is: urgent",
    "no part is needed",
    "#1 is done",
];

/// Adds to a workflow who may do what, what is asked, on which condition, what happens by itself, under
/// which other names things go, where tickets of former states go, and what is promised of roles; with
/// hardly a mistake.
pub fn say_more(dice: &mut Dice, workflow: &mut Value) {
    let Value::Map(file) = workflow else { return };
    if !dice.once_in(4) {
        say_names_apart(file);
    }
    let is_of_jira = dice.once_in(2);
    let Some(Value::Map(states)) = value_of(file, "states").cloned() else {
        return;
    };
    let ends: Vec<&str> = states.iter().map(|(name, _)| name.as_str()).collect();
    for (field, value) in file.iter_mut() {
        match (field.as_str(), value) {
            ("start", Value::List(starts)) => starts.iter_mut().for_each(|start| {
                if let Value::Map(start) = start {
                    say_who_and_what(dice, start);
                    say_aside(dice, start);
                }
            }),
            ("states", Value::Map(states)) => {
                for ((_, state), former) in states.iter_mut().zip(FORMER) {
                    if let Value::Map(state) = state {
                        say_former_names(dice, state, former);
                    }
                }
            }
            ("transitions", Value::List(all)) => {
                let mut others = Vec::new();
                let mut timed = Vec::new();
                for transition in all.iter_mut() {
                    if let Value::Map(transition) = transition {
                        say_when_and_who(dice, transition, &mut timed);
                        others.extend(otherwise(dice, transition, &ends));
                    }
                }
                all.extend(others);
            }
            ("expect", Value::List(promises)) => {
                // Most of what is promised at random is not true.
                if dice.once_in(2) {
                    promises.clear();
                }
                promises.iter_mut().for_each(|promise| {
                    if let Value::Map(promise) = promise
                        && promise[0].0 != "pass"
                        && dice.once_in(3)
                    {
                        say(promise, "by", roles(dice));
                    }
                });
            }
            ("targets", Value::Map(targets)) if is_of_jira => {
                let jira = targets.iter_mut().find(|(name, _)| name == "jira");
                if let Some((_, Value::Map(block))) = jira {
                    let ids = [text("10002"), text("reporter"), text("assignee")];
                    say(block, "roles", map(ROLES.iter().copied().zip(ids)));
                    let id = text("customfield_10050");
                    say(block, "fields", map([("cost-centre", id)]));
                }
            }
            _ => {}
        }
    }
    say_promises(dice, file);
    say_migrations(dice, file, &ends);
    if dice.once_in(2) {
        let described = |role: &&'static str| (*role, map([("description", text(role))]));
        let declared = match dice.once_in(2) {
            true => map(ROLES.iter().map(described)),
            false => texts(ROLES.iter().copied()),
        };
        say(file, "roles", declared);
    }
    if dice.once_in(5) {
        say(file, "meta", meta(dice));
    }
    if let (true, Some(Value::Text(identifier))) = (dice.once_in(6), value_of(file, "workflow")) {
        let former = format!("former-{identifier}");
        say(file, "was", texts([former.as_str()]));
    }
}

/// Gives transitions names of which no two out of one state are the same.
fn say_names_apart(file: &mut [(String, Value)]) {
    let transitions = file.iter_mut().find(|(field, _)| field == "transitions");
    let Some((_, Value::List(all))) = transitions else {
        return;
    };
    let mut seen: Vec<String> = Vec::new();
    for (at, transition) in all.iter_mut().enumerate() {
        let Value::Map(fields) = transition else {
            continue;
        };
        let said = ["name", "to"]
            .iter()
            .find_map(|field| value_of(fields, field));
        let Some(Value::Text(said)) = said.cloned() else {
            continue;
        };
        if seen.contains(&said) {
            fields.retain(|(field, _)| field != "name");
            fields.insert(0, ("name".to_owned(), text(&format!("{said} {at}"))));
        } else {
            seen.push(said);
        }
    }
}

/// Promises about roles that the transitions keep, and sometimes one that they may not.
fn say_promises(dice: &mut Dice, file: &mut Vec<(String, Value)>) {
    if !dice.once_in(2) {
        return;
    }
    let first_role = |fields: &[(String, Value)]| match value_of(fields, "who") {
        Some(Value::List(roles)) => roles.first().cloned(),
        role => role.cloned(),
    };
    let transitions = file.iter_mut().find(|(field, _)| field == "transitions");
    let Some((_, Value::List(all))) = transitions else {
        return;
    };
    let mut promises = Vec::new();
    let people = all.iter_mut().filter_map(|transition| match transition {
        Value::Map(fields)
            if value_of(fields, "after")
                .or(value_of(fields, "automatic"))
                .is_none() =>
        {
            Some(fields)
        }
        _ => None,
    });
    let mut people: Vec<&mut Vec<(String, Value)>> = people.collect();
    for fields in &people {
        let (from, to) = (value_of(fields, "from"), value_of(fields, "to"));
        let is_state = |value: &&Value| matches!(value, Value::Text(name) if name != "*");
        if let (Some(from), Some(to), Some(role)) = (from.filter(is_state), to, first_role(fields))
            && dice.once_in(4)
        {
            let walk = Value::List(vec![from.clone(), to.clone()]);
            promises.push(map([("allow", walk), ("by", role)]));
        }
    }
    // Names that only one transition has, each for a role of its own.
    if let [one, other, ..] = people.as_mut_slice() {
        let names = [&**one, &**other].map(|fields| value_of(fields, "name").cloned());
        for (fields, role) in [one, other].into_iter().zip(ROLES) {
            fields.retain(|(field, _)| field != "who");
            if !dice.once_in(8) {
                say(fields, "who", text(role));
            }
        }
        if let [Some(one), Some(other)] = names
            && one != other
        {
            promises.push(map([("separate", Value::List(vec![one, other]))]));
        }
    }
    if promises.is_empty() {
        return;
    }
    match file.iter_mut().find(|(field, _)| field == "expect") {
        Some((_, Value::List(all))) => all.extend(promises),
        _ => say(file, "expect", Value::List(promises)),
    }
}

/// Where tickets of states go that are gone, some of them over another that is gone.
fn say_migrations(dice: &mut Dice, file: &mut Vec<(String, Value)>, ends: &[&str]) {
    if !dice.once_in(3) {
        return;
    }
    let mut gone = vec![("Gone", text(dice.pick(ends)))];
    if dice.once_in(2) {
        gone.push(("on: hold", text("Gone")));
    }
    if dice.once_in(6) {
        let there = [("workflow", text("elsewhere")), ("state", text("New"))];
        gone.push(("1.0", map(there)));
    }
    say(file, "migrate", map(gone));
}

fn say(fields: &mut Vec<(String, Value)>, field: &str, value: Value) {
    fields.push((field.to_owned(), value));
}

fn value_of<'v>(fields: &'v [(String, Value)], field: &str) -> Option<&'v Value> {
    let mut fields = fields.iter();
    fields.find(|(key, _)| key == field).map(|(_, value)| value)
}

fn roles(dice: &mut Dice) -> Value {
    let first = dice.roll(ROLES.len());
    match dice.once_in(3) {
        true => texts([ROLES[first], ROLES[(first + 1) % ROLES.len()]]),
        false => text(ROLES[first]),
    }
}

fn meta(dice: &mut Dice) -> Value {
    let number = Value::Bare("7".to_owned());
    map([
        ("owner", text(dice.pick(NAMES))),
        ("forms", Value::List(vec![number, text(dice.pick(WORDS))])),
    ])
}

fn say_who_and_what(dice: &mut Dice, fields: &mut Vec<(String, Value)>) {
    if !dice.once_in(3) {
        say(fields, "who", roles(dice));
    }
    match dice.roll(4) {
        0 => say(fields, "asks", texts(["cost-centre"])),
        1 => {
            let asked = [("cost-centre", text("required")), ("no", text("optional"))];
            say(fields, "asks", map(asked));
        }
        _ => {}
    }
}

/// What changes nothing of who moves what.
fn say_aside(dice: &mut Dice, fields: &mut Vec<(String, Value)>) {
    if dice.once_in(4) {
        say_label(dice, fields);
    }
    if dice.once_in(5) {
        say(fields, "description", text(dice.pick(NAMES)));
    }
    if dice.once_in(4) {
        say(fields, "does", texts([dice.pick(WORDS), "mail: all"]));
    }
    if dice.once_in(6) {
        say(fields, "meta", meta(dice));
    }
}

fn say_label(dice: &mut Dice, fields: &mut Vec<(String, Value)>) {
    let label = match dice.once_in(2) {
        true => map([
            ("de", text(dice.pick(NAMES))),
            ("no", text(dice.pick(WORDS))),
        ]),
        false => text(dice.pick(NAMES)),
    };
    say(fields, "label", label);
}

fn say_former_names(dice: &mut Dice, state: &mut Vec<(String, Value)>, former: &str) {
    if dice.once_in(4) {
        say(state, "was", texts([former]));
    }
    if dice.once_in(4) {
        say_label(dice, state);
    }
    if dice.once_in(8) {
        say(state, "meta", meta(dice));
    }
}

/// `timed` are the states out of which something happens by itself already: two such moves compete.
fn say_when_and_who(
    dice: &mut Dice,
    transition: &mut Vec<(String, Value)>,
    timed: &mut Vec<String>,
) {
    let from = match value_of(transition, "from") {
        Some(Value::Text(from)) if from != "*" => Some(from.clone()),
        _ => None,
    };
    let is_free = from.as_ref().is_some_and(|from| !timed.contains(from)) || dice.once_in(12);
    match dice.roll(4) {
        1 if is_free => {
            timed.extend(from);
            // Nobody writes a note there.
            transition.retain(|(field, _)| field != "notes");
            match dice.once_in(4) {
                true => say(transition, "automatic", Value::Bare("true".to_owned())),
                false => say(
                    transition,
                    "after",
                    text(dice.pick(&["30m", "4h", "14d", "2w"])),
                ),
            }
        }
        0 => {}
        _ => say_who_and_what(dice, transition),
    }
    if dice.once_in(3) {
        say(transition, "when", text(dice.pick(CONDITIONS)));
    }
    say_aside(dice, transition);
}

/// The other end of a transition on a condition.
fn otherwise(dice: &mut Dice, transition: &[(String, Value)], ends: &[&str]) -> Option<Value> {
    value_of(transition, "when")?;
    if !dice.once_in(2) {
        return None;
    }
    let mut other = transition.to_vec();
    for (field, value) in &mut other {
        if field == "when" {
            *value = text("otherwise");
        } else if field == "to" {
            *value = text(dice.pick(ends));
        }
    }
    Some(Value::Map(other))
}

/// Gives names that contradict each other or that nothing has: a former name to two states, a way of tickets
/// that leads round or nowhere, a promise of a transition that is not there.
pub fn misname(dice: &mut Dice, workflow: &mut Value) {
    let Value::Map(file) = workflow else { return };
    if dice.once_in(3)
        && let Some((_, Value::Map(states))) = file.iter_mut().find(|(field, _)| field == "states")
    {
        for (_, state) in states.iter_mut().take(2) {
            if let Value::Map(state) = state {
                state.retain(|(field, _)| field != "was");
                say(state, "was", texts(["Shared"]));
            }
        }
    }
    if dice.once_in(3) {
        file.retain(|(field, _)| field != "migrate");
        let end = dice.pick(&["Gone", "Farther", "Nirvana"]);
        let ways = [("Gone", text("Farther")), ("Farther", text(end))];
        say(file, "migrate", map(ways));
    }
    if dice.once_in(3) {
        let promise = map([("separate", texts(["Nobody", dice.pick(WORDS)]))]);
        match file.iter_mut().find(|(field, _)| field == "expect") {
            Some((_, Value::List(all))) => all.push(promise),
            _ => say(file, "expect", Value::List(vec![promise])),
        }
    }
}

/// Makes a mistake somewhere in `value`, as people do: a slip of the finger, a line too few or too
/// many, a value of another kind.
pub fn slip(dice: &mut Dice, value: &mut Value) {
    match value {
        Value::Map(entries) if !entries.is_empty() && !dice.once_in(6) => {
            let at = dice.roll(entries.len());
            match dice.roll(8) {
                0 => drop(entries.remove(at)),
                1 => {
                    let key = slipped(dice, &entries[at].0);
                    if !entries.iter().any(|(other, _)| *other == key) {
                        entries[at].0 = key;
                    }
                }
                _ => slip(dice, &mut entries[at].1),
            }
        }
        Value::List(items) if !items.is_empty() && !dice.once_in(6) => {
            let at = dice.roll(items.len());
            match dice.roll(8) {
                0 => drop(items.remove(at)),
                1 => items.insert(at, items[at].clone()),
                _ => slip(dice, &mut items[at]),
            }
        }
        Value::Text(text) if !dice.once_in(6) => *text = slipped(dice, text),
        _ => {
            *value = match dice.roll(5) {
                0 => text(""),
                1 => text(dice.pick(NAMES)),
                2 => Value::List(Vec::new()),
                3 => Value::Map(Vec::new()),
                _ => Value::List(vec![text(dice.pick(NAMES))]),
            }
        }
    }
}

fn slipped(dice: &mut Dice, text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let at = dice.roll(letters.len().max(1));
    match dice.roll(4) {
        _ if letters.is_empty() => letters.push('x'),
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 if at > 0 => letters.swap(at - 1, at),
        _ => letters[at] = dice.pick(&['e', 'a', 'X', '1', '-', ' ', '\u{200b}', 'é']),
    }
    letters.into_iter().collect()
}

/// The file in YAML: what lies deeper than `depth` in brackets, the rest in lines.
pub fn yaml(value: &Value, depth: usize) -> String {
    let mut out = String::new();
    match value {
        Value::Map(entries) if !entries.is_empty() => in_lines(entries, 0, depth, &mut out),
        _ => out = in_brackets(value, ": ") + "\n",
    }
    out
}

fn in_lines(entries: &[(String, Value)], level: usize, depth: usize, out: &mut String) {
    for (at, (key, value)) in entries.iter().enumerate() {
        // The first entry of a list's item stands behind its dash.
        if at > 0 || !out.ends_with("- ") {
            out.push_str(&"  ".repeat(level));
        }
        out.push_str(&word(key));
        out.push(':');
        match value {
            Value::Map(entries) if !entries.is_empty() && level < depth => {
                out.push('\n');
                in_lines(entries, level + 1, depth, out);
            }
            Value::List(items) if !items.is_empty() && level < depth => {
                out.push('\n');
                for item in items {
                    out.push_str(&"  ".repeat(level + 1));
                    out.push_str("- ");
                    match item {
                        Value::Map(entries) if !entries.is_empty() && level + 1 < depth => {
                            in_lines(entries, level + 2, depth, out);
                        }
                        _ => *out += &(in_brackets(item, ": ") + "\n"),
                    }
                }
            }
            _ => *out += &format!(" {}\n", in_brackets(value, ": ")),
        }
    }
}

/// The file in TOML: states, transitions and the like as tables where `tables` says so. What is no
/// map, or an empty one, is no file in TOML: `None`.
pub fn toml(value: &Value, tables: bool) -> Option<String> {
    let Value::Map(entries) = value else {
        return None;
    };
    if entries.is_empty() {
        return None;
    }
    let is_table = |value: &Value| match value {
        Value::Map(entries) => !entries.is_empty() && is_all_maps(entries.iter().map(|(_, v)| v)),
        Value::List(items) => !items.is_empty() && is_all_maps(items),
        _ => false,
    };
    let apart = |(key, value): &&(String, Value)| tables && key != "start" && is_table(value);
    let mut out = String::new();
    for (key, value) in entries.iter().filter(|entry| !apart(entry)) {
        out += &format!("{} = {}\n", bare_key(key), in_brackets(value, " = "));
    }
    for (key, value) in entries.iter().filter(apart) {
        let key = bare_key(key);
        match value {
            Value::Map(all) => all.iter().for_each(|(name, value)| {
                table(&format!("[{key}.{}]", bare_key(name)), value, &mut out);
            }),
            Value::List(items) => items
                .iter()
                .for_each(|value| table(&format!("[[{key}]]"), value, &mut out)),
            _ => {}
        }
    }
    Some(out)
}

fn is_all_maps<'v>(values: impl IntoIterator<Item = &'v Value>) -> bool {
    let mut values = values.into_iter();
    values.all(|value| matches!(value, Value::Map(_)))
}

fn table(header: &str, value: &Value, out: &mut String) {
    *out += &format!("\n{header}\n");
    if let Value::Map(entries) = value {
        for (key, value) in entries {
            *out += &format!("{} = {}\n", bare_key(key), in_brackets(value, " = "));
        }
    }
}

/// A value in one line. `between` stands between a key and its value, and tells the syntax.
fn in_brackets(value: &Value, between: &str) -> String {
    let is_yaml = between == ": ";
    match value {
        Value::Text(text) if is_yaml => word(text),
        Value::Text(text) => quoted(text),
        Value::Bare(text) => text.clone(),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(|i| in_brackets(i, between)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(entries) => {
            let entry = |(key, value): &(String, Value)| {
                let key = if is_yaml { word(key) } else { bare_key(key) };
                format!("{key}{between}{}", in_brackets(value, between))
            };
            let entries: Vec<String> = entries.iter().map(entry).collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

/// Text as YAML has it: without quotes where nobody could mistake it.
fn word(text: &str) -> String {
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.ends_with(|c: char| c.is_ascii_alphanumeric())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || " -_".contains(c))
        && text.len() > 3;
    match is_plain && !["true", "false", "null"].contains(&&*text.to_lowercase()) {
        true => text.to_owned(),
        false => quoted(text),
    }
}

fn bare_key(text: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    match !text.is_empty() && text.chars().all(is_bare) {
        true => text.to_owned(),
        false => quoted(text),
    }
}
