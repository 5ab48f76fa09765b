//! Keys and tables that are written twice.

use std::cell::OnceCell;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use crate::diagnostic::{Diagnostic, Diagnostics, Edit};
use crate::hashing::HashMap;
use crate::limits::Grouped;
use crate::node::Lost;
use crate::source::Span;
use crate::suggest;

use super::super::draft::{Draft, Patch, StandsFor};
use super::super::lines::{self, Line};
use super::super::recovery::nothing;
use super::super::slips::{Slip, TOML, Written};
use super::super::{MAX_REPORTS, duplicate_keys, exceeded_limits};
use super::mistakes;
use super::surroundings::{self, is_header, is_statement};

/// How many keys of two tables are compared.
const MOST_KEYS: usize = 100;

/// For how many keys the place is looked up where they were written first. Each search may read
/// the whole text: of a large one, all together no more than [`MAX_WHOLE`] and one more.
const MOST_SEARCHES: usize = 20;

/// How large a text is, at most, of which all repetitions are looked for: each costs memory.
pub(super) const MAX_WHOLE: usize = 1024 * 1024;

/// How much of a larger text is read after the first of them.
const MAX_AFTER: usize = 256 * 1024;

/// How far a text is read that the parser stops at with the error `first`: not to its end, where it
/// is large and something is written twice in it.
pub(super) fn read_to(text: &str, first: &Error) -> usize {
    let Some(again) = first.span().filter(|_| text.len() > MAX_WHOLE) else {
        return text.len();
    };
    let last = text.floor_char_boundary((again.start + MAX_AFTER).min(text.len()));
    let last = mistakes::statement(text, last);
    match last.len() <= MAX_AFTER {
        true => last.end,
        false => last.start,
    }
}

/// Reports every header that is written twice; the patches leave its table out: one report for it
/// and not one more for every key in it.
pub(super) fn headers(
    draft: &Draft<'_>,
    table: &DeTable<'_>,
    errors: &[Error],
    out: &mut Diagnostics,
) -> Vec<Patch> {
    let text: &str = &draft.text;
    let mut patches: Vec<Patch> = Vec::new();
    let mut headers: Vec<(&str, Diagnostic)> = Vec::new();
    let bracketed = OnceCell::new();
    let bracketed = || bracketed.get_or_init(|| Bracketed::of(text));
    // Hundreds of thousands may be on one line, which is looked at once.
    let mut passed = 0..0;
    for error in errors {
        let Some(again) = error.span() else { continue };
        if passed.contains(&again.start) {
            continue;
        }
        let line = Line::at(text, again.start);
        let done = patches.last().map_or(0, |patch| patch.range.end);
        let is_new = is_header(&line) && is_statement(&line) && line.start >= done;
        let has_value = || {
            let open = surroundings::open_at(&text[line.start..], again.start - line.start);
            open.equals.is_some()
        };
        if !is_new || has_value() {
            passed = again.start..line.range().end;
            continue;
        }
        if patches.len() >= MAX_REPORTS {
            out.push(exceeded_limits::reports(draft.place(again)));
            patches.push(nothing(line.start..text.len(), None));
            break;
        }
        if patches.is_empty()
            && let Some(first) = first_of_list(text, &line)
        {
            let name = first.content.trim_matches(['[', ']']);
            let place = draft.place(first.range());
            let slip = Slip::SingleHeader(Written(name), draft.place(line.range()));
            out.push(slip.report(&TOML, place));
            // All of that name are then items of one list.
            return vec![Patch::meant(first.range(), format!("[[{name}]]"))];
        }
        let found = report(draft, table, again.clone(), patches.len());
        // Only for the first: this reads the whole text.
        let is_first = patches.is_empty();
        if let Some(halves) = is_first.then(|| one_table(text, &line)).flatten() {
            out.push(in_one_table(found, draft, &halves));
            patches.extend(halves);
            continue;
        }
        if let Some(all) = is_first.then(|| items_of_list(text, &line)).flatten() {
            out.push(in_a_list(found, draft, &all));
            return all;
        }
        if let Some(all) = is_first.then(|| more_items(text, &line)).flatten() {
            out.push(as_items(found, draft, &line, &all));
            return all;
        }
        let patch = without_table(text, bracketed(), &line);
        let found = match patch.stands_for {
            StandsFor::Itself if !patch.text.is_empty() => {
                one_more_item(found, draft.place(patch.range.clone()), &patch.text)
            }
            StandsFor::Nothing(_) => item_of_table(found, line.content, text),
            _ if is_first && let Some(less) = twin(text, &patch.range) => {
                let place = draft.place(less.clone());
                if less != patch.range {
                    patches.push(Patch::meant(less, ""));
                    out.push(found.fix(place, ""));
                    continue;
                }
                found.fix(place, "")
            }
            _ => found,
        };
        // Every header of one name has the same mistake.
        let name = text.get(again.clone()).unwrap_or("");
        match headers.iter_mut().find(|(known, _)| *known == name) {
            Some((_, first)) => {
                let more: Diagnostic = std::mem::replace(first, found);
                *first = more.label(draft.place(again), "and here");
            }
            None => headers.push((name, found)),
        }
        patches.push(patch);
    }
    let lists = |name: &str| bracketed().is_list(name);
    out.extend(headers.into_iter().map(|(name, found)| match lists(name) {
        true if found.fix.is_none() && found.notes.is_empty() => {
            found.help(format!("write `[[{name}]]` above each item of the list"))
        }
        _ => found,
    }));
    patches.sort_by_key(|patch| patch.range.start);
    patches
}

/// The patches that make items of a list of all tables `[name]`, the header in `again`, where they hold what items of
/// one list do: one that is written twice has the same in both.
fn items_of_list(text: &str, again: &Line<'_>) -> Option<Vec<Patch>> {
    let name = again.content.strip_prefix('[')?.strip_suffix(']')?;
    let is_plain = !name.contains(['.', '[', '"', '\'']);
    let headers = || lines::down(text, 0).filter(|line| line.content == again.content);
    let first = headers()
        .next()
        .filter(|first| is_plain && first.start < again.start)?;
    let keys = keys_below(text, &first);
    let are_alike = keys_below(text, again).iter().any(|key| keys.contains(key));
    if !are_alike || text.contains(&format!("[[{name}]]")) {
        return None;
    }
    let patch = |line: Line<'_>| Patch::meant(line.range(), format!("[[{name}]]"));
    Some(headers().map(patch).collect())
}

/// The report about the headers of a list that have one pair of brackets.
fn in_a_list(report: Diagnostic, draft: &Draft<'_>, all: &[Patch]) -> Diagnostic {
    const MOST_LABELS: usize = 4;
    let header = &all[0].text;
    let edit = |patch: &Patch| Edit::new(draft.place(patch.range.clone()), patch.text.clone());
    let others = all
        .iter()
        .skip(2)
        .map(|patch| draft.place(patch.range.clone()));
    report
        .each(others, MOST_LABELS, "and here")
        .help(format!("write `{header}` above each item of the list"))
        .edits(true, all.iter().map(edit).collect())
}

/// The patches that make items of all tables `[name]`, the header in `again`, where `[[name]]` stands above it. One that
/// is left would take the place of the list.
fn more_items(text: &str, again: &Line<'_>) -> Option<Vec<Patch>> {
    let name = again.content.strip_prefix('[')?.strip_suffix(']')?;
    let item = format!("[[{name}]]");
    let mut above = lines::down(text, 0).take_while(|line| line.start < again.start);
    above.find(|line| line.content == item)?;
    let tables = lines::down(text, 0).filter(|line| line.content == again.content);
    Some(
        tables
            .map(|line| Patch::meant(line.range(), item.as_str()))
            .collect(),
    )
}

/// The report about headers with one pair of brackets, the first of them `again`, where others have two.
fn as_items(report: Diagnostic, draft: &Draft<'_>, again: &Line<'_>, all: &[Patch]) -> Diagnostic {
    const MOST_LABELS: usize = 4;
    let place = |patch: &Patch| draft.place(patch.range.clone());
    let others = all
        .iter()
        .filter(|patch| patch.range.start != again.range().start);
    let edits = all
        .iter()
        .map(|patch| Edit::new(place(patch), patch.text.clone()));
    report
        .each(others.map(place), MOST_LABELS, "and here")
        .help(format!(
            "write `{}` for one more item of the list",
            all[0].text
        ))
        .edits(true, edits.collect())
}

/// The header `[name]` above `again`, which is `[[name]]`, where both hold what items of one list do.
fn first_of_list<'t>(text: &'t str, again: &Line<'_>) -> Option<Line<'t>> {
    let name = again.content.strip_prefix("[[")?.strip_suffix("]]")?;
    let single = format!("[{name}]");
    let mut above = lines::down(text, 0).take_while(|line| line.start < again.start);
    let first = above.find(|line| line.content == single)?;
    let keys = keys_below(text, &first);
    let are_alike = keys_below(text, again).iter().any(|key| keys.contains(key));
    are_alike.then_some(first)
}

/// The patches that make one table of `[[name]]` above and `[name]`, the header in `again`, if these
/// are two halves of one: items of a list have keys in common, and two halves have none.
fn one_table(text: &str, again: &Line<'_>) -> Option<[Patch; 2]> {
    let name = again.content.strip_prefix('[')?.strip_suffix(']')?;
    let item = format!("[[{name}]]");
    let mut items = lines::down(text, 0).filter(|line| line.content == item);
    let first = items.next().filter(|first| first.start < again.start)?;
    let keys = keys_below(text, &first);
    let is_list = keys_below(text, again).iter().any(|key| keys.contains(key));
    let is_alone = items.next().is_none() && text.matches(again.content).count() == 2;
    (is_alone && !is_list).then(|| {
        [
            Patch::meant(first.range(), again.content),
            Patch::meant(again.start..lines::next(text, again.start), ""),
        ]
    })
}

/// The keys of the lines between a header and the next.
fn keys_below<'t>(text: &'t str, header: &Line<'_>) -> Vec<&'t str> {
    let below = lines::down(text, lines::next(text, header.start));
    let below = below.take_while(|line| !is_header(line));
    let key = |line: Line<'t>| Some(line.content.split_once('=')?.0.trim());
    below.filter_map(key).take(MOST_KEYS).collect()
}

/// The report about a table, the first half of which has the header of a list's item.
fn in_one_table(report: Diagnostic, draft: &Draft<'_>, halves: &[Patch]) -> Diagnostic {
    let name = &halves[0].text;
    let edit = |patch: &Patch| Edit::new(draft.place(patch.range.clone()), patch.text.clone());
    report
        .help(format!("write `{name}` once, above all of its entries"))
        .note("`[[…]]` begins an item of a list, `[…]` a table: one name cannot be both")
        .edits(false, halves.iter().map(edit).collect())
}

/// What stands in brackets of a text, as names of headers do: looked through once, not for each of
/// many headers.
#[derive(Default)]
struct Bracketed<'t> {
    /// How often a name stands in brackets, and where it first does in two pairs.
    names: HashMap<&'t str, (usize, Option<usize>)>,
}

impl<'t> Bracketed<'t> {
    fn of(text: &'t str) -> Self {
        let mut found = Self::default();
        for (at, _) in text.match_indices('[') {
            let inside = &text[at + 1..];
            let Some(end) = inside.find(['[', ']', '\n']) else {
                break;
            };
            if !inside[end..].starts_with(']') {
                continue;
            }
            let (count, first) = found.names.entry(&inside[..end]).or_default();
            *count += 1;
            if text[..at].ends_with('[') && inside[end..].starts_with("]]") {
                first.get_or_insert(at - 1);
            }
        }
        found
    }

    /// Where `[[name]]` stands first.
    fn first_item(&self, name: &str) -> Option<usize> {
        self.names.get(name)?.1
    }

    /// Whether the headers of this name are rather those of a list: some are, or there are three.
    fn is_list(&self, name: &str) -> bool {
        let (count, first) = self.names.get(name).copied().unwrap_or_default();
        first.is_some() || count > 2
    }
}

/// The patch that leaves out the table of a header that is written twice, or makes it what the
/// other headers of this name are.
fn without_table(text: &str, bracketed: &Bracketed<'_>, header: &Line<'_>) -> Patch {
    let name = header.content.trim_start_matches('[');
    let name = name.split(']').next().unwrap_or(name);
    let is_item = header.content.starts_with("[[");
    let below = lines::down(text, lines::next(text, header.start)).find(is_header);
    let table = header.start..below.map_or(text.len(), |line| line.start);
    let is_before = |item: usize| item < header.start;
    if !is_item && bracketed.first_item(name).is_some_and(is_before) {
        let start = header.range().start;
        let bracketed = start..start + name.len() + 2;
        return Patch::meant(bracketed, format!("[[{name}]]"));
    }
    match is_item {
        true => {
            let start = empty_table_above(text, header, name).unwrap_or(table.start);
            nothing(
                start..table.end,
                surroundings::entry_name(text, header.start),
            )
        }
        false => Patch::meant(table, ""),
    }
}

/// The one of two tables of one name, the second at `again`, all of which is in the other, too: lines may have come
/// in between where one was copied.
fn twin(text: &str, again: &Range<usize>) -> Option<Range<usize>> {
    let header = Line::at(text, again.start).content;
    let mut above = lines::down(text, 0).take_while(|line| line.start < again.start);
    let first = above.find(|line| line.content == header)?;
    let below = lines::down(text, lines::next(text, first.start)).find(is_header);
    let first = first.start..below.map_or(text.len(), |line| line.start);
    let (one, other) = (text[first.clone()].trim(), text[again.clone()].trim());
    let holds = |all: &str, part: &str| {
        all.strip_prefix(part)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['\n', '\r']))
    };
    match (holds(one, other), holds(other, one)) {
        (true, _) => Some(again.clone()),
        (false, true) => Some(first),
        (false, false) => None,
    }
}

/// Where the header `[name]` starts, if nothing stands between it and `header`.
fn empty_table_above(text: &str, header: &Line<'_>, name: &str) -> Option<usize> {
    let above = lines::up(text, header.start).next()?;
    (above.content == format!("[{name}]")).then_some(above.start)
}

/// The report about a header with one pair of brackets where others of its name have two, which
/// is what was meant.
fn one_more_item(report: Diagnostic, header: Span, meant: &str) -> Diagnostic {
    report
        .help(format!("write `{meant}` for one more item of the list"))
        .fix(header, meant)
}

/// The report about a header with two pairs of brackets where there is a table of its name.
fn item_of_table(report: Diagnostic, header: &str, text: &str) -> Diagnostic {
    let name = header.trim_matches(['[', ']', ' ']);
    let table = format!("[{name}]");
    let own = format!("write `[{name}.NAME]` with the entry's own name");
    let help = match lines::down(text, 0).any(|line| line.content == table) {
        true => format!("{own}, or delete `{table}` above"),
        false => own,
    };
    report
        .help(help)
        .note("`[[…]]` begins an item of a list, `[…]` a table: one name cannot be both")
}

/// Reports every key in `errors`, which the parser met twice. What is lost with them is the
/// answer: of keys in a row, a whole table.
pub(super) fn report_keys(
    draft: &Draft<'_>,
    table: &DeTable<'_>,
    errors: &[Error],
    out: &mut Diagnostics,
) -> Vec<Lost> {
    let mut lost = Vec::new();
    // Where a whole table is written again, its header is missing: one mistake.
    let runs = errors.chunk_by(|a, b| follow(&draft.text, a, b));
    for (count, run) in runs.take(MAX_REPORTS + 1).enumerate() {
        let again = run[0].span().unwrap_or(0..0);
        if count >= MAX_REPORTS {
            out.push(exceeded_limits::reports(draft.place(again)));
            break;
        }
        let found = report(draft, table, again.clone(), count);
        let names: Vec<String> = run.iter().map(|error| name(draft, error)).collect();
        // No table has one key twice.
        if names.iter().all(|name| *name == names[0]) {
            out.push(many_times(draft, run, &names[0], found));
            continue;
        }
        lost.push(Lost {
            span: draft.place(again.clone()),
            key: surroundings::entry_name(&draft.text, again.start),
        });
        out.push(without_header(draft, run, &again, &names, found));
    }
    lost
}

/// Whether the key that is written again at `b` stands on the line below that at `a`.
fn follow(text: &str, a: &Error, b: &Error) -> bool {
    let (Some(a), Some(b)) = (a.span(), b.span()) else {
        return false;
    };
    let below = lines::down(text, lines::next(text, a.start)).next();
    below.is_some_and(|line| line.range().start == b.start)
}

/// The key that the parser met twice.
fn name(draft: &Draft<'_>, error: &Error) -> String {
    let key = error.span().and_then(|span| draft.text.get(span));
    key.unwrap_or("").trim_matches(['"', '\'']).to_owned()
}

/// `found` with the places of the others in `run`.
fn with_labels(
    draft: &Draft<'_>,
    run: &[Error],
    found: Diagnostic,
    says: &'static str,
) -> Diagnostic {
    const MOST_LABELS: usize = 4;
    let spans = run.iter().skip(1).map(|error| error.span().unwrap_or(0..0));
    found.each(spans.map(|span| draft.place(span)), MOST_LABELS, says)
}

/// The report `found` about the first of the times that the key `name` is written again in a row.
fn many_times(draft: &Draft<'_>, run: &[Error], name: &str, found: Diagnostic) -> Diagnostic {
    if run.len() == 1 {
        return found;
    }
    let times = Grouped(run.len() + 1);
    let message = format!("key `{name}` is written {times} times in the same map");
    let found = with_labels(draft, run, found.saying(message), "and here");
    found.help(format!(
        "delete all of `{name}` but one, or give the others other names"
    ))
}

/// The report `found` about the first of several keys in a row that are written again.
fn without_header(
    draft: &Draft<'_>,
    run: &[Error],
    again: &Range<usize>,
    names: &[String],
    found: Diagnostic,
) -> Diagnostic {
    let text: &str = &draft.text;
    let message = format!(
        "keys {} are written twice in the same table",
        suggest::phrase_up_to(names, 3)
    );
    let found = found.saying(message);
    let found = with_labels(draft, run, found, "and this one");
    let open = surroundings::open_at(text, again.start);
    let header = open.header.map(|at| Line::at(text, at).content);
    match header.filter(|header| header.starts_with("[[")) {
        Some(header) => found.help(format!(
            "write `{header}` above `{}` where the next item begins",
            names[0]
        )),
        None => found.help("write the header of the next table above them, or delete them"),
    }
}

/// The report about a key that is written again at `again`; `before` were reported already.
fn report(
    draft: &Draft<'_>,
    table: &DeTable<'_>,
    again: Range<usize>,
    before: usize,
) -> Diagnostic {
    let find = || first(draft, table, again.clone());
    let may_search = before < MOST_SEARCHES && before * draft.text.len() < MAX_WHOLE;
    let first = may_search.then(find).flatten();
    let name = draft.text.get(again.clone()).unwrap_or("");
    let name = name.trim_matches(['"', '\'']);
    duplicate_keys::report(name, first, draft.place(again))
}

/// Where the key at `again` is written first, which the parser does not tell.
fn first(draft: &Draft<'_>, table: &DeTable<'_>, again: Range<usize>) -> Option<Span> {
    let text: &str = &draft.text;
    let open = surroundings::open_at(text, again.start);
    let range = surroundings::entry(text, &open, again.start).range;
    let is_header = surroundings::is_header(&Line::at(text, open.statement));
    if !open.brackets.is_empty() && !is_header {
        return first_in_statement(draft, range, again);
    }
    let mut path = Vec::new();
    if let Some(header) = open.header.filter(|_| !is_header) {
        let line = header..lines::end(text, header);
        names(text, line.clone(), line.end, &mut path);
    }
    names(
        text,
        open.statement..lines::end(text, open.statement),
        again.end,
        &mut path,
    );
    // A repeated header takes the place of the first in the parser's table, so the first is to
    // be found only in what stands above.
    let (above, _) = match is_header {
        true => DeTable::parse_recoverable(&text[..open.statement]),
        false => (Spanned::new(0..0, DeTable::new()), Vec::new()),
    };
    let (last, way) = path.split_last()?;
    let mut here = if is_header { above.get_ref() } else { table };
    for name in way {
        here = inner(here.get(name.as_str())?.get_ref(), again.start)?;
    }
    let (key, _) = here.get_key_value(last.as_str())?;
    (key.span().end <= again.start).then(|| draft.place(key.span()))
}

/// The table under a key; of several, the last that is begun before `before`.
fn inner<'v, 't>(value: &'v DeValue<'t>, before: usize) -> Option<&'v DeTable<'t>> {
    match value {
        DeValue::Table(table) => Some(table),
        DeValue::Array(items) => {
            let begun = items.iter().rev().find(|item| item.span().start < before)?;
            begun.get_ref().as_table()
        }
        _ => None,
    }
}

/// Adds the names of the keys that are written at the start of the statement in `range` and end
/// at `until` at the latest.
fn names(text: &str, range: Range<usize>, until: usize, out: &mut Vec<String>) {
    let statement = &text[range.clone()];
    let (table, _) = DeTable::parse_recoverable(statement);
    let mut here = Some(table.into_inner());
    while let Some(table) = here.take() {
        let first = table.into_iter().min_by_key(|(key, _)| key.span().start);
        let Some((key, value)) = first else {
            return;
        };
        if range.start + key.span().end > until {
            return;
        }
        out.push(key.into_inner().into_owned());
        here = match value.into_inner() {
            DeValue::Table(table) => Some(table),
            DeValue::Array(items) => {
                items
                    .into_iter()
                    .next()
                    .and_then(|item| match item.into_inner() {
                        DeValue::Table(table) => Some(table),
                        _ => None,
                    })
            }
            _ => None,
        };
    }
}

/// The key before `again` in the same inline table of the statement in `range`.
fn first_in_statement(draft: &Draft<'_>, range: Range<usize>, again: Range<usize>) -> Option<Span> {
    let text: &str = &draft.text;
    let statement = &text[range.clone()];
    let (table, _) = DeTable::parse_recoverable(statement);
    let wanted = text.get(again.clone())?.trim_matches(['"', '\'']);
    let mut best = None;
    nearest(
        table.get_ref(),
        wanted,
        again.start - range.start,
        &mut best,
    );
    let found: Range<usize> = best?;
    Some(draft.place(range.start + found.start..range.start + found.end))
}

fn nearest(table: &DeTable<'_>, wanted: &str, before: usize, best: &mut Option<Range<usize>>) {
    for (key, value) in table {
        let span = key.span();
        let later = best.as_ref().is_none_or(|best| best.start < span.start);
        if key.get_ref() == wanted && span.start < before && later {
            *best = Some(span);
        }
        match value.get_ref() {
            DeValue::Table(table) => nearest(table, wanted, before, best),
            DeValue::Array(items) => {
                let tables = items.iter().filter_map(|item| item.get_ref().as_table());
                tables.for_each(|table| nearest(table, wanted, before, best));
            }
            _ => {}
        }
    }
}
