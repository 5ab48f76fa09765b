//! Which workflows have to be changed and which created: by what the site has, or else by what the files
//! say of it.

use std::collections::VecDeque;

use serde_json::{Value, json};

use super::block::Settings;
use super::limits::{self, MOST_WORKFLOWS};
use super::site::{self, Called, Together};
use super::statuses;
use super::update::{self, Known};
use super::wire;
use crate::diagnostic::Diagnostics;
use crate::hashing::{HashMap, HashSet};
use crate::rules::Checked;
use crate::suggest;
use crate::targets;
use crate::targets::blocks::{self, Words};
use crate::targets::requests::{Method, Plan, Request, Wanted};

/// How many names a note tells.
const MOST_NAMES: usize = 6;

/// What is to be sent, and what is to be said of it.
#[derive(Default)]
pub struct Planned {
    pub wanted: Wanted,
    /// Whether workflows are created, which nothing uses yet.
    pub creates: bool,
    /// The statuses that one of the requests creates, by their scopes and names.
    new: HashSet<(String, String)>,
}

impl Planned {
    /// A request that creates a status tells its id in its answer alone, so that the next one cannot name it.
    fn has_to_wait(&mut self, together: &Together, members: &[&Checked]) -> bool {
        let new = together
            .statuses
            .iter()
            .filter(|status| status.id.is_none());
        let project = together.scope.project();
        let new: Vec<_> = new.map(|s| (project.to_owned(), s.name.clone())).collect();
        let waits = new.iter().any(|status| self.new.contains(status));
        match waits {
            true => self.wanted.leave(format!(
                "not planned yet: {}, which has statuses that the requests before it create: send these, fetch what is live, and plan again",
                names(members)
            )),
            false => self.new.extend(new),
        }
        waits
    }
}

/// By what the files say alone: what has a `workflow-id` is there, and all else is not.
pub fn blindly(workflows: &[&Checked], out: &mut Diagnostics) -> Option<Planned> {
    let mut planned = Planned::default();
    let is_there = |checked: &&Checked| {
        let settings = blocks::of::<Settings>(checked);
        (settings.workflow_id.is_some(), settings.version.is_some())
    };
    let (mut known, mut new) = (Vec::new(), Vec::new());
    for checked in workflows {
        match is_there(checked) {
            (true, true) => known.push(*checked),
            (true, false) => planned.wanted.leave(format!(
                "workflow `{}` is not planned: it is there, and an update needs its version, which --live FILE tells",
                checked.identifier()
            )),
            (false, _) => new.push(*checked),
        }
    }
    for (index, members) in batches(known).iter().enumerate() {
        let together = together(members, out)?;
        if planned.has_to_wait(&together, members) {
            continue;
        }
        let known: Option<Vec<Known>> = members.iter().map(|c| update::said(c, out)).collect();
        let body = update::body(together, &known?, out);
        planned.add("update", index, members, targets::to_json(&body)?);
    }
    for (index, members) in batches(new).iter().enumerate() {
        let together = together(members, out)?;
        if !planned.has_to_wait(&together, members) {
            planned.create(index, members, together)?;
        }
    }
    Some(planned)
}

/// Changes first, so that a status has its new name before another one is created by the old.
pub fn against(
    workflows: &[&Checked],
    live: &Value,
    plan: Plan,
    out: &mut Diagnostics,
) -> Option<Planned> {
    let site = Site::of(live);
    let mut planned = Planned {
        wanted: Wanted {
            is_partial: !plan.left.is_empty(),
            ..Wanted::default()
        },
        ..Planned::default()
    };
    let mut found: HashMap<&str, &Value> = HashMap::default();
    let (mut known, mut new) = (Vec::new(), Vec::new());
    for checked in workflows.iter().filter(|checked| plan.differs(checked)) {
        let settings = blocks::of::<Settings>(checked);
        match (site.workflow(checked, &settings), &settings.workflow_id) {
            (Some(workflow), _) => {
                found.insert(checked.identifier(), workflow);
                known.push(*checked);
            }
            (None, None) => new.push(*checked),
            (None, Some(id)) => planned.wanted.leave(format!(
                "workflow `{}` is not planned: no workflow there has its `workflow-id`, {}",
                checked.identifier(),
                id.value
            )),
        }
    }
    for (index, members) in batches(known).iter().enumerate() {
        let mut together = together(members, out)?;
        identify(&mut together, &site, &mut planned);
        if planned.has_to_wait(&together, members) {
            continue;
        }
        let body = changed(together, &found, &site, plan, &mut planned, out)?;
        planned.add("update", index, members, targets::to_json(&body)?);
    }
    for (index, members) in batches(new).iter().enumerate() {
        let mut together = together(members, out)?;
        identify(&mut together, &site, &mut planned);
        if !planned.has_to_wait(&together, members) {
            planned.create(index, members, together)?;
        }
    }
    Some(planned)
}

/// The workflows of one request: of one scope, and as many as one takes.
fn batches(mut workflows: Vec<&Checked>) -> Vec<Vec<&Checked>> {
    let scope = |checked: &Checked| blocks::of::<Settings>(checked).scope.project().to_owned();
    workflows.sort_by_cached_key(|checked| scope(checked));
    let of_scopes = workflows.chunk_by(|one, other| scope(one) == scope(other));
    let batches = of_scopes.flat_map(|of_scope| of_scope.chunks(MOST_WORKFLOWS));
    batches.map(<[&Checked]>::to_vec).collect()
}

/// What is wrong with each of them and with all of them is told before.
fn together<'w>(members: &[&'w Checked], out: &mut Diagnostics) -> Option<Together<'w>> {
    let together = site::groups(members, Called::ForNow, &mut Diagnostics::new()).pop()?;
    let mut found = Diagnostics::new();
    limits::report_request(&together, &mut found);
    out.add_blocking(found).then_some(together)
}

fn names(workflows: &[&Checked]) -> String {
    let names: Vec<&str> = workflows.iter().map(|one| one.identifier()).collect();
    let what = match names.len() {
        1 => "workflow",
        _ => "workflows",
    };
    format!("{what} {}", suggest::phrase_up_to(&names, 3))
}

impl Planned {
    fn create(&mut self, index: usize, members: &[&Checked], together: Together) -> Option<()> {
        self.creates = true;
        let body = targets::to_json(&super::body(together))?;
        self.add("create", index, members, body);
        Some(())
    }

    /// The request that asks what the site would refuse, and the one that does it.
    fn add(&mut self, verb: &str, index: usize, members: &[&Checked], body: Value) {
        let path = format!("/rest/api/3/workflows/{verb}");
        let about = format!("{verb} {}", names(members));
        let name = |what: &str| format!("{verb}Workflows{what}{}", index + 1);
        let question = json!({
            "payload": body.clone(),
            "validationOptions": wire::ValidationOptions::ALL,
        });
        let asks = Request::new(Method::Post, format!("{path}/validation"), question);
        let asks = asks.refused_by("errors");
        let asked = format!("ask what Jira would refuse: {about}");
        self.wanted
            .requests
            .push(asks.named(name("Validation"), asked));
        let does = Request::new(Method::Post, path, body);
        self.wanted.requests.push(does.named(name(""), about));
    }
}

/// What the site has, by what it is known by.
struct Site<'l> {
    /// The statuses by what the answer calls them, by their ids, and by their projects and names.
    statuses: HashMap<&'l str, &'l Value>,
    by_id: HashMap<&'l str, &'l Value>,
    by_name: HashMap<(&'l str, &'l str), &'l Value>,
    workflows: HashMap<&'l str, &'l Value>,
    workflows_by_name: HashMap<(&'l str, &'l str), &'l Value>,
    /// The names of the workflows that have a status, by what the answer calls it.
    users: HashMap<&'l str, Vec<&'l str>>,
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or("")
}

fn list<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> {
    let list = value.get(name).and_then(Value::as_array);
    list.into_iter().flatten()
}

/// The id of the project that something belongs to; nothing where that is the whole site.
fn project(value: &Value) -> &str {
    let id = value.pointer("/scope/project/id");
    id.and_then(Value::as_str).unwrap_or("")
}

impl<'l> Site<'l> {
    fn of(live: &'l Value) -> Self {
        let mut site = Site {
            statuses: HashMap::default(),
            by_id: HashMap::default(),
            by_name: HashMap::default(),
            workflows: HashMap::default(),
            workflows_by_name: HashMap::default(),
            users: HashMap::default(),
        };
        for status in list(live, "statuses") {
            site.statuses
                .insert(text(status, "statusReference"), status);
            site.by_id.insert(text(status, "id"), status);
            let name = (project(status), text(status, "name"));
            site.by_name.insert(name, status);
        }
        for workflow in list(live, "workflows") {
            site.workflows.insert(text(workflow, "id"), workflow);
            let name = text(workflow, "name");
            let key = (project(workflow), name);
            site.workflows_by_name.insert(key, workflow);
            for status in list(workflow, "statuses") {
                let users = site.users.entry(text(status, "statusReference"));
                users.or_default().push(name);
            }
        }
        site
    }

    /// The workflow as the site has it: by its id, or else by its name.
    fn workflow(&self, checked: &Checked, settings: &Settings) -> Option<&'l Value> {
        if let Some(id) = &settings.workflow_id {
            return self.workflows.get(id.value.as_str()).copied();
        }
        let key = (settings.scope.project(), checked.title());
        self.workflows_by_name.get(&key).copied()
    }

    /// The id of the status that the answer calls so.
    fn id_of(&self, reference: &str) -> &'l str {
        let status = self.statuses.get(reference);
        status.map_or("", |status| text(status, "id"))
    }
}

/// Gives the statuses that the site has their ids; tells of those that get another name.
fn identify(together: &mut Together, site: &Site, planned: &mut Planned) {
    let mut former: HashMap<&str, Vec<&str>> = HashMap::default();
    let mut own: HashSet<&str> = HashSet::default();
    for member in &together.workflows {
        own.insert(member.checked.title());
        for state in &member.checked.workflow().states {
            let was = state.details.as_ref().and_then(|d| d.was.as_ref());
            let names = was.iter().flat_map(|was| &was.value);
            let all = former.entry(&state.name.value).or_default();
            all.extend(names.map(|name| name.value.as_str()));
        }
    }
    let project = together.scope.project();
    for status in &mut together.statuses {
        let named = |name: &str| site.by_name.get(&(project, name)).copied();
        let live = match &status.id {
            Some(id) => {
                let live = site.by_id.get(id.as_str()).copied();
                if live.is_none() {
                    planned.wanted.notes.push(format!(
                        "no status there has the id {id}: look at `status-ids` of state `{}`",
                        status.name
                    ));
                }
                live
            }
            None => named(&status.name).or_else(|| {
                let former = former.get(status.name.as_str()).into_iter().flatten();
                former.copied().find_map(named)
            }),
        };
        let Some(live) = live else { continue };
        status.id = Some(text(live, "id").to_owned());
        // Jira takes an absent one for an empty one, and other workflows have the status, too.
        let own_words = status.description.take().filter(|text| !text.is_empty());
        status.description = own_words.or_else(|| Some(text(live, "description").to_owned()));
        let was = text(live, "name");
        if was == status.name {
            continue;
        }
        let users = site.users.get(text(live, "statusReference"));
        let others = users.into_iter().flatten();
        let others: Vec<&str> = others.copied().filter(|name| !own.contains(name)).collect();
        let shared = match others.is_empty() {
            true => String::new(),
            false => format!(
                ", also in {}, which has it, too",
                suggest::phrase_up_to(&others, MOST_NAMES)
            ),
        };
        planned.wanted.notes.push(format!(
            "status `{was}` keeps its id and becomes `{}`{shared}",
            status.name
        ));
    }
}

fn changed(
    together: Together,
    found: &HashMap<&str, &Value>,
    site: &Site,
    plan: Plan,
    planned: &mut Planned,
    out: &mut Diagnostics,
) -> Option<wire::UpdateRequest> {
    let ids = together.statuses.iter();
    let ids: HashMap<String, String> = ids
        .filter_map(|status| Some((status.status_reference.clone(), status.id.clone()?)))
        .collect();
    let mut known = Vec::with_capacity(together.workflows.len());
    let mut live = Vec::with_capacity(together.workflows.len());
    for member in &together.workflows {
        let checked = member.checked;
        let workflow = *found.get(checked.identifier())?;
        let references = member.references.iter();
        let kept: HashSet<&str> = references
            .filter_map(|reference| Some(ids.get(reference)?.as_str()))
            .collect();
        let removed = removed(checked, workflow, &kept, site, planned);
        tell(checked, workflow, plan, planned);
        known.push(match version(workflow) {
            Some(version) => Known {
                id: text(workflow, "id").to_owned(),
                version,
                removed,
            },
            // The answer does not tell; the file may.
            None => Known {
                removed,
                ..update::said(checked, out)?
            },
        });
        live.push(workflow);
    }
    let mut body = update::body(together, &known, out);
    for (workflow, live) in body.workflows.iter_mut().zip(live) {
        let former: Vec<String> = workflow.transitions.iter().map(|t| t.id.clone()).collect();
        number(&mut workflow.transitions, live, &ids, site);
        let now = former.iter().zip(&workflow.transitions);
        let now: HashMap<&str, &str> = now.map(|(was, t)| (was.as_str(), t.id.as_str())).collect();
        statuses::renumber(&mut workflow.statuses, &now);
    }
    Some(body)
}

fn version(workflow: &Value) -> Option<wire::Version> {
    let version = workflow.get("version")?;
    Some(wire::Version {
        id: version.get("id")?.as_str()?.to_owned(),
        version_number: version.get("versionNumber")?.as_u64()?,
    })
}

/// The statuses that the workflow has there and no longer in its file.
fn removed(
    checked: &Checked,
    workflow: &Value,
    kept: &HashSet<&str>,
    site: &Site,
    planned: &mut Planned,
) -> Vec<wire::Status> {
    let migrate = &checked.workflow().migrate;
    let migrated: HashSet<&str> = migrate.iter().map(|one| one.from.value.as_str()).collect();
    let mut removed = Vec::new();
    for status in list(workflow, "statuses") {
        let Some(status) = site.statuses.get(text(status, "statusReference")) else {
            continue;
        };
        let (id, name) = (text(status, "id"), text(status, "name"));
        if kept.contains(id) {
            continue;
        }
        if !migrated.contains(name) {
            planned.wanted.notes.push(format!(
                "workflow `{}` loses status `{name}`, and `migrate` of its file does not say where its issues go: Jira refuses that while there are some",
                checked.identifier()
            ));
        }
        let mut words = wire::StatusCategory::WORDS.iter();
        let category = words.find(|(word, _)| *word == text(status, "statusCategory"));
        let category = category.map_or(wire::StatusCategory::InProgress, |(_, is)| *is);
        let description = text(status, "description").to_owned();
        removed.push(wire::Status {
            description: Some(description),
            ..update::removed(checked, name, id, category)
        });
    }
    removed
}

/// What an update does that is not asked for in so many words, and what it cannot do.
fn tell(checked: &Checked, workflow: &Value, plan: Plan, planned: &mut Planned) {
    let (identifier, name) = (checked.identifier(), text(workflow, "name"));
    if name != checked.title() {
        planned.wanted.leave(format!(
            "workflow `{identifier}` is called `{name}` there and `{}` here: rename it by hand, because no update does",
            checked.title()
        ));
    }
    let kept = [
        ("rules", "rules"),
        ("properties of statuses", "status-properties"),
        ("approvals", "status-approvals"),
    ];
    for (what, field) in kept
        .into_iter()
        .filter(|(_, field)| plan.sets(checked, field))
    {
        planned.wanted.notes.push(format!(
            "workflow `{identifier}` gets the {what} of its file alone, and those that only the site has are gone: `statewright import` writes them under `{field}`"
        ));
    }
}

/// Gives transitions the ids that they have on the site, and new ones ids above all of those.
fn number(
    transitions: &mut [wire::Transition],
    live: &Value,
    ids: &HashMap<String, String>,
    site: &Site,
) {
    let own = |reference: &str| {
        ids.get(reference)
            .map_or(reference, String::as_str)
            .to_owned()
    };
    let new: Vec<Way> = transitions
        .iter()
        .map(|transition| {
            let links = transition.links.iter();
            Way::of(
                transition.kind == wire::TransitionKind::Initial,
                &transition.name,
                own(&transition.to_status_reference),
                links.map(|link| own(&link.from_status_reference)).collect(),
            )
        })
        .collect();
    let there: Vec<(&str, Way)> = list(live, "transitions")
        .map(|transition| {
            let to = site.id_of(text(transition, "toStatusReference"));
            let links = list(transition, "links");
            let froms = links.map(|l| site.id_of(text(l, "fromStatusReference")).to_owned());
            let way = Way::of(
                text(transition, "type") == "INITIAL",
                text(transition, "name"),
                to.to_owned(),
                froms.collect(),
            );
            (text(transition, "id"), way)
        })
        .collect();
    let mut is_taken = vec![false; there.len()];
    let mut partners: Vec<Option<&str>> = vec![None; new.len()];
    for key in Way::KEYS {
        let mut known: HashMap<String, VecDeque<usize>> = HashMap::default();
        for (at, (_, way)) in there.iter().enumerate().filter(|(at, _)| !is_taken[*at]) {
            known.entry(key(way)).or_default().push_back(at);
        }
        for (way, partner) in new.iter().zip(&mut partners) {
            if partner.is_none()
                && let Some(at) = known.get_mut(&key(way)).and_then(VecDeque::pop_front)
            {
                is_taken[at] = true;
                *partner = Some(there[at].0);
            }
        }
    }
    let highest = there.iter().filter_map(|(id, _)| id.parse::<u64>().ok());
    let mut highest = highest.max().unwrap_or(0);
    for (transition, partner) in transitions.iter_mut().zip(partners) {
        transition.id = match partner {
            Some(id) => id.to_owned(),
            None => {
                highest = highest.saturating_add(1);
                highest.to_string()
            }
        };
    }
}

/// What a transition is known by.
struct Way {
    is_initial: bool,
    name: String,
    to: String,
    froms: String,
}

impl Way {
    /// One after the other, on what has no partner by then: a transition may have another name, or lead
    /// elsewhere, or begin elsewhere, and is still the same.
    const KEYS: [fn(&Way) -> String; 4] = [
        |way| match way.is_initial {
            true => "initial".to_owned(),
            false => format!("{}\n{}\n{}", way.name, way.to, way.froms),
        },
        |way| format!("{}\n{}", way.name, way.to),
        |way| format!("{}\n{}", way.to, way.froms),
        |way| format!("{}\n{}", way.name, way.froms),
    ];

    fn of(is_initial: bool, name: &str, to: String, mut froms: Vec<String>) -> Self {
        froms.sort_unstable();
        Way {
            is_initial,
            name: name.to_owned(),
            to,
            froms: froms.join(" "),
        }
    }
}
