//! Who may make a transition, what is asked, and who is kept apart: as conditions and validators of Jira,
//! whose keys and parameters are those of the operation `GET /rest/api/3/workflows/capabilities`.

use std::collections::BTreeMap;

use super::NAME;
use super::block::Settings;
use super::wire::Rule;
use crate::diagnostic::Diagnostic;
use crate::graph::StateId;
use crate::hashing::{HashMap, HashSet};
use crate::model::{Asked, AskedField, StartTransition, Text, Transition};
use crate::rules::Checked;
use crate::source::Span;
use crate::suggest;
use crate::targets::blocks;
use crate::targets::losses::{self, Loss};

/// Restricts a transition to people, of whom it need be true in one way.
pub const RESTRICT: &str = "system:restrict-issue-transition";
/// Keeps people from a transition, which programs may still make.
pub const RESTRICT_ALL: &str = "system:restrict-from-all-users";
/// Looks at the value of a field before a transition is made.
pub const VALIDATE_FIELD: &str = "system:validate-field-value";
/// Keeps whoever made one transition from another.
pub const SEPARATE: &str = "system:separation-of-duties";

/// The parameter of [`RESTRICT_ALL`] that only people are kept from it.
pub const ONLY_PEOPLE: (&str, &str) = ("restrictMode", "users");

/// The id of a field that is asked for. The name of one that Jira made for the site's own is its id.
fn field_id<'f>(settings: &'f Settings, field: &'f AskedField) -> Option<&'f str> {
    let name = field.name.value.as_str();
    let own = name
        .strip_prefix("customfield_")
        .filter(|n| n.bytes().all(|b| b.is_ascii_digit()));
    let written = settings.fields.get(name).map(String::as_str);
    written.or_else(|| own.filter(|n| !n.is_empty()).map(|_| name))
}

fn rule(key: &str, parameters: impl IntoIterator<Item = (&'static str, String)>) -> Rule {
    let parameters = parameters
        .into_iter()
        .map(|(name, text)| (name.to_owned(), text));
    Rule {
        id: None,
        rule_key: key.to_owned(),
        parameters: Some(parameters.collect()),
    }
}

/// What keeps people from a transition who may not make it.
pub fn of_who(settings: &Settings, transition: &Transition) -> Option<Rule> {
    if transition.is_automatic() {
        let (name, value) = ONLY_PEOPLE;
        return Some(rule(RESTRICT_ALL, [(name, value.to_owned())]));
    }
    let mut lists: BTreeMap<&'static str, Vec<&str>> = BTreeMap::new();
    let who = transition.details().who.as_ref()?.value.iter();
    for holder in who
        .filter_map(|role| settings.roles.get(role.value.as_str()))
        .flatten()
    {
        let (name, value) = holder.parameter();
        let list = lists.entry(name).or_default();
        if !list.contains(&value) {
            list.push(value);
        }
    }
    let lists = lists.into_iter().map(|(name, list)| (name, list.join(",")));
    let lists: Vec<(&'static str, String)> = lists.collect();
    (!lists.is_empty()).then(|| rule(RESTRICT, lists))
}

/// What looks at the fields that must be filled in.
pub fn of_asks(settings: &Settings, asks: Option<&crate::model::Asks>) -> Vec<Rule> {
    let fields = asks.into_iter().flat_map(|asks| &asks.value);
    let required = fields.filter(|field| field.asked == Asked::Required);
    let ids = required.filter_map(|field| field_id(settings, field));
    let validator = |id: &str| {
        let parameters = [
            ("ruleType", "fieldRequired"),
            ("fieldsRequired", id),
            ("ignoreContext", "true"),
        ];
        rule(
            VALIDATE_FIELD,
            parameters.map(|(name, value)| (name, value.to_owned())),
        )
    };
    ids.map(validator).collect()
}

/// Most conditions of one transition by which persons are kept apart.
const MOST_APART: usize = 50;

/// The moves of one name, by the ids of their statuses.
#[derive(Default)]
struct Moves {
    pairs: Vec<(String, String)>,
    /// Statuses without an id.
    lacking: Vec<StateId>,
}

impl Moves {
    /// Those of these transitions; no more than matter.
    fn of<'e>(
        checked: &Checked,
        settings: &Settings,
        froms: &[Vec<StateId>],
        entries: impl Iterator<Item = &'e usize>,
    ) -> Self {
        let mut moves = Moves::default();
        for at in entries {
            let Some(to) = super::entries::end(checked, &checked.workflow().transitions[*at])
            else {
                continue;
            };
            for from in &froms[*at] {
                if moves.pairs.len() > MOST_APART || moves.lacking.len() > MOST_APART {
                    return moves;
                }
                match [*from, to].map(|state| settings.ids.get(&state)) {
                    [Some(from), Some(to)] => {
                        let pair = (from.value.to_string(), to.value.to_string());
                        moves.pairs.push(pair);
                    }
                    _ => {
                        let without = |state: &StateId| !settings.ids.contains_key(state);
                        moves
                            .lacking
                            .extend([*from, to].into_iter().filter(without));
                    }
                }
            }
        }
        moves
    }
}

/// What `separate` becomes: for each transition the moves of which whoever made one may not make it; and
/// the names for which there is nothing to write.
#[derive(Default)]
pub struct Apart<'c> {
    of: HashMap<usize, Vec<(String, String)>>,
    /// Starts: a condition is about a status that an issue was in.
    starts: Vec<Span>,
    /// Transitions of which a status has no id, and these statuses.
    without_ids: Vec<Span>,
    statuses: Vec<&'c str>,
    /// Transitions that would have more conditions than anybody reads.
    too_many: Vec<Span>,
}

impl<'c> Apart<'c> {
    pub fn of(checked: &'c Checked, settings: &Settings) -> Self {
        let mut apart = Apart::default();
        let workflow = checked.workflow();
        let promises = workflow.expect.iter().map(|e| e.promise.transitions());
        let promises: Vec<&[Text]> = promises.filter(|names| !names.is_empty()).collect();
        if promises.is_empty() {
            return apart;
        }
        let mut by_name: HashMap<&str, Vec<usize>> = HashMap::default();
        for (at, transition) in workflow.transitions.iter().enumerate() {
            if !transition.is_automatic() {
                by_name.entry(transition.label()).or_default().push(at);
            }
        }
        let froms = super::entries::froms(checked);
        let starts: HashSet<&str> = workflow.start.iter().map(|start| start.label()).collect();
        let mut told = HashSet::default();
        for names in promises {
            let moves = |name: &Text| {
                let entries = by_name.get(name.value.as_str()).into_iter().flatten();
                Moves::of(checked, settings, &froms, entries)
            };
            let moves: Vec<Moves> = names.iter().map(moves).collect();
            for (index, name) in names.iter().enumerate() {
                if starts.contains(name.value.as_str()) {
                    apart.starts.push(name.span);
                }
                let Some(entries) = by_name.get(name.value.as_str()) else {
                    continue;
                };
                let others = moves
                    .iter()
                    .enumerate()
                    .filter(|(other, _)| *other != index);
                let others = || others.clone().map(|(_, moves)| moves);
                let lacking = others().flat_map(|moves| &moves.lacking);
                let lacking: Vec<StateId> = lacking.take(MOST_APART).copied().collect();
                if !lacking.is_empty() {
                    apart.without_ids.push(name.span);
                    let new = lacking.into_iter().filter(|state| told.insert(*state));
                    apart.statuses.extend(new.map(|state| checked.name(state)));
                }
                let mut pairs = others().flat_map(|moves| &moves.pairs);
                let first: Vec<&(String, String)> = pairs.by_ref().take(MOST_APART).collect();
                if pairs.next().is_some() {
                    apart.too_many.push(name.span);
                }
                for at in entries {
                    let conditions = apart.of.entry(*at).or_default();
                    for pair in &first {
                        if !conditions.contains(pair) {
                            conditions.push((*pair).clone());
                        }
                    }
                }
            }
        }
        apart
    }

    /// The conditions of the transition at this position.
    pub fn conditions(&self, at: usize) -> impl Iterator<Item = Rule> {
        let pairs = self.of.get(&at).into_iter().flatten();
        pairs.map(|(from, to)| {
            let parameters = [("fromStatusId", from), ("toStatusId", to)];
            rule(SEPARATE, parameters.map(|(name, id)| (name, id.clone())))
        })
    }
}

fn settings_of(checked: &Checked) -> std::borrow::Cow<'_, Settings> {
    blocks::of::<Settings>(checked)
}

/// What of it all Jira is not told.
pub const LOSSES: &[Loss] = &[
    losses::WHO.at(unknown_who).worded(with_roles),
    Loss::changes(
        &[],
        "leaves out roles of a transition",
        "whoever has only such a role may not make the transition there",
        unknown_roles,
    )
    .label("nothing says who that is there")
    .worded(with_roles),
    Loss::no_place(
        &[],
        "who may begin a ticket",
        "who may create issues is a permission of the project there",
        who_of_starts,
    )
    .label("anybody who may create issues may begin so there"),
    losses::REQUIRED_FIELDS
        .at(unknown_fields)
        .worded(with_fields),
    losses::AUTOMATIC
        .does("leaves automatic transitions to its rules of automation")
        .because(AUTOMATION)
        .label("a rule of automation has to make it there"),
    losses::TIMERS
        .does("leaves timers to its rules of automation")
        .because(AUTOMATION)
        .label("a rule of automation has to make it there"),
    Loss::changes(
        &[],
        "keeps persons apart by the ids of statuses, which are not given",
        "one person may make both transitions there",
        |checked| Apart::of(checked, &settings_of(checked)).without_ids,
    )
    .label("one person may make it and the other there")
    .worded(with_ids),
    Loss::changes(
        &[],
        "keeps no person from a transition for having begun the ticket",
        "a condition there is about transitions, and not about who created the issue",
        |checked| Apart::of(checked, &settings_of(checked)).starts,
    )
    .label("whoever begins so may make the other there"),
    Loss::changes(
        &[],
        "takes more conditions than people read to keep all of these apart",
        "one person may make some of these transitions there",
        |checked| Apart::of(checked, &settings_of(checked)).too_many,
    )
    .label("too many others to be kept apart from"),
];

const AUTOMATION: &str = "a condition keeps people from the transition, and nothing happens there before such a rule is made";

/// The roles of each transition that say who may make it, with who these are.
fn whos(
    checked: &Checked,
) -> impl Iterator<Item = (&crate::source::Spanned<Vec<Text>>, &Transition)> {
    let transitions = checked.workflow().transitions.iter();
    transitions.filter_map(|t| Some((t.details().who.as_ref()?, &**t)))
}

fn is_known(settings: &Settings, role: &Text) -> bool {
    let holders = settings.roles.get(role.value.as_str());
    holders.is_some_and(|holders| !holders.is_empty())
}

/// Where no role of a transition is anybody there.
fn unknown_who(checked: &Checked) -> Vec<Span> {
    let settings = settings_of(checked);
    let nobody =
        whos(checked).filter(|(who, _)| !who.value.iter().any(|role| is_known(&settings, role)));
    nobody.map(|(who, _)| who.span).collect()
}

/// Where some role of a transition is nobody there, and some other is.
fn unknown_roles(checked: &Checked) -> Vec<Span> {
    let settings = settings_of(checked);
    let some =
        whos(checked).filter(|(who, _)| who.value.iter().any(|role| is_known(&settings, role)));
    let roles = some.flat_map(|(who, _)| &who.value);
    roles
        .filter(|role| !is_known(&settings, role))
        .map(|role| role.span)
        .collect()
}

fn with_roles(checked: &Checked, report: Diagnostic) -> Diagnostic {
    let settings = settings_of(checked);
    let roles = whos(checked).flat_map(|(who, _)| &who.value);
    let unknown = roles.filter(|role| !is_known(&settings, role));
    let names = once(unknown.map(|role| role.value.as_str()));
    report.help(format!(
        "add {} to `roles` of target `{NAME}`: the id of a role or group, a permission, `reporter` or `assignee`",
        suggest::phrase_up_to(&names, 3)
    ))
}

/// Each once, in their order.
fn once<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = HashSet::default();
    names.filter(|name| seen.insert(*name)).collect()
}

fn who_of_starts(checked: &Checked) -> Vec<Span> {
    let starts = checked.workflow().start.iter();
    let words = starts.filter_map(|start| start.transition.as_ref());
    words
        .filter_map(|words| Some(words.details().who.as_ref()?.span))
        .collect()
}

/// The fields that must be filled in and have no id, of transitions and of the start that Jira has.
fn unknown<'c>(checked: &'c Checked, settings: &Settings) -> Vec<&'c AskedField> {
    let workflow = checked.workflow();
    let start = workflow
        .start
        .first()
        .and_then(|start| start.transition.as_ref());
    let start = start.and_then(|words: &StartTransition| words.details().asks.as_ref());
    let transitions = workflow.transitions.iter();
    let asks = start
        .into_iter()
        .chain(transitions.filter_map(|t| t.details().asks.as_ref()));
    let fields = asks.flat_map(|asks| &asks.value);
    let required = fields.filter(|field| field.asked == Asked::Required);
    required
        .filter(|field| field_id(settings, field).is_none())
        .collect()
}

fn unknown_fields(checked: &Checked) -> Vec<Span> {
    let fields = unknown(checked, &settings_of(checked));
    fields.into_iter().map(|field| field.name.span).collect()
}

fn with_fields(checked: &Checked, report: Diagnostic) -> Diagnostic {
    let fields = unknown(checked, &settings_of(checked));
    let names = once(fields.into_iter().map(|field| field.name.value.as_str()));
    report.help(format!(
        "add {} to `fields` of target `{NAME}` with the field's id, such as `customfield_10050`",
        suggest::phrase_up_to(&names, 3)
    ))
}

fn with_ids(checked: &Checked, report: Diagnostic) -> Diagnostic {
    let statuses = Apart::of(checked, &settings_of(checked)).statuses;
    report.help(format!(
        "add {} to `status-ids` of target `{NAME}`, once the statuses are there",
        suggest::phrase_up_to(&statuses, 3)
    ))
}
