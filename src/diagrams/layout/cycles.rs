//! Which edges lead back: turned, they leave a graph without circles.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

use super::Graph;

/// Circles of more nodes than this are only broken by the given order, because improving it
/// takes the square of their number.
const MOST_IMPROVED: usize = 300;
/// How often the order of a circle is gone through for a better one.
const MOST_ROUNDS: usize = 8;
/// Turning an edge that leads on costs this much, one that leads to an earlier stage 1.
const COST_ONWARD: i64 = 3;
/// That a node is come to only by edges that are turned costs this much: it would seem to be
/// where something begins.
const COST_ALOOF: i64 = 12;

/// For each edge whether it is turned. A self-loop never is.
///
/// Only edges within a circle are turned, and of these the ones that lead back in an order which
/// starts as the given one (by stage, then as listed) and changes where that turns fewer.
pub fn turned(graph: &Graph) -> Vec<bool> {
    let mut directed = DiGraph::<(), ()>::with_capacity(graph.nodes.len(), graph.edges.len());
    let ids: Vec<_> = graph.nodes.iter().map(|_| directed.add_node(())).collect();
    for edge in &graph.edges {
        directed.add_edge(ids[edge.from], ids[edge.to], ());
    }
    let mut circle_of = vec![0; graph.nodes.len()];
    let mut place = vec![0; graph.nodes.len()];
    let mut circles = Vec::new();
    for circle in kosaraju_scc(&directed) {
        let mut circle: Vec<usize> = circle.into_iter().map(|n| n.index()).collect();
        circle.sort_unstable_by_key(|&n| (graph.nodes[n].stage, n));
        circle
            .iter()
            .for_each(|&node| circle_of[node] = circles.len());
        note(&circle, &mut place);
        circles.push(circle);
    }
    let within = |from: usize, to: usize| from != to && circle_of[from] == circle_of[to];
    let costs = Costs::of(graph, within);
    for circle in &mut circles {
        if (3..=MOST_IMPROVED).contains(&circle.len()) {
            *circle = ordered(circle, &costs, &mut place);
            note(circle, &mut place);
        }
    }
    let leads_back = |e: &super::Edge| within(e.from, e.to) && place[e.from] > place[e.to];
    graph.edges.iter().map(leads_back).collect()
}

fn note(circle: &[usize], place: &mut [usize]) {
    for (at, &node) in circle.iter().enumerate() {
        place[node] = at;
    }
}

/// The better one of two orders: the given one, and the one in which a search from where edges
/// lead into the circle comes by, both improved.
fn ordered(circle: &[usize], costs: &Costs, place: &mut [usize]) -> Vec<usize> {
    let mut best: Option<(i64, Vec<usize>)> = None;
    for mut order in [circle.to_vec(), costs.searched(circle, place)] {
        note(&order, place);
        improve(&mut order, costs, place);
        let cost = costs.of_order(&order, place);
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, order));
        }
    }
    best.map_or_else(|| circle.to_vec(), |(_, order)| order)
}

/// What it costs to have one node before another, for nodes of one circle.
struct Costs {
    /// For each node, the nodes of its circle that it leads to, and what it costs to turn that.
    after: Vec<Vec<(usize, i64)>>,
    /// The same from the other side.
    before: Vec<Vec<(usize, i64)>>,
    /// Whether edges from outside lead to it, or tickets begin there.
    entry: Vec<bool>,
}

impl Costs {
    fn of(graph: &Graph, within: impl Fn(usize, usize) -> bool) -> Self {
        let count = graph.nodes.len();
        let mut costs = Costs {
            after: vec![Vec::new(); count],
            before: vec![Vec::new(); count],
            entry: vec![false; count],
        };
        for edge in graph.edges.iter().filter(|e| e.from != e.to) {
            if !within(edge.from, edge.to) {
                costs.entry[edge.to] = true;
                continue;
            }
            let onward = graph.nodes[edge.from].stage <= graph.nodes[edge.to].stage;
            let cost = if onward { COST_ONWARD } else { 1 };
            costs.after[edge.from].push((edge.to, cost));
            costs.before[edge.to].push((edge.from, cost));
        }
        costs
    }

    /// What an order costs: the edges that lead back in it, and the nodes that are come to by
    /// such edges alone.
    fn of_order(&self, order: &[usize], place: &[usize]) -> i64 {
        let mut cost = 0;
        let entered = order.iter().any(|&node| self.entry[node]);
        for (at, &node) in order.iter().enumerate() {
            let before = &self.before[node];
            let back = before.iter().filter(|(from, _)| place[*from] > at);
            cost += back.map(|(_, cost)| cost).sum::<i64>();
            let come_to = before.iter().any(|(from, _)| place[*from] < at);
            if (at > 0 || entered) && !self.entry[node] && !come_to {
                cost += COST_ALOOF;
            }
        }
        cost
    }

    /// The nodes of a circle, each before those that a depth-first search from the entries finds
    /// behind it, in the given order as far as that leaves it free.
    fn searched(&self, circle: &[usize], place: &[usize]) -> Vec<usize> {
        let mut seen = vec![false; circle.len()];
        let mut done = Vec::with_capacity(circle.len());
        let entries = circle.iter().filter(|&&n| self.entry[n]);
        for &root in entries.chain(circle).rev() {
            let mut path = vec![(root, self.after[root].len())];
            if std::mem::replace(&mut seen[place[root]], true) {
                continue;
            }
            while let Some((node, left)) = path.last_mut() {
                match left.checked_sub(1) {
                    None => {
                        done.push(*node);
                        path.pop();
                    }
                    Some(next) => {
                        *left = next;
                        let (to, _) = self.after[*node][next];
                        if !std::mem::replace(&mut seen[place[to]], true) {
                            path.push((to, self.after[to].len()));
                        }
                    }
                }
            }
        }
        done.reverse();
        done
    }
}

/// Moves nodes one at a time to where the fewest edges lead back.
fn improve(circle: &mut Vec<usize>, costs: &Costs, place: &mut [usize]) {
    let mut cost = costs.of_order(circle, place);
    for _ in 0..MOST_ROUNDS {
        let mut changed = false;
        for node in circle.clone() {
            let from = place[node];
            let to = best_place(node, circle.len(), costs, place);
            if to == from {
                continue;
            }
            let old = circle.clone();
            let moved = circle.remove(from);
            circle.insert(to, moved);
            note(circle, place);
            let now = costs.of_order(circle, place);
            if now < cost {
                (cost, changed) = (now, true);
            } else {
                *circle = old;
                note(circle, place);
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
