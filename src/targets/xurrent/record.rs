//! The block `xurrent`, read and held against what the page says of each field.

use std::marker::PhantomData;
use std::num::NonZeroU64;

use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::Map;

use super::NAME;
use super::moment::Moment;
use super::page::{self, Words};
use super::wire::Reference;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::fields::{self, Field, Fields, Subject, invalid_values, unknown_fields, wrong_types};
use crate::model::Text;
use crate::node::{Entry, Kind as NodeKind, Node, ScalarKind, respelt};
use crate::source::{Span, Spanned};
use crate::targets::blocks::{
    Block, ByState, Described, Given, Json, Kind, Number, One, Truth, Word, described, kinds,
};
use crate::targets::{blocks, read_only_fields, target_limits, unknown_values, values};

described! {
    /// What the block `xurrent` may hold.
    "Xurrent",
    pub struct Settings {
        /// The workflow record, in the product's own field names.
        record: Record = "record",
        /// The product's status for states, by state; the start state's is written to a new record.
        status: ByState<Listed<Status>> = "status",
        /// How requests write references: `ids` as `{"manager_id": 77}`, `nested` as
        /// `{"manager": {"id": 77}}`. Ids where absent.
        references: Word<References> = "references",
        /// The id of the record, where it exists already.
        id: Number = "id",
    }
}

impl Block for Settings {
    const TARGET: &'static str = NAME;
}

/// How a request writes a reference to another record. The page shows only answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum References {
    // `"manager": {"id": 77}`, as in answers.
    Nested,
    // `"manager_id": 77`, as the product's pages and client libraries have it today.
    #[default]
    Ids,
}

impl blocks::Words for References {
    const WORDS: &'static [(&'static str, References)] =
        &[("nested", References::Nested), ("ids", References::Ids)];
}

described! {
    /// The writable fields of a workflow record.
    "XurrentRecord",
    pub struct Record {
        /// Planned with an approved template, planned without one, or not planned. Required to create.
        category: Listed<Category> = "category",
        /// How it ended; only with the status `completed`.
        completion_reason: Listed<CompletionReason> = "completion_reason",
        /// What the template's form asks for, in the product's own JSON.
        custom_fields: Json = "custom_fields",
        /// Files for the custom fields, in the product's own JSON.
        custom_fields_attachments: Json = "custom_fields_attachments",
        /// Why it was asked for. Required to create.
        justification: Listed<Justification> = "justification",
        /// The person who coordinates it; the one who sends the request where absent.
        manager: Reference = "manager",
        /// What it should achieve, at most 64 KB; the workflow's description where absent.
        note: Note = "note",
        /// Files for the note, in the product's own JSON.
        note_attachments: Json = "note_attachments",
        /// Whether its requests stay open when it is completed.
        prevent_request_completion: Truth = "prevent_request_completion",
        /// The project that it belongs to.
        project: Reference = "project",
        /// The release that it belongs to.
        release: Reference = "release",
        /// The service that it affects. Required to create.
        service: Reference = "service",
        /// The system that the record comes from.
        source: Short<{ page::SOURCE_MAX }> = "source",
        /// The record's id in that system.
        source_id: Short<{ page::SOURCE_ID_MAX }> = "sourceID",
        /// When its first tasks are assigned, such as `2016-03-14T09:14:13Z`.
        start_at: Time = "start_at",
        /// Where it stands; the product sets it from its tasks.
        status: Listed<Status> = "status",
        /// What it is about; the workflow's name where absent. Required to create.
        subject: Title = "subject",
        /// The template that it is made from. Required to create.
        template: Reference = "template",
        /// The reference of one of the account's workflow types. Required to create.
        workflow_type: WorkflowType = "workflow_type",
        /// As `manager`, its id alone.
        manager_id: Number = "manager_id",
        /// As `project`, its id alone.
        project_id: Number = "project_id",
        /// As `release`, its id alone.
        release_id: Number = "release_id",
        /// As `service`, its id alone.
        service_id: Number = "service_id",
        /// As `template`, its id alone.
        template_id: Number = "template_id",
    }
    and {
        /// Where `record` is written, if it is.
        place: Option<Span>,
        /// The names of the fields that are written in it.
        written: Vec<Text>,
    }
}

/// The fields that a request may set, as the page's field list has them.
pub const WRITABLE: &[&str] = Record::NAMES.split_at(19).0;

/// The references among them, under the names that client libraries of the product write them by.
pub const REFERENCE_IDS: &[&str] = Record::NAMES.split_at(19).1;

impl Kind for Record {
    type Is = Record;

    fn read(given: Given, out: &mut Diagnostics) -> Record {
        let mut record = record(given.entry, out).unwrap_or_default();
        let entries = given.entry.value.entries().unwrap_or(&[]).iter();
        let name = |e: &Entry| Text::new(e.key.text().into(), e.key_span());
        record.written = entries.map(name).collect();
        record.place = Some(given.entry.key_span());
        record
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<Record>()
    }
}

/// The record that `entry` is, held against what the page says of each field.
pub fn record(entry: &Entry, out: &mut Diagnostics) -> Option<Record> {
    let owner = Subject::named("`record` of target", NAME);
    let renamed: Vec<&str> = page::RENAMED.iter().map(|(old, _)| *old).collect();
    let known = [Record::NAMES, page::READ_ONLY, &renamed].concat();
    let fields = Fields::of(&entry.value, owner, entry.key_span(), &known, out)?;
    let entries = entry.value.entries().unwrap_or(&[]);
    report_read_only(owner, entries, out);
    let mut record: Record = Described::read(&fields, None, out);
    record.take_ids(&fields, out);
    record.take_renamed(&fields, out);
    out.extend(reason_without_completion(&record));
    Some(record)
}

impl Record {
    /// The five references, each with what is written of its id alone.
    fn references(&mut self) -> [(&mut Option<Reference>, &Option<Spanned<NonZeroU64>>); 5] {
        [
            (&mut self.manager, &self.manager_id),
            (&mut self.project, &self.project_id),
            (&mut self.release, &self.release_id),
            (&mut self.service, &self.service_id),
            (&mut self.template, &self.template_id),
        ]
    }

    /// A reference stands under its own name (an id, or a map with it) or under the name with `_id`.
    fn take_ids(&mut self, fields: &Fields, out: &mut Diagnostics) {
        for (id_name, (reference, id)) in REFERENCE_IDS.iter().zip(self.references()) {
            let name = id_name.trim_end_matches("_id");
            match (fields.entry(name), fields.entry(id_name)) {
                (Some(nested), Some(id)) => {
                    let report = invalid_values::other(
                        format!("{} has both `{name}` and `{id_name}`", fields.owner()),
                        id.key_span(),
                        "the same record a second time",
                        format!("delete `{name}` or `{id_name}`"),
                    );
                    let first = format!("`{name}` stands here");
                    out.push(report.label(nested.key_span(), first));
                }
                _ => *reference = reference.take().or(id.map(|id| Reference::to(id.value))),
            }
        }
    }

    /// The type of the workflow under the name that the field had.
    fn take_renamed(&mut self, fields: &Fields, out: &mut Diagnostics) {
        for (old, now) in page::RENAMED {
            let Some(entry) = fields.entry(old) else {
                continue;
            };
            out.push(unknown_fields::misspelt(fields.owner(), entry, now));
            if fields.get(now).is_none() && !entry.value.is_lost() {
                let field = fields.owner().field(now);
                self.workflow_type = workflow_type(&entry.value, field, out);
            }
        }
    }
}

fn report_read_only(owner: Subject, entries: &[Entry], out: &mut Diagnostics) {
    let read_only = |e: &&Entry| page::READ_ONLY.contains(&e.key.text());
    let found: Vec<(&str, Span)> = entries
        .iter()
        .filter(read_only)
        .map(|e| (e.key.text(), e.key_span()))
        .collect();
    out.extend(read_only_fields::report(&owner.to_string(), &found));
}

fn reason_without_completion(record: &Record) -> Option<Diagnostic> {
    let reason = record.completion_reason.as_ref()?;
    let status = record.status.as_ref();
    if status.is_some_and(|s| s.value == page::COMPLETED) {
        return None;
    }
    let message = format!("target `{NAME}` has a `completion_reason` for a workflow not completed");
    let help = format!(
        "delete it, or add `status` with the value `{}`",
        page::COMPLETED
    );
    let report = invalid_values::other(message, reason.span, "nothing is completed yet", help);
    Some(report.severity(Severity::Warning))
}

/// A value of one of the page's lists.
pub struct Listed<L>(PhantomData<L>);

/// One of the page's lists.
pub trait List {
    /// What is on it.
    const WORDS: Words;
    /// What schemas say of a value that stands alone.
    const ABOUT: &'static str = "";
}

/// See [`page::CATEGORIES`].
pub enum Category {}
impl List for Category {
    const WORDS: Words = page::CATEGORIES;
}

/// See [`page::COMPLETION_REASONS`].
pub enum CompletionReason {}
impl List for CompletionReason {
    const WORDS: Words = page::COMPLETION_REASONS;
}

/// See [`page::JUSTIFICATIONS`].
pub enum Justification {}
impl List for Justification {
    const WORDS: Words = page::JUSTIFICATIONS;
}

/// See [`page::STATUSES`].
pub enum Status {}
impl List for Status {
    const WORDS: Words = page::STATUSES;
    const ABOUT: &'static str = "A status of the product.";
}

impl<L: List> One for Listed<L> {
    type Of = Text;

    fn read(node: &Node, field: Field, out: &mut Diagnostics) -> Option<Text> {
        word(node, field, L::WORDS, out)
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "description": L::ABOUT, "type": "string", "enum": L::WORDS.all() })
    }
}

/// Text of so many characters at most.
pub struct Short<const MOST: usize>;

impl<const MOST: usize> One for Short<MOST> {
    type Of = Text;

    fn read(node: &Node, field: Field, out: &mut Diagnostics) -> Option<Text> {
        let text = fields::text(node, field, out)?;
        out.extend(too_long(&field.to_string(), &text, MOST));
        Some(text)
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "maxLength": MOST })
    }
}

kinds! {
    /// What a record is about.
    Title: Text = subject,
        json_schema!({ "type": "string", "minLength": 1, "maxLength": page::SUBJECT_MAX });
    /// A long text.
    Note: Text = note, json_schema!({ "type": "string" });
    /// A date and time, kept as written.
    Time: Text = moment, json_schema!({ "type": "string" });
    /// The type of a workflow.
    WorkflowType: Text = workflow_type, json_schema!({ "type": "string" });
}

fn subject(node: &Node, field: Field, out: &mut Diagnostics) -> Option<Text> {
    let text = fields::name(node, field, out)?;
    out.extend(too_long(&field.to_string(), &text, page::SUBJECT_MAX));
    Some(text)
}

fn note(node: &Node, field: Field, out: &mut Diagnostics) -> Option<Text> {
    let note = fields::text(node, field, out)?;
    out.extend(note_too_long(&field.to_string(), &note));
    Some(note)
}

/// TOML has such a value; in YAML it is text.
fn moment(node: &Node, field: Field, out: &mut Diagnostics) -> Option<Text> {
    const WANTED: &str = "a date and time";
    const EXAMPLE: &str = "2016-03-14T09:14:13Z";
    let scalar = node.scalar();
    let Some(scalar) = scalar.filter(|s| matches!(s.kind(), ScalarKind::Text | ScalarKind::Date))
    else {
        out.push(wrong_types::report(field, node, WANTED));
        return None;
    };
    let text: &str = scalar.text();
    match super::moment::read(text) {
        Moment::Whole => {}
        Moment::Meant(meant) => {
            // Either both have quotes or neither does, as both syntaxes allow.
            let bare = node.span.range().len() == text.len();
            let spelt = if bare {
                meant.clone()
            } else {
                respelt(text, node.span, &meant)
            };
            let written = (text, node.span);
            let report = invalid_values::meant(field, written, WANTED, &meant, spelt, true);
            out.push(report);
        }
        Moment::Neither => {
            let report = invalid_values::malformed(field, text, node.span, WANTED, EXAMPLE);
            out.push(report);
            return None;
        }
    }
    Some(Spanned::new(text.into(), node.span))
}

/// The "Reference" of one of the account's workflow types: its name in lower case, with `_` for
/// blanks. Each account has types of its own.
fn workflow_type(node: &Node, field: Field, out: &mut Diagnostics) -> Option<Text> {
    let written = fields::name(node, field, out)?;
    let lower = written.value.to_lowercase();
    let reference: String = lower
        .chars()
        .map(|c| if c.is_whitespace() { '_' } else { c })
        .collect();
    if written.value != reference {
        let wanted = "the reference of a workflow type";
        let report =
            unknown_values::unusual(&field.to_string(), &written.value, written.span, wanted);
        out.push(report.help(format!("write its reference, such as `{reference}`")));
    }
    Some(written)
}

impl One for Reference {
    type Of = Reference;

    fn read(node: &Node, field: Field, out: &mut Diagnostics) -> Option<Reference> {
        let NodeKind::Map(entries) = node.kind() else {
            let id = values::positive(node, field, out)?;
            return Some(Reference::to(id.value));
        };
        let name = field.to_string();
        let owner = Subject::only(&name);
        let Some(id) = node.get("id") else {
            if entries.iter().any(|entry| entry.is_lost()) {
                return None;
            }
            let missing = crate::fields::missing_fields::report(owner.field("id"), node.span);
            out.push(missing);
            return None;
        };
        let id = values::positive(id, owner.field("id"), out)?;
        let mut labels = Map::new();
        for entry in entries.iter().filter(|e| e.key.text() != "id") {
            let label = values::json(&entry.value, owner.field(entry.key.text()), out)?;
            labels.insert(entry.key.text().to_owned(), label);
        }
        Some(Reference {
            id: id.value,
            labels,
        })
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        let id = json_schema!({ "type": "integer", "minimum": 1 });
        json_schema!({ "anyOf": [
            id,
            { "type": "object", "properties": { "id": id }, "additionalProperties": true, "required": ["id"] },
        ] })
    }
}

/// One of a few words.
fn word(node: &Node, field: Field, words: Words, out: &mut Diagnostics) -> Option<Text> {
    let pairs: Vec<(&str, &str)> = words.all().into_iter().map(|w| (w, w)).collect();
    let found = fields::keyword(node, field, &pairs, out)?;
    Some(found.map(Into::into))
}

/// `text` is longer than `most` characters.
pub fn too_long(what: &str, text: &Text, most: usize) -> Option<Diagnostic> {
    let length = text.value.chars().count();
    let report = || target_limits::too_long(what, length, most, "characters", text.span);
    (length > most).then(|| report().blocking())
}

/// A note is longer than the page allows.
pub fn note_too_long(what: &str, note: &Text) -> Option<Diagnostic> {
    let (length, most) = (note.value.len(), page::NOTE_MAX_BYTES);
    let report = || target_limits::too_long(what, length, most, "bytes", note.span);
    (length > most).then(|| report().blocking())
}
