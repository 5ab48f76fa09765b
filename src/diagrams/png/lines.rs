//! Lines, cut where they are long, and measured.

use std::borrow::Cow;

use super::bounds::Bounds;
use crate::diagrams::layout::{Piece, Point};

/// Pieces of lines are no longer than this where they are painted, in pixels of the drawing. Those of pictures
/// that people look at are shorter.
const LONG: f32 = 2048.0;

/// The same pieces, cut where they are long: in each band, a line is dashed and clipped as far as the pieces
/// in it reach.
pub fn cut(start: Point, pieces: &[Piece]) -> Cow<'_, [Piece]> {
    let parts = |from: Point, piece: Piece| {
        let Bounds {
            left,
            top,
            right,
            bottom,
        } = Bounds::of(from).with(piece);
        ((right - left).max(bottom - top) / LONG).ceil().max(1.0) as u32
    };
    let froms = std::iter::once(start).chain(pieces.iter().map(|piece| piece.end()));
    let counts: Vec<u32> = froms
        .zip(pieces)
        .map(|(from, piece)| parts(from, *piece))
        .collect();
    if counts.iter().all(|count| *count == 1) {
        return Cow::Borrowed(pieces);
    }
    let mut all = Vec::new();
    let mut from = start;
    for (piece, count) in pieces.iter().zip(counts) {
        let mut rest = *piece;
        for left in (2..=count).rev() {
            let (first, others) = halves(from, rest, 1.0 / f64::from(left));
            all.push(first);
            from = first.end();
            rest = others;
        }
        all.push(rest);
        from = rest.end();
    }
    Cow::Owned(all)
}

/// A piece before and after `at`, from 0 to 1 (de Casteljau's algorithm).
fn halves(from: Point, piece: Piece, at: f64) -> (Piece, Piece) {
    let between = |a: Point, b: Point| Point {
        x: a.x + (b.x - a.x) * at,
        y: a.y + (b.y - a.y) * at,
    };
    match piece {
        Piece::Line(end) => (Piece::Line(between(from, end)), piece),
        Piece::Curve(a, b, end) => {
            let (first, middle, last) = (between(from, a), between(a, b), between(b, end));
            let (before, after) = (between(first, middle), between(middle, last));
            let here = between(before, after);
            (
                Piece::Curve(first, before, here),
                Piece::Curve(after, last, end),
            )
        }
    }
}

/// How long a line is before each of its pieces.
pub fn lengths(start: Point, pieces: &[Piece]) -> Vec<f32> {
    /// A curve is about as long as so many straight lines.
    const STEPS: u32 = 32;
    let mut lengths = Vec::with_capacity(pieces.len());
    let (mut length, mut from) = (0.0, start);
    let distance = |a: Point, b: Point| ((a.x - b.x).powi(2) + (a.y - b.y).powi(2)).sqrt();
    for piece in pieces {
        lengths.push(length as f32);
        length += match *piece {
            Piece::Line(end) => distance(from, end),
            Piece::Curve(a, b, end) => {
                let at = |step: u32| {
                    let t = f64::from(step) / f64::from(STEPS);
                    let u = 1.0 - t;
                    let mix = |p: f64, q: f64, r: f64, s: f64| {
                        u * u * u * p + 3.0 * u * u * t * q + 3.0 * u * t * t * r + t * t * t * s
                    };
                    Point {
                        x: mix(from.x, a.x, b.x, end.x),
                        y: mix(from.y, a.y, b.y, end.y),
                    }
                };
                (0..STEPS)
                    .map(|step| distance(at(step), at(step + 1)))
                    .sum()
            }
        };
        from = piece.end();
    }
    lengths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_cut_on_its_way() {
        let p = |x: f64, y: f64| Point { x, y };
        let start = p(0.0, 0.0);
        let (a, b, end) = (p(9_000.0, 50.0), p(100.0, 300.0), p(7_000.0, 400.0));
        let whole = [Piece::Curve(a, b, end), Piece::Line(p(7_000.0, 900.0))];
        let cut = cut(start, &whole);
        let parts = cut.len() - 1;
        assert!(parts > 1 && cut[parts].end().y == 900.0, "{parts}");
        for (number, piece) in (1..=parts).zip(cut.iter()) {
            let (t, u) = (
                number as f64 / parts as f64,
                1.0 - number as f64 / parts as f64,
            );
            let at = |p: f64, q: f64, r: f64, s: f64| {
                u * u * u * p + 3.0 * u * u * t * q + 3.0 * u * t * t * r + t * t * t * s
            };
            let here = piece.end();
            assert!(
                (here.x - at(start.x, a.x, b.x, end.x)).abs() < 1e-6,
                "{number}"
            );
            assert!(
                (here.y - at(start.y, a.y, b.y, end.y)).abs() < 1e-6,
                "{number}"
            );
        }
    }

    #[test]
    fn a_short_line_is_left_as_it_is() {
        let whole = [Piece::Line(Point { x: 500.0, y: 2.0 })];
        assert!(matches!(
            cut(Point { x: 0.0, y: 0.0 }, &whole),
            Cow::Borrowed(_)
        ));
    }
}
