//! Which records have to be changed and which created, by what the account has.

use serde_json::{Map, Value};

use super::record::{REFERENCE_IDS, References, Settings};
use super::{CREATE, UPDATE};
use crate::diagnostic::Diagnostics;
use crate::hashing::{HashMap, HashSet};
use crate::rules::Checked;
use crate::targets::blocks;
use crate::targets::requests::{Method, Plan, Request, Wanted};

/// What is to be sent, and what is to be said of it.
#[derive(Default)]
pub struct Planned {
    pub wanted: Wanted,
    /// Whether records are created, or known again by their subjects alone.
    pub lacks_ids: bool,
    /// Whether records are moved to the trash.
    pub trashes: bool,
}

/// What a record has no more where its file does not say it. The product gives a record the others by
/// itself, or requires them.
const CLEARED: &[&str] = &[
    "custom_fields",
    "project",
    "release",
    "source",
    "sourceID",
    "start_at",
];

/// What follows from the tasks of a record.
const OF_TASKS: &[&str] = &["status", "completion_reason"];

/// Changes first, then what is new, and last what no file has, where that is to go.
pub fn against(
    workflows: &[&Checked],
    live: &Value,
    plan: Plan,
    out: &mut Diagnostics,
) -> Option<Planned> {
    let records = Records::of(live);
    let settings = workflows.iter().map(|one| blocks::of::<Settings>(one).id);
    let mut taken: HashSet<u64> = settings.flatten().map(|id| id.value.get()).collect();
    let mut planned = Planned {
        wanted: Wanted {
            is_partial: !plan.left.is_empty(),
            ..Wanted::default()
        },
        ..Planned::default()
    };
    let mut new = Vec::new();
    for (index, checked) in workflows.iter().enumerate() {
        let (number, of) = (index + 1, checked.identifier());
        let found = records.find(checked, &taken, &mut planned);
        let (id, record) = match found {
            Found::Record(id, record) => (id, record),
            Found::Unclear => continue,
            Found::New if plan.leaves(checked) => continue,
            Found::New => {
                planned.lacks_ids = true;
                let body = CREATE.of_one(checked, out)?;
                let request = Request::new(Method::Post, "/workflows".to_owned(), body).for_once();
                let about = format!("create the record of workflow `{of}`");
                new.push(request.named(format!("createWorkflow{number}"), about));
                continue;
            }
        };
        taken.insert(id);
        if plan.leaves(checked) {
            continue;
        }
        let Value::Object(body) = UPDATE.of_one(checked, out)? else {
            return None;
        };
        let body = changed(checked, body, record, &mut planned);
        if !body.is_empty() {
            let path = format!("/workflows/{id}");
            let request = Request::new(Method::Patch, path, Value::Object(body));
            let about = format!("update record {id} of workflow `{of}`");
            planned
                .wanted
                .requests
                .push(request.named(format!("updateWorkflow{number}"), about));
        }
    }
    planned.wanted.requests.append(&mut new);
    if plan.delete {
        let foreign = records.all.iter().filter(|(id, _)| !taken.contains(id));
        for (id, record) in foreign {
            planned.trashes = true;
            let path = format!("/workflows/{id}/trash");
            let subject = record.get("subject").and_then(Value::as_str).unwrap_or("");
            let about = format!("move record {id} `{subject}`, which no file has, to the trash");
            let request = Request::without_body(Method::Post, path);
            planned
                .wanted
                .requests
                .push(request.named(format!("trashWorkflow{id}"), about));
        }
    }
    Some(planned)
}

/// The records of an account, in the order of the answer.
struct Records<'l> {
    all: Vec<(u64, &'l Value)>,
    by_id: HashMap<u64, &'l Value>,
    by_subject: HashMap<&'l str, Vec<u64>>,
}

/// What a workflow is there.
enum Found<'l> {
    Record(u64, &'l Value),
    New,
    /// It cannot be told, which is said.
    Unclear,
}

impl<'l> Records<'l> {
    fn of(live: &'l Value) -> Self {
        let all = live.as_array().into_iter().flatten();
        let all = all.filter_map(|record| Some((record.get("id")?.as_u64()?, record)));
        let all: Vec<(u64, &Value)> = all.collect();
        let mut by_subject: HashMap<&str, Vec<u64>> = HashMap::default();
        for (id, record) in &all {
            if let Some(subject) = record.get("subject").and_then(Value::as_str) {
                by_subject.entry(subject).or_default().push(*id);
            }
        }
        Records {
            by_id: all.iter().copied().collect(),
            by_subject,
            all,
        }
    }

    /// By its id, or else by its subject, where one record alone has it that is of no other file.
    fn find(&self, checked: &Checked, taken: &HashSet<u64>, planned: &mut Planned) -> Found<'l> {
        let (settings, of) = (blocks::of::<Settings>(checked), checked.identifier());
        if let Some(id) = settings.id {
            let id = id.value.get();
            return match self.by_id.get(&id) {
                Some(record) => Found::Record(id, record),
                None => {
                    planned.wanted.leave(format!(
                        "workflow `{of}` is not planned: record {id} is not in the answer; it may be in the archive or in the trash, or a filter leaves it out"
                    ));
                    Found::Unclear
                }
            };
        }
        let subject = settings.record.subject.as_ref();
        let subject = subject.or(checked.workflow().name.as_ref());
        let subject = subject.map_or("", |subject| subject.value.as_str());
        let same = self.by_subject.get(subject).into_iter().flatten();
        let same: Vec<u64> = same.copied().filter(|id| !taken.contains(id)).collect();
        match same.as_slice() {
            [] => Found::New,
            [id] => {
                planned.lacks_ids = true;
                planned.wanted.notes.push(format!(
                    "workflow `{of}` is taken for record {id}, which has its subject"
                ));
                self.by_id
                    .get(id)
                    .map_or(Found::New, |record| Found::Record(*id, record))
            }
            many => {
                planned.wanted.leave(format!(
                    "workflow `{of}` is not planned: {} records have its subject; write the `id` of one of them",
                    many.len()
                ));
                Found::Unclear
            }
        }
    }
}

/// The members of the body that are not live, and `null` for what the file does not say.
fn changed(
    checked: &Checked,
    body: Map<String, Value>,
    live: &Value,
    planned: &mut Planned,
) -> Map<String, Value> {
    let settings = blocks::of::<Settings>(checked);
    let is_nested = settings
        .references
        .is_some_and(|references| references.value == References::Nested);
    let own = |name: &'static str| -> String {
        let id = format!("{name}_id");
        match REFERENCE_IDS.contains(&id.as_str()) && !is_nested {
            true => id,
            false => name.to_owned(),
        }
    };
    let mut unshown = Vec::new();
    let mut changed = Map::new();
    let missing = CLEARED.iter().map(|name| (*name, own(name)));
    let missing: Vec<(&str, String)> = missing
        .filter(|(_, member)| !body.contains_key(member))
        .collect();
    for (name, value) in body {
        if OF_TASKS.contains(&name.as_str()) {
            continue;
        }
        let id = REFERENCE_IDS.contains(&name.as_str());
        let shown = match id {
            true => name.strip_suffix("_id").unwrap_or(&name),
            false => &name,
        };
        let Some(is) = live.get(shown) else {
            unshown.push(format!("`{name}`"));
            continue;
        };
        let is_same = match (is.get("id"), value.get("id")) {
            (Some(is), Some(id)) => is == id,
            (Some(is), None) => *is == value,
            (None, _) => *is == value,
        };
        if !is_same {
            changed.insert(name, value);
        }
    }
    for (name, member) in missing {
        if live.get(name).is_some_and(|is| !is.is_null()) {
            changed.insert(member, Value::Null);
        }
    }
    if !unshown.is_empty() {
        planned.wanted.notes.push(format!(
            "the answer does not show {} of workflow `{}`: whether it is the same is not known, and nothing is sent",
            unshown.join(", "),
            checked.identifier()
        ));
    }
    changed
}
