//! The record as the product shows it: alone, and in a collection.

use super::{
    NAME, TARGET, body, page, place_of_record, report_missing, status_at_start, take_titles, value,
    wire,
};
use std::num::NonZeroU64;

use serde_json::Value;

use crate::diagnostic::Diagnostics;
use crate::rules::Checked;
use crate::source::{Span, Spanned};
use crate::suggest;
use crate::targets::{self, Json, blocks, omitted_details};

use super::record::{REFERENCE_IDS, Record, References, Settings};

/// The answer of `GET /workflows/:id`, and of the requests that create, update and restore it.
pub fn emit_workflow(checked: &Checked, out: &mut Diagnostics) -> Option<Json> {
    Some(Json::new(shown(checked, "workflow", out)?))
}

/// The page's word for that it is so, a text.
const TRUE: &str = "true";

/// The answer of `POST /workflows/:id/archive`.
pub fn emit_archived(checked: &Checked, out: &mut Diagnostics) -> Option<Json> {
    Some(Json::new(wire::Workflow {
        archived: Some(TRUE),
        ..shown(checked, "archived", out)?
    }))
}

/// The answer of `POST /workflows/:id/trash`.
pub fn emit_trashed(checked: &Checked, out: &mut Diagnostics) -> Option<Json> {
    Some(Json::new(wire::Workflow {
        trashed: Some(TRUE),
        ..shown(checked, "trashed", out)?
    }))
}

fn shown(
    checked: &Checked,
    document: &'static str,
    out: &mut Diagnostics,
) -> Option<wire::Workflow> {
    let there = (document, "a record as it is shown");
    let (record, status, id) = record(checked, page::SHOWN, there, out)?;
    Some(wire::Workflow {
        archived: None,
        trashed: None,
        completion_reason: value(record.completion_reason),
        completed_at: None,
        created_at: None,
        category: record.category?.value.to_string(),
        source_id: value(record.source_id),
        updated_at: None,
        release: record.release,
        project: record.project,
        service: record.service?,
        manager: record.manager,
        subject: record.subject?.value.to_string(),
        start_at: value(record.start_at),
        id,
        justification: record.justification?.value.to_string(),
        impact: page::DEFAULT_IMPACT.to_owned(),
        status,
        source: value(record.source),
        workflow_type: record.workflow_type?.value.to_string(),
        completion_target_at: None,
        template: record.template?,
        custom_fields: record.custom_fields,
    })
}

/// The answer of `GET /workflows`.
pub fn emit_workflows(workflows: &[&Checked], out: &mut Diagnostics) -> Option<Json> {
    let items: Vec<Option<wire::Listed>> = workflows.iter().map(|one| listed(one, out)).collect();
    let items: Option<Vec<wire::Listed>> = items.into_iter().collect();
    Some(Json::new(items?))
}

fn listed(checked: &Checked, out: &mut Diagnostics) -> Option<wire::Listed> {
    let there = ("workflows", "a collection of records");
    let (record, status, id) = record(checked, page::COLLECTION, there, out)?;
    Some(wire::Listed {
        completed_at: None,
        created_at: None,
        category: record.category?.value.to_string(),
        source_id: value(record.source_id),
        updated_at: None,
        service: record.service?,
        manager: record.manager,
        subject: record.subject?.value.to_string(),
        id,
        impact: page::DEFAULT_IMPACT.to_owned(),
        status,
        completion_target_at: None,
    })
}

/// All that the file says of a record, whatever is shown of it where, and whatever it lacks.
pub fn all_of(workflows: &[&Checked], out: &mut Diagnostics) -> Option<Value> {
    let [checked] = workflows else { return None };
    let mut settings = blocks::of::<Settings>(checked).into_owned();
    take_titles(&mut settings.record, checked, out)?;
    let status = status_at_start(&settings, checked);
    let id = settings.id;
    let place = place_of_record(&settings, checked);
    settings.references = Some(Spanned::new(References::Nested, place));
    let mut all = targets::to_json(&body(settings, status))?;
    if let (Some(fields), Some(id)) = (all.as_object_mut(), id) {
        fields.insert("id".to_owned(), Value::from(id.value.get()));
    }
    Some(all)
}

/// All that the file says in a body.
pub fn body_of(workflows: &[&Checked], out: &mut Diagnostics) -> Option<Value> {
    let [checked] = workflows else { return None };
    let mut settings = blocks::of::<Settings>(checked).into_owned();
    take_titles(&mut settings.record, checked, out)?;
    let status = settings.record.status.take();
    targets::to_json(&body(settings, status))
}

/// The record with everything `shown` of it that creating requires, and its status. Fields that are not `shown`
/// in the document `there`, its name and what it is, are reported. `None` where something is missing.
fn record(
    checked: &Checked,
    shown: &[&str],
    there: (&str, &str),
    out: &mut Diagnostics,
) -> Option<(Record, String, Option<NonZeroU64>)> {
    let mut settings = blocks::of::<Settings>(checked).into_owned();
    TARGET.report_losses(checked, there.0, out);
    take_titles(&mut settings.record, checked, out)?;
    report_missing(&settings, shown, checked, out)?;
    let hidden = hidden(&settings, shown);
    let (names, places): (Vec<&str>, Vec<Span>) = hidden.into_iter().unzip();
    let what = format!("{} in {}", suggest::phrase_up_to(&names, 3), there.1);
    out.extend(omitted_details::report(NAME, &what, &places));
    let status = value(status_at_start(&settings, checked));
    let status = status.unwrap_or_else(|| page::DEFAULT_STATUS.to_owned());
    Some((settings.record, status, settings.id.map(|id| id.value)))
}

/// The fields of the file that are not among those `shown`; a description counts as `note`.
fn hidden<'s>(settings: &'s Settings, shown: &[&str]) -> Vec<(&'s str, Span)> {
    let written = settings.record.written.iter();
    let written = written.map(|name| (name.value.as_str(), name.span));
    let note = settings.record.note.as_ref().map(|note| note.span);
    let note = note.filter(|_| !settings.record.written.iter().any(|f| f.value == "note"));
    let is_hidden = |(name, _): &(&str, Span)| {
        let field = REFERENCE_IDS
            .contains(name)
            .then(|| name.strip_suffix("_id"));
        !shown.contains(&field.flatten().unwrap_or(name))
    };
    written
        .chain(note.map(|place| ("note", place)))
        .filter(is_hidden)
        .collect()
}
