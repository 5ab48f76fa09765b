//! The letters of the font that comes with the program.

use std::collections::hash_map::Entry;

use tiny_skia::{Path, PathBuilder};
use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::{Face, GlyphId, OutlineBuilder, Tag};
use unicode_normalization::UnicodeNormalization;

use crate::hashing::HashMap;
use crate::invisible::is_invisible;

/// See `FONT.md`.
const FONT: &[u8] = include_bytes!("DejaVuSans.subset.ttf");

/// The font, and the outlines that were asked for.
pub struct Letters {
    face: Face<'static>,
    /// How much nearer some letters stand to some others.
    pairs: Option<PairAdjustment<'static>>,
    outlines: HashMap<GlyphId, Option<Path>>,
}

/// A letter of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Letter {
    /// Its picture.
    pub glyph: GlyphId,
    /// How far from the beginning of the text it stands, in units of the font.
    pub at: f32,
}

impl Letters {
    /// The font. It can always be read; a test holds that.
    pub fn new() -> Option<Self> {
        let face = Face::parse(FONT, 0).ok()?;
        Some(Letters {
            pairs: kerning(&face),
            face,
            outlines: HashMap::default(),
        })
    }

    /// Whether the font has a picture of a character, or needs none: some only say how those beside
    /// them are drawn, which one font cannot follow.
    pub fn has(&self, c: char) -> bool {
        is_invisible(c) || self.face.glyph_index(c).is_some()
    }

    /// How many of the font's units make its size.
    pub fn units(&self) -> f32 {
        f32::from(self.face.units_per_em())
    }

    /// How far letters reach above the base line, and below it, in units of the font.
    pub fn reach(&self) -> (f32, f32) {
        let all = self.face.global_bounding_box();
        (f32::from(all.y_max), f32::from(-all.y_min))
    }

    /// The letters of a text, and how wide it is, in units of the font. A character that the font
    /// lacks is a box. A mark that no letter of the font has on it takes no room, so that it stands
    /// on the letter before.
    pub fn of(&self, text: &str) -> (Vec<Letter>, f32) {
        let mut letters: Vec<Letter> = Vec::with_capacity(text.len());
        let mut at = 0.0;
        let mut last = None;
        for c in text.nfc().filter(|c| !is_invisible(*c)) {
            let glyph = self.face.glyph_index(c).unwrap_or_default();
            let advance = self.face.glyph_hor_advance(glyph).unwrap_or_default();
            at += last.map_or(0.0, |last| self.nearer(last, glyph));
            letters.push(Letter { glyph, at });
            at += f32::from(advance);
            if advance > 0 {
                last = Some(glyph);
            }
        }
        (letters, at)
    }

    /// How much is added to the distance of two letters; mostly less than nothing.
    fn nearer(&self, first: GlyphId, second: GlyphId) -> f32 {
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
    pub fn outline(&mut self, glyph: GlyphId) -> Option<&Path> {
        let outline = match self.outlines.entry(glyph) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                let mut pen = Pen(PathBuilder::new());
                let drawn = self.face.outline_glyph(glyph, &mut pen);
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

/// Draws what the font says, upside down, because its letters stand on their base line.
struct Pen(PathBuilder);

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, -y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, -y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to(x1, -y1, x, -y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.cubic_to(x1, -y1, x2, -y2, x, -y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}
