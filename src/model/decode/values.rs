//! Labels, roles, what is asked, durations, and where tickets of removed states go.

use oxilangtag::LanguageTag;
use smol_str::SmolStr;

use super::shapes::colon;
use super::{Decoder, EVERY, FILE, durations, identifier_like, is_identifier};
use crate::fields::wrong_types::ListMeant;
use crate::fields::{self, Field, Fields, Subject, invalid_values, wrong_types};
use crate::language::role;
use crate::language::transition::{self, OTHERWISE};
use crate::language::values::{AskedField, Asks, Duration, Label, Meta};
use crate::language::words::Asked;
use crate::language::{self, Kind as Takes, migration};
use crate::model::{Migration, Role, Text};
use crate::node::{Entry, Kind, Node, Scalar, respelt};
use crate::source::Spanned;
use crate::suggest;

/// More roles than these at one place are not written by hand. What is told apart by roles costs as much
/// as there are roles of each move, and a few lines make very many moves.
const MOST_ROLES: usize = 32;

/// Words for anybody, which are roles only where a file says so.
const ANYBODY: &[&str] = &["anybody", "anyone", "everybody", "everyone"];

impl Decoder<'_> {
    /// A list of names, as the kind of its field says it.
    pub(super) fn names(
        &mut self,
        node: &Node,
        field: Field,
        kind: &Takes,
    ) -> Option<Spanned<Vec<Text>>> {
        let mut names = match kind {
            Takes::RoleNames => self.roles_named(node, field)?,
            _ => fields::names(node, field, self.out)?,
        };
        if matches!(kind, Takes::FormerIdentifiers) {
            let wrong = names.iter_mut().filter(|name| !is_identifier(&name.value));
            for name in wrong {
                self.out.push(super::not_an_identifier(field, name));
                // It is taken for what is plainly meant.
                let meant = identifier_like(&name.value);
                let meant = meant.filter(|meant| suggest::alike(&name.value, meant));
                name.value = meant.map_or_else(|| name.value.clone(), SmolStr::from);
            }
        }
        Some(Spanned::new(names, node.span))
    }

    /// A role or a list of roles. Whoever writes a word for anybody says nothing.
    fn roles_named(&mut self, node: &Node, field: Field) -> Option<Vec<Text>> {
        let is_declared = |name: &str| self.declared.contains(name);
        let several = |scalar| match ListMeant::of(scalar) {
            // Without a comma they are several only where each of them is one.
            ListMeant::Item { .. } => ListMeant::words(scalar)
                .filter(|words| words.iter().all(|word| is_declared(word)))
                .map(ListMeant::Items),
            meant => Some(meant),
        };
        if let Some(scalar) = node.scalar()
            && scalar.text().contains([',', ';', '|', ' '])
            && !is_declared(scalar.text())
            && let Some(meant @ ListMeant::Items(items)) = &several(scalar)
        {
            self.out.push_made(&wrong_types::CODE, || {
                wrong_types::no_list(field, scalar, node.span, meant)
            });
            let name = |item: &&str| Spanned::new(SmolStr::new(*item), node.span);
            return Some(items.iter().map(name).collect());
        }
        let names = fields::one_or_more(node, field, self.out)?;
        if let Some(first) = names.get(MOST_ROLES) {
            let (place, count) = (first.span, names.len());
            self.out.push_made(&invalid_values::CODE, || {
                invalid_values::too_many(field, place, count, MOST_ROLES)
            });
            return None;
        }
        let is_anybody = |name: &&Text| {
            let is = |word: &&str| name.value.eq_ignore_ascii_case(word);
            name.value == EVERY || (ANYBODY.iter().any(is) && !is_declared(&name.value))
        };
        if let Some(every) = names.iter().find(is_anybody) {
            self.out.push_made(&invalid_values::CODE, || {
                invalid_values::anybody(field, &every.value, every.span)
            });
            return None;
        }
        Some(names)
    }

    /// A condition, or other text that cannot be blank.
    pub(super) fn condition(&mut self, node: &Node, field: Field) -> Option<Text> {
        let text = fields::text(node, field, self.out)?;
        if text.value.chars().all(char::is_whitespace) {
            self.out.push_made(&invalid_values::CODE, || {
                invalid_values::blank(field, node.span, "a condition", "cost is below 500")
            });
            return None;
        }
        let is = |word: &str| text.value.trim().eq_ignore_ascii_case(word);
        if text.value != OTHERWISE && (is(OTHERWISE) || is("else")) {
            self.out.push_made(&invalid_values::CODE, || {
                invalid_values::rest_in_other_words(field, &text.value, text.span, OTHERWISE)
            });
            return Some(Spanned::new(OTHERWISE.into(), text.span));
        }
        Some(text)
    }

    pub(super) fn label(&mut self, node: &Node, field: Field) -> Option<Label> {
        let entries = match node.kind() {
            Kind::Map(entries) => entries,
            Kind::Lost => return None,
            Kind::Scalar(_) => {
                let text = self.label_text(node, field)?;
                return Some(Label {
                    span: node.span,
                    texts: vec![(None, text)],
                });
            }
            _ => {
                self.out.push_made(&wrong_types::CODE, || {
                    wrong_types::report(field, node, "text or a map by language")
                });
                return None;
            }
        };
        if entries.is_empty() {
            self.out.push_made(&invalid_values::CODE, || {
                invalid_values::blank(field, node.span, "a text", "Waiting for approval")
            });
            return None;
        }
        let owner = field.to_string();
        let mut texts: Vec<(Option<Text>, Text)> = Vec::with_capacity(entries.len());
        for entry in entries.iter().filter(|entry| !entry.is_lost()) {
            let tag = self.language(entry, field);
            let of_language = Subject::only(&owner).field(entry.key.text());
            let text = self.label_text(&entry.value, of_language);
            let (Some(tag), Some(text)) = (tag, text) else {
                continue;
            };
            let is_same = |(known, _): &&(Option<Text>, Text)| {
                let known = known.as_ref();
                known.is_some_and(|known| known.value.eq_ignore_ascii_case(&tag.value))
            };
            match texts.iter().find(is_same) {
                Some((Some(first), _)) => self.out.push(invalid_values::language_twice(
                    field,
                    (&first.value, first.span),
                    (&tag.value, tag.span),
                )),
                _ => texts.push((Some(tag), text)),
            }
        }
        Some(Label {
            span: node.span,
            texts,
        })
    }

    fn label_text(&mut self, node: &Node, field: Field) -> Option<Text> {
        let text = fields::text(node, field, self.out)?;
        if text.value.chars().all(char::is_whitespace) {
            self.out.push_made(&invalid_values::CODE, || {
                invalid_values::blank(field, node.span, "a text", "Waiting for approval")
            });
            return None;
        }
        Some(text)
    }

    /// The tag of a language that the key of an entry is.
    fn language(&mut self, entry: &Entry, field: Field) -> Option<Text> {
        let span = entry.key_span();
        let tag = fields::text_of_scalar(&entry.key, span, field, self.out)?;
        if !is_language(&tag) {
            let meant = language_meant(&tag);
            self.out.push_made(&invalid_values::CODE, || {
                let spelt = meant.as_ref().map(|meant| {
                    let spelt = respelt(&tag, span, meant);
                    (meant.clone(), spelt)
                });
                invalid_values::no_language(field, &tag, span, spelt)
            });
            // It is taken for what is plainly meant.
            return meant.map(|meant| Spanned::new(meant.into(), span));
        }
        Some(Spanned::new(tag, span))
    }

    pub(super) fn asks(&mut self, node: &Node, field: Field) -> Option<Asks> {
        let Kind::Map(entries) = node.kind() else {
            let required = fields::names_as(node, field, self.out, |name| AskedField {
                name,
                asked: Asked::Required,
            })?;
            return Some(Spanned::new(required, node.span));
        };
        let owner = field.to_string();
        let mut asked = Vec::with_capacity(entries.len());
        for entry in entries.iter().filter(|entry| !entry.is_lost()) {
            let name = self.key(entry, field);
            let of_field = Subject::only(&owner).field(entry.key.text());
            let word = fields::keyword(&entry.value, of_field, Asked::WORDS, self.out);
            if let (Some(name), Some(word)) = (name, word) {
                asked.push(AskedField {
                    name,
                    asked: word.value,
                });
            }
        }
        Some(Spanned::new(asked, node.span))
    }

    /// The name that the key of an entry is.
    fn key(&mut self, entry: &Entry, field: Field) -> Option<Text> {
        let span = entry.key_span();
        let name = fields::text_of_scalar(&entry.key, span, field, self.out)?;
        if name.chars().all(char::is_whitespace) {
            let report = || invalid_values::empty(field, span);
            self.out.push_made(&invalid_values::CODE, report);
            return None;
        }
        Some(Spanned::new(name, span))
    }

    pub(super) fn duration(&mut self, node: &Node, field: Field) -> Option<Duration> {
        if node.is_lost() {
            return None;
        }
        let Some(scalar) = node.scalar() else {
            self.out.push_made(&wrong_types::CODE, || {
                wrong_types::report(field, node, "a duration")
            });
            return None;
        };
        let written = Spanned::new(SmolStr::new(scalar.text()), node.span);
        if let Some(minutes) = Duration::minutes(&written.value) {
            return Some(Duration { written, minutes });
        }
        let meant = durations::meant(scalar.text());
        self.out
            .push(durations::report(field, scalar, node.span, &meant));
        let durations::Meant::Exactly(meant) = meant else {
            return None;
        };
        let minutes = Duration::minutes(&meant)?;
        let written = Spanned::new(meant.into(), node.span);
        Some(Duration { written, minutes })
    }

    pub(super) fn anything(&mut self, node: &Node, field: Field) -> Option<Meta> {
        match node.kind() {
            Kind::Map(_) => Some(Meta {
                body: node.to_owned_node(),
            }),
            Kind::Lost => None,
            _ => {
                self.out.push_made(&wrong_types::CODE, || {
                    wrong_types::report(field, node, "a map")
                });
                None
            }
        }
    }

    /// The field `roles`.
    pub(super) fn roles(&mut self, fields: &Fields) -> Option<Spanned<Vec<Role>>> {
        let field = fields.list(FILE.roles.name);
        let Some(node) = fields.get(FILE.roles.name) else {
            self.doubts.roles |= fields.is_lost(FILE.roles.name);
            return None;
        };
        let is_empty = |node: &Node| {
            let no_items = node.items().is_some_and(<[_]>::is_empty);
            no_items || node.entries().is_some_and(<[_]>::is_empty)
        };
        if is_empty(node) {
            self.doubts.roles = true;
            self.out.push(invalid_values::empty(field, node.span));
            return None;
        }
        let (roles, written): (Vec<Role>, usize) = match node.kind() {
            Kind::Map(entries) => {
                let roles = entries.iter().filter(|entry| !entry.is_lost());
                let roles = roles.filter_map(|entry| self.role(entry, field));
                (roles.collect(), entries.len())
            }
            _ => {
                let names = match node.scalar().and_then(|text| roles_in(text, fields)) {
                    Some(names) => {
                        let name = |name: &&str| Spanned::new(SmolStr::new(*name), node.span);
                        let read = names.iter().map(name).collect();
                        let meant = ListMeant::Items(names);
                        if let Some(scalar) = node.scalar() {
                            let report = wrong_types::no_list(field, scalar, node.span, &meant);
                            self.out.push(report);
                        }
                        Some(read)
                    }
                    None => fields::names(node, field, self.out),
                };
                let written = node.items().map_or(1, <[_]>::len);
                let names = names.unwrap_or_default().into_iter();
                (names.map(Role::new).collect(), written)
            }
        };
        self.doubts.roles |= roles.len() < written;
        Some(Spanned::new(roles, node.span))
    }

    fn role(&mut self, entry: &Entry, field: Field) -> Option<Role> {
        let name = self.key(entry, field)?;
        let owner = Subject::named("role", &name.value);
        let role = Role::new(name.clone());
        let fields = Fields::of(&entry.value, owner, name.span, &role::THING, self.out);
        Some(match &fields {
            Some(fields) => role.read(&mut self.reader(fields)),
            None => role,
        })
    }

    /// The field `migrate`.
    pub(super) fn migrate(&mut self, fields: &Fields) -> Vec<Migration> {
        let field = fields.field(FILE.migrate.name);
        let Some(node) = fields.get(FILE.migrate.name) else {
            return Vec::new();
        };
        let Some(entries) = node.entries() else {
            self.out.push_made(&wrong_types::CODE, || {
                let report = wrong_types::report(field, node, "a map of states");
                let to = colon(self.source.syntax());
                report.help(format!(
                    "write `{{ On Hold{to} Waiting for Parts }}`: the state that is gone, and the one for its tickets"
                ))
            });
            return Vec::new();
        };
        let entries = entries.iter().filter(|entry| !entry.is_lost());
        entries
            .filter_map(|entry| self.migration(entry, field))
            .collect()
    }

    fn migration(&mut self, entry: &Entry, field: Field) -> Option<Migration> {
        let from = self.key(entry, field)?;
        let owner = field.to_string();
        let of_state = Subject::only(&owner).field(&from.value);
        match entry.value.kind() {
            Kind::Map(_) => {}
            Kind::Scalar(_) => {
                return Some(Migration {
                    to: fields::name(&entry.value, of_state, self.out)?,
                    from,
                    workflow: None,
                });
            }
            Kind::Lost => return None,
            _ => {
                self.out.push_made(&wrong_types::CODE, || {
                    wrong_types::report(of_state, &entry.value, "a state")
                });
                return None;
            }
        }
        let owner = of_state.to_string();
        let thing = &migration::THING;
        let owner = Subject::only(&owner);
        let fields = Fields::of(&entry.value, owner, from.span, thing, self.out)?;
        let destination = language::migration::Destination::new(entry.value.span);
        let destination = destination.read(&mut self.reader(&fields));
        Some(Migration {
            to: destination.state?,
            workflow: Some(destination.workflow?),
            from,
        })
    }
}

/// The roles that stand side by side in one text: one of its words at least is a role of a transition, and the whole
/// text is none.
fn roles_in<'n>(scalar: &'n Scalar, fields: &Fields) -> Option<Vec<&'n str>> {
    let words = ListMeant::words(scalar)?;
    let transitions = fields.get(FILE.transitions.name)?.items()?;
    let who = transitions
        .iter()
        .filter_map(|item| item.get(transition::FIELDS.who.name));
    let named = who.flat_map(|who| who.items().unwrap_or(std::slice::from_ref(who)));
    let mut is_any = false;
    for name in named.filter_map(Node::scalar) {
        if name.text() == scalar.text() {
            return None;
        }
        is_any |= words.contains(&name.text());
    }
    is_any.then_some(words)
}

/// Whether `tag` is that of a language, as BCP 47 has it. Its grammar leaves room for names of five
/// letters and more, which no language has.
fn is_language(tag: &str) -> bool {
    let parsed = LanguageTag::parse(tag);
    parsed.is_ok_and(|tag| matches!(tag.primary_language().len(), 2 | 3))
}

/// The tag that another spelling plainly means.
fn language_meant(written: &str) -> Option<String> {
    let spelt = written.trim().replace(['_', '.'], "-");
    let (tag, _) = spelt.split_once("-UTF").unwrap_or((&spelt, ""));
    if is_language(tag) {
        return Some(tag.to_owned());
    }
    let is_called = |(name, _): &&(&str, &str)| suggest::alike(name, written.trim());
    let (_, tag) = LANGUAGES.iter().find(is_called)?;
    Some((*tag).to_owned())
}

/// What people call languages that labels are often written in, in English and in the language.
const LANGUAGES: &[(&str, &str)] = &[
    ("english", "en"),
    ("german", "de"),
    ("deutsch", "de"),
    ("french", "fr"),
    ("français", "fr"),
    ("spanish", "es"),
    ("español", "es"),
    ("italian", "it"),
    ("italiano", "it"),
    ("portuguese", "pt"),
    ("português", "pt"),
    ("dutch", "nl"),
    ("nederlands", "nl"),
    ("polish", "pl"),
    ("polski", "pl"),
    ("czech", "cs"),
    ("danish", "da"),
    ("dansk", "da"),
    ("swedish", "sv"),
    ("svenska", "sv"),
    ("norwegian", "no"),
    ("norsk", "no"),
    ("finnish", "fi"),
    ("suomi", "fi"),
    ("japanese", "ja"),
    ("日本語", "ja"),
    ("chinese", "zh"),
    ("中文", "zh"),
    ("korean", "ko"),
    ("russian", "ru"),
    ("turkish", "tr"),
    ("arabic", "ar"),
];
