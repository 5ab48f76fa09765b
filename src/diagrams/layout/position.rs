//! The place of each item in its layer (Brandes and Köpf, *Fast and simple horizontal coordinate
//! assignment*, 2002, placing blocks as in their erratum of 2020): items are aligned with a
//! neighbour above or below into straight lines, in four ways, and the middle of the four counts.
//!
//! Here the main way and then long edges are aligned before everything that would cross them, and
//! in all four ways, so that they are straight.

use super::layers::{Item, Kind, Layers};
use super::{BOX_GAP, EDGE_GAP};

/// The x of each item. The least left side is at 0.
pub fn places(layers: &Layers) -> Vec<f64> {
    let strengths = Strengths::of(layers);
    let mut all = Vec::with_capacity(4);
    for up in [false, true] {
        for left in [false, true] {
            let mut x = Way::new(layers, &strengths, up, left).places();
            if left {
                x.iter_mut().for_each(|x| *x = -*x);
            }
            all.push(x);
        }
    }
    middle(layers, all)
}

/// The four ways are moved to where the narrowest is, those that lean left by their left sides.
fn middle(layers: &Layers, mut all: Vec<Vec<f64>>) -> Vec<f64> {
    let sides = |x: &Vec<f64>| {
        let items = || layers.items.iter().zip(x);
        let left = items()
            .map(|(i, x)| x - i.left)
            .fold(f64::INFINITY, f64::min);
        let right = items()
            .map(|(i, x)| x + i.right)
            .fold(f64::NEG_INFINITY, f64::max);
        (left, right)
    };
    let bounds: Vec<(f64, f64)> = all.iter().map(sides).collect();
    let narrowest = bounds
        .iter()
        .copied()
        .reduce(|a, b| if b.1 - b.0 < a.1 - a.0 { b } else { a })
        .unwrap_or_default();
    for (way, (x, own)) in all.iter_mut().zip(&bounds).enumerate() {
        let by = match way % 2 {
            0 => narrowest.0 - own.0,
            _ => narrowest.1 - own.1,
        };
        x.iter_mut().for_each(|x| *x += by);
    }
    let mut x: Vec<f64> = (0..layers.items.len())
        .map(|item| {
            let mut four: Vec<f64> = all.iter().map(|x| x[item]).collect();
            four.sort_by(f64::total_cmp);
            match four.as_slice() {
                [_, a, b, _] => (a + b) / 2.0,
                _ => 0.0,
            }
        })
        .collect();
    let (left, _) = sides(&x);
    x.iter_mut().for_each(|x| *x -= left);
    x
}

/// How much a line wants to be straight.
struct Strengths {
    /// For each item the strength of its line to the one item above that it should be aligned
    /// with, and that item; likewise below.
    above: Vec<Option<(u8, usize)>>,
    below: Vec<Option<(u8, usize)>>,
}

const MAIN: u8 = 2;
const LONG: u8 = 1;

impl Strengths {
    fn of(layers: &Layers) -> Self {
        let mut strengths = Strengths {
            above: vec![None; layers.items.len()],
            below: vec![None; layers.items.len()],
        };
        for (e, chain) in layers.chains.iter().enumerate() {
            for pair in chain.windows(2) {
                let inner = |i: usize| !matches!(layers.items[i].kind, Kind::Node(_));
                let strength = match layers.main[e] {
                    true => MAIN,
                    false if inner(pair[0]) && inner(pair[1]) => LONG,
                    false => continue,
                };
                strengths.below[pair[0]] = Some((strength, pair[1]));
                strengths.above[pair[1]] = Some((strength, pair[0]));
            }
        }
        strengths
    }

    fn between(&self, upper: usize, lower: usize) -> u8 {
        let found = self.below[upper].filter(|(_, item)| *item == lower);
        found.map_or(0, |(strength, _)| strength)
    }
}

/// One of the four ways: from which side items are aligned, and to which they lean.
struct Way<'l> {
    items: &'l [Item],
    strengths: &'l Strengths,
    /// In the order of aligning.
    layers: Vec<Vec<usize>>,
    /// For each item its neighbours in the layer before.
    before: &'l [Vec<usize>],
    up: bool,
    left: bool,
    at: Vec<usize>,
}

impl<'l> Way<'l> {
    fn new(layers: &'l Layers, strengths: &'l Strengths, up: bool, left: bool) -> Self {
        let mut sorted = layers.layers.clone();
        if up {
            sorted.reverse();
        }
        if left {
            sorted.iter_mut().for_each(|layer| layer.reverse());
        }
        let mut at = vec![0; layers.items.len()];
        for layer in &sorted {
            for (place, &item) in layer.iter().enumerate() {
                at[item] = place;
            }
        }
        Way {
            items: &layers.items,
            strengths,
            layers: sorted,
            before: if up { &layers.below } else { &layers.above },
            up,
            left,
            at,
        }
    }

    fn strength(&self, before: usize, item: usize) -> u8 {
        match self.up {
            false => self.strengths.between(before, item),
            true => self.strengths.between(item, before),
        }
    }

    /// The item of the layer before that a strong line leads to.
    fn strong(&self, item: usize) -> Option<usize> {
        let side = match self.up {
            false => &self.strengths.above,
            true => &self.strengths.below,
        };
        side[item].map(|(_, other)| other)
    }

    /// Whether an item is kept for another one than this to be aligned with.
    fn is_kept(&self, before: usize, item: usize) -> bool {
        let side = match self.up {
            false => &self.strengths.below,
            true => &self.strengths.above,
        };
        side[before].is_some_and(|(_, other)| other != item)
    }

    fn places(&self) -> Vec<f64> {
        let root = self.align();
        self.compact(&root)
    }

    /// For each item the first of the line that it stands in.
    fn align(&self) -> Vec<usize> {
        let mut root: Vec<usize> = (0..self.items.len()).collect();
        let mut taken = vec![false; self.items.len()];
        let mut others = Vec::new();
        for pair in self.layers.windows(2) {
            let crossed = Crossed::of(self, &pair[0], &pair[1]);
            let mut least = 0;
            for &item in &pair[1] {
                self.candidates(item, &mut others);
                for &other in &others {
                    let place = self.at[other];
                    let free = !taken[other] && !self.is_kept(other, item);
                    if place >= least && free && !crossed.has(self, other, item) {
                        taken[other] = true;
                        root[item] = root[other];
                        least = place + 1;
                        break;
                    }
                }
            }
        }
        root
    }

    /// What an item may be aligned with, the first choice first.
    fn candidates(&self, item: usize, others: &mut Vec<usize>) {
        others.clear();
        if let Some(strong) = self.strong(item) {
            others.push(strong);
            return;
        }
        others.extend(&self.before[item]);
        others.sort_unstable_by_key(|&o| self.at[o]);
        let middle = others.len() / 2;
        let first = middle.saturating_sub(1 - others.len() % 2);
        others.truncate(middle + 1);
        others.drain(..first);
    }

    /// The place of each line of items as far to one side as those before it allow, and then
    /// towards the other side as far as those after it do.
    fn compact(&self, root: &[usize]) -> Vec<f64> {
        let count = self.items.len();
        let mut after: Vec<Vec<(usize, f64)>> = vec![Vec::new(); count];
        let mut waits_for = vec![0_usize; count];
        for layer in &self.layers {
            for pair in layer.windows(2) {
                let (a, b) = (root[pair[0]], root[pair[1]]);
                after[a].push((b, self.distance(pair[0], pair[1])));
                waits_for[b] += 1;
            }
        }
        let mut sorted: Vec<usize> = (0..count)
            .filter(|&i| root[i] == i && waits_for[i] == 0)
            .collect();
        let mut x = vec![0.0_f64; count];
        let mut next = 0;
        while let Some(&line) = sorted.get(next) {
            next += 1;
            for &(other, distance) in &after[line] {
                x[other] = x[other].max(x[line] + distance);
                waits_for[other] -= 1;
                if waits_for[other] == 0 {
                    sorted.push(other);
                }
            }
        }
        for &line in sorted.iter().rev() {
            let room = after[line]
                .iter()
                .map(|(other, distance)| x[*other] - distance);
            let room = room.fold(f64::INFINITY, f64::min);
            if room.is_finite() {
                x[line] = x[line].max(room);
            }
        }
        root.iter().map(|&root| x[root]).collect()
    }

    /// How far apart the places of neighbours have to be.
    fn distance(&self, first: usize, second: usize) -> f64 {
        let (first, second) = (&self.items[first], &self.items[second]);
        let (left, right) = match self.left {
            false => (first, second),
            true => (second, first),
        };
        let boxes = [left, right].map(|i| matches!(i.kind, Kind::Node(_)));
        let gap = match boxes {
            [true, true] => BOX_GAP,
            _ => EDGE_GAP,
        };
        left.right + right.left + gap
    }
}

/// Which lines between two layers cross a stronger one.
struct Crossed {
    /// For each place of the first layer, by strength: the furthest place that a strong line
    /// from further left leads to, and the nearest that one from further right leads to.
    before: [Vec<Option<usize>>; 2],
    after: [Vec<Option<usize>>; 2],
}

impl Crossed {
    fn of(way: &Way, first: &[usize], second: &[usize]) -> Self {
        let mut lines: Vec<(usize, usize, u8)> = Vec::new();
        for &item in second {
            for &other in &way.before[item] {
                let strength = way.strength(other, item);
                if strength > 0 {
                    lines.push((way.at[other], way.at[item], strength));
                }
            }
        }
        let count = first.len();
        let mut crossed = Crossed {
            before: [vec![None; count + 1], vec![None; count + 1]],
            after: [vec![None; count + 1], vec![None; count + 1]],
        };
        for (index, least) in [LONG, MAIN].into_iter().enumerate() {
            let (before, after) = (&mut crossed.before[index], &mut crossed.after[index]);
            for &(from, to, _) in lines.iter().filter(|line| line.2 >= least) {
                before[from + 1] = before[from + 1].max(Some(to));
                let nearest = after[from].map_or(to, |other: usize| other.min(to));
                after[from] = Some(nearest);
            }
            for at in 1..=count {
                before[at] = before[at].max(before[at - 1]);
            }
            for at in (0..count).rev() {
                after[at] = match (after[at], after[at + 1]) {
                    (Some(a), Some(b)) => Some(a.min(b)),
                    (a, b) => a.or(b),
                };
            }
        }
        crossed
    }

    /// Whether the line crosses one that is stronger than itself.
    fn has(&self, way: &Way, other: usize, item: usize) -> bool {
        let (from, to) = (way.at[other], way.at[item]);
        let stronger = match way.strength(other, item) {
            0 => 0,
            LONG => 1,
            _ => return false,
        };
        let left = self.before[stronger][from].is_some_and(|far| far > to);
        let right = self.after[stronger][from + 1].is_some_and(|near| near < to);
        left || right
    }
}
