//! Fewer crossings than sweeps find: each edge is taken out and put back where it crosses the
//! fewest others, through all of its layers at once; each node is put where it crosses the fewest.

use super::layers::{Kind, Layers};

/// Rounds over all edges and nodes.
const MOST_ROUNDS: usize = 8;
/// How many pairs of places may be looked at in all.
const MOST_LOOKS: usize = 1_000_000;
/// How many pairs of lines may be compared in all for the places of nodes.
const MOST_COMPARED: usize = 50_000_000;

/// Puts edges and nodes elsewhere as long as that makes fewer crossings.
pub fn improve(layers: &mut Layers) {
    let mut state = State::of(layers);
    for _ in 0..MOST_ROUNDS {
        let mut changed = false;
        for e in 0..layers.chains.len() {
            changed |= state.reinsert(layers, e, false);
        }
        for layer in 0..layers.layers.len() {
            changed |= state.sift(layers, layer);
        }
        if !changed || state.looks > MOST_LOOKS {
            break;
        }
    }
}

/// Where it makes no more crossings, what leads back goes around at the right, and the rest at the left: so
/// places say little of how they were found, and small changes of a file move little.
pub fn settle(layers: &mut Layers) {
    let mut state = State::of(layers);
    for _ in 0..MOST_SETTLED {
        let mut changed = false;
        for e in 0..layers.chains.len() {
            changed |= state.reinsert(layers, e, true);
        }
        if !changed {
            break;
        }
    }
}

/// An order that is built edge by edge, each where it crosses the fewest that are there: the main way, then
/// what leads on, then what leads back, short ones first. An edge more or less so changes little. `false`,
/// and nothing done, where that would take too long.
pub fn build(layers: &mut Layers) -> bool {
    let is_node = |layers: &Layers, item: usize| matches!(layers.items[item].kind, Kind::Node(_));
    let given = layers.layers.clone();
    let mut state = State::of(layers);
    let is_main = layers.on_main_way();
    for index in 0..layers.layers.len() {
        let mut layer = std::mem::take(&mut layers.layers[index]);
        layer.iter().for_each(|&item| state.at[item] = OUT);
        layer.retain(|&item| is_node(layers, item));
        layer.sort_by_key(|&item| (!is_main[item], item));
        state.note(&layer, 0);
        layers.layers[index] = layer;
    }
    let mut order: Vec<usize> = (0..layers.chains.len()).collect();
    order.retain(|&e| layers.chains[e].len() > 2);
    order.sort_by_key(|&e| (!layers.main[e], layers.turned[e], layers.chains[e].len(), e));
    for e in order {
        let chain = layers.chains[e].clone();
        if !state.may_look(layers, &chain) {
            layers.layers = given;
            return false;
        }
        let found = state.search(layers, &chain, side_of(layers, e), None);
        for (&item, &place) in chain[1..].iter().zip(&found.places) {
            state.put(layers, item, place);
        }
    }
    true
}

/// What leads back leans to the right, and the rest to the left.
fn side_of(layers: &Layers, e: usize) -> i64 {
    if layers.turned[e] { -1 } else { 1 }
}

/// How many crossings, and how far from the side to lean to.
type Cost = (usize, i64);

/// Places for the items of an edge between two nodes.
struct Found {
    places: Vec<usize>,
    cost: Cost,
    /// What the old places cost.
    old_cost: Cost,
}

/// Rounds over all edges to settle them.
const MOST_SETTLED: usize = 2;

/// An item that is taken out of its layer.
const OUT: usize = usize::MAX;

struct State {
    /// Where each item stands in its layer.
    at: Vec<usize>,
    layer_of: Vec<usize>,
    looks: usize,
    compared: usize,
}

impl State {
    fn of(layers: &Layers) -> Self {
        let count = layers.items.len();
        let mut state = State {
            at: vec![0; count],
            layer_of: vec![0; count],
            looks: 0,
            compared: 0,
        };
        for (index, layer) in layers.layers.iter().enumerate() {
            layer.iter().for_each(|&item| state.layer_of[item] = index);
            state.note(layer, 0);
        }
        state
    }

    fn note(&mut self, layer: &[usize], from: usize) {
        for (at, &item) in layer.iter().enumerate().skip(from) {
            self.at[item] = at;
        }
    }

    fn take_out(&mut self, layers: &mut Layers, item: usize) -> usize {
        let at = self.at[item];
        let layer = &mut layers.layers[self.layer_of[item]];
        layer.remove(at);
        self.at[item] = OUT;
        self.note(layer, at);
        at
    }

    fn put(&mut self, layers: &mut Layers, item: usize, at: usize) {
        let layer = &mut layers.layers[self.layer_of[item]];
        layer.insert(at, item);
        self.note(layer, at);
    }

    /// Puts the bends and the label of an edge where it crosses the fewest others, and if `lean`, of such
    /// places furthest to its side.
    fn reinsert(&mut self, layers: &mut Layers, e: usize, lean: bool) -> bool {
        let chain = layers.chains[e].clone();
        let [_, inner @ .., _] = chain.as_slice() else {
            return false;
        };
        if inner.is_empty() || !self.may_look(layers, &chain) {
            return false;
        }
        let old: Vec<usize> = inner
            .iter()
            .map(|&item| self.take_out(layers, item))
            .collect();
        let side = if lean { side_of(layers, e) } else { 0 };
        let found = self.search(layers, &chain, side, Some(&old));
        let better = found.cost < found.old_cost;
        let places = if better { &found.places } else { &old };
        for (&item, &place) in inner.iter().zip(places).rev() {
            self.put(layers, item, place);
        }
        better
    }

    /// Whether looking for the places of so long an edge still is within what may be done.
    fn may_look(&mut self, layers: &Layers, chain: &[usize]) -> bool {
        let rows = chain
            .iter()
            .map(|&i| layers.layers[self.layer_of[i]].len() + 1);
        let rows: Vec<usize> = rows.collect();
        let cost: usize = rows.windows(2).map(|pair| pair[0] * pair[1]).sum();
        // The places of two wide layers are also kept as a table.
        if self.looks > MOST_LOOKS || cost > MOST_LOOKS {
            return false;
        }
        self.looks += cost;
        true
    }

    /// Looks for the places of an edge whose items are taken out where it crosses the fewest others. Of equal
    /// ones those furthest to the `side` are taken, and then the nearest to the `old` ones.
    fn search(&self, layers: &Layers, chain: &[usize], side: i64, old: Option<&[usize]>) -> Found {
        let count = chain.len() - 2;
        let (top_at, bottom_at) = (self.at[chain[0]], self.at[chain[count + 1]]);
        // For each place of the layer come to, the least cost up to there; and for each layer and place
        // the place before it on the way to that.
        let mut least: Vec<Cost> = vec![(0, 0)];
        let mut back: Vec<Vec<usize>> = Vec::with_capacity(count + 1);
        let mut old_cost = (0, 0);
        for (index, pair) in chain.windows(2).enumerate() {
            let counts = Counts::of(self, layers, self.layer_of[pair[0]]);
            let last = index == count;
            let from = |p: usize| match index {
                0 => (top_at, top_at + 1),
                _ => (p, p),
            };
            let to = |q: usize| match last {
                true => (bottom_at, bottom_at + 1),
                false => (q, q),
            };
            let lean = |q: usize| if last { 0 } else { side * q as i64 };
            let width = match last {
                true => 1,
                false => layers.layers[self.layer_of[pair[1]]].len() + 1,
            };
            let old_at = |index: usize| old.and_then(|old| old.get(index)).copied().unwrap_or(0);
            let old_from = index.checked_sub(1).map_or(0, old_at);
            let old_to = if last { 0 } else { old_at(index) };
            old_cost.0 += counts.crossed(from(old_from), to(old_to));
            old_cost.1 += lean(old_to);
            let mut next = Vec::with_capacity(width);
            let mut origin = Vec::with_capacity(width);
            for q in 0..width {
                let best = (0..least.len())
                    .map(|p| {
                        let crossings = least[p].0 + counts.crossed(from(p), to(q));
                        let moved = old.map_or(0, |_| p.abs_diff(old_from));
                        ((crossings, least[p].1 + lean(q)), moved, p)
                    })
                    .min();
                let (cost, _, p) = best.unwrap_or_default();
                next.push(cost);
                origin.push(p);
            }
            back.push(origin);
            least = next;
        }
        let mut places = vec![0; count];
        let mut place = 0;
        for index in (0..count).rev() {
            place = back[index + 1][place];
            places[index] = place;
        }
        Found {
            places,
            cost: least[0],
            old_cost,
        }
    }

    /// Puts each node of a layer where its lines cross the fewest others.
    fn sift(&mut self, layers: &mut Layers, layer: usize) -> bool {
        let mut changed = false;
        let here = layers.layers[layer].clone();
        let lines =
            |layers: &Layers, item: usize| layers.above[item].len() + layers.below[item].len();
        let all_lines: usize = here.iter().map(|&item| lines(layers, item)).sum();
        for item in here {
            if !matches!(layers.items[item].kind, Kind::Node(_)) || self.looks > MOST_LOOKS {
                continue;
            }
            let own = self.at[item];
            let all = &layers.layers[layer];
            self.compared += lines(layers, item) * all_lines;
            if self.compared > MOST_COMPARED {
                break;
            }
            // What it costs more to come after the item at each place than before it.
            let change = |&other: &usize| -> i64 {
                [&layers.above, &layers.below]
                    .into_iter()
                    .map(|side| {
                        self.inversions(&side[other], &side[item])
                            - self.inversions(&side[item], &side[other])
                    })
                    .sum()
            };
            let (mut best, mut least, mut cost) = (own, 0, 0);
            for (at, other) in all.iter().enumerate().skip(own + 1) {
                cost += change(other);
                if cost < least {
                    (best, least) = (at, cost);
                }
            }
            cost = 0;
            for (at, other) in all.iter().enumerate().take(own).rev() {
                cost -= change(other);
                if cost < least {
                    (best, least) = (at, cost);
                }
            }
            self.looks += all.len();
            if best != own {
                self.take_out(layers, item);
                self.put(layers, item, best);
                changed = true;
            }
        }
        changed
    }

    /// How many lines to `left` cross lines to `right` where the one item is left of the other.
    fn inversions(&self, left: &[usize], right: &[usize]) -> i64 {
        let cross = |&l: &usize| right.iter().filter(|&&r| self.at[r] < self.at[l]).count();
        left.iter().map(cross).sum::<usize>() as i64
    }
}

/// The lines between two layers.
struct Counts {
    /// How many begin before a place and end before another, by both.
    before: Vec<usize>,
    width: usize,
}

impl Counts {
    fn of(state: &State, layers: &Layers, upper: usize) -> Self {
        let width = layers.layers[upper + 1].len() + 1;
        let mut before = vec![0; (layers.layers[upper].len() + 1) * width];
        for (at, &item) in layers.layers[upper].iter().enumerate() {
            let row = (at + 1) * width;
            for &to in &layers.below[item] {
                if state.at[to] != OUT {
                    before[row + state.at[to] + 1] += 1;
                }
            }
            let mut sum = 0;
            for q in 0..width {
                sum += before[row + q];
                before[row + q] = before[row - width + q] + sum;
            }
        }
        Counts { before, width }
    }

    /// How many lines one from a place to another crosses. Each place is where lines on its left
    /// end and where those on its right begin: between lies the node that it belongs to.
    fn crossed(&self, from: (usize, usize), to: (usize, usize)) -> usize {
        let until = |p: usize, q: usize| self.before[p * self.width + q];
        let (all_to, last) = (self.width - 1, self.before.len() / self.width - 1);
        let left_to_right = until(from.0, all_to) - until(from.0, to.1);
        let right_to_left = until(last, to.0) - until(from.1, to.0);
        left_to_right + right_to_left
    }
}

#[cfg(test)]
mod tests {
    use super::{Layers, State};
    use crate::diagrams::layout::{Edge, Graph, Node, Size, levels};

    /// A table of all pairs of places of two wide layers would take gigabytes.
    #[test]
    fn an_edge_between_very_wide_layers_stays_where_it_is() {
        let size = Size {
            width: 10.0,
            height: 10.0,
        };
        let node = Node {
            size,
            closed: false,
            weight: 1,
        };
        let edge = |n: usize| Edge {
            from: 0,
            to: n,
            label: Some(size),
        };
        for (width, is_looked_at) in [(500, true), (1500, false)] {
            let graph = Graph {
                nodes: vec![node; width + 1],
                edges: (1..=width).map(edge).collect(),
                dot: None,
            };
            let turned = vec![false; width];
            let levels = levels::of(&graph, &turned);
            let mut layers = Layers::new(&graph, &turned, &levels, &turned, false);
            let mut state = State::of(&layers);
            assert!(!state.reinsert(&mut layers, 7, false));
            assert_eq!(state.looks > 0, is_looked_at, "{width}");
        }
    }
}
