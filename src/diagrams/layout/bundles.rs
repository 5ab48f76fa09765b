//! Which edges come together on their way to a node: they join one line to it, and have one label.

use super::Graph;
use super::layers::MOST_BENDS;

/// So many edges at least make a bundle: fewer are easily followed one by one, each from its own side.
const LEAST: usize = 4;

/// For each edge the one of its bundle that passes the most levels, whose way the others join; itself where
/// it is in no bundle. Edges that lead on and those that lead back come from two sides and do not meet;
/// self-loops and what is to be straight stay alone, and so does what would pass more layers than there may be.
pub fn leaders(graph: &Graph, turned: &[bool], main: &[bool], levels: &[usize]) -> Vec<usize> {
    let edges = &graph.edges;
    let mut leaders: Vec<usize> = (0..edges.len()).collect();
    let key = |e: usize| (edges[e].bundle, turned[e]);
    let mut bundled: Vec<usize> = (0..edges.len())
        .filter(|&e| edges[e].bundle.is_some() && !main[e] && edges[e].from != edges[e].to)
        .collect();
    bundled.sort_by_key(|&e| key(e));
    let length = |e: usize| levels[edges[e].from].abs_diff(levels[edges[e].to]);
    let mut bends = 0;
    for bundle in bundled.chunk_by(|a, b| key(*a) == key(*b)) {
        // All of a bundle pass all layers, as they would alone.
        let more: usize = bundle.iter().map(|&e| 2 * length(e)).sum();
        if bundle.len() < LEAST || bends + more > MOST_BENDS {
            continue;
        }
        bends += more;
        let longest = |a: usize, b: usize| if length(b) > length(a) { b } else { a };
        let leader = bundle.iter().copied().reduce(longest);
        for &e in bundle {
            leaders[e] = leader.unwrap_or(e);
        }
    }
    leaders
}

#[cfg(test)]
mod tests {
    use super::leaders;
    use crate::diagrams::layout::{Edge, Graph, Node, Size};

    /// A bundle takes as many bends as its edges would alone, which very many long ones may not.
    #[test]
    fn very_many_long_edges_do_not_come_together() {
        for (count, is_bundle) in [(400, true), (500, false)] {
            let edge = |from| Edge {
                from,
                to: 0,
                label: None,
                bundle: Some(0),
            };
            let node = Node {
                size: Size::default(),
                closed: false,
                weight: 1,
            };
            let graph = Graph {
                nodes: vec![node; count],
                edges: (1..count).map(edge).collect(),
                dot: None,
            };
            let levels: Vec<usize> = (0..count).collect();
            let (turned, main) = (vec![true; count - 1], vec![false; count - 1]);
            let leaders = leaders(&graph, &turned, &main, &levels);
            let last = count - 2;
            let expected: Vec<usize> = match is_bundle {
                true => vec![last; count - 1],
                false => (0..count - 1).collect(),
            };
            assert_eq!(leaders, expected, "{count}");
        }
    }
}
