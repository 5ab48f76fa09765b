//! Reading a product's own JSON: what all `read.rs` have in common.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::fields::{self, Field, Fields, Subject, invalid_values, missing_fields, wrong_types};
use crate::hashing::{HashMap, HashSet};
use crate::model::Text;
use crate::model::decode::EVERY;
use crate::node::{Entry, Kind, Node, ScalarKind};
use crate::rules::undefined_states;
use crate::source::Span;
use crate::suggest;

use super::lossy_imports::{self, LeftOut, Reason, plural};
use super::{Import, Target, refusals, unknown_values, values};

/// Where reading reports, and what it leaves out.
pub struct Reading<'o> {
    /// Everything reported.
    pub out: &'o mut Diagnostics,
    /// The identifier of a workflow to which the JSON gives no name.
    pub called: &'o str,
    /// Whose JSON it is.
    target: &'static Target,
    /// Which of its documents.
    import: &'static Import,
    /// Fields that no workflow file will have, by what they are fields of.
    left_out: BTreeMap<(String, Reason), Vec<LeftOut>>,
    /// What is spoken of already: keys of fields, and items of lists.
    told: HashSet<Span>,
    /// Whether the product says somewhere that it does not do what was asked.
    is_refused: bool,
}

impl<'o> Reading<'o> {
    /// Nothing read yet.
    pub fn new(
        target: &'static Target,
        import: &'static Import,
        called: &'o str,
        out: &'o mut Diagnostics,
    ) -> Self {
        Reading {
            out,
            called,
            target,
            import,
            left_out: BTreeMap::new(),
            told: HashSet::default(),
            is_refused: false,
        }
    }

    /// The fields of an object that stands for itself: all of a document, or one of those in a list.
    /// Where it has none that is known, it is the JSON of something else, or says that something
    /// failed, and none of it is read.
    pub fn whole<'n, 's, 'a>(
        &mut self,
        node: &'n Node<'s>,
        owner: Subject<'a>,
        known: &[&'static str],
    ) -> Option<Fields<'n, 's, 'a>> {
        let is_alien = |node: &Node| {
            let entries = node.entries();
            let is_other = |e: &Entry| !e.is_lost() && !known.contains(&e.key.text());
            entries.is_some_and(|all| all.iter().all(is_other))
        };
        if is_alien(node) {
            if !self.is_refusal(node) {
                self.out.push(alien(owner, node, known));
            }
            return None;
        }
        if let Some([first, ..]) = node.items()
            && is_alien(first)
            && self.is_refusal(first)
        {
            return None;
        }
        self.fields(node, owner, known)
    }

    /// The fields of an object. A product makes no typing mistakes: a field that is not known is
    /// remembered as left out, however near its name is to a known one; [`Reading::finish`] reports
    /// it.
    pub fn fields<'n, 's, 'a>(
        &mut self,
        node: &'n Node<'s>,
        owner: Subject<'a>,
        known: &[&'static str],
    ) -> Option<Fields<'n, 's, 'a>> {
        if matches!(node.kind(), Kind::Scalar(_) | Kind::List(_)) {
            self.out.push(self.not_an_object(node, owner, known));
            return None;
        }
        let fields = Fields::as_written(node, owner, node.span, known, self.out)?;
        let is_known = |entry: &&Entry| known.contains(&entry.key.text());
        for entry in fields.entries().iter().filter(|entry| !is_known(entry)) {
            self.leave_out(owner, entry, Reason::NotDocumented);
        }
        Some(fields)
    }

    fn not_an_object(&self, node: &Node, owner: Subject, known: &[&str]) -> Diagnostic {
        let message = format!("{owner} is {}, not an object", node.phrase());
        let report = Diagnostic::new(&wrong_types::CODE, message, node.span, "fields belong here");
        let of_list = node
            .items()
            .is_some_and(|items| matches!(items, [one] if one.entries().is_some()));
        match (of_list, suggest::listing(known.iter().copied())) {
            (true, _) => {
                report.help("import what stands in the list, without the brackets around it")
            }
            (false, Some(all)) => report.help(format!("import the JSON that has {all} here")),
            (false, None) => report.help(AS_GIVEN),
        }
    }

    /// Whether the product says in `answer` that it does not do what was asked, which is reported.
    pub fn is_refusal(&mut self, answer: &Node) -> bool {
        let report = refusals::report(self.target, answer);
        let is_one = report.is_some();
        self.is_refused |= is_one;
        self.out.extend(report);
        is_one
    }

    /// The items of the list that the whole JSON has to be, of which there has to be one. `owner`
    /// is what the JSON is, `items` what stands in it.
    pub fn root_items<'n, 's>(
        &mut self,
        root: &'n Node<'s>,
        owner: &str,
        items: &str,
    ) -> &'n [Node<'s>] {
        let report = match root.items() {
            Some([]) => {
                let message = format!("{owner} is an empty list");
                let help = format!("import a list of {items} in which there is at least one");
                invalid_values::other(message, root.span, NOTHING, help)
            }
            Some(items) => return items,
            None if root.is_lost() || self.is_refusal(root) => return &[],
            None => {
                let message = format!("{owner} is {}, not a list of {items}", root.phrase());
                Diagnostic::new(
                    &wrong_types::CODE,
                    message,
                    root.span,
                    "a list belongs here",
                )
                .help(format!(
                    "import a list of {items}, with brackets around them"
                ))
            }
        };
        self.out.push(report);
        &[]
    }

    /// The items of a list that has to be there, and in which there has to be something.
    pub fn filled<'n, 's>(
        &mut self,
        fields: &Fields<'n, 's, '_>,
        name: &'static str,
    ) -> Option<&'n [Node<'s>]> {
        let items = self.list(fields, name)?;
        if let ([], Some(node)) = (items, fields.get(name)) {
            let message = format!("{} is empty", fields.field(name));
            let help = format!("import the JSON that has something in `{name}`");
            let report = invalid_values::other(message, node.span, NOTHING, help);
            self.out.push(report);
        }
        Some(items)
    }

    /// The value of a field that has to be there.
    pub fn required<'n, 's>(
        &mut self,
        fields: &Fields<'n, 's, '_>,
        name: &'static str,
    ) -> Option<&'n Node<'s>> {
        if !fields.lacks(name) {
            return fields.get(name);
        }
        let report = missing_fields::report(fields.field(name), fields.place());
        self.out.push(match self.import.is_sent {
            true => report,
            // Nobody writes an answer by hand.
            false => report.help(format!("{AS_GIVEN}: `{name}` belongs to it")),
        });
        None
    }

    /// Remembers a field of `owner` as left out.
    pub fn leave_out(&mut self, owner: Subject, entry: &Entry, reason: Reason) {
        // All of a kind are one, numbered or not.
        let kind = owner
            .kind
            .trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let left_out = self.left_out.entry((kind.to_owned(), reason)).or_default();
        left_out.push(LeftOut {
            name: entry.key.text().to_owned(),
            place: entry.key_span(),
            owner: owner.name.map(str::to_owned),
        });
        self.told.insert(entry.key_span());
    }

    /// Documented fields for which a workflow file has no word: what they say is left out, and
    /// where they say nothing, nothing is lost. In what is sent to the product, `null` says
    /// something.
    pub fn no_word(&mut self, fields: &Fields, names: impl IntoIterator<Item = &'static str>) {
        for entry in names.into_iter().filter_map(|name| fields.entry(name)) {
            let scalar = entry.value.scalar();
            let is_null = scalar.is_some_and(|s| s.kind() == ScalarKind::Null);
            match says_nothing(&entry.value) {
                true if is_null && self.import.is_sent => {
                    self.leave_out(fields.owner(), entry, Reason::Null);
                }
                true => self.say_no_more(entry.key_span()),
                false => self.leave_out(fields.owner(), entry, Reason::NoWord),
            }
        }
    }

    /// Fields of what is sent to the product: `null` is an order there, for which a workflow file
    /// has no word.
    pub fn no_null(&mut self, fields: &Fields, names: &[&'static str]) {
        for entry in names.iter().filter_map(|name| fields.entry(name)) {
            let scalar = entry.value.scalar();
            if scalar.is_some_and(|s| s.kind() == ScalarKind::Null) {
                self.leave_out(fields.owner(), entry, Reason::Null);
            }
        }
    }

    /// Documented fields that say nothing of the workflow, or what is said elsewhere.
    pub fn without_a_word<'f>(
        &mut self,
        fields: &Fields,
        names: impl IntoIterator<Item = &'f &'static str>,
    ) {
        let entries = names.into_iter().filter_map(|name| fields.entry(name));
        for entry in entries {
            self.say_no_more(entry.key_span());
        }
    }

    /// Remembers that what stands at `place`, the key of a field or an item of a list, need not be
    /// spoken of: it is reported, or nothing is lost with it.
    pub fn say_no_more(&mut self, place: Span) {
        self.told.insert(place);
    }

    /// Reports what is left out. Answers what need not be spoken of any more.
    pub fn finish(self) -> HashSet<Span> {
        for ((kind, reason), fields) in &self.left_out {
            self.out
                .extend(lossy_imports::left_out(kind, *reason, fields));
        }
        self.told
    }

    /// What `read` makes of a field that may be missing. Where it finds a mistake, the field is
    /// left out with a warning: a value that is odd is no reason not to have the rest.
    pub fn optional<T>(
        &mut self,
        fields: &Fields,
        name: &'static str,
        read: impl FnOnce(&Node, Field, &mut Diagnostics) -> Option<T>,
    ) -> Option<T> {
        let node = given(fields, name)?;
        let mut found = Diagnostics::new();
        let value = read(node, fields.owner().field(name), &mut found);
        let is_odd = found.has_errors();
        for report in found {
            self.out.push(match report.severity {
                Severity::Error => lossy_imports::odd(report),
                Severity::Warning => report,
            });
        }
        if is_odd && let Some(entry) = fields.entry(name) {
            self.say_no_more(entry.key_span());
        }
        value.filter(|_| !is_odd)
    }

    /// What `read` makes of something that can be done without: each mistake in it is a warning, and
    /// what it is in is left out.
    pub fn or_odd<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let aside = self.out.aside();
        let outer = std::mem::replace(self.out, aside);
        let made = read(self);
        for report in std::mem::replace(self.out, outer) {
            self.out.push(match report.severity {
                Severity::Error => lossy_imports::odd(report),
                Severity::Warning => report,
            });
        }
        made
    }

    /// What `read` makes of each of `items`, which are things of a kind (`what`: "status"). One in which
    /// it finds a mistake is left out with one warning, and the rest goes on; what else goes with it,
    /// `and_with_it` says ("with the transitions from it"). Where nothing is left, the mistakes stay
    /// what they are. `read` adds the item to an [`Index`] when nothing else can be wrong with it.
    pub fn each<'n, 's, T>(
        &mut self,
        what: &str,
        items: impl IntoIterator<Item = &'n Node<'s>>,
        and_with_it: Option<&str>,
        read: impl FnMut(&mut Self, usize, &'n Node<'s>) -> Option<T>,
    ) -> Vec<T>
    where
        's: 'n,
    {
        self.each_with(what, items, and_with_it, true, read)
    }

    /// As [`each`](Self::each), of things of which there may be none.
    pub fn each_or_none<'n, 's, T>(
        &mut self,
        what: &str,
        items: impl IntoIterator<Item = &'n Node<'s>>,
        read: impl FnMut(&mut Self, usize, &'n Node<'s>) -> Option<T>,
    ) -> Vec<T>
    where
        's: 'n,
    {
        self.each_with(what, items, None, false, read)
    }

    fn each_with<'n, 's, T>(
        &mut self,
        what: &str,
        items: impl IntoIterator<Item = &'n Node<'s>>,
        and_with_it: Option<&str>,
        is_needed: bool,
        mut read: impl FnMut(&mut Self, usize, &'n Node<'s>) -> Option<T>,
    ) -> Vec<T>
    where
        's: 'n,
    {
        let mut all = Vec::new();
        let mut failed = Vec::new();
        for (at, item) in items.into_iter().enumerate() {
            let aside = self.out.aside();
            let outer = std::mem::replace(self.out, aside);
            let made = read(self, at, item);
            let found = std::mem::replace(self.out, outer);
            if found.has_errors() {
                failed.push((item.span, found));
                continue;
            }
            self.out.extend(found);
            all.extend(made);
        }
        for (place, found) in failed {
            // What was refused is not here, whatever else is.
            if (is_needed && all.is_empty()) || self.is_refused {
                self.out.extend(found);
                continue;
            }
            let mut errors = found.into_iter().filter(|d| d.severity == Severity::Error);
            let report = errors.next().map(|first| {
                let report = lossy_imports::left_out_whole(what, first);
                match and_with_it {
                    Some(more) => report.note(format!("it is left out {more}")),
                    None => report,
                }
            });
            self.out.extend(report);
            self.say_no_more(place);
        }
        all
    }

    /// The items of a list that has to be there.
    pub fn list<'n, 's>(
        &mut self,
        fields: &Fields<'n, 's, '_>,
        name: &'static str,
    ) -> Option<&'n [Node<'s>]> {
        let node = self.required(fields, name)?;
        if node.items().is_none() {
            let report = wrong_types::report(fields.field(name), node, "a list");
            self.out.push(report);
        }
        node.items()
    }

    /// A name that has to be there.
    pub fn name(&mut self, fields: &Fields, name: &'static str) -> Option<Text> {
        let node = self.required(fields, name)?;
        fields::name(node, fields.owner().field(name), self.out)
    }

    /// The name of a state, which has to be there. The language has a meaning of its own for `*`.
    pub fn state_name(&mut self, fields: &Fields, name: &'static str) -> Option<Text> {
        let found = self.name(fields, name)?;
        if found.value == EVERY {
            self.out
                .push(invalid_values::state_called_every(found.span));
            return None;
        }
        Some(found)
    }

    /// One of the words that the product documents. Another one is an error here, where it
    /// decides what is written.
    pub fn word<T: Copy>(
        &mut self,
        fields: &Fields,
        name: &'static str,
        words: &[(&str, T)],
    ) -> Option<T> {
        let node = self.required(fields, name)?;
        let written = fields::name(node, fields.owner().field(name), self.out)?;
        let exactly = words.iter().find(|(word, _)| *word == written.value);
        // In other letters it is the same word; that they come back otherwise is told.
        let alike = |(word, _): &&(&str, T)| word.eq_ignore_ascii_case(&written.value);
        if let Some((_, value)) = exactly.or_else(|| words.iter().find(alike)) {
            return Some(*value);
        }
        let field = fields.field(name).to_string();
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let report = unknown_values::report(&field, &written.value, written.span, &known);
        let report = match suggest::nearest(&written.value, known.iter().copied()) {
            Some(_) => report,
            None => report.help(format!("write one of {}", suggest::phrase(&known))),
        };
        self.out.push(report.severity(Severity::Error));
        None
    }

    /// One of the words that the product documents; `otherwise` for another one and for none, with a
    /// warning: one value is no reason not to have the rest.
    pub fn word_or<T: Copy>(
        &mut self,
        fields: &Fields,
        name: &'static str,
        words: &[(&str, T)],
        otherwise: &str,
    ) -> Option<T> {
        let aside = self.out.aside();
        let outer = std::mem::replace(self.out, aside);
        let found = self.word(fields, name, words);
        let reports = std::mem::replace(self.out, outer);
        if found.is_some() {
            self.out.extend(reports);
            return found;
        }
        let first = reports.into_iter().next();
        self.out
            .extend(first.map(|report| lossy_imports::taken_for(report, otherwise)));
        if let Some(entry) = fields.entry(name) {
            self.say_no_more(entry.key_span());
        }
        let known = words.iter().find(|(word, _)| *word == otherwise);
        known.map(|(_, value)| *value)
    }

    /// Texts that each name something, where there is such a list and it is not `null`.
    pub fn names(&mut self, fields: &Fields, name: &'static str) -> Option<Vec<String>> {
        let names = self.optional(fields, name, fields::names)?;
        Some(names.iter().map(|name| name.value.to_string()).collect())
    }
}

const NOTHING: &str = "nothing to import";

/// What to do about an answer that is not whole.
const AS_GIVEN: &str = "import the answer as the product gives it";

/// None of the fields of `owner`, which is `node`, is a documented one.
fn alien(owner: Subject, node: &Node, known: &[&'static str]) -> Diagnostic {
    let message = format!("{owner} has none of the fields that are documented for it");
    let label = match node.entries() {
        Some([]) => "nothing is said here",
        _ => "the JSON of something else",
    };
    of_nothing(message, node.span, label, known)
}

/// The fields of `owner` that a workflow file has words for, `known`, are not there or say nothing.
pub fn nothing_said(owner: Subject, place: Span, known: &[&'static str]) -> Diagnostic {
    let message = format!("{owner} says nothing that a workflow file could keep");
    of_nothing(message, place, NOTHING, known)
}

fn of_nothing(message: String, place: Span, label: &str, known: &[&'static str]) -> Diagnostic {
    let report = Diagnostic::new(&missing_fields::CODE, message, place, label);
    const MOST_NAMES: usize = 8;
    let help = "import what `--from` names; `statewright import --list` lists all that can be";
    let all = suggest::phrase_up_to(known, MOST_NAMES);
    report.help(help).note(format!("its fields are {all}"))
}

/// Whether nothing stands in `node`: neither a value nor the name of one.
pub fn says_nothing(node: &Node) -> bool {
    match node.kind() {
        Kind::Scalar(scalar) => scalar.kind() == ScalarKind::Null || scalar.text().is_empty(),
        Kind::List(items) => items.is_empty(),
        Kind::Map(entries) => entries.is_empty(),
        Kind::Absent(_) => true,
        Kind::Lost => false,
    }
}

/// The value of a field that is there and is not `null`.
pub fn given<'n, 's>(fields: &Fields<'n, 's, '_>, name: &str) -> Option<&'n Node<'s>> {
    let node = fields.get(name)?;
    let null = node.scalar().is_some_and(|s| s.kind() == ScalarKind::Null);
    (!null).then_some(node)
}

/// Things by the names or ids that others speak of them by, each meant by its position.
pub struct Index {
    /// What they are: "state", "step".
    what: &'static str,
    /// What they are known by: "name", "`StepId`".
    by: &'static str,
    found: HashMap<String, (usize, Span)>,
    /// All of them in an order of their own, to search for near ones, once one is missing.
    sorted: OnceCell<(Vec<(String, Span)>, suggest::Index)>,
    /// Whether one of them could not be read, which is reported already: it may be any.
    is_in_doubt: bool,
}

impl Index {
    /// None yet. `what` they are ("state") and what they are known `by` ("name"), for reports.
    pub fn of(what: &'static str, by: &'static str) -> Self {
        Index {
            what,
            by,
            found: HashMap::default(),
            sorted: OnceCell::new(),
            is_in_doubt: false,
        }
    }

    /// The position of `key`, if it is there.
    pub fn get(&self, key: &str) -> Option<usize> {
        Some(self.found.get(key)?.0)
    }

    /// Remembers that one of them could not be read.
    pub fn doubt(&mut self) {
        self.is_in_doubt = true;
    }

    /// Adds one at `position`; reports a key that is there already.
    pub fn add(&mut self, key: &Text, position: usize, out: &mut Diagnostics) {
        match self.taken(key) {
            Some(report) => out.push(report),
            None => self.put(key, position),
        }
    }

    /// Adds one thing at `position` to each of several indexes, where none of its keys is there
    /// already; reports those that are. What is left out for one of its keys is found by none.
    pub fn add_to_all<const COUNT: usize>(
        all: [(&mut Index, &Text); COUNT],
        position: usize,
        out: &mut Diagnostics,
    ) {
        let taken = all.iter().filter_map(|(index, key)| index.taken(key));
        let taken: Vec<Diagnostic> = taken.collect();
        if taken.is_empty() {
            for (index, key) in all {
                index.put(key, position);
            }
        }
        out.extend(taken);
    }

    fn put(&mut self, key: &Text, position: usize) {
        self.sorted.take();
        self.found
            .insert(key.value.to_string(), (position, key.span));
    }

    /// The report of a key that is there already.
    fn taken(&self, key: &Text) -> Option<Diagnostic> {
        let (_, first) = self.found.get(key.value.as_str())?;
        let (what, by, value) = (self.what, self.by, &key.value);
        let some = plural(what);
        let message = format!("two {some} have the {by} `{value}`");
        let help = format!("delete one of the two {some}, or give it a {by} of its own");
        let report = invalid_values::other(message, key.span, "the second one", help);
        Some(report.label(*first, "the first one"))
    }

    /// The position that `written` stands for; reports one that nothing has. `subject` says who
    /// speaks of it, and how: "transition `Close` leads to".
    pub fn find(&self, written: &Text, subject: &str, out: &mut Diagnostics) -> Option<usize> {
        let found = self.get(&written.value);
        if found.is_none() && !self.is_in_doubt {
            out.push(self.missing(written, subject));
        }
        found
    }

    fn missing(&self, written: &Text, subject: &str) -> Diagnostic {
        let (what, by, value) = (self.what, self.by, &written.value);
        let message = format!("{subject} `{value}`, which is no {what}");
        let label = format!("no {what} has this {by}");
        let report = Diagnostic::new(&undefined_states::CODE, message, written.span, label);
        match self.near(value) {
            Some((near, place)) => report
                .label(place, format!("a {what} with a similar {by} is here"))
                .help(format!("change `{value}` to `{near}`")),
            None => report.help(format!(
                "import the whole answer of the product, in which `{value}` is among the {}",
                plural(what)
            )),
        }
    }

    fn near(&self, value: &str) -> Option<(&str, Span)> {
        // One id looks like another, and nobody writes them by hand.
        if values::is_uuid(value) {
            return None;
        }
        let (keys, index) = self.sorted.get_or_init(|| {
            let all = self.found.iter();
            let mut all: Vec<(String, Span)> =
                all.map(|(key, (_, place))| (key.clone(), *place)).collect();
            // The order in which a map is gone through is nobody's to know.
            all.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
            let index = suggest::Index::of(all.iter().map(|(key, _)| key.as_str()));
            (all, index)
        });
        let name = |at: usize| keys.get(at).map_or("", |(key, _)| key.as_str());
        let (near, place) = keys.get(index.nearest(value, name)?)?;
        Some((near, *place))
    }
}

/// What a report calls the thing at `index` (from 0) that has no name: "step 3".
pub fn numbered(what: &str, index: usize) -> String {
    format!("{what} {}", index + 1)
}

/// What a report calls an object: "step `New`" by its own field `name`, or else "step 3".
pub fn subject<'a>(item: &'a Node, name: &str, what: &'a str, numbered: &'a str) -> Subject<'a> {
    let name = item.get(name).and_then(Node::scalar).map(|s| s.text());
    match name.filter(|name| !name.trim().is_empty()) {
        Some(name) => Subject::named(what, name),
        None => Subject::only(numbered),
    }
}

/// A colour of the form `#rrggbb`.
pub fn color(node: &Node, field: Field, out: &mut Diagnostics) -> Option<String> {
    use crate::model::decode::{color_like, is_color};
    const WANTED: &str = "a colour of the form `#rrggbb`";
    let text = fields::text(node, field, out)?;
    if is_color(&text.value) {
        return Some(text.value.to_string());
    }
    out.push(match color_like(&text.value) {
        Some((meant, is_sure)) => {
            let spelt = crate::node::quoted(&meant);
            let written = (&*text.value, text.span);
            invalid_values::meant(field, written, WANTED, &meant, spelt, is_sure)
        }
        None => invalid_values::malformed(field, &text.value, text.span, WANTED, "#1f77b4"),
    });
    None
}
