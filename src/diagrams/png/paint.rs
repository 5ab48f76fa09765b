//! A drawing as pixels, some rows at a time, so that no picture takes more memory than they do.

use std::borrow::Cow;
use std::io::{BufWriter, Write};
use std::ops::Range;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use png::{BitDepth, ColorType, Encoder, EncodingError, chunk};
use tiny_skia::{
    FillRule, LineJoin, Paint, Path, PathBuilder, Pixmap, PixmapPaint, StrokeDash, Transform,
};

use super::bounds::{Bounds, px};
use super::letters::Letters;
use super::lines::{cut, lengths};
use crate::diagrams::layout::{Piece, Point};
use crate::diagrams::svg::drawing::{ASIDE, Drawing, Item, Outline, Shape, Stroke, Text};

/// About so many pixels are painted before they are written.
const BAND: u32 = 1 << 20;
/// But so many rows at least, and at most.
const ROWS: (u32, u32) = (32, 256);
/// So many columns are painted at once. What is wider, the library would paint in as many parts itself, and
/// go through every line for each.
const COLUMNS: u32 = 4096;
/// So many rows and columns around them are painted and thrown away: where lines are cut off, they are bent.
const MARGIN: u32 = 4;
/// Pictures of more pixels are packed in less time, and become up to twice as large: packing is most of the work.
/// Filters make files a twentieth smaller and take as long as the rest.
const SMALL: u32 = 16_000_000;
/// How hard they are packed. More than this takes a third longer for a fiftieth.
const HARD: u32 = 3;
/// How many bytes are packed at once: whatever they are, the packer clears 32 KB before it begins.
const PACKED_AT_ONCE: usize = 1 << 18;
/// That a row is written as it is (PNG, 9.2: filter types for filter method 0).
const NO_FILTER: u8 = 0;
/// How much wider the lines of bold letters are, in sizes of the font. There are none in it.
const BOLD: f32 = 0.03;

/// A drawing in parts, each of which is painted where it is.
pub struct Painting<'d> {
    width: u32,
    height: u32,
    scale: f32,
    letters: Letters<'d>,
    lines: Vec<Line<'d>>,
    /// From back to front.
    parts: Vec<Part<'d>>,
}

struct Part<'d> {
    what: What<'d>,
    /// In pixels of the drawing, as all lengths here.
    bounds: Bounds,
    /// Where the origin of its group lies.
    origin: (f32, f32),
    /// Its group that stands back, by number.
    aside: Option<usize>,
}

enum What<'d> {
    Shape(&'d Shape<'d>),
    /// Of a line, by number, the piece of this number.
    Piece(usize, usize),
    Text(&'d Text, bool),
}

/// A line that may be long: only the pieces of it are painted that are where is painted.
struct Line<'d> {
    start: Point,
    pieces: Cow<'d, [Piece]>,
    stroke: Stroke,
    /// Where it is dashed, how long it is before each piece.
    before: Vec<f32>,
}

/// Some columns of a band.
struct Tile {
    /// The column where its pixels begin, those thrown away included.
    left: f32,
    /// Those of its columns that are written.
    columns: Range<usize>,
    pixels: Pixmap,
}

impl Tile {
    /// Whether something of these bounds may be painted in it.
    fn meets(&self, bounds: &Bounds, scale: f32) -> bool {
        let right = self.left + self.pixels.width() as f32;
        bounds.right * scale >= self.left && bounds.left * scale <= right
    }
}

impl<'d> Painting<'d> {
    /// A drawing with so many pixels for each of its own.
    pub fn of(drawing: &'d Drawing<'d>, letters: Letters<'d>, scale: f32) -> Self {
        let pixels = |length: f64| (length as f32 * scale).ceil().max(1.0) as u32;
        let mut painting = Painting {
            width: pixels(drawing.size.width),
            height: pixels(drawing.size.height),
            scale,
            letters,
            lines: Vec::new(),
            parts: Vec::new(),
        };
        painting.take_apart(drawing);
        painting
    }

    fn take_apart(&mut self, drawing: &'d Drawing<'d>) {
        let mut groups = vec![((0.0, 0.0), None, false)];
        for (number, item) in drawing.items.iter().enumerate() {
            let (origin, aside, bold) = groups.last().copied().unwrap_or_default();
            match item {
                Item::Open(group) => groups.push((
                    (origin.0 + px(group.origin.x), origin.1 + px(group.origin.y)),
                    aside.or(group.aside.then_some(number)),
                    bold || group.bold,
                )),
                Item::Close => {
                    groups.pop();
                }
                Item::Shape(shape) => self.take_shape(shape, origin, aside),
                Item::Text(text) => {
                    let bounds = self.bounds_of(text).moved(origin);
                    self.parts.push(Part {
                        what: What::Text(text, bold || text.bold),
                        bounds,
                        origin,
                        aside,
                    });
                }
                Item::LineEnd => {}
            }
        }
    }

    fn take_shape(&mut self, shape: &'d Shape<'d>, origin: (f32, f32), aside: Option<usize>) {
        // The edges of what is painted are soft; corners of lines may stick out.
        let around = 1.0 + shape.stroke.map_or(0.0, |stroke| 2.0 * width_of(stroke));
        let mut add = |what, bounds: Bounds| {
            self.parts.push(Part {
                what,
                bounds: bounds.wider(around).moved(origin),
                origin,
                aside,
            });
        };
        match (&shape.outline, shape.stroke) {
            (Outline::Path { start, pieces, .. }, Some(stroke)) if shape.fill.is_none() => {
                let pieces = cut(*start, pieces);
                let mut from = *start;
                for (index, piece) in pieces.iter().enumerate() {
                    let place = Bounds::of(from).with(*piece);
                    add(What::Piece(self.lines.len(), index), place);
                    from = piece.end();
                }
                self.lines.push(Line {
                    start: *start,
                    before: match stroke.dashes {
                        Some(_) => lengths(*start, &pieces),
                        None => Vec::new(),
                    },
                    pieces,
                    stroke,
                });
            }
            (Outline::Path { start, pieces, .. }, _) => {
                let place = Bounds::of(*start);
                add(
                    What::Shape(shape),
                    pieces.iter().fold(place, |all, piece| all.with(*piece)),
                );
            }
            (Outline::Rectangle { corner, size, .. }, _) => {
                let (left, top) = (px(corner.x), px(corner.y));
                let place = Bounds {
                    left,
                    top,
                    right: left + px(size.width),
                    bottom: top + px(size.height),
                };
                add(What::Shape(shape), place);
            }
            (Outline::Circle { middle, radius }, _) => {
                add(What::Shape(shape), Bounds::of(*middle).wider(px(*radius)));
            }
        }
    }

    fn bounds_of(&self, text: &Text) -> Bounds {
        let unit = px(text.size) / self.letters.units();
        let (_, width) = self.letters.of(&text.text);
        let (above, below) = self.letters.reach();
        let left = beginning(text, width * unit);
        Bounds {
            left,
            top: px(text.at.y) - above * unit,
            right: left + width * unit,
            bottom: px(text.at.y) + below * unit,
        }
        // Slanted letters and marks reach out of their own width.
        .wider(px(text.size) / 2.0)
    }

    /// What painting costs, in pixels: those that all parts reach over, each in a rectangle of its own, and
    /// more for the length of lines, which are cut into as many strips as there are rows where they go, and for
    /// each letter.
    pub fn cost(&self) -> f32 {
        /// Measured: a million letters take two seconds and 65 MB, however small, and bold ones twice as long.
        const LETTER: f32 = 1_000.0;
        /// Measured: 10 million pixels of dashes take two seconds, and four times as many of a whole line.
        const ALONG: (f32, f32) = (20.0, 80.0);
        let canvas = Bounds {
            left: 0.0,
            top: 0.0,
            right: self.width as f32 / self.scale,
            bottom: self.height as f32 / self.scale,
        };
        let areas = self
            .parts
            .iter()
            .map(|part| part.bounds.within(&canvas).area());
        let along = self.lines.iter().map(|line| match line.stroke.dashes {
            None => ALONG.0 * line.length(),
            Some(_) => ALONG.1 * line.length(),
        });
        let letters = self.parts.iter().map(|part| match part.what {
            What::Text(text, false) => LETTER * text.text.len() as f32,
            What::Text(text, true) => 2.0 * LETTER * text.text.len() as f32,
            _ => 0.0,
        });
        areas.sum::<f32>() * self.scale * self.scale
            + along.sum::<f32>() * self.scale
            + letters.sum::<f32>()
    }

    /// Writes it as PNG.
    pub fn write(&mut self, out: impl Write) -> Result<(), EncodingError> {
        let rows = (BAND / self.width).clamp(ROWS.0, ROWS.1);
        self.write_in_bands(out, COLUMNS, rows)
    }

    /// Writes it as PNG, so many rows at a time, painted so many columns at a time.
    pub(super) fn write_in_bands(
        &mut self,
        out: impl Write,
        columns: u32,
        rows: u32,
    ) -> Result<(), EncodingError> {
        let mut encoder = Encoder::new(out, self.width, self.height);
        encoder.set_color(ColorType::Rgba);
        encoder.set_depth(BitDepth::Eight);
        // What `diagram --check` knows a picture of ours by ([`super::NOTATION`]).
        encoder.add_text_chunk("Software".to_owned(), "statewright".to_owned())?;
        let mut header = encoder.write_header()?;
        let level = match self.width * self.height <= SMALL {
            true => Compression::new(HARD),
            false => Compression::fast(),
        };
        let packed = ZlibEncoder::new(Pixels(&mut header), level);
        let mut writer = BufWriter::with_capacity(PACKED_AT_ONCE, packed);
        let rows = rows.min(self.height);
        let mut tiles = self.tiles(columns, rows)?;
        let mut waiting: Vec<usize> = (0..self.parts.len()).collect();
        waiting.sort_by(|a, b| {
            self.parts[*b]
                .bounds
                .top
                .total_cmp(&self.parts[*a].bounds.top)
        });
        let mut active: Vec<usize> = Vec::new();
        for row in (0..self.height).step_by(rows as usize) {
            let top = row as f32 - MARGIN as f32;
            let first = top / self.scale;
            let last = (top + (rows + 2 * MARGIN) as f32) / self.scale;
            active.retain(|part| self.parts[*part].bounds.bottom >= first);
            let begins = |part: &mut usize| self.parts[*part].bounds.top <= last;
            active.extend(std::iter::from_fn(|| waiting.pop_if(begins)));
            active.sort_unstable();
            for tile in &mut tiles {
                tile.pixels.fill(tiny_skia::Color::TRANSPARENT);
                let here: Vec<usize> = active
                    .iter()
                    .copied()
                    .filter(|part| tile.meets(&self.parts[*part].bounds, self.scale))
                    .collect();
                self.paint(&here, &mut tile.pixels, (tile.left, top))?;
            }
            let rest = self.height.saturating_sub(row);
            write_rows(&mut writer, &tiles, rows.min(rest))?;
        }
        let packed = writer.into_inner().map_err(|error| error.into_error())?;
        packed.finish()?;
        header.finish()
    }

    /// The tiles of a band of so many rows, side by side.
    fn tiles(&self, columns: u32, rows: u32) -> Result<Vec<Tile>, EncodingError> {
        let tile = |left: u32| {
            let width = columns.min(self.width - left);
            let before = if left > 0 { MARGIN } else { 0 };
            let is_last = left + width == self.width;
            let after = if is_last { 0 } else { MARGIN };
            let pixels = Pixmap::new(before + width + after, rows + 2 * MARGIN);
            Ok(Tile {
                left: left as f32 - before as f32,
                columns: before as usize..(before + width) as usize,
                pixels: pixels.ok_or_else(too_large)?,
            })
        };
        (0..self.width)
            .step_by(columns as usize)
            .map(tile)
            .collect()
    }

    /// Paints parts into a tile that begins in this column and row. What stands back is painted by itself
    /// first.
    fn paint(
        &mut self,
        active: &[usize],
        band: &mut Pixmap,
        (from, top): (f32, f32),
    ) -> Result<(), EncodingError> {
        let whole = Transform::from_scale(self.scale, self.scale);
        let groups = active.chunk_by(|a, b| self.parts[*a].aside == self.parts[*b].aside);
        let groups: Vec<&[usize]> = groups.collect();
        for group in groups {
            if self.parts[group[0]].aside.is_none() {
                self.paint_group(group, band, whole.post_translate(-from, -top));
                continue;
            }
            let Some((x, y, width, height)) = self.place_of(group, band, (from, top)) else {
                continue;
            };
            let mut layer = Pixmap::new(width, height).ok_or_else(too_large)?;
            let place = whole.post_translate(-(from + x as f32), -(top + y as f32));
            self.paint_group(group, &mut layer, place);
            let paint = PixmapPaint {
                opacity: ASIDE,
                ..PixmapPaint::default()
            };
            let (x, y) = (x as i32, y as i32);
            band.draw_pixmap(x, y, layer.as_ref(), &paint, Transform::identity(), None);
        }
        Ok(())
    }

    /// Where in a band some parts are, in pixels, and how large that is.
    fn place_of(
        &self,
        parts: &[usize],
        band: &Pixmap,
        (from, top): (f32, f32),
    ) -> Option<(u32, u32, u32, u32)> {
        let bounds = parts.iter().map(|part| self.parts[*part].bounds);
        let all = bounds.reduce(Bounds::and)?;
        let pixel = |at: f32, most: u32| (at.max(0.0) as u32).min(most);
        let left = pixel((all.left * self.scale - from).floor(), band.width());
        let right = pixel((all.right * self.scale - from).ceil(), band.width());
        let upper = pixel((all.top * self.scale - top).floor(), band.height());
        let lower = pixel((all.bottom * self.scale - top).ceil(), band.height());
        (left < right && upper < lower).then(|| (left, upper, right - left, lower - upper))
    }

    fn paint_group(&mut self, group: &[usize], on: &mut Pixmap, place: Transform) {
        let mut rest = group;
        while let [first, ..] = *rest {
            let mut count = 1;
            let Part { what, origin, .. } = &self.parts[first];
            let place = place.pre_translate(origin.0, origin.1);
            match *what {
                What::Shape(shape) => paint_shape(shape, on, place),
                What::Piece(line, piece) => {
                    // Pieces are painted together where they meet.
                    while let Some(next) = rest.get(count)
                        && matches!(self.parts[*next].what, What::Piece(l, p) if (l, p) == (line, piece + count))
                    {
                        count += 1;
                    }
                    self.lines[line].paint(piece, count, on, place);
                }
                What::Text(text, bold) => paint_text(&mut self.letters, text, bold, on, place),
            }
            rest = &rest[count..];
        }
    }
}

impl Line<'_> {
    /// About how long it is: as long as straight lines along its pieces.
    fn length(&self) -> f32 {
        let mut from = self.start;
        let far = |piece: &Piece| {
            let end = piece.end();
            let far = (end.x - from.x).hypot(end.y - from.y);
            from = end;
            far as f32
        };
        self.pieces.iter().map(far).sum()
    }

    /// Paints so many pieces, beginning with one.
    fn paint(&self, first: usize, count: usize, on: &mut Pixmap, place: Transform) {
        let start = match first.checked_sub(1) {
            Some(before) => self.pieces[before].end(),
            None => self.start,
        };
        let Some(path) = path(start, &self.pieces[first..first + count], false) else {
            return;
        };
        let gone = self.before.get(first).copied().unwrap_or_default();
        stroke(&path, self.stroke, gone, on, place);
    }
}

fn paint_shape(shape: &Shape, on: &mut Pixmap, place: Transform) {
    let outline = match &shape.outline {
        Outline::Rectangle {
            corner,
            size,
            round,
        } => {
            let (x, y) = (px(corner.x), px(corner.y));
            rectangle(x, y, px(size.width), px(size.height), px(*round))
        }
        Outline::Circle { middle, radius } => {
            PathBuilder::from_circle(px(middle.x), px(middle.y), px(*radius))
        }
        Outline::Path {
            start,
            pieces,
            closed,
        } => path(*start, pieces, *closed),
    };
    let Some(outline) = outline else {
        return;
    };
    if let Some(color) = shape.fill {
        on.fill_path(&outline, &ink(color), FillRule::Winding, place, None);
    }
    if let Some(line) = shape.stroke {
        stroke(&outline, line, 0.0, on, place);
    }
}

fn paint_text(letters: &mut Letters, text: &Text, bold: bool, on: &mut Pixmap, place: Transform) {
    let (all, width) = letters.of(&text.text);
    let unit = px(text.size) / letters.units();
    let place = place
        .pre_translate(beginning(text, width * unit), px(text.at.y))
        .pre_scale(unit, unit);
    let paint = ink(text.ink);
    let bolder = bold.then(|| tiny_skia::Stroke {
        width: BOLD * letters.units(),
        line_join: LineJoin::Round,
        ..tiny_skia::Stroke::default()
    });
    for letter in all {
        let Some(outline) = letters.outline(letter.glyph) else {
            continue;
        };
        let place = place.pre_translate(letter.at, 0.0);
        on.fill_path(outline, &paint, FillRule::Winding, place, None);
        if let Some(bolder) = &bolder {
            on.stroke_path(outline, &paint, bolder, place, None);
        }
    }
}

/// Where a text of this width begins.
fn beginning(text: &Text, width: f32) -> f32 {
    let x = px(text.at.x);
    if text.centred { x - width / 2.0 } else { x }
}

/// Paints along a path that comes so far after the beginning of its line.
fn stroke(path: &Path, line: Stroke, gone: f32, on: &mut Pixmap, place: Transform) {
    let dashes = line.dashes.map(|dashes| dashes.map(px).to_vec());
    let stroke = tiny_skia::Stroke {
        width: width_of(line),
        dash: dashes.and_then(|dashes| StrokeDash::new(dashes, gone)),
        ..tiny_skia::Stroke::default()
    };
    on.stroke_path(path, &ink(line.color), &stroke, place, None);
}

fn width_of(stroke: Stroke) -> f32 {
    stroke.width.map_or(1.0, px)
}

/// A colour that is written as `#rrggbb`; all colours here are.
fn ink(color: &str) -> Paint<'static> {
    let digits = color.strip_prefix('#').unwrap_or(color);
    let [_, r, g, b] = u32::from_str_radix(digits, 16).unwrap_or(0).to_be_bytes();
    let mut paint = Paint::default();
    paint.set_color_rgba8(r, g, b, 255);
    paint
}

fn path(start: Point, pieces: &[Piece], closed: bool) -> Option<Path> {
    let mut path = PathBuilder::with_capacity(pieces.len() + 2, 3 * pieces.len() + 1);
    path.move_to(px(start.x), px(start.y));
    for piece in pieces {
        match *piece {
            Piece::Line(end) => path.line_to(px(end.x), px(end.y)),
            Piece::Curve(a, b, c) => {
                path.cubic_to(px(a.x), px(a.y), px(b.x), px(b.y), px(c.x), px(c.y));
            }
        }
    }
    if closed {
        path.close();
    }
    path.finish()
}

/// A rectangle with round corners, from the end of the first one, as SVG has it.
fn rectangle(x: f32, y: f32, width: f32, height: f32, round: f32) -> Option<Path> {
    /// How far the control points of a quarter of a circle are from its ends, in radiuses.
    const ARC: f32 = 0.552_284_8;
    let round = round.min(width / 2.0).min(height / 2.0);
    let (right, bottom) = (x + width, y + height);
    let rest = round * (1.0 - ARC);
    let mut path = PathBuilder::new();
    path.move_to(x + round, y);
    path.line_to(right - round, y);
    path.cubic_to(right - rest, y, right, y + rest, right, y + round);
    path.line_to(right, bottom - round);
    path.cubic_to(
        right,
        bottom - rest,
        right - rest,
        bottom,
        right - round,
        bottom,
    );
    path.line_to(x + round, bottom);
    path.cubic_to(x + rest, bottom, x, bottom - rest, x, bottom - round);
    path.line_to(x, y + round);
    path.cubic_to(x, y + rest, x + rest, y, x + round, y);
    path.close();
    path.finish()
}

/// Writes what is packed of the pixels as parts of a PNG.
struct Pixels<'w, W: Write>(&'w mut png::Writer<W>);

impl<W: Write> Write for Pixels<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0
            .write_chunk(chunk::IDAT, bytes)
            .map_err(std::io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Writes so many rows of a band as they are, without a filter.
fn write_rows(out: &mut impl Write, band: &[Tile], rows: u32) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    for row in 0..rows as usize {
        bytes.clear();
        bytes.push(NO_FILTER);
        for tile in band {
            let width = tile.pixels.width() as usize;
            let start = (row + MARGIN as usize) * width;
            let pixels = &tile.pixels.pixels()[start..start + width][tile.columns.clone()];
            let known = bytes.len();
            bytes.resize(known + 4 * pixels.len(), 0);
            for (to, pixel) in bytes[known..].chunks_exact_mut(4).zip(pixels) {
                let color = pixel.demultiply();
                to.copy_from_slice(&[color.red(), color.green(), color.blue(), color.alpha()]);
            }
        }
        out.write_all(&bytes)?;
    }
    Ok(())
}

fn too_large() -> EncodingError {
    std::io::Error::from(std::io::ErrorKind::OutOfMemory).into()
}
