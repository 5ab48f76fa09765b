//! Layers of items: on each level the nodes and a bend for every edge that passes, and between
//! two levels a label or a bend for every edge.

use super::{Edge, Graph, LOOP_GAP, LOOP_REACH, Size};

/// Something that has a place in a layer.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// What it is.
    pub kind: Kind,
    /// How far it reaches to either side of its place.
    pub left: f64,
    /// See `left`.
    pub right: f64,
    /// How much of the layer's height it takes.
    pub height: f64,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// This node.
    Node(usize),
    /// Where this edge goes through.
    Bend(usize),
    /// The label of this edge.
    Label(usize),
}

/// The items of a picture and the lines between those of neighbouring layers.
#[derive(Debug, Default)]
pub struct Layers {
    /// All items.
    pub items: Vec<Item>,
    /// From top to bottom, each from left to right, as indexes into `items`.
    pub layers: Vec<Vec<usize>>,
    /// For each item the ones of the layer above that a line leads to.
    pub above: Vec<Vec<usize>>,
    /// For each item the ones of the layer below that a line leads to.
    pub below: Vec<Vec<usize>>,
    /// For each edge its items from top to bottom, the nodes included; of a self-loop the node, and
    /// none where it is too long to have a place of its own ([`MOST_BENDS`]).
    pub chains: Vec<Vec<usize>>,
    /// Which edges are drawn against their direction.
    pub turned: Vec<bool>,
    /// Which edges are to be straight before all others.
    pub main: Vec<bool>,
    /// For each edge the one whose items it shares from where it has joined it (`bundles`).
    pub leaders: Vec<usize>,
    /// Whether layers are for labels. These take turns with those for nodes.
    pub for_labels: Vec<bool>,
}

/// The item of a node has the node's number.
impl Layers {
    /// The layers of a graph, each in the order of its nodes.
    pub fn new(
        graph: &Graph,
        turned: &[bool],
        levels: &[usize],
        main: &[bool],
        leaders: Vec<usize>,
        across: bool,
    ) -> Self {
        let count = levels.iter().max().map_or(0, |l| 2 * l + 1);
        let mut layers = Layers {
            layers: vec![Vec::new(); count],
            chains: vec![Vec::new(); graph.edges.len()],
            turned: turned.to_vec(),
            main: main.to_vec(),
            leaders,
            for_labels: (0..count).map(|layer| layer % 2 == 1).collect(),
            ..Layers::default()
        };
        let loops = loop_sizes(graph, across);
        for (index, node) in graph.nodes.iter().enumerate() {
            let half = node.size.width / 2.0;
            let item = Item {
                kind: Kind::Node(index),
                left: half,
                right: half + loops[index].width,
                height: node.size.height.max(loops[index].height),
            };
            layers.add(2 * levels[index], item);
        }
        // Edges in the order of their upper nodes, so that the first order of bends follows them.
        let ends = |e: usize, edge: &Edge| match turned[e] {
            false => (edge.from, edge.to),
            true => (edge.to, edge.from),
        };
        let length = |e: usize| {
            let (top, bottom) = ends(e, &graph.edges[e]);
            levels[bottom] - levels[top]
        };
        let leads = |e: &usize| layers.leaders[*e] == *e;
        let mut order = shortest((0..graph.edges.len()).filter(leads), length);
        order.sort_by_key(|&e| ends(e, &graph.edges[e]).0);
        let mut widths = vec![0.0; count];
        for (e, edge) in graph.edges.iter().enumerate() {
            let (top, bottom) = ends(e, edge);
            if levels[top] + 1 == levels[bottom] && layers.leaders[e] == e {
                widths[2 * levels[top] + 1] += edge.label.unwrap_or_default().width;
            }
        }
        let mut is_shared = vec![false; graph.edges.len()];
        for (e, &leader) in layers.leaders.iter().enumerate() {
            is_shared[leader] |= leader != e;
        }
        for e in order {
            let edge = &graph.edges[e];
            layers.chain(e, edge, ends(e, edge), levels, is_shared[e], &mut widths);
        }
        for (e, edge) in graph.edges.iter().enumerate() {
            layers.join(e, edge.from, length(e));
        }
        layers.link();
        layers
    }

    /// For each item whether the main way leads through it.
    pub fn on_main_way(&self) -> Vec<bool> {
        let mut on_main = vec![false; self.items.len()];
        let chains = self.chains.iter().zip(&self.main);
        for (chain, _) in chains.filter(|(_, main)| **main) {
            chain.iter().for_each(|&item| on_main[item] = true);
        }
        on_main
    }

    fn add(&mut self, layer: usize, item: Item) -> usize {
        self.items.push(item);
        self.layers[layer].push(self.items.len() - 1);
        self.items.len() - 1
    }

    fn chain(
        &mut self,
        e: usize,
        edge: &Edge,
        (top, bottom): (usize, usize),
        levels: &[usize],
        is_shared: bool,
        widths: &mut [f64],
    ) {
        let (first, last) = (2 * levels[top] + 1, 2 * levels[bottom]);
        self.chains[e].push(top);
        if top == bottom {
            return;
        }
        // The label goes where there is most room, near the begin of the edge if that is free.
        let mut between: Vec<usize> = (first..last).step_by(2).collect();
        if self.turned[e] {
            between.reverse();
        }
        let room = between
            .into_iter()
            .reduce(|a, b| match widths[b] < widths[a] {
                true => b,
                false => a,
            });
        let is_long = last - first > 1;
        let room = match is_shared {
            // All have joined there.
            true => Some(if self.turned[e] { first } else { last - 1 }),
            false => room,
        };
        for (layer, width) in widths.iter_mut().enumerate().take(last).skip(first) {
            let label = edge.label.filter(|_| Some(layer) == room);
            let item = match label {
                Some(size) => label_item(e, size),
                None => bend(e),
            };
            if is_long {
                *width += item.left + item.right;
            }
            let added = self.add(layer, item);
            self.chains[e].push(added);
        }
        self.chains[e].push(bottom);
    }

    /// Gives an edge the items of its leader's that are as near to the node where they end.
    fn join(&mut self, e: usize, from: usize, length: usize) {
        let leader = self.leaders[e];
        let shared = match self.chains[leader].as_slice() {
            all @ [_, _, ..] if leader != e => all,
            _ => return,
        };
        let count = 2 * length;
        let chain: Vec<usize> = match self.turned[e] {
            true => shared[..count].iter().copied().chain([from]).collect(),
            false => {
                let own = std::iter::once(from);
                own.chain(shared[shared.len() - count..].iter().copied())
                    .collect()
            }
        };
        self.chains[e] = chain;
    }

    fn link(&mut self) {
        self.above = vec![Vec::new(); self.items.len()];
        self.below = vec![Vec::new(); self.items.len()];
        for chain in &self.chains {
            for pair in chain.windows(2) {
                self.below[pair[0]].push(pair[1]);
                self.above[pair[1]].push(pair[0]);
            }
        }
    }

    /// Where labels make a layer much wider than the layers of nodes, they take turns in several
    /// rows.
    pub fn stagger_labels(&mut self) {
        let width = |layer: &Vec<usize>| {
            let widths = layer.iter().map(|&i| self.items[i]);
            widths
                .map(|i| i.left + i.right + super::EDGE_GAP)
                .sum::<f64>()
        };
        let pairs = || self.layers.iter().zip(&self.for_labels);
        let of_nodes = pairs().filter(|(_, labels)| !**labels);
        let room = of_nodes
            .map(|(l, _)| width(l))
            .fold(MOST_LABEL_WIDTH, f64::max);
        let rows = |(layer, labels): (&Vec<usize>, &bool)| match labels {
            true => ((width(layer) / room).ceil() as usize).clamp(1, MOST_ROWS),
            false => 1,
        };
        let rows: Vec<usize> = pairs().map(rows).collect();
        if rows.iter().all(|&r| r == 1) {
            return;
        }
        let old = std::mem::take(&mut self.layers);
        let old_labels = std::mem::take(&mut self.for_labels);
        // For each item the ones that it becomes, one a row.
        let mut becomes: Vec<Vec<usize>> = (0..self.items.len()).map(|i| vec![i]).collect();
        for ((layer, rows), labels) in old.into_iter().zip(rows).zip(old_labels) {
            self.split(layer, rows, labels, &mut becomes);
        }
        for chain in &mut self.chains {
            *chain = chain.iter().flat_map(|&i| becomes[i].clone()).collect();
        }
        self.link();
    }

    fn split(&mut self, layer: Vec<usize>, rows: usize, labels: bool, becomes: &mut [Vec<usize>]) {
        let first = self.layers.len();
        self.layers.extend(vec![Vec::new(); rows]);
        self.for_labels.extend(vec![labels; rows]);
        let mut next = 0;
        for item in layer {
            let (own_row, e) = match self.items[item].kind {
                Kind::Label(e) => {
                    next += 1;
                    ((next - 1) % rows, e)
                }
                Kind::Bend(e) => (0, e),
                Kind::Node(_) => (0, usize::MAX),
            };
            let mut all = Vec::with_capacity(rows);
            for row in 0..rows {
                let here = match row == own_row {
                    true => item,
                    false => {
                        self.items.push(bend(e));
                        self.items.len() - 1
                    }
                };
                self.layers[first + row].push(here);
                all.push(here);
            }
            becomes[item] = all;
        }
    }
}

/// How many layers all edges of a part may pass together. Few graphs of a thousand nodes need more,
/// and what needs much more is no picture to read: it would take gigabytes.
pub(super) const MOST_BENDS: usize = 200_000;

/// Of edges the shortest, in their order, that pass no more than [`MOST_BENDS`].
fn shortest(edges: impl Iterator<Item = usize>, length: impl Fn(usize) -> usize) -> Vec<usize> {
    let mut edges: Vec<usize> = edges.collect();
    let count = edges.len();
    edges.sort_by_key(|&e| length(e));
    let mut bends = 0;
    let too_many = edges.iter().position(|&e| {
        bends += 2 * length(e);
        bends > MOST_BENDS
    });
    let fitting = too_many.unwrap_or(count);
    edges.truncate(fitting);
    edges.sort_unstable();
    edges
}

/// Labels may always take this much beside each other before they are staggered.
const MOST_LABEL_WIDTH: f64 = 560.0;
/// More rows of labels than this are not made between two levels.
const MOST_ROWS: usize = 6;

fn bend(e: usize) -> Item {
    Item {
        kind: Kind::Bend(e),
        left: 0.0,
        right: 0.0,
        height: 0.0,
    }
}

fn label_item(e: usize, size: Size) -> Item {
    Item {
        kind: Kind::Label(e),
        left: size.width / 2.0,
        right: size.width / 2.0,
        height: size.height,
    }
}

/// For each node the room that its self-loops take at its side, and their height.
fn loop_sizes(graph: &Graph, across: bool) -> Vec<Size> {
    let mut sizes = vec![Size::default(); graph.nodes.len()];
    for edge in graph.edges.iter().filter(|e| e.from == e.to) {
        let label = edge.label.unwrap_or_default();
        let size = &mut sizes[edge.from];
        // Lengths are turned already where arrows lead across: the loop hangs below its node.
        size.width = size.width.max(LOOP_REACH + LOOP_GAP + label.width);
        size.height = size.height.max(label.height);
        if across {
            size.width += 2.0;
        }
    }
    sizes
}
