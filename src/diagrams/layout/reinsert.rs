//! Fewer crossings than sweeps find: each edge is taken out and put back where it crosses the
//! fewest others, through all of its layers at once; each node is put where it crosses the fewest.

use super::layers::{Kind, Layers};
use super::search::{Asked, Found, OUT, Search};

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
    order.retain(|&e| layers.leaders[e] == e && layers.chains[e].len() > 2);
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

/// Rounds over all edges to settle them.
const MOST_SETTLED: usize = 2;

struct State {
    /// Where each item stands in its layer.
    at: Vec<usize>,
    layer_of: Vec<usize>,
    looks: usize,
    compared: usize,
    search: Search,
    seen: Seen,
}

/// What was tried in vain, so that it is tried again only where something has changed since. Times are
/// counted in changes.
struct Seen {
    now: usize,
    /// When each layer was changed last.
    changed: Vec<usize>,
    /// When each edge was tried last.
    edges: Vec<usize>,
    /// When the nodes of each layer were tried last.
    nodes: Vec<usize>,
}

impl Seen {
    fn of(layers: &Layers) -> Self {
        let count = layers.layers.len();
        Seen {
            now: 1,
            changed: vec![1; count],
            edges: vec![0; layers.chains.len()],
            nodes: vec![0; count],
        }
    }

    fn change(&mut self, layers: impl Iterator<Item = usize>) {
        self.now += 1;
        for layer in layers {
            self.changed[layer] = self.now;
        }
    }
}

impl State {
    fn of(layers: &Layers) -> Self {
        let count = layers.items.len();
        let mut state = State {
            at: vec![0; count],
            layer_of: vec![0; count],
            looks: 0,
            compared: 0,
            search: Search::default(),
            seen: Seen::of(layers),
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
        if layers.leaders[e] != e {
            return false;
        }
        let tried = self.seen.edges[e];
        let is_as_tried = |&item: &usize| self.seen.changed[self.layer_of[item]] <= tried;
        if layers.chains[e].iter().all(is_as_tried) {
            return false;
        }
        let side = if lean { side_of(layers, e) } else { 0 };
        let chain = std::mem::take(&mut layers.chains[e]);
        let better = self.reinsert_chain(layers, &chain, side);
        match better {
            true => {
                let inner = &chain[1..chain.len() - 1];
                self.seen
                    .change(inner.iter().map(|&item| self.layer_of[item]));
            }
            false => self.seen.edges[e] = self.seen.now,
        }
        layers.chains[e] = chain;
        better
    }

    fn reinsert_chain(&mut self, layers: &mut Layers, chain: &[usize], side: i64) -> bool {
        let [_, inner @ .., _] = chain else {
            return false;
        };
        if inner.is_empty() || !self.may_look(layers, chain) {
            return false;
        }
        let old: Vec<usize> = inner
            .iter()
            .map(|&item| self.take_out(layers, item))
            .collect();
        let found = self.search(layers, chain, side, Some(&old));
        let better = found.cost < found.old_cost;
        let places = if better { &found.places } else { &old };
        for (&item, &place) in inner.iter().zip(places).rev() {
            self.put(layers, item, place);
        }
        better
    }

    /// Whether looking for the places of so long an edge still is within what may be done.
    fn may_look(&mut self, layers: &Layers, chain: &[usize]) -> bool {
        let rows = |i: usize| layers.layers[self.layer_of[i]].len() + 1;
        let pairs = chain.windows(2);
        let cost: usize = pairs.map(|pair| rows(pair[0]) * rows(pair[1])).sum();
        if self.looks > MOST_LOOKS || cost > MOST_LOOKS {
            return false;
        }
        self.looks += cost;
        true
    }

    /// Looks for the places of an edge whose items are taken out where it crosses the fewest others. Of equal
    /// ones those furthest to the `side` are taken, and then the nearest to the `old` ones.
    fn search(
        &mut self,
        layers: &Layers,
        chain: &[usize],
        side: i64,
        old: Option<&[usize]>,
    ) -> Found {
        self.search.run(&Asked {
            layers,
            at: &self.at,
            layer_of: &self.layer_of,
            chain,
            lean: side,
            old,
        })
    }

    /// Puts each node of a layer where its lines cross the fewest others.
    fn sift(&mut self, layers: &mut Layers, layer: usize) -> bool {
        let tried = self.seen.nodes[layer];
        let around = layer.saturating_sub(1)..=(layer + 1).min(layers.layers.len() - 1);
        if self.seen.changed[around].iter().all(|time| *time <= tried) {
            return false;
        }
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
        match changed {
            true => self.seen.change(std::iter::once(layer)),
            false => self.seen.nodes[layer] = self.seen.now,
        }
        changed
    }

    /// How many lines to `left` cross lines to `right` where the one item is left of the other.
    fn inversions(&self, left: &[usize], right: &[usize]) -> i64 {
        let cross = |&l: &usize| right.iter().filter(|&&r| self.at[r] < self.at[l]).count();
        left.iter().map(cross).sum::<usize>() as i64
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
            bundle: None,
        };
        for (width, is_looked_at) in [(500, true), (1500, false)] {
            let graph = Graph {
                nodes: vec![node; width + 1],
                edges: (1..=width).map(edge).collect(),
                dot: None,
            };
            let turned = vec![false; width];
            let levels = levels::of(&graph, &turned);
            let mut layers = Layers::new(
                &graph,
                &turned,
                &levels,
                &turned,
                (0..width).collect(),
                false,
            );
            let mut state = State::of(&layers);
            assert!(!state.reinsert(&mut layers, 7, false));
            assert_eq!(state.looks > 0, is_looked_at, "{width}");
        }
    }
}
