//! The ways of edges: straight through layers, curved in the free space between them.

use super::layers::{Kind, Layers};
use super::tracks::{self, Way};
use super::{Edge, Graph, LOOP_GAP, LOOP_REACH, Layout, Piece, Point, Route, Size};

/// The free space beside a layer of nodes, where arrow heads are.
const NODE_SPACE: f64 = 19.0;
/// The free space between two rows of labels.
const ROW_SPACE: f64 = 7.0;
/// How far apart edges are that go to the side in the same space.
const STEP: f64 = 8.0;
/// How far they stay from a layer of nodes, so that arrow heads point to these.
const HEAD_SPACE: f64 = 12.0;
/// The same for a layer of labels.
const LABEL_SPACE: f64 = 7.0;
/// They take no more space than this, and lie nearer to each other instead.
const MOST_SPACE: f64 = 400.0;
/// How far apart edges begin and end on a node, if it is large enough.
const PORT_GAP: f64 = 13.0;
/// A node is made wide enough for them to be so far apart.
const LEAST_PORT_GAP: f64 = 6.0;
/// But no wider than this.
const MOST_WIDTH: f64 = 720.0;
/// How far from a node's corners they stay.
const CORNER: f64 = 10.0;
/// Ways this little apart are drawn as one line.
const STRAIGHT: f64 = 0.25;

/// How wide a node is at least for so many edges at one of its sides.
pub fn width_for(edges: usize) -> f64 {
    let width = edges.saturating_sub(1) as f64 * LEAST_PORT_GAP + 2.0 * CORNER;
    width.min(MOST_WIDTH)
}

/// Draws all edges between items whose places are known.
pub fn routes(graph: &Graph, layers: &Layers, x: &[f64]) -> Layout {
    let ports = Ports::of(graph, layers, x);
    let bends = Bends::of(layers, x, &ports);
    let bands = Bands::of(layers, x, &bends);
    let mut layout = Layout {
        nodes: vec![Point::default(); graph.nodes.len()],
        sizes: graph.nodes.iter().map(|node| node.size).collect(),
        edges: vec![Route::default(); graph.edges.len()],
        labelled: layers.leaders.clone(),
        size: bands.size,
    };
    for (place, item) in layers.items.iter().enumerate() {
        let point = Point {
            x: x[place],
            y: bands.middle(place),
        };
        match item.kind {
            Kind::Node(node) => layout.nodes[node] = point,
            Kind::Label(edge) => layout.edges[edge].label = Some(point),
            Kind::Bend(_) => {}
        }
    }
    for (e, edge) in graph.edges.iter().enumerate() {
        let node = graph.nodes[edge.from];
        let label = layout.edges[e].label;
        layout.edges[e] = match (edge.from == edge.to, layers.chains[e].is_empty()) {
            (true, _) => self_loop(layout.nodes[edge.from], node.size, edge.label),
            (false, true) => straight(graph, &layout.nodes, edge),
            (false, false) => Route {
                label,
                ..through(graph, layers, &bands, &bends, e)
            },
        };
    }
    layout
}

/// The edges in the spaces between layers.
struct Bends {
    /// For each edge where it enters each space that it passes, from top to bottom, and where it
    /// leaves it.
    ways: Vec<Vec<Way>>,
    /// For each of these at which height it goes to the side, in steps.
    heights: Vec<Vec<f64>>,
    /// For each space the most of these, where there are any.
    most: Vec<Option<f64>>,
    /// For each item its layer.
    layer_of: Vec<usize>,
}

impl Bends {
    fn of(layers: &Layers, x: &[f64], ports: &Ports) -> Self {
        let mut layer_of = vec![0; layers.items.len()];
        for (index, layer) in layers.layers.iter().enumerate() {
            layer.iter().for_each(|&item| layer_of[item] = index);
        }
        let mut ways: Vec<Vec<Way>> = (0..layers.chains.len())
            .map(|e| ways_of(&layers.chains[e], x, ports.of[e]))
            .collect();
        let joints: Vec<Option<Joint>> = (0..ways.len()).map(|e| Joint::of(layers, e)).collect();
        for (e, joint) in joints.iter().enumerate() {
            if let Some(joint) = joint {
                joint.share(e, &mut ways);
                let leader = &ways[joint.leader];
                match joint.own {
                    0 => ways[e][0].1 = leader[joint.moved + 1].0,
                    own => ways[e][own].0 = leader[own - 1].1,
                }
            }
        }
        let mut spaces: Vec<Vec<(usize, usize)>> = vec![Vec::new(); layers.layers.len()];
        for (e, own) in ways.iter().enumerate() {
            for (index, (from, to)) in own.iter().enumerate() {
                let is_own = joints[e].as_ref().is_none_or(|joint| joint.own == index);
                if from != to && is_own {
                    spaces[layer_of[layers.chains[e][index]]].push((e, index));
                }
            }
        }
        let mut heights: Vec<Vec<f64>> = ways.iter().map(|own| vec![0.0; own.len()]).collect();
        let mut most = vec![None; spaces.len()];
        for (space, bends) in spaces.iter().enumerate() {
            let here: Vec<Way> = bends.iter().map(|&(e, index)| ways[e][index]).collect();
            for (&(e, index), height) in bends.iter().zip(tracks::of(&here)) {
                heights[e][index] = height;
                most[space] = Some(most[space].map_or(height, |most: f64| most.max(height)));
            }
        }
        for (e, joint) in joints.iter().enumerate() {
            if let Some(joint) = joint {
                joint.share(e, &mut heights);
            }
        }
        Bends {
            ways,
            heights,
            most,
            layer_of,
        }
    }
}

/// Where an edge joins another one, or parts from it.
struct Joint {
    leader: usize,
    /// The one space that it passes alone.
    own: usize,
    /// How much further on in the leader's way the others are.
    moved: usize,
}

impl Joint {
    fn of(layers: &Layers, e: usize) -> Option<Self> {
        let leader = layers.leaders[e];
        let spaces = layers.chains[e].len().checked_sub(1)?;
        let moved = layers.chains[leader].len().checked_sub(spaces + 1)?;
        let (own, moved) = match layers.turned[e] {
            true => (spaces.checked_sub(1)?, 0),
            false => (0, moved),
        };
        let joint = Joint { leader, own, moved };
        (leader != e).then_some(joint)
    }

    /// Gives an edge what its leader has in the spaces that both pass.
    fn share<T: Copy>(&self, e: usize, of: &mut [Vec<T>]) {
        for index in (0..of[e].len()).filter(|index| *index != self.own) {
            of[e][index] = of[self.leader][index + self.moved];
        }
    }
}

/// Where an edge enters and leaves the spaces between its items.
fn ways_of(chain: &[usize], x: &[f64], (port_above, port_below): (f64, f64)) -> Vec<Way> {
    let mut ways = Vec::with_capacity(chain.len());
    let mut at = port_above;
    for (index, &item) in chain.iter().enumerate().skip(1) {
        let to = if index + 1 == chain.len() {
            port_below
        } else {
            x[item]
        };
        // Rounding must not bend a straight line.
        let to = if (to - at).abs() < STRAIGHT { at } else { to };
        ways.push((at, to));
        at = to;
    }
    ways
}

/// Where layers begin and end.
struct Bands {
    top: Vec<f64>,
    bottom: Vec<f64>,
    /// For each space the height of its first step, and how high a step is.
    steps: Vec<(f64, f64)>,
    /// For each item its layer.
    layer_of: Vec<usize>,
    size: Size,
}

impl Bands {
    fn of(layers: &Layers, x: &[f64], bends: &Bends) -> Self {
        let mut bands = Bands {
            top: Vec::new(),
            bottom: Vec::new(),
            steps: Vec::new(),
            layer_of: bends.layer_of.clone(),
            size: Size::default(),
        };
        let mut y = 0.0;
        for (index, layer) in layers.layers.iter().enumerate() {
            let items = layer.iter().map(|&i| layers.items[i]);
            let height = items.map(|i| i.height).fold(0.0, f64::max);
            bands.top.push(y);
            y += height;
            bands.bottom.push(y);
            let (space, first, step) = space_below(layers, index, bends.most[index]);
            bands.steps.push((y + first, step));
            y += space;
            for &item in layer {
                let right = x[item] + layers.items[item].right;
                bands.size.width = bands.size.width.max(right);
            }
        }
        bands.size.height = bands.bottom.last().copied().unwrap_or_default();
        bands
    }

    fn middle(&self, item: usize) -> f64 {
        let layer = self.layer_of[item];
        (self.top[layer] + self.bottom[layer]) / 2.0
    }
}

/// The space between a layer and the next one, where in it the first step is, and how high a step
/// is.
fn space_below(layers: &Layers, index: usize, most: Option<f64>) -> (f64, f64, f64) {
    let Some(labels_below) = layers.for_labels.get(index + 1) else {
        return (0.0, 0.0, 0.0);
    };
    let beside = |labels: bool| if labels { LABEL_SPACE } else { HEAD_SPACE };
    let (above, below) = (beside(layers.for_labels[index]), beside(*labels_below));
    let least = match layers.for_labels[index] && *labels_below {
        true => ROW_SPACE,
        false => NODE_SPACE,
    };
    let Some(steps) = most else {
        return (least, least / 2.0, 0.0);
    };
    let step = match steps > 0.0 {
        true => STEP.min(MOST_SPACE / steps),
        false => 0.0,
    };
    let space = least.max(above + steps * step + below);
    (space, above, step)
}

/// Where edges begin and end on nodes.
struct Ports {
    /// For each edge the x at its upper node and at its lower one.
    of: Vec<(f64, f64)>,
}

impl Ports {
    fn of(graph: &Graph, layers: &Layers, x: &[f64]) -> Self {
        let mut ports = Ports {
            of: vec![(0.0, 0.0); graph.edges.len()],
        };
        let nodes = graph.nodes.len();
        // For each node, and side of it: the place that each edge comes from, and the edge.
        let mut below: Vec<Vec<(f64, usize)>> = vec![Vec::new(); nodes];
        let mut above = below.clone();
        for (e, chain) in layers.chains.iter().enumerate() {
            let ([top, first, ..], [.., last, bottom]) = (chain.as_slice(), chain.as_slice())
            else {
                continue;
            };
            // What comes together ends at one place.
            let is_one = layers.leaders[e] != e;
            if !is_one || !layers.turned[e] {
                below[*top].push((x[*first], e));
            }
            if !is_one || layers.turned[e] {
                above[*bottom].push((x[*last], e));
            }
        }
        for node in 0..nodes {
            let half = (graph.nodes[node].size.width / 2.0 - CORNER).max(0.0);
            let range = (x[node] - half, x[node] + half);
            for (e, port) in spread(&mut below[node], range, &layers.main) {
                ports.of[e].0 = port;
            }
            for (e, port) in spread(&mut above[node], range, &layers.main) {
                ports.of[e].1 = port;
            }
        }
        ports
    }
}

/// Places within a range as near as can be to where edges come from, in their order and apart; the
/// main way's is where it comes from, if that leaves room for the others beside it.
fn spread(
    edges: &mut [(f64, usize)],
    (left, right): (f64, f64),
    main: &[bool],
) -> Vec<(usize, f64)> {
    edges.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let room = |width: f64, count: usize| match count {
        0 => PORT_GAP,
        _ => PORT_GAP.min(width / count as f64),
    };
    let fixed = edges.iter().position(|(_, e)| main[*e]);
    if let Some(index) = fixed {
        let (x, e) = edges[index];
        let (before, after) = (&edges[..index], &edges[index + 1..]);
        let gaps = (room(x - left, before.len()), room(right - x, after.len()));
        if gaps.0.min(gaps.1) >= LEAST_PORT_GAP {
            let mut all = pooled(before, (left, x - gaps.0), gaps.0);
            all.push((e, x));
            all.extend(pooled(after, (x + gaps.1, right), gaps.1));
            return all;
        }
    }
    let gap = room(right - left, edges.len().saturating_sub(1));
    pooled(edges, (left, right), gap)
}

/// The least squares under order restrictions, by pooling neighbours that are too near (Barlow and
/// others, *Statistical inference under order restrictions*, 1972).
fn pooled(edges: &[(f64, usize)], (left, right): (f64, f64), gap: f64) -> Vec<(usize, f64)> {
    // Each pool: the sum of its places, shifted so that all may be equal, and their number.
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (index, &(x, _)) in edges.iter().enumerate() {
        let mut pool = (x.clamp(left, right.max(left)) - index as f64 * gap, 1);
        while let Some(last) = pools.last() {
            if last.0 / last.1 as f64 <= pool.0 / pool.1 as f64 {
                break;
            }
            pool = (pool.0 + last.0, pool.1 + last.1);
            pools.pop();
        }
        pools.push(pool);
    }
    let shift = gap * edges.len().saturating_sub(1) as f64;
    let places = pools
        .iter()
        .flat_map(|pool| std::iter::repeat_n(pool.0 / pool.1 as f64, pool.1));
    let apart = |(index, (edge, place)): (usize, (&(f64, usize), f64))| {
        let place = place.clamp(left, (right - shift).max(left));
        (edge.1, place + index as f64 * gap)
    };
    edges.iter().zip(places).enumerate().map(apart).collect()
}

/// The way of an edge through its items.
fn through(graph: &Graph, layers: &Layers, bands: &Bands, bends: &Bends, e: usize) -> Route {
    let chain = &layers.chains[e];
    let half = |item: usize| graph.nodes[item].size.height / 2.0;
    let (first, last) = (chain[0], chain[chain.len() - 1]);
    let mut at = Point {
        x: bends.ways[e][0].0,
        y: bands.middle(first) + half(first),
    };
    let mut route = Route {
        start: at,
        ..Route::default()
    };
    for (index, &(from, to)) in bends.ways[e].iter().enumerate() {
        let layer = bends.layer_of[chain[index]];
        if from == to {
            continue;
        }
        let (first_step, step) = bands.steps[layer];
        let side = first_step + step * bends.heights[e][index];
        // The curves take what space there is, but for what lies further off: nodes are not all
        // as high as their layer.
        let upper = bands.bottom[layer];
        let lower = bands.top[layer + 1];
        line_to(&mut route, at, Point { x: from, y: upper });
        at = aside(&mut route, (from, upper), side, (to, lower));
    }
    let end = Point {
        x: at.x,
        y: bands.middle(last) - half(last),
    };
    line_to(&mut route, at, end);
    match layers.turned[e] {
        false => route,
        true => reversed(&route),
    }
}

/// Goes from the upper side of a space to its lower side, and at some height between to the side.
fn aside(
    route: &mut Route,
    (from, upper): (f64, f64),
    side: f64,
    (to, lower): (f64, f64),
) -> Point {
    let toward = (to - from).signum();
    let reach = ((to - from).abs() / 2.0).min(MOST_CURVE);
    let turn = Point {
        x: from + toward * reach,
        y: side,
    };
    let corner = |from: Point, corner: Point, to: Point| {
        let near = |end: Point| Point {
            x: end.x + (corner.x - end.x) * ROUND,
            y: end.y + (corner.y - end.y) * ROUND,
        };
        Piece::Curve(near(from), near(to), to)
    };
    let begin = Point { x: from, y: upper };
    route
        .pieces
        .push(corner(begin, Point { x: from, y: side }, turn));
    let back = Point {
        x: to - toward * reach,
        y: side,
    };
    if (back.x - turn.x).abs() > STRAIGHT {
        route.pieces.push(Piece::Line(back));
    }
    let end = Point { x: to, y: lower };
    route
        .pieces
        .push(corner(back, Point { x: to, y: side }, end));
    end
}

/// How far to the side a curve reaches at most.
const MOST_CURVE: f64 = 26.0;
/// How far the control points of a curve are towards its corner.
const ROUND: f64 = 0.6;

/// An edge without a way of its own: straight from node to node, under whatever lies between, and
/// without a label.
fn straight(graph: &Graph, nodes: &[Point], edge: &Edge) -> Route {
    let (from, to) = (nodes[edge.from], nodes[edge.to]);
    let half = |node: usize| graph.nodes[node].size.height / 2.0;
    // Levels differ, so one of them is above the other.
    let side = if from.y < to.y { 1.0 } else { -1.0 };
    let end = |at: Point, by: f64| Point { y: at.y + by, ..at };
    Route {
        start: end(from, side * half(edge.from)),
        pieces: vec![Piece::Line(end(to, -side * half(edge.to)))],
        label: None,
    }
}

/// A line downwards, longer if there is one already.
fn line_to(route: &mut Route, from: Point, to: Point) {
    if (to.y - from.y).abs() < STRAIGHT {
        return;
    }
    match route.pieces.last_mut() {
        Some(Piece::Line(end)) => *end = to,
        _ => route.pieces.push(Piece::Line(to)),
    }
}

fn reversed(route: &Route) -> Route {
    let mut ends = vec![route.start];
    ends.extend(route.pieces.iter().map(|piece| piece.end()));
    let backwards = |index: usize| match route.pieces[index] {
        Piece::Line(_) => Piece::Line(ends[index]),
        Piece::Curve(a, b, _) => Piece::Curve(b, a, ends[index]),
    };
    Route {
        start: ends[ends.len() - 1],
        pieces: (0..route.pieces.len()).rev().map(backwards).collect(),
        label: route.label,
    }
}

/// A loop at the right side of a node.
fn self_loop(middle: Point, size: Size, label: Option<Size>) -> Route {
    let side = middle.x + size.width / 2.0;
    let half = (size.height * 0.24).min(9.0);
    // A curve reaches three quarters of the way to its control points.
    let far = side + LOOP_REACH / 0.75;
    let point = |x: f64, y: f64| Point { x, y: middle.y + y };
    let curve = Piece::Curve(
        point(far, -half * 2.2),
        point(far, half * 2.2),
        point(side, half),
    );
    let place = |label: Size| side + LOOP_REACH + LOOP_GAP + label.width / 2.0;
    Route {
        start: point(side, -half),
        pieces: vec![curve],
        label: label.map(|label| point(place(label), 0.0)),
    }
}

impl Piece {
    /// Where it ends.
    pub fn end(self) -> Point {
        match self {
            Piece::Line(end) | Piece::Curve(_, _, end) => end,
        }
    }
}
