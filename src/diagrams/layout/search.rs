//! Where an edge crosses the fewest others, through all layers that it passes at once.
//!
//! From layer to layer the least that each place costs is known from that of all places before: what
//! one of these adds changes by the lines between the two layers alone, each of which an edge crosses
//! on the one side of its begin until it ends, and on the other one from there on.

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
        let node = asked.at[asked.chain[0]];
        let layer = asked.layer(1);
        let left = |item: &usize| asked.above(*item).filter(|from| *from < node).count();
        let mut crossed: usize = layer.iter().map(left).sum();
        self.least.clear();
        for place in 0..=layer.len() {
            let cost = crossed as Cost * CROSSING + asked.lean * place as Cost;
            self.least.push(cost);
            if asked.old_place(0) == Some(place) {
                self.old_cost += cost;
            }
            let Some(&item) = layer.get(place) else {
                break;
            };
            for from in asked.above(item) {
                crossed -= usize::from(from < node);
                crossed += usize::from(from > node);
            }
        }
    }

    /// What each place of the next layer costs.
    fn pass(&mut self, asked: &Asked, index: usize) {
        let (upper, lower) = (asked.layer(index), asked.layer(index + 1));
        let old_from = asked.old_place(index - 1);
        let (mut crossed, mut old_crossed) = (0, 0);
        let costs = self.least.iter().enumerate().map(|(place, least)| {
            let moved = old_from.map_or(0, |old| place.abs_diff(old));
            let cost = (least + crossed * CROSSING) * PLACE + moved as Cost;
            if old_from == Some(place) {
                old_crossed = crossed;
            }
            if let Some(&item) = upper.get(place) {
                crossed += asked.below(item).count() as Cost;
            }
            cost
        });
        self.row.fill(costs);
        self.begins.push(self.back.len());
        self.next.clear();
        let mut added = 0;
        for place in 0..=lower.len() {
            let (cost, from) = self.row.least();
            let leaning = asked.lean * place as Cost;
            self.next.push((cost + added).div_euclid(PLACE) + leaning);
            self.back.push(from);
            if asked.old_place(index) == Some(place) {
                self.old_cost += old_crossed * CROSSING + leaning;
            }
            let Some(&item) = lower.get(place) else {
                break;
            };
            for from in asked.above(item) {
                added += CROSSING * PLACE;
                self.row.add_from(from + 1, -2 * CROSSING * PLACE);
                old_crossed += match old_from.is_some_and(|old| old > from) {
                    true => -1,
                    false => 1,
                };
            }
        }
        std::mem::swap(&mut self.least, &mut self.next);
    }

    /// The least cost up to the lower node, and the place before it.
    fn reach_node(&mut self, asked: &Asked) -> (Cost, usize) {
        let index = asked.chain.len() - 2;
        let node = asked.at[asked.chain[index + 1]];
        let layer = asked.layer(index);
        let old_from = asked.old_place(index - 1);
        let left = |item: &usize| asked.below(*item).filter(|to| *to < node).count();
        let mut crossed: usize = layer.iter().map(left).sum();
        let mut best = (Cost::MAX, 0, 0);
        for (place, least) in self.least.iter().enumerate() {
            let own = crossed as Cost * CROSSING;
            let moved = old_from.map_or(0, |old| place.abs_diff(old));
            best = best.min((least + own, moved, place));
            if old_from == Some(place) {
                self.old_cost += own;
            }
            for to in layer.get(place).into_iter().flat_map(|i| asked.below(*i)) {
                crossed -= usize::from(to < node);
                crossed += usize::from(to > node);
            }
        }
        (best.0, best.2)
    }
}

impl<'l> Asked<'l> {
    /// The layer of this item of the edge.
    fn layer(&self, index: usize) -> &'l [usize] {
        &self.layers.layers[self.layer_of[self.chain[index]]]
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

    use super::{Asked, CROSSING, Cost, Search};
    use crate::diagrams::layout::layers::Layers;

    /// Layers of these sizes, and lines between the items of each and of the next one.
    fn layers(sizes: &[usize], lines: &[(usize, usize, usize)]) -> Layers {
        let mut layers = Layers::default();
        let mut count = 0;
        for size in sizes {
            layers.layers.push((count..count + size).collect());
            count += size;
        }
        layers.above = vec![Vec::new(); count];
        layers.below = vec![Vec::new(); count];
        for (layer, from, to) in lines {
            let layer = layer % (sizes.len() - 1);
            let from = layers.layers[layer][from % sizes[layer]];
            let to = layers.layers[layer + 1][to % sizes[layer + 1]];
            layers.below[from].push(to);
            layers.above[to].push(from);
        }
        layers
    }

    /// What places cost, line by line. What stands at a place stands before the item of that number, the
    /// nodes at the ends excepted.
    fn cost(asked: &Asked, places: &[usize]) -> Cost {
        let last = places.len() - 1;
        let mut cost: Cost = places[1..last]
            .iter()
            .map(|p| asked.lean * *p as Cost)
            .sum();
        for (index, pair) in places.windows(2).enumerate() {
            for from in asked.layer(index) {
                for to in &asked.layers.below[*from] {
                    let (from, to) = (asked.at[*from], asked.at[*to]);
                    let from_right = from >= pair[0] + usize::from(index == 0);
                    let to_right = to >= pair[1] + usize::from(index + 1 == last);
                    let meets = index == 0 && from == pair[0] || index + 1 == last && to == pair[1];
                    cost += CROSSING * Cost::from(!meets && from_right != to_right);
                }
            }
        }
        cost
    }

    proptest! {
        /// The edge goes from the first item of the first layer to the first one of the last layer.
        #[test]
        fn no_other_places_cost_less(
            sizes in prop::collection::vec(1..4_usize, 3..6),
            lines in prop::collection::vec((0..9_usize, 0..9_usize, 0..9_usize), 0..14),
            lean in -1..2_i64,
            old in prop::collection::vec(0..9_usize, 4),
        ) {
            let layers = layers(&sizes, &lines);
            let mut at = Vec::new();
            let mut layer_of = Vec::new();
            for (layer, size) in sizes.iter().enumerate() {
                at.extend(0..*size);
                layer_of.extend(vec![layer; *size]);
            }
            let chain: Vec<usize> = layers.layers.iter().map(|layer| layer[0]).collect();
            let inner = &sizes[1..sizes.len() - 1];
            let old: Vec<usize> = inner.iter().zip(&old).map(|(size, old)| old % (size + 1)).collect();
            let asked = Asked {
                layers: &layers,
                at: &at,
                layer_of: &layer_of,
                chain: &chain,
                lean,
                old: Some(&old),
            };
            let found = Search::default().run(&asked);
            let whole = |places: &[usize]| -> Vec<usize> {
                std::iter::once(0).chain(places.iter().copied()).chain([0]).collect()
            };
            prop_assert_eq!(found.cost, cost(&asked, &whole(&found.places)));
            prop_assert_eq!(found.old_cost, cost(&asked, &whole(&old)));
            let mut all = vec![Vec::new()];
            for size in inner {
                let longer = |places: &Vec<usize>| {
                    let places = places.clone();
                    (0..=*size).map(move |place| [places.as_slice(), &[place]].concat())
                };
                all = all.iter().flat_map(longer).collect();
            }
            let least = all.iter().map(|places| cost(&asked, &whole(places))).min();
            prop_assert_eq!(Some(found.cost), least);
        }
    }
}
