//! `undefined-states`: a name where a state belongs, and no state has it.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Edit, Fix, Group, Level, Stops};
use crate::graph::{Mention, Resolved, Role, Undefined};
use crate::model::decode::QUOTES;
use crate::model::{From, Text, Workflow};
use crate::node::{Node, quoted, respelt};
use crate::rules::Rule;
use crate::source::{Source, Span, Syntax};
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "undefined-states",
    since: "0.1.0",
    group: Group::States,
    level: Level::Firm(Stops::Names),
    summary: "a name that no state has",
    page: include_str!("undefined_states.md"),
};

/// Looks at every name that the graph could not find.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    // The state may stand in the part that could not be read.
    if resolved.workflow().doubts.states {
        return;
    }
    let renamed = renamed(resolved);
    for (index, undefined) in resolved.undefined().iter().enumerate() {
        let renamed = renamed.filter(|(name, _)| std::ptr::eq(*name, undefined));
        let state = renamed.map(|(_, state)| state);
        // As far as names are taken for misspelt ones, they may be several in one.
        let may_be_two = index < suggest::MOST_SEARCHES;
        out.push_made(&CODE, || report(resolved, undefined, state, may_be_two));
    }
}

/// One report a name, however often it is written: it is one slip. `renamed` is the state that may
/// have had this name.
fn report(
    resolved: &Resolved,
    undefined: &Undefined,
    renamed: Option<&Text>,
    may_be_two: bool,
) -> Diagnostic {
    let name = &undefined.name;
    let first = undefined.mentions[0];
    let message = format!("{} undefined state `{name}`", action(resolved, first.role));
    let report = Diagnostic::new(&CODE, message, first.span, "no state has this name");
    let places = undefined
        .mentions
        .iter()
        .skip(1)
        .map(|mention| mention.span);
    let report = report.each(places, MOST_LABELS, "and here");
    // A name that is two is not the longer of them, misspelt.
    let is_alike = |near| suggest::alike(name, &resolved.state(near).name.value);
    let near = undefined.near.filter(|_| undefined.is_slip);
    if may_be_two && let Some(states) = several(resolved, name) {
        return listed(report, resolved, undefined, &states);
    }
    if may_be_two
        && !near.is_some_and(is_alike)
        && let Some(both) = two_states(resolved, undefined)
    {
        return report.help(both);
    }
    let Some(near) = near else {
        return match renamed {
            Some(state) => perhaps_renamed(report, state, undefined),
            None => without_near(report, resolved, name),
        };
    };
    let state = &resolved.state(near).name;
    let places = undefined.mentions.iter().map(|m| m.span);
    respelt_as(report, resolved, (name, places), state)
}

/// The report about `name`, which is taken for `state`.
fn respelt_as(
    report: Diagnostic,
    resolved: &Resolved,
    (name, places): (&str, impl Iterator<Item = Span>),
    state: &Text,
) -> Diagnostic {
    let is_odd = state.value != name && tidy(&state.value) == name;
    if is_odd {
        let report = report
            .label(
                state.span,
                "this state has odd quotes or blanks in its name",
            )
            .help(change(&state.value, name));
        // Whoever names the state as it is written would lose it.
        return match is_named(resolved.workflow(), &state.value) {
            true => report,
            false => report.fix(state.span, respelt(&state.value, state.span, name)),
        };
    }
    let report = report.label(state.span, "a state with a similar name is defined here");
    let is_alike = suggest::alike(name, &state.value);
    let is_same = is_alike && suggest::has_same_words(name, &state.value);
    // Letters that are parted otherwise may be words of another name: `A New` is `Anew` or `New`.
    if is_alike && !is_same {
        match rival(resolved, name, state) {
            Rival::Some(other) => {
                return report.help(format!(
                    "change `{name}` to `{}` or `{other}`, whichever is meant",
                    state.value
                ));
            }
            Rival::None => {}
            Rival::Unknown => {
                return report.help(change(name, &state.value));
            }
        }
    }
    let edit = |span: Span| Edit::new(span, respelt(name, span, &state.value));
    report
        .help(change(name, &state.value))
        .edits(is_alike, places.map(edit).collect())
}

/// What to do with `name`, which means `other`. Where the two look alike, what is different is said.
fn change(name: &str, other: &str) -> String {
    let is_odd = |c: &char| c.is_whitespace() && *c != ' ';
    let spaced = |name: &str| name.replace(|c| is_odd(&c), " ");
    let odd = name.chars().find(is_odd);
    match odd.filter(|_| spaced(name) == spaced(other)) {
        Some(odd) => {
            let what = if odd == '\u{a0}' {
                "no-break space"
            } else {
                "blank"
            };
            format!(
                "write a space in `{name}` for the {what} U+{:04X}",
                odd as u32
            )
        }
        None => format!("change `{name}` to `{other}`"),
    }
}

/// Whether there is another state that a name may mean.
enum Rival<'r> {
    None,
    Some(&'r str),
    /// There are too many to look at.
    Unknown,
}

fn rival<'r>(resolved: &'r Resolved, name: &str, state: &Text) -> Rival<'r> {
    const MOST_STATES: usize = 1_000;
    let mut others = resolved.states().map(|(_, s)| s.name.value.as_str());
    if others.len() > MOST_STATES {
        return Rival::Unknown;
    }
    let may_be_meant = |other: &&str| *other != state.value && suggest::may_mean(name, other);
    others.find(may_be_meant).map_or(Rival::None, Rival::Some)
}

/// Whether anything in the file names the state `name` exactly so.
fn is_named(workflow: &Workflow, name: &str) -> bool {
    let is = |text: &Text| text.value == name;
    let by_transition = |from: &From| match from {
        From::States(states) => states.iter().any(is),
        From::Every { except, .. } => except.iter().any(is),
    };
    let mut transitions = workflow.transitions.iter();
    let mut promises = workflow.expect.iter();
    // Blocks of targets have maps by state in them.
    let in_block = |node: &Node| node.get(name).is_some();
    let mut blocks = workflow.targets.iter().filter_map(|t| t.body.entries());
    workflow.start.iter().any(|start| is(&start.to))
        || transitions
            .any(|t| t.to.as_ref().is_some_and(is) || t.from.as_ref().is_some_and(by_transition))
        || promises.any(|e| e.promise.states().any(is))
        || blocks.any(|entries| entries.iter().any(|entry| in_block(&entry.value)))
}

/// A name without the quotes of a word processor around it, with spaces for other blanks.
fn tidy(name: &str) -> String {
    let is_around = |c: char| c.is_whitespace() || QUOTES.contains(&c);
    let name = name.trim_matches(is_around);
    let spaced = name
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c });
    spaced.collect()
}

const MOST_LABELS: usize = 4;

fn without_near(report: Diagnostic, resolved: &Resolved, name: &str) -> Diagnostic {
    let report = report.help(format!(
        "add `{name}` to `states`, or name a state that exists"
    ));
    match suggest::listing(resolved.states().map(|(_, s)| s.name.value.as_str())) {
        Some(all) => report.note(format!("the states are {all}")),
        None => report,
    }
}

/// The states that are named together in one text, such as `A, B` or `(A or B)`; `None` where it names no two.
fn several<'n>(resolved: &Resolved, name: &'n str) -> Option<Vec<&'n str>> {
    let are_states = |parts: &Vec<&str>| parts.iter().all(|part| resolved.find(part).is_some());
    suggest::joined(name).find(are_states)
}

/// Whether a state may be named there in a list.
fn may_be_in_list(role: Role) -> bool {
    matches!(role, Role::From(_) | Role::Except(_) | Role::Promise(_))
}

/// The report on a name that is a list of `states`.
fn listed(
    report: Diagnostic,
    resolved: &Resolved,
    undefined: &Undefined,
    states: &[&str],
) -> Diagnostic {
    if !undefined
        .mentions
        .iter()
        .all(|mention| may_be_in_list(mention.role))
    {
        let each: Vec<String> = states.iter().map(|state| format!("`{state}`")).collect();
        return report.help(format!(
            "write a transition for each of {}",
            each.join(", ")
        ));
    }
    let workflow = resolved.workflow();
    let text = |span: Span| {
        let names = states
            .iter()
            .map(|state| respelt(&undefined.name, span, state));
        let names = names.collect::<Vec<_>>().join(", ");
        match workflow.joined.contains(&span) {
            true => format!("[{names}]"),
            false => names,
        }
    };
    let first = text(undefined.mentions[0].span);
    let edits = undefined
        .mentions
        .iter()
        .map(|m| Edit::new(m.span, text(m.span)));
    report
        .help(format!("write `{first}`"))
        .edits(false, edits.collect())
}

/// What to say of a name that is several: without a comma between them, or items of a list whose
/// dashes lack their space.
fn two_states(resolved: &Resolved, undefined: &Undefined) -> Option<String> {
    let first = undefined.name.strip_prefix('-').unwrap_or("");
    let first = first.split(" -").next().unwrap_or(first);
    if resolved.find(first).is_some() {
        return Some(format!("write a space after the dash: `- {first}`"));
    }
    let name = &undefined.name;
    // Of a long name the parts before each of its blanks are much more text than the name.
    let is_short = name.len() <= 2 * suggest::LONGEST;
    let blanks = name.match_indices(' ').filter(|_| is_short);
    let parts = blanks.map(|(at, _)| name.split_at(at));
    let known = |part: &str| resolved.find(part.trim()).is_some();
    let mention = undefined
        .mentions
        .iter()
        .find(|m| may_be_in_list(m.role) || m.role == Role::Start)?;
    let (first, second) = parts
        .into_iter()
        .find(|(first, second)| known(first) && known(second))?;
    let (first, second) = (first.trim(), second.trim());
    Some(match is_alone(resolved.workflow(), mention) {
        true => {
            let spelt = |state| respelt(name, mention.span, state);
            format!("write the list `[{}, {}]`", spelt(first), spelt(second))
        }
        false => format!("write a comma between `{first}` and `{second}`"),
    })
}

/// Whether the state is the only one that is named there.
fn is_alone(workflow: &Workflow, mention: &Mention) -> bool {
    match mention.role {
        Role::Start => workflow.start.len() == 1,
        Role::From(index) => match &workflow.transitions[index].from {
            Some(From::States(states)) => states.len() == 1,
            _ => false,
        },
        Role::Except(index) => match &workflow.transitions[index].from {
            Some(From::Every { except, .. }) => except.len() == 1,
            _ => false,
        },
        Role::Promise(index) => {
            let is_there = |list: &[Text]| list.iter().any(|name| name.span == mention.span);
            let mut lists = workflow.expect[index].promise.lists();
            lists.any(|(_, list)| list.len() == 1 && is_there(list))
        }
        Role::To(_) => false,
    }
}

/// The one name in the graph that is near no state, and the one state that nothing leads to or from:
/// it may have been renamed in one place only.
fn renamed(resolved: &Resolved) -> Option<(&Undefined, &Text)> {
    let of_the_graph = |role| matches!(role, Role::Start | Role::From(_) | Role::To(_));
    let strange =
        |u: &&Undefined| u.near.is_none() && u.mentions.iter().any(|m| of_the_graph(m.role));
    let mut strangers = resolved.undefined().iter().filter(strange);
    let only = strangers.next().filter(|_| strangers.next().is_none())?;
    let [one] = resolved.perhaps_renamed()[..] else {
        return None;
    };
    let state = &resolved.state(one).name;
    // What holds braces is fields, not a name.
    let may_be = !suggest::are_contrary(&only.name, &state.value) && !state.value.contains('{');
    may_be.then_some((only, state))
}

fn perhaps_renamed(report: Diagnostic, state: &Text, undefined: &Undefined) -> Diagnostic {
    let name = &undefined.name;
    let edit = |m: &Mention| Edit::new(m.span, respelt(name, m.span, &state.value));
    report
        .label(state.span, "no start and no transition names this state")
        .help(format!(
            "change `{name}` to `{}` if that is its new name, or add `{name}` to `states`",
            state.value
        ))
        .edits(false, undefined.mentions.iter().map(edit).collect())
}

/// Who names the state, and what they do with it.
fn action(resolved: &Resolved, role: Role) -> String {
    let workflow = resolved.workflow();
    let transition = |index: usize| format!("transition `{}`", workflow.transitions[index].label());
    match role {
        Role::Start => "the workflow starts in".to_owned(),
        Role::From(index) => format!("{} starts from", transition(index)),
        Role::To(index) => format!("{} leads to", transition(index)),
        Role::Except(index) => format!("{} excepts", transition(index)),
        Role::Promise(index) => {
            let word = workflow.expect[index].promise.shape.word();
            format!("promise `{word}` names")
        }
    }
}

/// Says of names that end before a ` #` what is missing: quotes, where a state has the name with what follows, which
/// is read as a comment.
pub fn name_cut_off(resolved: &Resolved, source: &Source, out: &mut Diagnostics) {
    if resolved.undefined().is_empty() || source.syntax() != Syntax::Yaml {
        return;
    }
    let text = source.text();
    for report in out
        .items_mut()
        .iter_mut()
        .filter(|report| report.code == &CODE)
    {
        let whole = |span: Span| {
            let line = text[span.range().end..].lines().next().unwrap_or("");
            let end = span.range().end + line.trim_end().len();
            let is_cut = line.trim_start().len() < line.len() && line.trim_start().starts_with('#');
            let name = &text[span.range().start..end];
            (is_cut && resolved.find(name).is_some()).then(|| source.at(span.range().start..end))
        };
        let places: Vec<Span> = report.labels.iter().map(|label| label.span).collect();
        let Some(first) = whole(places[0]) else {
            continue;
        };
        let name = quoted(source.slice(first));
        report.notes.clear();
        report.help = Some(format!(
            "write `{name}`: without quotes, ` #` begins a comment"
        ));
        let cut_off = places.into_iter().filter_map(whole);
        let edits = cut_off.map(|place| Edit::new(place, quoted(source.slice(place))));
        report.fix = Some(Fix {
            safe: false,
            edits: edits.collect(),
        });
    }
}

/// A state named in a target's own block: `place` names what names it, such as
/// "`status` of target `xurrent`". `None` where the workflow itself names the same undefined
/// state: that is reported there, and one slip is one report.
pub fn in_target(resolved: &Resolved, place: &str, name: &str, span: Span) -> Option<Diagnostic> {
    if resolved.find_undefined(name).is_some() {
        return None;
    }
    let message = format!("{place} names undefined state `{name}`");
    let report = Diagnostic::new(&CODE, message, span, "no state has this name");
    let Some(near) = resolved.nearest(name) else {
        return Some(without_near(report, resolved, name));
    };
    let state = &resolved.state(near).name;
    Some(respelt_as(
        report,
        resolved,
        (name, std::iter::once(span)),
        state,
    ))
}
