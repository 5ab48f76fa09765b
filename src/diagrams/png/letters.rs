//! The letters of the font that comes with the program.

use std::collections::hash_map::Entry;

use tiny_skia::{Path, PathBuilder, Rect};
use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::{Face, GlyphId, OutlineBuilder, Tag};
use unicode_normalization::UnicodeNormalization;

use crate::hashing::HashMap;
use crate::invisible::{is_invisible, is_shaped};

/// What is drawn for a character that no font has.
const BOX: Glyph = Glyph {
    is_more: false,
    id: GlyphId(0),
};

/// See `FONT.md`.
const FONT: &[u8] = include_bytes!("DejaVuSans.subset.ttf");

/// The font, another one for what it lacks, and the outlines that were asked for.
pub struct Letters<'f> {
    face: Face<'static>,
    more: Option<Face<'f>>,
    /// How much nearer some letters stand to some others.
    pairs: Option<PairAdjustment<'static>>,
    outlines: HashMap<Glyph, Option<Path>>,
}

/// The picture of a letter in one of the two fonts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Glyph {
    /// Whether it is of the other one.
    pub is_more: bool,
    /// Its number there.
    pub id: GlyphId,
}

/// A letter of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Letter {
    /// Its picture.
    pub glyph: Glyph,
    /// How far from the beginning of the text it stands, in units of the font.
    pub at: f32,
}

impl<'f> Letters<'f> {
    /// The font, which can always be read (a test holds that), and the one of these bytes.
    pub fn new(more: Option<&'f [u8]>) -> Option<Self> {
        let face = Face::parse(FONT, 0).ok()?;
        Some(Letters {
            pairs: kerning(&face),
            face,
            more: more.and_then(|bytes| Face::parse(bytes, 0).ok()),
            outlines: HashMap::default(),
        })
    }

    /// Whether the fonts have a picture of a character, or it needs none: some only say how those
    /// beside them are drawn, which a font alone cannot follow.
    pub fn has(&self, c: char) -> bool {
        is_invisible(c) || self.glyph_of(c).is_some()
    }

    fn glyph_of(&self, c: char) -> Option<Glyph> {
        if let Some(id) = self.face.glyph_index(c) {
            return Some(Glyph { is_more: false, id });
        }
        let more = self.more.as_ref().filter(|_| !is_shaped(c))?;
        let id = more.glyph_index(c)?;
        Some(Glyph { is_more: true, id })
    }

    /// How many units of the font one of a glyph's is.
    fn scale_of(&self, glyph: Glyph) -> f32 {
        match &self.more {
            Some(more) if glyph.is_more => self.units() / f32::from(more.units_per_em()),
            _ => 1.0,
        }
    }

    fn face_of(&self, glyph: Glyph) -> &Face<'_> {
        let more = self.more.as_ref().filter(|_| glyph.is_more);
        more.unwrap_or(&self.face)
    }

    /// How many of the font's units make its size.
    pub fn units(&self) -> f32 {
        f32::from(self.face.units_per_em())
    }

    /// How far letters reach above the base line, and below it, in units of the font.
    pub fn reach(&self) -> (f32, f32) {
        let of = |face: &Face| {
            let (all, unit) = (
                face.global_bounding_box(),
                self.units() / f32::from(face.units_per_em()),
            );
            (f32::from(all.y_max) * unit, -f32::from(all.y_min) * unit)
        };
        let own = of(&self.face);
        let more = self.more.as_ref().map_or(own, of);
        (own.0.max(more.0), own.1.max(more.1))
    }

    /// The letters of a text, and how wide it is, in units of the font. A character that the font
    /// lacks is a box. A mark that no letter of the font has on it takes no room, so that it stands
    /// on the letter before.
    pub fn of(&self, text: &str) -> (Vec<Letter>, f32) {
        let mut letters: Vec<Letter> = Vec::with_capacity(text.len());
        let mut at = 0.0;
        let mut last = None;
        for c in text.nfc().filter(|c| !is_invisible(*c)) {
            let glyph = self.glyph_of(c).unwrap_or(BOX);
            let advance = self.face_of(glyph).glyph_hor_advance(glyph.id);
            let advance = advance.map_or(0.0, f32::from) * self.scale_of(glyph);
            at += last.map_or(0.0, |last| self.nearer(last, glyph));
            letters.push(Letter { glyph, at });
            at += advance;
            if advance > 0.0 {
                last = Some(glyph);
            }
        }
        (letters, at)
    }

    /// How much is added to the distance of two letters; mostly less than nothing.
    fn nearer(&self, first: Glyph, second: Glyph) -> f32 {
        if first.is_more || second.is_more {
            return 0.0;
        }
        let (first, second) = (first.id, second.id);
        let pair = match &self.pairs {
            Some(PairAdjustment::Format1 { coverage, sets }) => {
                let set = coverage.get(first).and_then(|index| sets.get(index));
                set.and_then(|set| set.get(second))
            }
            Some(PairAdjustment::Format2 {
                coverage,
                classes,
                matrix,
            }) => {
                let classes = (classes.0.get(first), classes.1.get(second));
                let covered = coverage.contains(first).then_some(classes);
                covered.and_then(|classes| matrix.get(classes))
            }
            None => None,
        };
        pair.map_or(0.0, |(first, _)| f32::from(first.x_advance))
    }

    /// What a letter looks like, in units of the font, up being less; a blank looks like nothing.
    pub fn outline(&mut self, glyph: Glyph) -> Option<&Path> {
        let scale = self.scale_of(glyph);
        let face = self.more.as_ref().filter(|_| glyph.is_more);
        let face = face.unwrap_or(&self.face);
        let outline = match self.outlines.entry(glyph) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) if glyph == BOX => {
                let advance = self.face.glyph_hor_advance(glyph.id).unwrap_or_default();
                let capitals = self.face.capital_height().unwrap_or_default();
                unknown.insert(frame(f32::from(advance), f32::from(capitals)))
            }
            Entry::Vacant(unknown) => {
                let mut pen = Pen(PathBuilder::new(), scale);
                let drawn = face.outline_glyph(glyph.id, &mut pen);
                unknown.insert(drawn.and_then(|_| pen.0.finish()))
            }
        };
        outline.as_ref()
    }
}

/// What a font says of pairs of letters.
fn kerning(face: &Face<'static>) -> Option<PairAdjustment<'static>> {
    let table = face.tables().gpos?;
    let feature = table.features.find(Tag::from_bytes(b"kern"))?;
    let lookup = table.lookups.get(feature.lookup_indices.get(0)?)?;
    match lookup.subtables.get(0)? {
        PositioningSubtable::Pair(pairs) => Some(pairs),
        _ => None,
    }
}

/// A box of this width with its sides, and as high as capitals. The font has none since its other letters were
/// left out.
fn frame(width: f32, height: f32) -> Option<Path> {
    let (side, line) = (width * 0.1, width * 0.08);
    let mut pen = PathBuilder::new();
    pen.push_rect(Rect::from_ltrb(side, -height, width - side, 0.0)?);
    // The other way around, so that it stays free.
    pen.move_to(side + line, -line);
    pen.line_to(width - side - line, -line);
    pen.line_to(width - side - line, line - height);
    pen.line_to(side + line, line - height);
    pen.close();
    pen.finish()
}

/// Draws what a font says, in units of the first one, upside down because letters stand on their
/// base line.
struct Pen(PathBuilder, f32);

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x * self.1, -y * self.1);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x * self.1, -y * self.1);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let k = self.1;
        self.0.quad_to(x1 * k, -y1 * k, x * k, -y * k);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let k = self.1;
        let path = &mut self.0;
        path.cubic_to(x1 * k, -y1 * k, x2 * k, -y2 * k, x * k, -y * k);
    }

    fn close(&mut self) {
        self.0.close();
    }
}
