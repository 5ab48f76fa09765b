//! All states of a category as one figure.

use std::borrow::Cow;

use super::{Arrow, Asks, Figure, Kind, Picture, Start};
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
fn together<'r>(members: &[&Figure<'r>], category: Category) -> Figure<'r> {
    let named = members.iter().take(MOST_NAMED);
    let names: Vec<&str> = named.map(|figure| &*figure.name).collect();
    let more = match members.len() - names.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let mut findings: Vec<String> = Vec::new();
    for finding in members.iter().flat_map(|figure| &figure.findings) {
        if !findings.contains(finding) {
            findings.push(finding.clone());
        }
    }
    let emphasis = members.iter().map(|figure| figure.emphasis).max();
    Figure {
        name: Cow::Owned(format!("{}: {}{more}", category.word(), names.join(", "))),
        kind: Kind::State(Some(category)),
        color: None,
        is_start: members.iter().any(|figure| figure.is_start),
        is_final: members.iter().all(|figure| figure.is_final),
        unreachable: members.iter().all(|figure| figure.unreachable),
        dead_end: members.iter().any(|figure| figure.dead_end),
        findings,
        emphasis: emphasis.unwrap_or_default(),
    }
}

fn starts(picture: &mut Picture, place: &[usize]) {
    let mut starts: Vec<Start> = Vec::new();
    for mut start in picture.starts.drain(..) {
        start.to = place[start.to];
        let same = |other: &&mut Start| (other.to, other.name) == (start.to, start.name);
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
    let mut between: HashMap<(usize, usize), usize> = HashMap::default();
    let mut arrow_place = Vec::with_capacity(picture.arrows.len());
    for mut arrow in picture.arrows.drain(..) {
        let ends = (place[arrow.from], place[arrow.to]);
        (arrow.from, arrow.to) = ends;
        if ends == (one, one) {
            arrow_place.push(None);
            continue;
        }
        let at = *between.entry(ends).or_insert(arrows.len());
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
    for (name, asks) in other.names.into_iter().zip(other.asks) {
        match known.names.iter().position(|known| *known == name) {
            Some(at) => {
                let known = &mut known.asks[at];
                let is_new = |asks: &&'static Asks| !known.iter().any(|k| std::ptr::eq(*k, *asks));
                let new: Vec<&'static Asks> = asks.into_iter().filter(is_new).collect();
                known.extend(new);
            }
            None => {
                known.names.push(name);
                known.asks.push(asks);
            }
        }
    }
}
