//! PNG: the SVG, painted here (<https://www.w3.org/TR/png-3/>).
//!
//! Its font comes with the program, so that the same workflow gives the same bytes on every
//! machine, whatever fonts that has. The font knows Latin, Greek and Cyrillic; names in other
//! scripts are for the other notations, and it is said so.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb::Database};

use crate::diagrams::{Encoded, Notation, Style, svg};
use crate::graph::Resolved;

/// See the top of this file.
pub const NOTATION: Notation = Notation {
    name: "png",
    about: "pixels, for where no SVG is taken; twice as many as the SVG measures",
    extension: "png",
    most: 5_000,
    draw,
    encode: Some(encode),
};

const FONT: &[u8] = include_bytes!("DejaVuSans.subset.ttf");
const FAMILY: &str = "DejaVu Sans";

/// Pixels for each of the SVG's.
const SCALE: f32 = 2.0;
/// A picture takes at most so many pixels, four bytes each; a larger one is drawn smaller.
const MOST_PIXELS: f32 = 24_000_000.0;
/// More characters than this that the font lacks are not named.
const MOST_NAMED: usize = 12;

/// The SVG, light, because pixels cannot be both.
fn draw(resolved: &Resolved, style: &Style) -> String {
    let text = (svg::NOTATION.draw)(resolved, style);
    text.replace(&format!("<style>{}</style>\n", svg::style::sheet()), "")
}

fn encode(text: &str) -> Encoded {
    let mut fonts = Database::new();
    fonts.load_font_data(FONT.to_vec());
    fonts.set_sans_serif_family(FAMILY);
    let missing = missing(text);
    let options = Options {
        font_family: FAMILY.to_owned(),
        fontdb: Arc::new(fonts),
        ..Options::default()
    };
    let mut note = (!missing.is_empty()).then(|| {
        format!("the font for PNG lacks {missing}: they are drawn as boxes; SVG and HTML show them")
    });
    let bytes = Tree::from_str(text, &options).ok().and_then(|tree| {
        let (width, height) = (tree.size().width(), tree.size().height());
        let scale = scale_of(width, height);
        let pixels = |length: f32| (length * scale).ceil() as u32;
        let mut pixmap = Pixmap::new(pixels(width), pixels(height))?;
        let transform = Transform::from_scale(scale, scale);
        resvg::render(&tree, transform, &mut pixmap.as_mut());
        pixmap.encode_png().ok()
    });
    if bytes.is_none() {
        note = Some("internal error: the picture could not be painted".to_owned());
    }
    Encoded {
        bytes: bytes.unwrap_or_default(),
        note,
    }
}

/// How many pixels to take for one of an SVG of this size.
fn scale_of(width: f32, height: f32) -> f32 {
    SCALE.min((MOST_PIXELS / (width * height)).sqrt())
}

/// The characters that the font has no picture of, as a list for people; empty where it has all.
fn missing(text: &str) -> String {
    let mut missing: Vec<char> = Vec::new();
    for c in text.chars().filter(|c| !is_covered(*c)) {
        if !missing.contains(&c) {
            missing.push(c);
            if missing.len() > MOST_NAMED {
                break;
            }
        }
    }
    let more = match missing.len() > MOST_NAMED {
        true => " …",
        false => "",
    };
    let named = missing.iter().take(MOST_NAMED);
    let named: Vec<String> = named.map(|c| format!("`{c}`")).collect();
    named.join(" ") + more
}

fn is_covered(c: char) -> bool {
    let drawn = COVERED
        .iter()
        .any(|(first, last)| (*first..=*last).contains(&c));
    c.is_control() || drawn
}

/// What the font has pictures of; a test holds this against the font.
#[rustfmt::skip]
const COVERED: &[(char, char)] = &[
    ('\u{20}', '\u{7e}'), ('\u{a0}', '\u{24f}'), ('\u{300}', '\u{34f}'), ('\u{351}', '\u{353}'), ('\u{357}', '\u{358}'), ('\u{35a}', '\u{35a}'), ('\u{35c}', '\u{362}'), ('\u{370}', '\u{377}'), ('\u{37a}', '\u{37f}'), ('\u{384}', '\u{38a}'), ('\u{38c}', '\u{38c}'), ('\u{38e}', '\u{3a1}'), ('\u{3a3}', '\u{45f}'), ('\u{490}', '\u{493}'), ('\u{4d8}', '\u{4d9}'), ('\u{1e00}', '\u{1efb}'), ('\u{2010}', '\u{2026}'), ('\u{2030}', '\u{203a}'), ('\u{20ac}', '\u{20ac}'), ('\u{2116}', '\u{2116}'), ('\u{2122}', '\u{2122}'), ('\u{2190}', '\u{2195}'), ('\u{2713}', '\u{2713}'), ('\u{2717}', '\u{2717}'), ('\u{fffd}', '\u{fffd}')
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, SourceId, Syntax};

    fn painted(state: &str) -> Encoded {
        let text =
            format!("workflow: w\nstart: {state}\nstates: {{ {state}: {{ category: open }} }}\n");
        let source = Source::new(SourceId(0), "w", Syntax::Yaml, text);
        let compilation = crate::compile(&source, &crate::Options::default());
        let resolved = compilation.resolved().expect("a graph");
        encode(&draw(resolved, &Style::default()))
    }

    #[test]
    fn a_picture_has_twice_the_pixels_and_the_same_bytes_each_time() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"30\" height=\"20\" viewBox=\"0 0 30 20\"></svg>";
        let bytes = encode(svg).bytes;
        assert_eq!(&bytes[1..4], b"PNG");
        assert_eq!(&bytes[16..24], &[0, 0, 0, 60, 0, 0, 0, 40]);
        assert_eq!(painted("Überprüfung").bytes, painted("Überprüfung").bytes);
        assert_ne!(
            painted("New").bytes,
            painted("Old").bytes,
            "names are painted"
        );
    }

    #[test]
    fn letters_that_the_font_lacks_are_told() {
        assert_eq!(painted("Überprüfung").note, None);
        assert_eq!(painted("Проверка").note, None);
        let note = painted("確認").note.expect("a note");
        assert!(
            note.starts_with("the font for PNG lacks `確` `認`:"),
            "{note}"
        );
    }

    #[test]
    fn what_is_said_to_be_covered_is_in_the_font() {
        let face = ttf_parser::Face::parse(FONT, 0).expect("a font");
        for c in ('\u{20}'..='\u{fffd}').chain('\u{1f600}'..='\u{1f64f}') {
            let covered = is_covered(c) && !c.is_control();
            assert_eq!(covered, face.glyph_index(c).is_some(), "{c:?}");
        }
    }

    #[test]
    fn a_huge_picture_is_drawn_smaller() {
        assert!((scale_of(400.0, 300.0) - SCALE).abs() < f32::EPSILON);
        let scale = scale_of(9_000.0, 90_000.0);
        assert!(9_000.0 * scale * 90_000.0 * scale <= MOST_PIXELS * 1.01);
    }
}
