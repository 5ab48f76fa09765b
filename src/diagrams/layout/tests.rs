//! Nothing covers anything, whatever the graph.

use proptest::prelude::*;

use super::{Edge, Graph, Layout, Node, Piece, Point, Size, lay_out};

#[derive(Clone, Copy, Debug)]
struct Rect {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Rect {
    fn around(middle: Point, size: Size) -> Self {
        Rect {
            left: middle.x - size.width / 2.0,
            right: middle.x + size.width / 2.0,
            top: middle.y - size.height / 2.0,
            bottom: middle.y + size.height / 2.0,
        }
    }

    fn overlaps(&self, other: &Rect) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn holds(&self, point: Point) -> bool {
        let inside = self.left + 0.5 < point.x && point.x < self.right - 0.5;
        inside && self.top + 0.5 < point.y && point.y < self.bottom - 0.5
    }
}

/// Points along an edge, close to each other.
fn along(route: &super::Route) -> Vec<Point> {
    let mut points = vec![route.start];
    let mut at = route.start;
    for piece in &route.pieces {
        let (a, b, end) = match *piece {
            Piece::Line(end) => (at, end, end),
            Piece::Curve(a, b, end) => (a, b, end),
        };
        for step in 1..=24 {
            let t = f64::from(step) / 24.0;
            let u = 1.0 - t;
            let mix = |p: f64, a: f64, b: f64, q: f64| {
                u * u * u * p + 3.0 * u * u * t * a + 3.0 * u * t * t * b + t * t * t * q
            };
            points.push(Point {
                x: mix(at.x, a.x, b.x, end.x),
                y: mix(at.y, a.y, b.y, end.y),
            });
        }
        at = end;
    }
    points
}

/// Everything that is wrong with a layout.
fn faults(graph: &Graph, layout: &Layout) -> Vec<String> {
    let nodes: Vec<Rect> = graph
        .nodes
        .iter()
        .zip(layout.nodes.iter().zip(&layout.sizes))
        .map(|(n, (p, size))| {
            assert!(size.width >= n.size.width && size.height >= n.size.height);
            Rect::around(*p, *size)
        })
        .collect();
    let labels: Vec<Option<Rect>> = graph
        .edges
        .iter()
        .zip(&layout.edges)
        .map(|(e, r)| Some(Rect::around(r.label?, e.label?)))
        .collect();
    let mut faults = Vec::new();
    for (a, one) in nodes.iter().enumerate() {
        for (b, other) in nodes.iter().enumerate().skip(a + 1) {
            if one.overlaps(other) {
                faults.push(format!("nodes {a} and {b} overlap"));
            }
        }
        let inside = one.left >= -0.01 && one.right <= layout.size.width + 0.01;
        if !inside || one.top < -0.01 || one.bottom > layout.size.height + 0.01 {
            faults.push(format!("node {a} is clipped"));
        }
    }
    for (e, label) in labels.iter().enumerate() {
        let Some(label) = label else {
            if graph.edges[e].label.is_some() && labels[layout.labelled[e]].is_none() {
                faults.push(format!("edge {e} has lost its label"));
            }
            continue;
        };
        for (n, node) in nodes.iter().enumerate() {
            if label.overlaps(node) {
                faults.push(format!("label {e} overlaps node {n}"));
            }
        }
        for (f, other) in labels.iter().enumerate().skip(e + 1) {
            if other.is_some_and(|o| o.overlaps(label)) {
                faults.push(format!("labels {e} and {f} overlap"));
            }
        }
        if label.left < -0.01 || label.right > layout.size.width + 0.01 {
            faults.push(format!("label {e} is clipped"));
        }
    }
    for (e, route) in layout.edges.iter().enumerate() {
        let edge = &graph.edges[e];
        for point in along(route) {
            for (n, node) in nodes.iter().enumerate() {
                if node.holds(point) {
                    faults.push(format!("edge {e} ({edge:?}) runs through node {n}"));
                }
            }
            for (f, label) in labels.iter().enumerate() {
                if f != layout.labelled[e] && label.is_some_and(|l| l.holds(point)) {
                    faults.push(format!("edge {e} runs through label {f}"));
                }
            }
        }
        let at_end = |p: Point, node: usize| {
            let r = nodes[node];
            p.x >= r.left - 0.01
                && p.x <= r.right + 0.01
                && p.y >= r.top - 0.01
                && p.y <= r.bottom + 0.01
        };
        let end = route.pieces.last().map(|p| p.end());
        let labelled = layout.labelled[e];
        let of = |e: usize| {
            (
                graph.edges[e].bundle,
                graph.edges[e].to,
                graph.edges[e].label,
            )
        };
        if labelled != e && (of(labelled) != of(e) || graph.edges[e].bundle.is_none()) {
            faults.push(format!("edge {e} has the label of {labelled}"));
        }
        if end != layout.edges[labelled].pieces.last().map(|p| p.end()) {
            faults.push(format!("edge {e} does not end where {labelled} does"));
        }
        if !at_end(route.start, edge.from) || !end.is_some_and(|p| at_end(p, edge.to)) {
            faults.push(format!("edge {e} does not lead from its node to its node"));
        }
    }
    faults.sort();
    faults.dedup();
    faults
}

fn size() -> impl Strategy<Value = Size> {
    (20_u32..220, 16_u32..60).prop_map(|(w, h)| Size {
        width: f64::from(w),
        height: f64::from(h),
    })
}

/// With a start dot before some of the nodes, or without.
fn graph() -> impl Strategy<Value = Graph> {
    let node = (size(), any::<bool>(), 0..3_u32).prop_map(|(size, closed, weight)| Node {
        size,
        closed,
        weight,
    });
    proptest::collection::vec(node, 1..14).prop_flat_map(|nodes| {
        let count = nodes.len();
        let edge = (0..count, 0..count, proptest::option::of(size()), 0..4_u8);
        let edges = proptest::collection::vec(edge, 0..30);
        let starts = proptest::collection::vec(0..count, 0..3);
        // What is written on edges of a bundle to each node.
        let bundles = proptest::collection::vec(proptest::option::of(size()), count);
        (edges, starts, bundles).prop_map(move |(edges, starts, bundles)| {
            let mut nodes = nodes.clone();
            let mut edges: Vec<Edge> = edges
                .into_iter()
                .map(|(from, to, label, chance)| {
                    let is_bundled = chance > 0;
                    Edge {
                        from,
                        to,
                        label: if is_bundled { bundles[to] } else { label },
                        bundle: is_bundled.then_some(to),
                    }
                })
                .collect();
            let dot = (!starts.is_empty()).then_some(count);
            nodes.extend(dot.map(|_| node_of(14.0, 14.0)));
            let label = None;
            let begun = starts.iter().map(|&to| Edge {
                from: count,
                to,
                label,
                bundle: None,
            });
            edges.splice(0..0, begun);
            let mut seen = std::collections::HashSet::new();
            edges.retain(|e| seen.insert((e.from, e.to)));
            Graph { nodes, edges, dot }
        })
    })
}

fn node_of(width: f64, height: f64) -> Node {
    Node {
        size: Size { width, height },
        closed: false,
        weight: 0,
    }
}

/// How many edges the shortest walk from the start dot to each node has.
fn lengths(graph: &Graph) -> Vec<Option<usize>> {
    let mut lengths = vec![None; graph.nodes.len()];
    graph.dot.iter().for_each(|&dot| lengths[dot] = Some(0));
    for length in 0..graph.nodes.len() {
        for edge in graph
            .edges
            .iter()
            .filter(|e| lengths[e.from] == Some(length))
            .collect::<Vec<_>>()
        {
            lengths[edge.to].get_or_insert(length + 1);
        }
    }
    lengths
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]
    #[test]
    fn nothing_covers_anything(graph in graph(), across: bool) {
        let found = faults(&graph, &lay_out(&graph, across));
        prop_assert!(found.is_empty(), "{found:#?}");
    }

    /// Whatever leads to it, and whatever else begins there.
    #[test]
    fn the_first_start_is_on_top(graph in graph(), across: bool) {
        let layout = lay_out(&graph, across);
        let far = |node: usize| if across { layout.nodes[node].x } else { layout.nodes[node].y };
        let first = graph.edges.iter().find(|e| Some(e.from) == graph.dot);
        // Parts that no edge connects stand beside each other, below where there is no room.
        for node in first.iter().flat_map(|_| 0..graph.nodes.len()).filter(|n| Some(*n) != graph.dot) {
            let first = first.expect("a start").to;
            let connected = lengths(&graph)[node].is_some();
            prop_assert!(!connected || far(first) <= far(node) + 0.01, "{node} {layout:?}");
        }
    }

    #[test]
    fn what_a_shortest_walk_takes_leads_down(graph in graph(), across: bool) {
        let layout = lay_out(&graph, across);
        let far = |node: usize| if across { layout.nodes[node].x } else { layout.nodes[node].y };
        let lengths = lengths(&graph);
        for edge in &graph.edges {
            if lengths[edge.from].is_some() && lengths[edge.from] < lengths[edge.to] {
                prop_assert!(far(edge.from) < far(edge.to), "{edge:?} {layout:?}");
            }
        }
    }
}

fn chain(edges: &[(usize, usize)], count: usize) -> Graph {
    let node = Node {
        weight: 1,
        ..node_of(90.0, 34.0)
    };
    let label = Some(Size {
        width: 60.0,
        height: 14.0,
    });
    let edges = edges.iter().map(|&(from, to)| Edge {
        from,
        to,
        label,
        bundle: None,
    });
    Graph {
        nodes: vec![node; count],
        edges: edges.collect(),
        dot: None,
    }
}

#[test]
fn the_main_way_is_straight() {
    let graph = chain(
        &[
            (0, 1),
            (1, 2),
            (2, 3),
            (3, 4),
            (2, 5),
            (5, 2),
            (3, 1),
            (1, 4),
            (0, 4),
        ],
        6,
    );
    let layout = lay_out(&graph, false);
    let on_the_way: Vec<f64> = layout.nodes[..5].iter().map(|p| p.x).collect();
    assert!(
        on_the_way.iter().all(|x| (x - on_the_way[0]).abs() < 0.01),
        "{on_the_way:?}"
    );
    for edge in &layout.edges[..4] {
        assert!(
            matches!(edge.pieces.as_slice(), [Piece::Line(_)]),
            "{edge:?}"
        );
    }
}

#[test]
fn a_hub_stands_in_the_middle_of_its_ways() {
    let edges: Vec<(usize, usize)> = (1..16).map(|n| (0, n)).collect();
    let layout = lay_out(&chain(&edges, 16), false);
    let middle = layout.size.width / 2.0;
    assert!((layout.nodes[0].x - middle).abs() < 60.0, "{layout:?}");
}

/// Four of a bundle have one line where they have come together, and one label, but for what is straight and
/// what comes from the other side; fewer stay apart.
#[test]
fn many_edges_to_one_node_come_together() {
    let steps = (0..6).map(|n| (n, n + 1));
    let others = [
        (0, 7),
        (2, 7),
        (3, 7),
        (4, 7),
        (7, 6),
        (5, 0),
        (3, 0),
        (2, 0),
    ];
    let mut graph = chain(&steps.chain(others).collect::<Vec<_>>(), 8);
    for (e, edge) in graph.edges.iter_mut().enumerate().skip(6) {
        edge.bundle = (e != 10).then_some(edge.to);
    }
    let layout = lay_out(&graph, false);
    assert_eq!(
        layout.labelled,
        [0, 1, 2, 3, 4, 5, 6, 6, 6, 6, 10, 11, 12, 13]
    );
    let labels = layout.edges.iter().filter(|edge| edge.label.is_some());
    assert_eq!(labels.count(), 11);
    let last: Vec<_> = layout.edges[6..10]
        .iter()
        .map(|e| e.pieces.last())
        .collect();
    assert_eq!(last, [last[0]; 4]);
}

#[test]
fn what_is_free_stays_in_the_order_of_the_file() {
    let graph = chain(&[(0, 1), (0, 2), (0, 3), (1, 4), (2, 4), (3, 4)], 5);
    let layout = lay_out(&graph, false);
    assert!(layout.nodes[1].x < layout.nodes[2].x && layout.nodes[2].x < layout.nodes[3].x);
}

#[test]
fn a_hundred_nodes_are_laid_out() {
    let edges: Vec<(usize, usize)> = (0..100)
        .flat_map(|n| {
            [
                (n, (n + 1) % 100),
                (n, (n * 7 + 3) % 100),
                (n, (n * 13 + 5) % 100),
            ]
        })
        .collect();
    let layout = lay_out(&chain(&edges, 100), false);
    assert_eq!(layout.edges.len(), 300);
}

/// Edges that pass very many layers would take gigabytes of bends: the longest have none.
#[test]
fn the_longest_of_very_many_edges_go_straight() {
    let count = 400;
    let node = node_of(60.0, 30.0);
    let label = Some(Size {
        width: 20.0,
        height: 12.0,
    });
    let edge = |from, to| Edge {
        from,
        to,
        label,
        bundle: None,
    };
    let steps = (1..count).map(|to| edge(to - 1, to));
    let back = (1..count).flat_map(|from| [edge(from, 0), edge(from, from / 2)]);
    let graph = Graph {
        nodes: vec![node; count],
        edges: steps.chain(back).collect(),
        dot: None,
    };
    let layout = lay_out(&graph, false);
    let bends: usize = layout.edges.iter().map(|route| route.pieces.len()).sum();
    assert!(bends < 2 * super::layers::MOST_BENDS, "{bends}");
    let (mut labelled, mut straight) = (0, 0);
    for (edge, route) in graph.edges.iter().zip(&layout.edges) {
        let ends = [
            (edge.from, route.start),
            (edge.to, route.pieces.last().expect("a way").end()),
        ];
        for (node, at) in ends {
            let middle = layout.nodes[node];
            let away = (at.y - middle.y).abs() - 15.0;
            assert!(away.abs() < 0.5, "{edge:?} {route:?}");
            let half = layout.sizes[node].width / 2.0;
            assert!((at.x - middle.x).abs() <= half + 0.5, "{edge:?} {route:?}");
        }
        labelled += usize::from(route.label.is_some());
        straight += usize::from(route.label.is_none() && route.pieces.len() == 1);
    }
    assert!(straight > 0);
    assert_eq!(labelled + straight, graph.edges.len());
}
