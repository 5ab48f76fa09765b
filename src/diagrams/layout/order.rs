//! The order in each layer, so that few lines cross: sweeps down and up by medians, and swaps of
//! neighbours (Gansner, Koutsofios, North and Vo, *A technique for drawing directed graphs*, 1993,
//! section 3). What nothing decides stays in the order of the file.

use super::layers::{Kind, Layers};
use super::reinsert;

/// How many lines may be looked at in all: large pictures get fewer sweeps.
const MOST_LOOKS: usize = 6_000_000;
const MOST_SWEEPS: usize = 8;
/// So many sweeps without anything better are enough.
const PATIENCE: usize = 8;

/// Puts the items of each layer in an order with few crossings: one that is built edge by edge, or where that
/// would take too long the one of the file, is swept; then edges and nodes are put elsewhere in that.
pub fn few_crossings(layers: &mut Layers) {
    let lines: usize = layers.below.iter().map(Vec::len).sum();
    let sweeps = MOST_LOOKS / (lines * 12).max(1);
    reinsert::build(layers);
    let crossings = swept(layers, sweeps.clamp(3, MOST_SWEEPS));
    if crossings > 0 {
        reinsert::improve(layers);
    }
    face(layers);
    reinsert::settle(layers);
}

/// A picture and its mirror image have as many crossings: of the two the one is taken in which more of what
/// leads back is at the right of the main way.
fn face(layers: &mut Layers) {
    let is_main = layers.on_main_way();
    let leads_back = |item: usize| match layers.items[item].kind {
        Kind::Bend(e) | Kind::Label(e) => layers.turned[e],
        Kind::Node(_) => false,
    };
    let (mut left, mut right) = (0, 0);
    for layer in &layers.layers {
        if let Some(main) = layer.iter().position(|&item| is_main[item]) {
            left += layer[..main].iter().filter(|i| leads_back(**i)).count();
            right += layer[main..].iter().filter(|i| leads_back(**i)).count();
        }
    }
    if left > right {
        layers.layers.iter_mut().for_each(|layer| layer.reverse());
    }
}

/// Sweeps until nothing gets better, and leaves the best order; how many crossings that has.
fn swept(layers: &mut Layers, sweeps: usize) -> usize {
    let mut orders = Orders::of(layers);
    let mut best = layers.layers.clone();
    let mut least = usize::MAX;
    let mut waited = 0;
    for sweep in 0..=sweeps {
        // Ties are broken to the one side and then to the other, or sweeps would get stuck.
        let late = sweep % 4 >= 2;
        match sweep % 2 {
            0 => orders.sweep_down(layers, late),
            _ => orders.sweep_up(layers, late),
        }
        orders.swap_neighbours(layers);
        let crossings = orders.crossings(layers);
        if crossings < least {
            least = crossings;
            best.clone_from(&layers.layers);
            waited = 0;
        } else {
            waited += 1;
        }
        if least == 0 || waited > PATIENCE {
            break;
        }
    }
    layers.layers = best;
    least
}

/// Where each item stands in its layer.
struct Orders {
    at: Vec<usize>,
}

impl Orders {
    fn of(layers: &Layers) -> Self {
        let mut orders = Orders {
            at: vec![0; layers.items.len()],
        };
        layers.layers.iter().for_each(|layer| orders.note(layer));
        orders
    }

    fn note(&mut self, layer: &[usize]) {
        for (at, &item) in layer.iter().enumerate() {
            self.at[item] = at;
        }
    }

    fn sweep_down(&mut self, layers: &mut Layers, late: bool) {
        for index in 1..layers.layers.len() {
            self.sort(&mut layers.layers[index], &layers.above, late);
        }
    }

    fn sweep_up(&mut self, layers: &mut Layers, late: bool) {
        for index in (0..layers.layers.len().saturating_sub(1)).rev() {
            self.sort(&mut layers.layers[index], &layers.below, late);
        }
    }

    /// Sorts a layer by the medians of its neighbours; an item without any keeps its place. Equal
    /// ones stay in their order, or where `late` change to the opposite one.
    fn sort(&mut self, layer: &mut [usize], neighbours: &[Vec<usize>], late: bool) {
        let mut movable: Vec<(f64, usize)> = Vec::with_capacity(layer.len());
        let mut places = Vec::with_capacity(layer.len());
        let mut around = Vec::new();
        for (at, &item) in layer.iter().enumerate() {
            around.clear();
            around.extend(neighbours[item].iter().map(|&i| self.at[i] as f64));
            if let Some(median) = median(&mut around) {
                movable.push((median, item));
                places.push(at);
            }
        }
        if late {
            movable.reverse();
        }
        movable.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (&at, &(_, item)) in places.iter().zip(&movable) {
            layer[at] = item;
        }
        self.note(layer);
    }

    /// Swaps neighbours as long as that makes fewer crossings, a few times at most.
    fn swap_neighbours(&mut self, layers: &mut Layers) {
        for _ in 0..4 {
            let mut changed = false;
            for index in 0..layers.layers.len() {
                changed |= self.swap_in(layers, index);
            }
            if !changed {
                break;
            }
        }
    }

    fn swap_in(&mut self, layers: &mut Layers, index: usize) -> bool {
        let mut changed = false;
        for at in 1..layers.layers[index].len() {
            let layer = &layers.layers[index];
            let (left, right) = (layer[at - 1], layer[at]);
            let (mut as_is, mut swapped) = (0, 0);
            for side in [&layers.above, &layers.below] {
                let (a, b) = (&side[left], &side[right]);
                if a.len() * b.len() <= MOST_COMPARED {
                    as_is += self.crossings_of(a, b);
                    swapped += self.crossings_of(b, a);
                }
            }
            if swapped < as_is {
                layers.layers[index].swap(at - 1, at);
                self.at[left] = at;
                self.at[right] = at - 1;
                changed = true;
            }
        }
        changed
    }

    /// How many lines to `left` cross lines to `right`, where the first item stands left of the
    /// second.
    fn crossings_of(&self, left: &[usize], right: &[usize]) -> usize {
        let cross = |&l: &usize| right.iter().filter(|&&r| self.at[r] < self.at[l]).count();
        left.iter().map(cross).sum()
    }

    fn crossings(&self, layers: &Layers) -> usize {
        let pairs = layers.layers.windows(2);
        pairs
            .map(|pair| self.crossings_below(layers, &pair[0], pair[1].len()))
            .sum()
    }

    /// Crossings between a layer and the one below: the inversions of the sequence of lower ends,
    /// counted in a tree of sums (Barth, Jünger and Mutzel, *Simple and efficient bilayer
    /// cross counting*, 2002).
    fn crossings_below(&self, layers: &Layers, layer: &[usize], below: usize) -> usize {
        let mut sums = vec![0_usize; below + 1];
        let (mut seen, mut crossings) = (0, 0);
        let mut ends = Vec::new();
        for &item in layer {
            ends.clear();
            ends.extend(layers.below[item].iter().map(|&i| self.at[i]));
            ends.sort_unstable();
            for &end in &ends {
                let mut at = end + 1;
                let mut before = 0;
                while at > 0 {
                    before += sums[at];
                    at &= at - 1;
                }
                crossings += seen - before;
            }
            for &end in &ends {
                seen += 1;
                let mut at = end + 1;
                while at <= below {
                    sums[at] += 1;
                    at += at & at.wrapping_neg();
                }
            }
        }
        crossings
    }
}

/// The weighted median of places, as by Gansner and others, figure 3-2.
fn median(places: &mut [f64]) -> Option<f64> {
    places.sort_by(f64::total_cmp);
    let middle = places.len() / 2;
    Some(match &*places {
        [] => return None,
        [one] => *one,
        [a, b] => (a + b) / 2.0,
        all if all.len() % 2 == 1 => all[middle],
        all => {
            let left = all[middle - 1] - all[0];
            let right = all[all.len() - 1] - all[middle];
            match left + right > 0.0 {
                true => (all[middle - 1] * right + all[middle] * left) / (left + right),
                false => (all[middle - 1] + all[middle]) / 2.0,
            }
        }
    })
}

/// Two items with more lines than this between them are not compared for a swap.
const MOST_COMPARED: usize = 10_000;
