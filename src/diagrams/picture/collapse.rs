//! All states of a category as one figure.

use std::borrow::Cow;

use super::{Arrow, Figure, Kind, Picture, Start};
use crate::hashing::HashMap;
use crate::model::Category;

/// More states than this are counted and not named.
const MOST_NAMED: usize = 3;

/// Makes one figure of all of a category, where the first of them stands, with an arrow from and to
/// each other figure for all that there were.
pub fn collapse(picture: &mut Picture, category: Category) {
    let is_one = |figure: &Figure| figure.kind == Kind::State(Some(category));
    let members: Vec<usize> = (0..picture.figures.len())
        .filter(|&index| is_one(&picture.figures[index]))
        .collect();
    let [first, _, ..] = members[..] else {
        return;
    };
    let one = together(
        &members
            .iter()
            .map(|&m| &picture.figures[m])
            .collect::<Vec<_>>(),
        category,
    );
    let mut place = Vec::with_capacity(picture.figures.len());
    let mut count = 0;
    for (index, figure) in picture.figures.iter().enumerate() {
        let is_gone = is_one(figure) && index != first;
        place.push(if is_gone { first } else { count });
        count += usize::from(!is_gone);
    }
    picture.figures[first] = one;
    let mut index = 0;
    picture.figures.retain(|figure| {
        index += 1;
        index - 1 == first || !is_one(figure)
    });
    let shown = picture.figure_of_state.iter_mut();
    for figure in shown.chain(&mut picture.figure_of_undefined).flatten() {
        *figure = place[*figure];
    }
    starts(picture, &place);
    arrows(picture, &place, first);
}

/// One figure for all of these.
fn together<'m, 'r>(members: &[&'m Figure<'r>], category: Category) -> Figure<'r> {
    let name = |name: fn(&'m Figure<'r>) -> &'m str| {
        let named = members.iter().take(MOST_NAMED);
        let names: Vec<&str> = named.map(|figure| name(figure)).collect();
        let more = match members.len() - names.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        format!("{}: {}{more}", category.word(), names.join(", "))
    };
    let (own, label) = (name(|figure| &figure.name), name(Figure::shown));
    let mut findings: Vec<String> = Vec::new();
    for finding in members.iter().flat_map(|figure| &figure.findings) {
        if !findings.contains(finding) {
            findings.push(finding.clone());
        }
    }
    let emphasis = members.iter().map(|figure| figure.emphasis).max();
    Figure {
        label: (label != own).then_some(Cow::Owned(label)),
        name: Cow::Owned(own),
        kind: Kind::State(Some(category)),
        state: None,
        color: None,
        is_start: members.iter().any(|figure| figure.is_start),
        is_final: members.iter().all(|figure| figure.is_final),
        unreachable: members.iter().all(|figure| figure.unreachable),
        dead_end: members.iter().any(|figure| figure.dead_end),
        findings,
        emphasis: emphasis.unwrap_or_default(),
        fate: None,
    }
}

fn starts(picture: &mut Picture, place: &[usize]) {
    let mut starts: Vec<Start> = Vec::new();
    for mut start in picture.starts.drain(..) {
        start.to = place[start.to];
        let same =
            |other: &&mut Start| other.to == start.to && other.named.looks_like(&start.named);
        match starts.iter_mut().find(same) {
            Some(known) => known.emphasis = known.emphasis.max(start.emphasis),
            None => starts.push(start),
        }
    }
    picture.starts = starts;
}

/// Leads arrows to where their figures now are; those within the one figure are left out.
fn arrows(picture: &mut Picture, place: &[usize], one: usize) {
    let mut arrows: Vec<Arrow> = Vec::with_capacity(picture.arrows.len());
    let mut between: HashMap<(usize, usize, bool), usize> = HashMap::default();
    let mut arrow_place = Vec::with_capacity(picture.arrows.len());
    for mut arrow in picture.arrows.drain(..) {
        (arrow.from, arrow.to) = (place[arrow.from], place[arrow.to]);
        if (arrow.from, arrow.to) == (one, one) {
            arrow_place.push(None);
            continue;
        }
        let key = (arrow.from, arrow.to, arrow.automatic);
        let at = *between.entry(key).or_insert(arrows.len());
        arrow_place.push(Some(at));
        match arrows.get_mut(at) {
            Some(known) => merge(known, arrow),
            None => arrows.push(arrow),
        }
    }
    picture.arrows = arrows;
    for arrow in &mut picture.arrow_of_move {
        *arrow = arrow.and_then(|arrow| arrow_place[arrow]);
    }
}

fn merge<'r>(known: &mut Arrow<'r>, other: Arrow<'r>) {
    known.emphasis = known.emphasis.max(other.emphasis);
    for named in other.named {
        if !known.named.iter().any(|other| other.looks_like(&named)) {
            known.named.push(named);
        }
    }
}
