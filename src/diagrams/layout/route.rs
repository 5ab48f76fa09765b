//! The ways of edges: straight through layers, curved in the free space between them.

use super::layers::{Kind, Layers};
use super::{Edge, Graph, LOOP_GAP, LOOP_REACH, Layout, Piece, Point, Route, Size};

/// The free space beside a layer of nodes, where arrow heads are.
const NODE_SPACE: f64 = 19.0;
/// The free space between two rows of labels.
const ROW_SPACE: f64 = 7.0;
/// Where an edge has to go far to the side, there is more space, up to this much.
const MOST_SPACE: f64 = 72.0;
/// How far apart edges begin and end on a node, if it is large enough.
const PORT_GAP: f64 = 13.0;
/// How far from a node's corners they stay.
const CORNER: f64 = 10.0;
/// Ways this little apart are drawn as one line.
const STRAIGHT: f64 = 0.25;

/// Draws all edges between items whose places are known.
pub fn routes(graph: &Graph, layers: &Layers, x: &[f64], across: bool) -> Layout {
    let bands = Bands::of(layers, x, across);
    let ports = Ports::of(graph, layers, x);
    let mut layout = Layout {
        nodes: vec![Point::default(); graph.nodes.len()],
        edges: vec![Route::default(); graph.edges.len()],
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
                ..through(graph, layers, x, &bands, &ports, e)
            },
        };
    }
    layout
}

/// Where layers begin and end.
struct Bands {
    top: Vec<f64>,
    bottom: Vec<f64>,
    /// For each item its layer.
    layer_of: Vec<usize>,
    size: Size,
}

impl Bands {
    fn of(layers: &Layers, x: &[f64], across: bool) -> Self {
        let mut bands = Bands {
            top: Vec::new(),
            bottom: Vec::new(),
            layer_of: vec![0; layers.items.len()],
            size: Size::default(),
        };
        let mut y = 0.0;
        for (index, layer) in layers.layers.iter().enumerate() {
            let items = layer.iter().map(|&i| layers.items[i]);
            let height = items.map(|i| i.height).fold(0.0, f64::max);
            bands.top.push(y);
            bands.bottom.push(y + height);
            y += height + space_below(layers, index, x, across);
            for &item in layer {
                bands.layer_of[item] = index;
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

/// The space between a layer and the next one.
fn space_below(layers: &Layers, index: usize, x: &[f64], across: bool) -> f64 {
    let Some(below) = layers.layers.get(index + 1) else {
        return 0.0;
    };
    let furthest = below
        .iter()
        .flat_map(|&item| {
            layers.above[item]
                .iter()
                .map(move |&a| (x[a] - x[item]).abs())
        })
        .fold(0.0, f64::max);
    let rows = layers.for_labels[index] && layers.for_labels[index + 1];
    let least = match (rows, across) {
        (true, _) => ROW_SPACE,
        (false, false) => NODE_SPACE,
        (false, true) => NODE_SPACE - 2.0,
    };
    least.max((least * 0.7 + furthest * 0.17).min(MOST_SPACE))
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
            if let [top, first, .., last, bottom] = chain.as_slice() {
                below[*top].push((x[*first], e));
                above[*bottom].push((x[*last], e));
            } else if let [top, only, bottom] = chain.as_slice() {
                below[*top].push((x[*only], e));
                above[*bottom].push((x[*only], e));
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

/// Places within a range as near as can be to where edges come from, in their order and apart:
/// the least squares by pooling neighbours that are too near (Barlow and others, *Statistical
/// inference under order restrictions*, 1972).
fn spread(
    edges: &mut [(f64, usize)],
    (left, right): (f64, f64),
    main: &[bool],
) -> Vec<(usize, f64)> {
    edges.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let count = edges.len();
    let gap = match count {
        0 | 1 => 0.0,
        _ => PORT_GAP.min((right - left) / (count - 1) as f64),
    };
    // Each pool: the weighted sum of its places (shifted so that all may be equal), its weight,
    // and how many there are in it.
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    for (index, &(x, e)) in edges.iter().enumerate() {
        let weight = if main[e] { 1000.0 } else { 1.0 };
        let wanted = x.clamp(left, right) - index as f64 * gap;
        let mut pool = (wanted * weight, weight, 1);
        while let Some(last) = pools.last() {
            if last.0 / last.1 <= pool.0 / pool.1 {
                break;
            }
            pool = (pool.0 + last.0, pool.1 + last.1, pool.2 + last.2);
            pools.pop();
        }
        pools.push(pool);
    }
    let shift = gap * count.saturating_sub(1) as f64;
    let places = pools
        .iter()
        .flat_map(|pool| std::iter::repeat_n(pool.0 / pool.1, pool.2));
    edges
        .iter()
        .zip(places)
        .enumerate()
        .map(|(index, (&(_, e), place))| {
            (
                e,
                place.clamp(left, (right - shift).max(left)) + index as f64 * gap,
            )
        })
        .collect()
}

/// The way of an edge through its items.
fn through(
    graph: &Graph,
    layers: &Layers,
    x: &[f64],
    bands: &Bands,
    ports: &Ports,
    e: usize,
) -> Route {
    let chain = &layers.chains[e];
    let last = chain.len() - 1;
    let (port_above, port_below) = ports.of[e];
    let half = |item: usize| graph.nodes[item].size.height / 2.0;
    let mut route = Route::default();
    let mut at = Point::default();
    for (index, &item) in chain.iter().enumerate() {
        let layer = bands.layer_of[item];
        let (x, top, bottom) = match index {
            0 => (
                port_above,
                bands.middle(item) + half(item),
                bands.bottom[layer],
            ),
            i if i == last => (
                port_below,
                bands.top[layer],
                bands.middle(item) - half(item),
            ),
            _ => (x[item], bands.top[layer], bands.bottom[layer]),
        };
        let entry = Point { x, y: top };
        if index == 0 {
            route.start = entry;
            at = entry;
        } else if (x - at.x).abs() < STRAIGHT {
            // Rounding must not bend a straight line.
            line_to(&mut route, at, Point { x: at.x, y: top });
            at.y = top;
        } else {
            let leaves = index == 1 && route.pieces.is_empty();
            let arrives = index == last && bottom - top < STRAIGHT;
            route.pieces.push(curve(at, entry, leaves, arrives));
            at = entry;
        }
        let exit = Point { x: at.x, y: bottom };
        line_to(&mut route, at, exit);
        at = exit;
    }
    match layers.turned[e] {
        false => route,
        true => reversed(&route),
    }
}

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

/// A curve down to another x, upright where it goes on and leaning where it meets a node.
fn curve(from: Point, to: Point, leaves: bool, arrives: bool) -> Piece {
    let (width, height) = (to.x - from.x, to.y - from.y);
    let lean = |so: bool| if so { LEAN * width } else { 0.0 };
    let share = |so: bool| if so { 0.38 } else { 0.62 };
    Piece::Curve(
        Point {
            x: from.x + lean(leaves),
            y: from.y + share(leaves) * height,
        },
        Point {
            x: to.x - lean(arrives),
            y: to.y - share(arrives) * height,
        },
        to,
    )
}

/// How far towards its end an edge leans where it meets a node.
const LEAN: f64 = 0.34;

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
