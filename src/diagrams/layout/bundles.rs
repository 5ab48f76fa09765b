//! Which edges come together on their way to a node: they join one line to it, and have one label.

use super::Graph;

/// So many edges at least make a bundle: fewer are easily followed one by one, each from its own side.
const LEAST: usize = 4;

/// For each edge the one of its bundle that passes the most levels, whose way the others join; itself where
/// it is in no bundle. Edges that lead on and those that lead back come from two sides and do not meet;
/// self-loops and what is to be straight stay alone.
pub fn leaders(graph: &Graph, turned: &[bool], main: &[bool], levels: &[usize]) -> Vec<usize> {
    let edges = &graph.edges;
    let mut leaders: Vec<usize> = (0..edges.len()).collect();
    let key = |e: usize| (edges[e].bundle, turned[e]);
    let mut bundled: Vec<usize> = (0..edges.len())
        .filter(|&e| edges[e].bundle.is_some() && !main[e] && edges[e].from != edges[e].to)
        .collect();
    bundled.sort_by_key(|&e| key(e));
    let length = |e: usize| levels[edges[e].from].abs_diff(levels[edges[e].to]);
    for bundle in bundled.chunk_by(|a, b| key(*a) == key(*b)) {
        let longest = |a: usize, b: usize| if length(b) > length(a) { b } else { a };
        let leader = bundle.iter().copied().reduce(longest);
        for &e in bundle.iter().filter(|_| bundle.len() >= LEAST) {
            leaders[e] = leader.unwrap_or(e);
        }
    }
    leaders
}
