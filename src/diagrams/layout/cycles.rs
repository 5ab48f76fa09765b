//! Which edges lead back: turned, they leave a graph without circles.
//!
//! An edge of a shortest walk from where things begin is never turned, and nothing stands above
//! the first start.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

use super::{Edge, Graph};

/// Circles of more nodes than this are only broken by the shortest walks, because improving that
/// takes the square of their number.
const MOST_IMPROVED: usize = 300;
/// How often the order of a circle is gone through for a better one.
const MOST_ROUNDS: usize = 8;
/// Turning an edge costs this much, one that leads out of a closed node 1, one of a shortest walk
/// more than any others together.
const COST: i64 = 3;
const COST_OF_WALK: i64 = 1 << 32;

/// For each edge whether it is turned. A self-loop never is.
///
/// Only edges to the first start and edges within a circle are turned, and of these the ones that
/// lead back in an order which starts as that of shortest walks (equally long ones as listed) and
/// changes where that turns fewer.
pub fn turned(graph: &Graph) -> Vec<bool> {
    let first = graph.first_start();
    let to_first = |e: &Edge| Some(e.to) == first && e.from != e.to && Some(e.from) != graph.dot;
    let mut directed = DiGraph::<(), ()>::with_capacity(graph.nodes.len(), graph.edges.len());
    let ids: Vec<_> = graph.nodes.iter().map(|_| directed.add_node(())).collect();
    for edge in graph.edges.iter().filter(|e| !to_first(e)) {
        directed.add_edge(ids[edge.from], ids[edge.to], ());
    }
    let mut circle_of = vec![0; graph.nodes.len()];
    let mut circles: Vec<Vec<usize>> = Vec::new();
    for circle in kosaraju_scc(&directed) {
        circle
            .iter()
            .for_each(|node| circle_of[node.index()] = circles.len());
        circles.push(circle.into_iter().map(|node| node.index()).collect());
    }
    let within = |e: &Edge| e.from != e.to && circle_of[e.from] == circle_of[e.to] && !to_first(e);
    let walks = Walks::of(graph);
    let costs = Costs::of(graph, &walks, within);
    let mut place = vec![0; graph.nodes.len()];
    for mut circle in circles {
        circle.sort_unstable_by_key(|&node| (walks.length[node], node));
        note(&circle, &mut place);
        if (3..=MOST_IMPROVED).contains(&circle.len()) {
            improve(&mut circle, &costs, &mut place);
        }
    }
    let leads_back = |e: &Edge| to_first(e) || within(e) && place[e.from] > place[e.to];
    graph.edges.iter().map(leads_back).collect()
}

/// How far nodes are from where things begin: the start dot, else what no edge leads to. What no
/// walk from there comes to begins anew.
struct Walks {
    /// Which of these beginnings a node is reached from first, and how many edges that takes.
    length: Vec<(usize, usize)>,
}

impl Walks {
    fn of(graph: &Graph) -> Self {
        let count = graph.nodes.len();
        let mut after = vec![Vec::new(); count];
        let mut led_to = vec![false; count];
        for edge in graph.edges.iter().filter(|e| e.from != e.to) {
            after[edge.from].push(edge.to);
            led_to[edge.to] = true;
        }
        let unknown = (usize::MAX, 0);
        let mut length = vec![unknown; count];
        let aloof = (0..count).filter(|&node| !led_to[node]);
        let begins: Vec<usize> = graph.dot.into_iter().chain(aloof).chain(0..count).collect();
        for (number, begin) in begins.into_iter().enumerate() {
            if length[begin] != unknown {
                continue;
            }
            length[begin] = (number, 0);
            let mut queue = vec![begin];
            let mut next = 0;
            while let Some(&node) = queue.get(next) {
                next += 1;
                for &to in &after[node] {
                    if length[to] == unknown {
                        length[to] = (number, length[node].1 + 1);
                        queue.push(to);
                    }
                }
            }
        }
        Walks { length }
    }

    /// Whether an edge is part of a shortest walk.
    fn take(&self, edge: &Edge) -> bool {
        let (from, to) = (self.length[edge.from], self.length[edge.to]);
        from.0 == to.0 && from.1 < to.1
    }
}

fn note(circle: &[usize], place: &mut [usize]) {
    for (at, &node) in circle.iter().enumerate() {
        place[node] = at;
    }
}

/// What it costs to have one node before another, for nodes of one circle.
struct Costs {
    /// For each node, the nodes of its circle that it leads to, and what it costs to turn that.
    after: Vec<Vec<(usize, i64)>>,
    /// The same from the other side.
    before: Vec<Vec<(usize, i64)>>,
}

impl Costs {
    fn of(graph: &Graph, walks: &Walks, within: impl Fn(&Edge) -> bool) -> Self {
        let count = graph.nodes.len();
        let mut costs = Costs {
            after: vec![Vec::new(); count],
            before: vec![Vec::new(); count],
        };
        for edge in graph.edges.iter().filter(|e| within(e)) {
            let reopens = graph.nodes[edge.from].closed && !graph.nodes[edge.to].closed;
            let cost = match walks.take(edge) {
                true => COST_OF_WALK,
                false if reopens => 1,
                false => COST,
            };
            costs.after[edge.from].push((edge.to, cost));
            costs.before[edge.to].push((edge.from, cost));
        }
        costs
    }
}

/// Moves nodes one at a time to where the fewest edges lead back.
fn improve(circle: &mut Vec<usize>, costs: &Costs, place: &mut [usize]) {
    for _ in 0..MOST_ROUNDS {
        let mut changed = false;
        for node in circle.clone() {
            let from = place[node];
            let to = best_place(node, circle.len(), costs, place);
            if to != from {
                let moved = circle.remove(from);
                circle.insert(to, moved);
                note(circle, place);
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
}

/// Where a node would cost least, the others staying in their order; its own place among equals.
fn best_place(node: usize, count: usize, costs: &Costs, place: &[usize]) -> usize {
    let own = place[node];
    // What it costs more to come after the node at a place than before it.
    let mut change = vec![0; count];
    for &(other, cost) in &costs.after[node] {
        change[place[other]] += cost;
    }
    for &(other, cost) in &costs.before[node] {
        change[place[other]] -= cost;
    }
    let (mut best, mut best_cost) = (own, 0);
    let mut cost = 0;
    for (at, change) in change.iter().enumerate().skip(own + 1) {
        cost += change;
        if cost < best_cost {
            (best, best_cost) = (at, cost);
        }
    }
    cost = 0;
    for at in (0..own).rev() {
        cost -= change[at];
        if cost < best_cost {
            (best, best_cost) = (at, cost);
        }
    }
    best
}
