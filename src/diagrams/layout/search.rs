//! Where an edge crosses the fewest others, through all layers that it passes at once.
//!
//! From layer to layer the least that each place costs is known from that of all places before: what
//! one of these adds changes by the lines between the two layers alone, each of which an edge crosses
//! on the one side of its begin until it ends, and on the other one from there on.

use std::cmp::Ordering;

use super::layers::Layers;
use super::row::Row;

/// What crossings cost, and how far from the side an edge stands; all in one number, in which a
/// crossing counts more than any distance.
pub type Cost = i64;

/// How wide all layers together may be (`MOST_LOOKS`), and more.
const CROSSING: Cost = 1 << 22;
/// Of places that cost the same the nearest to the old one is taken: what a place costs counts more
/// than any distance within a layer.
const PLACE: Cost = 1 << 20;

/// An item that is taken out of its layer stands there.
pub const OUT: usize = usize::MAX;

/// Places for the items of an edge between its two nodes.
#[derive(Default)]
pub struct Found {
    pub places: Vec<usize>,
    pub cost: Cost,
    /// What the old places cost.
    pub old_cost: Cost,
}

/// An edge whose items are taken out, and where the others stand.
pub struct Asked<'l> {
    pub layers: &'l Layers,
    /// For each item its place in its layer, and its layer.
    pub at: &'l [usize],
    pub layer_of: &'l [usize],
    /// The items of the edge, nodes included.
    pub chain: &'l [usize],
    /// What it costs to stand further right by one place.
    pub lean: Cost,
    /// Where its items stood.
    pub old: Option<&'l [usize]>,
}

/// The memory that a search takes, to be used again.
#[derive(Default)]
pub struct Search {
    row: Row,
    /// The least cost up to each place of the layer come to, and of the next one.
    least: Vec<Cost>,
    next: Vec<Cost>,
    /// Where what crosses or not begins above and ends below: the node at an end of the edge, and what joins it
    /// or parts from it there, with how many edges each is.
    upper: Vec<(usize, Cost)>,
    lower: Vec<(usize, Cost)>,
    /// For each layer after the first one and each place in it the best place before it.
    back: Vec<usize>,
    /// Where in `back` each layer begins.
    begins: Vec<usize>,
    /// Up to the layer come to.
    old_cost: Cost,
}

impl Search {
    /// Looks for places.
    pub fn run(&mut self, asked: &Asked) -> Found {
        let count = asked.chain.len() - 2;
        self.back.clear();
        self.begins.clear();
        self.old_cost = 0;
        self.leave_node(asked);
        for index in 1..count {
            self.pass(asked, index);
        }
        let (cost, mut place) = self.reach_node(asked);
        let mut places = vec![place; count];
        for index in (1..count).rev() {
            place = self.back[self.begins[index - 1] + place];
            places[index - 1] = place;
        }
        Found {
            places,
            cost,
            old_cost: self.old_cost,
        }
    }

    /// What each place of the first layer below the upper node costs.
    fn leave_node(&mut self, asked: &Asked) {
        asked.joining(0, &mut self.upper);
        let node = asked.at[asked.chain[0]];
        self.upper.push((node, asked.copies(0)));
        let layer = asked.layer(1);
        let lines = || layer.iter().flat_map(|item| asked.above(*item));
        let mut crossed: Cost = lines().map(|from| beside(&self.upper, from).1).sum();
        self.least.clear();
        for place in 0..=layer.len() {
            let cost = crossed * CROSSING + asked.lean * place as Cost;
            self.least.push(cost);
            if asked.old_place(0) == Some(place) {
                self.old_cost += cost;
            }
            for from in layer.get(place).into_iter().flat_map(|i| asked.above(*i)) {
                let (left, right) = beside(&self.upper, from);
                crossed += left - right;
            }
        }
    }

    /// What each place of the next layer costs.
    fn pass(&mut self, asked: &Asked, index: usize) {
        let (upper, lower) = (asked.layer(index), asked.layer(index + 1));
        asked.joining(index, &mut self.upper);
        asked.parting(index, &mut self.lower);
        let copies = asked.copies(index);
        let old_from = asked.old_place(index - 1);
        let (mut lines, mut old_crossed) = (0, 0);
        let mut parting = match self.lower.is_empty() {
            true => 0,
            false => {
                let lines = upper.iter().flat_map(|item| asked.below(*item));
                lines.map(|to| beside(&self.lower, to).1).sum()
            }
        };
        let costs = self.least.iter().enumerate().map(|(place, least)| {
            let moved = old_from.map_or(0, |old| place.abs_diff(old));
            let crossed = copies * lines + parting;
            if old_from == Some(place) {
                old_crossed = crossed;
            }
            for to in upper.get(place).into_iter().flat_map(|i| asked.below(*i)) {
                let (left, right) = beside(&self.lower, to);
                parting += left - right;
                lines += 1;
            }
            (least + crossed * CROSSING) * PLACE + moved as Cost
        });
        self.row.fill(costs);
        self.begins.push(self.back.len());
        self.next.clear();
        let mut added = 0;
        let mut joining: Cost = match self.upper.is_empty() {
            true => 0,
            false => {
                let lines = lower.iter().flat_map(|item| asked.above(*item));
                lines.map(|from| beside(&self.upper, from).1).sum()
            }
        };
        for place in 0..=lower.len() {
            let (cost, from) = self.row.least();
            let own = joining * CROSSING + asked.lean * place as Cost;
            self.next.push((cost + added).div_euclid(PLACE) + own);
            self.back.push(from);
            if asked.old_place(index) == Some(place) {
                self.old_cost += old_crossed * CROSSING + own;
            }
            for from in lower.get(place).into_iter().flat_map(|i| asked.above(*i)) {
                let (left, right) = beside(&self.upper, from);
                joining += left - right;
                added += copies * CROSSING * PLACE;
                self.row.add_from(from + 1, -2 * copies * CROSSING * PLACE);
                old_crossed += match old_from.is_some_and(|old| old > from) {
                    true => -copies,
                    false => copies,
                };
            }
        }
        std::mem::swap(&mut self.least, &mut self.next);
    }

    /// The least cost up to the lower node, and the place before it.
    fn reach_node(&mut self, asked: &Asked) -> (Cost, usize) {
        let index = asked.chain.len() - 2;
        asked.parting(index, &mut self.lower);
        let node = asked.at[asked.chain[index + 1]];
        self.lower.push((node, asked.copies(index)));
        let layer = asked.layer(index);
        let old_from = asked.old_place(index - 1);
        let lines = || layer.iter().flat_map(|item| asked.below(*item));
        let mut crossed: Cost = lines().map(|to| beside(&self.lower, to).1).sum();
        let mut best = (Cost::MAX, 0, 0);
        for (place, least) in self.least.iter().enumerate() {
            let own = crossed * CROSSING;
            let moved = old_from.map_or(0, |old| place.abs_diff(old));
            best = best.min((least + own, moved, place));
            if old_from == Some(place) {
                self.old_cost += own;
            }
            for to in layer.get(place).into_iter().flat_map(|i| asked.below(*i)) {
                let (left, right) = beside(&self.lower, to);
                crossed += left - right;
            }
        }
        (best.0, best.2)
    }
}

/// How many ends of edges are left of a place, and right of it.
fn beside(ends: &[(usize, Cost)], place: usize) -> (Cost, Cost) {
    let mut sums = (0, 0);
    for (end, copies) in ends {
        match end.cmp(&place) {
            Ordering::Less => sums.0 += copies,
            Ordering::Equal => {}
            Ordering::Greater => sums.1 += copies,
        }
    }
    sums
}

impl<'l> Asked<'l> {
    /// The layer of this item of the edge.
    fn layer(&self, index: usize) -> &'l [usize] {
        &self.layers.layers[self.layer_of[self.chain[index]]]
    }

    /// How many edges of a bundle are one line below this item.
    fn copies(&self, index: usize) -> Cost {
        let next = self.chain[index + 1];
        let below = self.layers.below[self.chain[index]].iter();
        below.filter(|item| **item == next).count() as Cost
    }

    /// Where edges of a bundle begin that join this one at its next item.
    fn joining(&self, index: usize, ends: &mut Vec<(usize, Cost)>) {
        ends.clear();
        let others = &self.layers.above[self.chain[index + 1]];
        let others = others.iter().filter(|item| **item != self.chain[index]);
        ends.extend(others.map(|&item| (self.at[item], 1)));
    }

    /// Where edges of a bundle end that part from this one at this item.
    fn parting(&self, index: usize, ends: &mut Vec<(usize, Cost)>) {
        ends.clear();
        let others = &self.layers.below[self.chain[index]];
        let others = others.iter().filter(|item| **item != self.chain[index + 1]);
        ends.extend(others.map(|&item| (self.at[item], 1)));
    }

    fn old_place(&self, index: usize) -> Option<usize> {
        self.old.map(|old| old[index])
    }

    /// Where the lines to an item begin, those of items that are taken out left out.
    fn above(&self, item: usize) -> impl Iterator<Item = usize> {
        self.places(&self.layers.above[item])
    }

    /// Where the lines from an item end, likewise.
    fn below(&self, item: usize) -> impl Iterator<Item = usize> {
        self.places(&self.layers.below[item])
    }

    fn places(&self, items: &'l [usize]) -> impl Iterator<Item = usize> {
        let places = items.iter().map(|&item| self.at[item]);
        places.filter(|place| *place != OUT)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Asked, CROSSING, Cost, OUT, Search};
    use crate::diagrams::layout::layers::Layers;

    /// Layers of these sizes, and lines between the items of each and of the next one. An edge from the first
    /// item of the first layer to that of the last one has items of its own between, and others are with it
    /// from the item of a layer on that is told, or if `parting` until there.
    struct Case {
        layers: Layers,
        at: Vec<usize>,
        layer_of: Vec<usize>,
        chain: Vec<usize>,
        /// All edges of the bundle.
        bundle: Vec<Vec<usize>>,
        lines: Vec<(usize, usize)>,
    }

    impl Case {
        fn new(
            sizes: &[usize],
            lines: &[[usize; 3]],
            others: &[[usize; 2]],
            parting: bool,
        ) -> Self {
            let mut case = Case {
                layers: Layers::default(),
                at: Vec::new(),
                layer_of: Vec::new(),
                chain: Vec::new(),
                bundle: Vec::new(),
                lines: Vec::new(),
            };
            for (layer, size) in sizes.iter().enumerate() {
                let count = case.at.len();
                case.layers.layers.push((count..count + size).collect());
                case.at.extend(0..*size);
                case.layer_of.extend(vec![layer; *size]);
            }
            let item = |case: &Case, layer: usize, item: usize| {
                case.layers.layers[layer][item % sizes[layer]]
            };
            for [layer, from, to] in lines {
                let layer = layer % (sizes.len() - 1);
                case.lines
                    .push((item(&case, layer, *from), item(&case, layer + 1, *to)));
            }
            let last = sizes.len() - 1;
            case.chain.push(item(&case, 0, 0));
            for layer in 1..last {
                case.chain.push(case.at.len());
                case.at.push(OUT);
                case.layer_of.push(layer);
            }
            case.chain.push(item(&case, last, 0));
            case.bundle.push(case.chain.clone());
            for [layer, other] in others {
                let layer = layer % (last - 1);
                let edge = match parting {
                    true => [&case.chain[..layer + 2], &[item(&case, layer + 2, *other)]].concat(),
                    false => [&[item(&case, layer, *other)], &case.chain[layer + 1..]].concat(),
                };
                case.bundle.push(edge);
            }
            let own = case.bundle.iter().flat_map(|edge| edge.windows(2));
            let own = own.map(|pair| (pair[0], pair[1]));
            let all: Vec<(usize, usize)> = case.lines.iter().copied().chain(own).collect();
            case.layers.above = vec![Vec::new(); case.at.len()];
            case.layers.below = vec![Vec::new(); case.at.len()];
            for (from, to) in all {
                case.layers.below[from].push(to);
                case.layers.above[to].push(from);
            }
            case
        }

        /// What places cost, line by line. The edge stands before the item whose place that is.
        fn cost(&self, places: &[usize], lean: Cost) -> Cost {
            // Twice as many places, so that there is one between two items.
            let place = |item: usize| match self.at[item] {
                OUT => 2 * places[self.layer_of[item] - 1],
                at => 2 * at + 1,
            };
            let mut cost = lean * places.iter().sum::<usize>() as Cost;
            for pair in self.bundle.iter().flat_map(|edge| edge.windows(2)) {
                for &(from, to) in &self.lines {
                    let is_beside = self.layer_of[from] == self.layer_of[pair[0]];
                    let (above, below) = (
                        place(from).cmp(&place(pair[0])),
                        place(to).cmp(&place(pair[1])),
                    );
                    let crosses = above.is_ne() && below.is_ne() && above != below;
                    cost += CROSSING * Cost::from(is_beside && crosses);
                }
            }
            cost
        }
    }

    proptest! {
        #[test]
        fn no_other_places_cost_less(
            sizes in prop::collection::vec(1..4_usize, 3..6),
            lines in prop::collection::vec(prop::array::uniform3(0..9_usize), 0..14),
            others in prop::collection::vec(prop::array::uniform2(0..9_usize), 0..3),
            parting in any::<bool>(),
            lean in -1..2_i64,
            old in prop::collection::vec(0..9_usize, 4),
        ) {
            let case = Case::new(&sizes, &lines, &others, parting);
            let inner = &sizes[1..sizes.len() - 1];
            let old: Vec<usize> = inner.iter().zip(&old).map(|(size, old)| old % (size + 1)).collect();
            let found = Search::default().run(&Asked {
                layers: &case.layers,
                at: &case.at,
                layer_of: &case.layer_of,
                chain: &case.chain,
                lean,
                old: Some(&old),
            });
            prop_assert_eq!(found.cost, case.cost(&found.places, lean));
            prop_assert_eq!(found.old_cost, case.cost(&old, lean));
            let mut all = vec![Vec::new()];
            for size in inner {
                let longer = |places: &Vec<usize>| {
                    let places = places.clone();
                    (0..=*size).map(move |place| [places.as_slice(), &[place]].concat())
                };
                all = all.iter().flat_map(longer).collect();
            }
            let least = all.iter().map(|places| case.cost(places, lean)).min();
            prop_assert_eq!(Some(found.cost), least);
        }
    }
}
