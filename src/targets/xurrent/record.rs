//! The block `xurrent`, read and held against what the page says of each field.

use crate::hashing::HashMap;

use serde_json::{Map, Value};

use super::page::{self, Words};
use super::wire::Reference;
use super::{FIELDS, NAME, moment};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::fields::{self, Field, Fields, Subject, invalid_values, unknown_fields, wrong_types};
use crate::graph::{Resolved, StateId};
use crate::model::{TargetBlock, Text};
use crate::node::{Entry, Kind, Node, ScalarKind, respelt};
use crate::source::{Span, Spanned};
use crate::targets::{blocks, read_only_fields, target_limits, unknown_values};

/// What the block says.
#[derive(Default)]
pub struct Settings {
    /// The record.
    pub record: Record,
    /// Where `record` is written, if it is.
    pub record_place: Option<Span>,
    /// The names of the fields that are written in it.
    pub record_fields: Vec<Text>,
    /// The product's status for each state that has one.
    pub status: HashMap<StateId, Text>,
    /// How references are written.
    pub references: References,
}

/// How a request writes a reference to another record. The page shows only answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum References {
    /// `"manager": {"id": 77}`, as in answers.
    #[default]
    Nested,
    /// `"manager_id": 77`, as the product's client libraries do.
    Ids,
}

const REFERENCES: &[(&str, References)] =
    &[("nested", References::Nested), ("ids", References::Ids)];

/// The writable fields of a workflow record.
#[derive(Default)]
#[allow(missing_docs)] // the page's own field names, each explained there
pub struct Record {
    pub category: Option<Text>,
    pub completion_reason: Option<Text>,
    pub custom_fields: Option<Value>,
    pub custom_fields_attachments: Option<Value>,
    pub justification: Option<Text>,
    pub manager: Option<Reference>,
    pub note: Option<Text>,
    pub note_attachments: Option<Value>,
    pub project: Option<Reference>,
    pub release: Option<Reference>,
    pub service: Option<Reference>,
    pub source: Option<Text>,
    pub source_id: Option<Text>,
    pub start_at: Option<Text>,
    pub status: Option<Text>,
    pub subject: Option<Text>,
    pub template: Option<Reference>,
    pub workflow_type: Option<Text>,
}

/// Reads the block and reports every mistake in it.
pub fn settings(resolved: &Resolved, block: &TargetBlock, out: &mut Diagnostics) -> Settings {
    let owner = Subject::named("target", NAME);
    let Some(fields) = Fields::of(&block.body, owner, block.name.span, FIELDS, out) else {
        return Settings::default();
    };
    let record = fields.entry("record");
    let references = fields.get("references");
    Settings {
        record: record
            .and_then(|e| self::record(e, out))
            .unwrap_or_default(),
        record_place: record.map(|e| e.key_span()),
        record_fields: record.map(field_names).unwrap_or_default(),
        status: fields
            .get("status")
            .map(|node| statuses(resolved, node, fields.field("status"), out))
            .unwrap_or_default(),
        references: references
            .and_then(|n| fields::keyword(n, fields.field("references"), REFERENCES, out))
            .map_or(References::default(), |r| r.value),
    }
}

fn field_names(record: &Entry) -> Vec<Text> {
    let entries = record.value.entries().unwrap_or(&[]).iter();
    entries
        .map(|e| Text::new(e.key.text().into(), e.key_span()))
        .collect()
}

fn statuses(
    resolved: &Resolved,
    node: &Node<'static>,
    field: Field,
    out: &mut Diagnostics,
) -> HashMap<StateId, Text> {
    let owner = Subject::named("`status` of target", NAME);
    blocks::by_state(resolved, node, field, out)
        .into_iter()
        .filter_map(|(id, entry)| {
            let field = owner.field(entry.key.text());
            Some((id, word(&entry.value, field, page::STATUSES, out)?))
        })
        .collect()
}

pub fn record(entry: &Entry, out: &mut Diagnostics) -> Option<Record> {
    let owner = Subject::named("`record` of target", NAME);
    let renamed: Vec<&str> = page::RENAMED.iter().map(|(old, _)| *old).collect();
    let lists = [
        page::WRITABLE,
        page::REFERENCE_IDS,
        page::READ_ONLY,
        &renamed,
    ];
    let fields = Fields::of(&entry.value, owner, entry.key_span(), &lists.concat(), out)?;
    let entries = entry.value.entries().unwrap_or(&[]);
    report_read_only(owner, entries, out);
    let mut reader = Reader {
        fields: &fields,
        entries,
        out,
    };
    let record = Record {
        category: reader.word("category", page::CATEGORIES),
        completion_reason: reader.word("completion_reason", page::COMPLETION_REASONS),
        custom_fields: reader.json("custom_fields"),
        custom_fields_attachments: reader.json("custom_fields_attachments"),
        justification: reader.word("justification", page::JUSTIFICATIONS),
        manager: reader.reference("manager", "manager_id"),
        note: reader.note(),
        note_attachments: reader.json("note_attachments"),
        project: reader.reference("project", "project_id"),
        release: reader.reference("release", "release_id"),
        service: reader.reference("service", "service_id"),
        source: reader.text("source", page::SOURCE_MAX),
        source_id: reader.text("sourceID", page::SOURCE_ID_MAX),
        start_at: reader.moment("start_at"),
        status: reader.word("status", page::STATUSES),
        subject: reader.name("subject", page::SUBJECT_MAX),
        template: reader.reference("template", "template_id"),
        workflow_type: reader.workflow_type(),
    };
    out.extend(reason_without_completion(&record));
    Some(record)
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

struct Reader<'r, 'n, 's, 'o> {
    fields: &'r Fields<'n, 's, 'r>,
    entries: &'n [Entry<'s>],
    out: &'o mut Diagnostics,
}

impl<'n, 's> Reader<'_, 'n, 's, '_> {
    fn word(&mut self, name: &'static str, words: Words) -> Option<Text> {
        let node = self.fields.get(name)?;
        word(node, self.fields.field(name), words, self.out)
    }

    fn json(&mut self, name: &'static str) -> Option<Value> {
        blocks::json(self.fields.get(name)?, self.fields.field(name), self.out)
    }

    fn text(&mut self, name: &'static str, most: usize) -> Option<Text> {
        let field = self.fields.field(name);
        let text = fields::text(self.fields.get(name)?, field, self.out)?;
        self.out.extend(too_long(&field.to_string(), &text, most));
        Some(text)
    }

    fn name(&mut self, name: &'static str, most: usize) -> Option<Text> {
        let field = self.fields.field(name);
        let text = fields::name(self.fields.get(name)?, field, self.out)?;
        self.out.extend(too_long(&field.to_string(), &text, most));
        Some(text)
    }

    fn note(&mut self) -> Option<Text> {
        let field = self.fields.field("note");
        let note = fields::text(self.fields.get("note")?, field, self.out)?;
        self.out.extend(note_too_long(&field.to_string(), &note));
        Some(note)
    }

    /// A date and time, kept as written. TOML has such a value; in YAML it is text.
    fn moment(&mut self, name: &'static str) -> Option<Text> {
        const WANTED: &str = "a date and time";
        const EXAMPLE: &str = "2016-03-14T09:14:13Z";
        let (node, field) = (self.fields.get(name)?, self.fields.field(name));
        let scalar = node.scalar();
        let Some(scalar) =
            scalar.filter(|s| matches!(s.kind(), ScalarKind::Text | ScalarKind::Date))
        else {
            self.out.push(wrong_types::report(field, node, WANTED));
            return None;
        };
        let text: &str = scalar.text();
        match moment::read(text) {
            moment::Moment::Whole => {}
            moment::Moment::WithoutZone => self.out.push(
                unknown_values::unusual(&field.to_string(), text, node.span, "a time in a zone")
                    .help(format!("add `Z` or an offset, as in `{EXAMPLE}`")),
            ),
            moment::Moment::Meant(meant) => {
                // Either both have quotes or neither does, as both syntaxes allow.
                let bare = node.span.range().len() == text.len();
                let spelt = if bare {
                    meant.clone()
                } else {
                    respelt(text, node.span, &meant)
                };
                let written = (text, node.span);
                let report = invalid_values::meant(field, written, WANTED, &meant, spelt, true);
                self.out.push(report);
            }
            moment::Moment::Neither => {
                let report = invalid_values::malformed(field, text, node.span, WANTED, EXAMPLE);
                self.out.push(report);
                return None;
            }
        }
        Some(Spanned::new(text.into(), node.span))
    }

    /// The "Reference" of one of the account's workflow types: its name in lower case, with `_`
    /// for spaces. Each account has types of its own.
    fn workflow_type(&mut self) -> Option<Text> {
        let (old, _) = page::RENAMED[0];
        let renamed = self.entries.iter().find(|e| e.key.text() == old);
        if let Some(entry) = renamed {
            let owner = self.fields.owner();
            self.out
                .push(unknown_fields::misspelt(owner, entry, "workflow_type"));
        }
        let node = self
            .fields
            .get("workflow_type")
            .or(renamed.map(|e| &e.value))?;
        let field = self.fields.field("workflow_type");
        let written = fields::name(node, field, self.out)?;
        let reference: String = written
            .value
            .chars()
            .map(|c| {
                if c.is_whitespace() {
                    '_'
                } else {
                    c.to_ascii_lowercase()
                }
            })
            .collect();
        let in_form = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if !written.value.chars().all(in_form) {
            let wanted = "the reference of a workflow type";
            let report =
                unknown_values::unusual(&field.to_string(), &written.value, written.span, wanted);
            self.out
                .push(report.help(format!("write its reference, such as `{reference}`")));
        }
        Some(written)
    }

    /// A reference under its own name (an id, or a map with it) or under the name with `_id`.
    fn reference(&mut self, name: &'static str, id_name: &'static str) -> Option<Reference> {
        let (nested, id) = (self.fields.entry(name), self.fields.entry(id_name));
        if let (Some(nested), Some(id)) = (nested, id) {
            let report = invalid_values::other(
                format!("{} has both `{name}` and `{id_name}`", self.fields.owner()),
                id.key_span(),
                "the same record a second time",
                format!("delete `{name}` or `{id_name}`"),
            );
            let first = format!("`{name}` stands here");
            self.out.push(report.label(nested.key_span(), first));
        }
        match (nested, id) {
            (Some(nested), _) => self.nested(&nested.value, self.fields.field(name)),
            (None, Some(id)) => {
                let id = blocks::positive(&id.value, self.fields.field(id_name), self.out)?;
                Some(Reference {
                    id: id.value,
                    labels: Map::new(),
                })
            }
            (None, None) => None,
        }
    }

    fn nested(&mut self, node: &Node, field: Field) -> Option<Reference> {
        let Kind::Map(entries) = node.kind() else {
            let id = blocks::positive(node, field, self.out)?;
            return Some(Reference {
                id: id.value,
                labels: Map::new(),
            });
        };
        let name = field.to_string();
        let owner = Subject::only(&name);
        let Some(id) = node.get("id") else {
            if entries.iter().any(|entry| entry.is_lost()) {
                return None;
            }
            let missing = crate::fields::missing_fields::report(owner.field("id"), node.span);
            self.out.push(missing);
            return None;
        };
        let id = blocks::positive(id, owner.field("id"), self.out)?;
        let mut labels = Map::new();
        for entry in entries.iter().filter(|e| e.key.text() != "id") {
            let label = blocks::json(&entry.value, owner.field(entry.key.text()), self.out)?;
            labels.insert(entry.key.text().to_owned(), label);
        }
        Some(Reference {
            id: id.value,
            labels,
        })
    }
}

/// One of a few words; a word that only later versions of the product have is accepted.
fn word(node: &Node, field: Field, words: Words, out: &mut Diagnostics) -> Option<Text> {
    let written = node.scalar().map(|s| s.text());
    if let Some(newer) = words.newer.iter().find(|w| Some(**w) == written) {
        out.push(
            unknown_values::report(&field.to_string(), newer, node.span, words.documented)
                .help("look whether the product has this value, which later versions do"),
        );
        return Some(Spanned::new((*newer).into(), node.span));
    }
    let pairs: Vec<(&str, &str)> = words.documented.iter().map(|w| (*w, *w)).collect();
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
