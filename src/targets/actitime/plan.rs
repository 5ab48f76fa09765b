//! Which statuses have to be named anew, created and deleted, so that an installation has those of the
//! files.

use serde_json::Value;

use super::{Status, wire};
use crate::hashing::{HashMap, HashSet};
use crate::rules::Checked;
use crate::suggest;
use crate::targets;
use crate::targets::requests::{Method, Request, Wanted};

/// A status that the installation has.
struct Live<'l> {
    id: u64,
    name: &'l str,
    group: &'l str,
}

/// What is to be sent, and what is to be said of it.
#[derive(Default)]
pub struct Planned {
    pub wanted: Wanted,
    /// Whether the files lack ids of statuses.
    pub lacks_ids: bool,
}

/// A status that gets another name.
struct Renaming<'a> {
    id: u64,
    from: &'a str,
    to: &'a str,
}

/// Names first, so that a name that a status gives up is free for a new one; what is deleted last may be
/// refused, and then all else is done.
pub fn against(
    workflows: &[&Checked],
    statuses: &[Status],
    live: &Value,
    deletes: bool,
) -> Option<Planned> {
    let live: Vec<Live> = items(live);
    let former = former_names(workflows);
    let mut by_id: HashMap<u64, usize> = HashMap::default();
    let mut by_name: HashMap<&str, usize> = HashMap::default();
    for (at, status) in live.iter().enumerate() {
        by_id.entry(status.id).or_insert(at);
        by_name.entry(status.name).or_insert(at);
    }
    let mut planned = Planned::default();
    let mut taken: HashSet<usize> = HashSet::default();
    let mut partners: Vec<Option<usize>> = Vec::with_capacity(statuses.len());
    for status in statuses {
        let known = status.id.and_then(|id| by_id.get(&id.get()).copied());
        if let (Some(id), None) = (status.id, known) {
            planned.wanted.notes.push(format!(
                "status {id} of the files is not live: look at `ids` of state `{}`",
                status.name
            ));
        }
        let partner = known.filter(|at| taken.insert(*at));
        partners.push(partner);
    }
    // Those without an id by their names, and then by the names that they had.
    for is_former in [false, true] {
        for (status, partner) in statuses.iter().zip(&mut partners) {
            if partner.is_some() {
                continue;
            }
            let own = [status.name];
            let names = match is_former {
                false => &own[..],
                true => former.get(status.name).map_or(&[][..], Vec::as_slice),
            };
            let mut found = names.iter().filter_map(|name| by_name.get(name).copied());
            *partner = found.find(|at| !taken.contains(at));
            taken.extend(*partner);
        }
    }
    let (mut renamings, mut new, mut replaced) = (Vec::new(), Vec::new(), Vec::new());
    for (status, partner) in statuses.iter().zip(&partners) {
        let Some(is) = partner.and_then(|at| live.get(at)) else {
            new.push(status);
            continue;
        };
        planned.lacks_ids |= status.id.is_none();
        if is.group != status.group.word() {
            if deletes {
                replaced.push(is);
                new.push(status);
            } else {
                planned.wanted.notes.push(format!(
                    "status `{}` is `{}` there and `{}` here, which cannot change: give its tasks another status, and plan with --delete",
                    is.name,
                    is.group,
                    status.group.word()
                ));
            }
        } else if is.name != status.name {
            renamings.push(Renaming {
                id: is.id,
                from: is.name,
                to: status.name,
            });
        }
    }
    planned.lacks_ids |= !new.is_empty();
    for is in replaced {
        planned.wanted.requests.push(delete(is.id, is.name));
    }
    for renaming in in_order(renamings) {
        planned
            .wanted
            .requests
            .push(rename(renaming.0, &renaming.1)?);
    }
    for (index, status) in new.into_iter().enumerate() {
        planned.wanted.requests.push(create(index, status)?);
    }
    let gone = live
        .iter()
        .enumerate()
        .filter(|(at, _)| !taken.contains(at));
    let gone: Vec<&Live> = gone.map(|(_, status)| status).collect();
    if deletes {
        planned
            .wanted
            .requests
            .extend(gone.iter().map(|is| delete(is.id, is.name)));
    } else if !gone.is_empty() {
        const MOST_NAMES: usize = 8;
        let names: Vec<&str> = gone.iter().map(|is| is.name).collect();
        planned.wanted.notes.push(format!(
            "no file has {}: --delete plans to delete what no task has",
            suggest::phrase_up_to(&names, MOST_NAMES)
        ));
    }
    Some(planned)
}

/// The statuses of the answer to a request for the list, which is known to be one.
fn items(live: &Value) -> Vec<Live<'_>> {
    let items = live.get("items").and_then(Value::as_array);
    let item = |item| -> Option<Live> {
        let item: &Value = item;
        Some(Live {
            id: item.get("id")?.as_u64()?,
            name: item.get("name")?.as_str()?,
            group: item.get("type")?.as_str()?,
        })
    };
    items.into_iter().flatten().filter_map(item).collect()
}

/// The names that states had before, by those that they have.
fn former_names<'w>(workflows: &[&'w Checked]) -> HashMap<&'w str, Vec<&'w str>> {
    let mut former: HashMap<&str, Vec<&str>> = HashMap::default();
    for state in workflows
        .iter()
        .flat_map(|workflow| &workflow.workflow().states)
    {
        let was = state
            .details
            .as_ref()
            .and_then(|details| details.was.as_ref());
        for name in was.iter().flat_map(|was| &was.value) {
            former
                .entry(&state.name.value)
                .or_default()
                .push(&name.value);
        }
    }
    former
}

/// Gives each status its name when nothing else has it any more. Where names go round in a circle, one of
/// them has to wait under a name of its own.
fn in_order(renamings: Vec<Renaming>) -> Vec<(u64, String)> {
    let holds: HashMap<&str, usize> = renamings
        .iter()
        .enumerate()
        .map(|(at, renaming)| (renaming.from, at))
        .collect();
    let mut requests = Vec::with_capacity(renamings.len());
    let mut is_done = vec![false; renamings.len()];
    for first in 0..renamings.len() {
        let mut chain = Vec::new();
        let mut next = Some(first).filter(|at| !is_done[*at]);
        while let Some(at) = next {
            is_done[at] = true;
            chain.push(at);
            let holder = holds.get(renamings[at].to).copied();
            next = holder.filter(|holder| !is_done[*holder]);
            let in_circle = holder == Some(first);
            if in_circle {
                let waiting = &renamings[first];
                let name = format!("{} (being renamed)", waiting.from);
                requests.push((waiting.id, name));
            }
        }
        let renamed = chain.iter().rev().map(|at| &renamings[*at]);
        requests.extend(renamed.map(|renaming| (renaming.id, renaming.to.to_owned())));
    }
    requests
}

/// Only the name of a status can be changed.
pub fn rename(id: u64, name: &str) -> Option<Request> {
    let body = targets::to_json(&wire::Name {
        name: name.to_owned(),
    })?;
    let request = Request::new(Method::Patch, format!("/workflowStatuses/{id}"), body);
    let about = format!("name status {id} `{name}`");
    Some(request.named(format!("nameStatus{id}"), about))
}

/// A new one.
pub fn create(index: usize, status: &Status) -> Option<Request> {
    let body = targets::to_json(&wire::NewStatus {
        name: status.name.to_owned(),
        group: status.group,
    })?;
    let request = Request::new(Method::Post, "/workflowStatuses".to_owned(), body);
    let about = format!("create status `{}`", status.name);
    Some(request.named(format!("createStatus{}", index + 1), about))
}

/// Refused while a task has the status.
pub fn delete(id: u64, name: &str) -> Request {
    let path = format!("/workflowStatuses/{id}");
    let about = format!("delete status {id} `{name}`");
    Request::without_body(Method::Delete, path).named(format!("deleteStatus{id}"), about)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Applies the requests to what is live; no two statuses have one name at any time.
    fn applied(names: &[(&str, &str)]) -> Vec<String> {
        let mut live: Vec<String> = names.iter().map(|(from, _)| (*from).to_owned()).collect();
        let renamings = names.iter().enumerate();
        let renamings = renamings.map(|(id, (from, to))| Renaming {
            id: id as u64,
            from,
            to,
        });
        for (id, name) in in_order(renamings.collect()) {
            assert!(!live.contains(&name), "{name} is taken: {live:?}");
            live[id as usize] = name;
        }
        live
    }

    #[test]
    fn a_name_is_free_before_it_is_given() {
        assert_eq!(
            applied(&[("a", "b"), ("b", "c"), ("c", "d")]),
            ["b", "c", "d"]
        );
        assert_eq!(
            applied(&[("c", "d"), ("b", "c"), ("a", "b")]),
            ["d", "c", "b"]
        );
        assert_eq!(applied(&[("a", "b"), ("b", "a")]), ["b", "a"]);
        assert_eq!(
            applied(&[("a", "b"), ("b", "c"), ("c", "a")]),
            ["b", "c", "a"]
        );
        assert_eq!(
            applied(&[("a", "x"), ("b", "c"), ("c", "b")]),
            ["x", "c", "b"]
        );
    }
}
