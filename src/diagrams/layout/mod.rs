//! Where everything in a picture goes.
//!
//! The layered way of Sugiyama, Tagawa and Toda (*Methods for visual understanding of hierarchical
//! system structures*, 1981), one step a file: edges that lead back are turned (`cycles`), nodes
//! get levels (`levels`) and, with a bend or a label for every layer that an edge passes
//! (`layers`), an order in which few edges cross (`order`) and a place (`position`); then
//! edges are routed (`route`).
//!
//! Names never cover anything by construction: a label is a box in a layer of its own between two
//! levels, all boxes of a layer are kept apart, and an edge runs straight through a layer and
//! bends only in the free space between layers.
//!
//! Why it is not a library: the ones that there are place labels beside other edges, have no
//! ports, and know no order to keep to where the layout is free.

mod bundles;
mod cycles;
mod layers;
mod levels;
mod order;
mod position;
mod reinsert;
mod route;
mod row;
mod search;
mod tracks;

#[cfg(test)]
mod tests;

/// What is to be laid out. Lengths are in pixels throughout.
#[derive(Debug, Default)]
pub struct Graph {
    /// The boxes. Their order is kept where nothing else decides.
    pub nodes: Vec<Node>,
    /// The arrows between them.
    pub edges: Vec<Edge>,
    /// The node from which edges lead to where things begin, the first of them to what stands on
    /// top.
    pub dot: Option<usize>,
}

/// A box.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// How large it is.
    pub size: Size,
    /// Whether things end there: the main way does, which is drawn straight.
    pub closed: bool,
    /// How much of the main way it is: that is the longest by these.
    pub weight: u32,
}

/// An arrow.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// Where it begins, as an index into [`Graph::nodes`].
    pub from: usize,
    /// Where it leads.
    pub to: usize,
    /// The size of what is written on it.
    pub label: Option<Size>,
    /// Edges of one number lead to one node, have the same written on them, and may come together on the way.
    pub bundle: Option<usize>,
}

/// A width and a height.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
}

/// A point; y grows downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

/// Where everything is.
#[derive(Debug, Default)]
pub struct Layout {
    /// The middle of each node.
    pub nodes: Vec<Point>,
    /// How large each node is: wider than it has to be where many edges meet.
    pub sizes: Vec<Size>,
    /// The way of each edge.
    pub edges: Vec<Route>,
    /// For each edge the one on which its label is: another one where several have come together.
    pub labelled: Vec<usize>,
    /// What all of it takes, from the origin.
    pub size: Size,
}

/// The way of an edge.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Route {
    /// Where it begins.
    pub start: Point,
    /// What follows, the last one ending at the target.
    pub pieces: Vec<Piece>,
    /// The middle of its label.
    pub label: Option<Point>,
}

/// A piece of an edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Piece {
    /// Straight to a point.
    Line(Point),
    /// A cubic Bézier curve: two control points and the end.
    Curve(Point, Point, Point),
}

/// The space between two boxes of a layer.
const BOX_GAP: f64 = 26.0;
/// The space between a bend or a label and its neighbours.
const EDGE_GAP: f64 = 15.0;
/// The space between parts that no edge connects.
const PART_GAP: f64 = 46.0;
/// How far a self-loop reaches out of its node.
pub const LOOP_REACH: f64 = 26.0;
/// The space between a self-loop and its label.
const LOOP_GAP: f64 = 5.0;

/// Lays out a graph, its arrows leading down, or to the right where `across`.
pub fn lay_out(graph: &Graph, across: bool) -> Layout {
    let turned;
    let graph = match across {
        false => graph,
        true => {
            turned = graph.turned();
            &turned
        }
    };
    let parts: Vec<(Part, Layout)> = parts(graph)
        .into_iter()
        .map(|part| {
            let layout = lay_out_part(&part.graph, across);
            (part, layout)
        })
        .collect();
    let layout = pack(graph, parts);
    match across {
        false => layout,
        true => layout.turned(),
    }
}

/// What belongs together because edges connect it.
struct Part {
    graph: Graph,
    nodes: Vec<usize>,
    edges: Vec<usize>,
}

fn parts(graph: &Graph) -> Vec<Part> {
    let mut union = petgraph::unionfind::UnionFind::<usize>::new(graph.nodes.len());
    for edge in &graph.edges {
        union.union(edge.from, edge.to);
    }
    let mut part_of = vec![usize::MAX; graph.nodes.len()];
    let mut place = vec![0; graph.nodes.len()];
    let mut parts: Vec<Part> = Vec::new();
    for (index, node) in graph.nodes.iter().enumerate() {
        let root = union.find_mut(index);
        if part_of[root] == usize::MAX {
            part_of[root] = parts.len();
            parts.push(Part {
                graph: Graph::default(),
                nodes: Vec::new(),
                edges: Vec::new(),
            });
        }
        part_of[index] = part_of[root];
        let part = &mut parts[part_of[root]];
        place[index] = part.nodes.len();
        if graph.dot == Some(index) {
            part.graph.dot = Some(part.nodes.len());
        }
        part.nodes.push(index);
        part.graph.nodes.push(*node);
    }
    for (index, edge) in graph.edges.iter().enumerate() {
        let part = &mut parts[part_of[edge.from]];
        part.edges.push(index);
        part.graph.edges.push(Edge {
            from: place[edge.from],
            to: place[edge.to],
            ..*edge
        });
    }
    parts
}

fn lay_out_part(graph: &Graph, across: bool) -> Layout {
    let turned = cycles::turned(graph);
    let levels = levels::of(graph, &turned);
    let main = levels::main_way(graph, &turned);
    let leaders = bundles::leaders(graph, &turned, &main, &levels);
    let graph = &graph.widened(&turned, &leaders);
    let mut layers = layers::Layers::new(graph, &turned, &levels, &main, leaders, across);
    order::few_crossings(&mut layers);
    layers.stagger_labels();
    let x = position::places(&layers);
    route::routes(graph, &layers, &x)
}

/// Puts parts beside each other in rows about as wide as the widest, the first one first.
fn pack(graph: &Graph, parts: Vec<(Part, Layout)>) -> Layout {
    let mut whole = Layout {
        nodes: vec![Point::default(); graph.nodes.len()],
        sizes: vec![Size::default(); graph.nodes.len()],
        edges: vec![Route::default(); graph.edges.len()],
        labelled: vec![0; graph.edges.len()],
        size: Size::default(),
    };
    let widest = parts
        .iter()
        .map(|(_, l)| l.size.width)
        .fold(600.0, f64::max);
    let mut at = Point::default();
    let mut row_height: f64 = 0.0;
    for (part, layout) in parts {
        if at.x > 0.0 && at.x + layout.size.width > widest * 1.15 {
            at = Point {
                x: 0.0,
                y: at.y + row_height + PART_GAP,
            };
            row_height = 0.0;
        }
        let places = layout.nodes.iter().zip(&layout.sizes);
        for (&node, (place, size)) in part.nodes.iter().zip(places) {
            whole.nodes[node] = place.moved(at);
            whole.sizes[node] = *size;
        }
        for (&edge, route) in part.edges.iter().zip(&layout.edges) {
            whole.edges[edge] = route.map(|p| p.moved(at));
        }
        for (&edge, &labelled) in part.edges.iter().zip(&layout.labelled) {
            whole.labelled[edge] = part.edges[labelled];
        }
        row_height = row_height.max(layout.size.height);
        whole.size.width = whole.size.width.max(at.x + layout.size.width);
        whole.size.height = whole.size.height.max(at.y + layout.size.height);
        at.x += layout.size.width + PART_GAP;
    }
    whole
}

impl Size {
    fn turned(self) -> Size {
        Size {
            width: self.height,
            height: self.width,
        }
    }
}

impl Point {
    /// The point this far away.
    pub fn moved(self, by: Point) -> Point {
        Point {
            x: self.x + by.x,
            y: self.y + by.y,
        }
    }

    fn turned(self) -> Point {
        Point {
            x: self.y,
            y: self.x,
        }
    }
}

impl Graph {
    /// With widths and heights exchanged.
    fn turned(&self) -> Graph {
        let node = |n: &Node| Node {
            size: n.size.turned(),
            ..*n
        };
        let edge = |e: &Edge| Edge {
            label: e.label.map(Size::turned),
            ..*e
        };
        Graph {
            nodes: self.nodes.iter().map(node).collect(),
            edges: self.edges.iter().map(edge).collect(),
            dot: self.dot,
        }
    }

    /// With nodes wide enough for the edges that meet there.
    fn widened(&self, turned: &[bool], leaders: &[usize]) -> Graph {
        let mut sides = vec![[0; 2]; self.nodes.len()];
        for (e, edge) in self.edges.iter().enumerate() {
            if edge.from != edge.to {
                sides[edge.from][usize::from(turned[e])] += 1;
                sides[edge.to][usize::from(!turned[e])] += usize::from(leaders[e] == e);
            }
        }
        let wide = |(index, (node, sides)): (usize, (&Node, &[usize; 2]))| {
            let least = route::width_for(sides[0].max(sides[1]));
            let width = match self.dot == Some(index) {
                true => node.size.width,
                false => node.size.width.max(least),
            };
            let size = Size { width, ..node.size };
            Node { size, ..*node }
        };
        Graph {
            nodes: self
                .nodes
                .iter()
                .zip(&sides)
                .enumerate()
                .map(wide)
                .collect(),
            edges: self.edges.clone(),
            dot: self.dot,
        }
    }

    /// The node that the first edge from the dot leads to.
    fn first_start(&self) -> Option<usize> {
        let dot = self.dot?;
        let edge = self.edges.iter().find(|edge| edge.from == dot)?;
        Some(edge.to)
    }
}

impl Layout {
    fn turned(self) -> Layout {
        Layout {
            nodes: self.nodes.into_iter().map(Point::turned).collect(),
            sizes: self.sizes.into_iter().map(Size::turned).collect(),
            edges: self.edges.iter().map(|e| e.map(Point::turned)).collect(),
            labelled: self.labelled,
            size: self.size.turned(),
        }
    }
}

impl Route {
    /// With every point changed.
    pub fn map(&self, change: impl Fn(Point) -> Point) -> Route {
        let piece = |piece: &Piece| match *piece {
            Piece::Line(end) => Piece::Line(change(end)),
            Piece::Curve(a, b, end) => Piece::Curve(change(a), change(b), change(end)),
        };
        Route {
            start: change(self.start),
            pieces: self.pieces.iter().map(piece).collect(),
            label: self.label.map(&change),
        }
    }
}
