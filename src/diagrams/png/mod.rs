//! PNG: the SVG, painted here (<https://www.w3.org/TR/png-3/>).
//!
//! Its font comes with the program, so that the same workflow gives the same bytes on every
//! machine, whatever fonts that has. The font knows Latin, Greek and Cyrillic; names in other
//! scripts are for the other notations, and it is said so.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Group, Node, Options, Rect, Tree, fontdb::Database};

use crate::diagrams::{Encoded, Notation, Style, TooLarge, svg};
use crate::graph::Resolved;

/// See the top of this file.
pub const NOTATION: Notation = Notation {
    name: "png",
    about: "pixels, for where no SVG is taken; twice as many as the SVG measures",
    extension: "png",
    most: 5_000,
    has_arrows: true,
    draw,
    encode: Some(encode),
};

const FONT: &[u8] = include_bytes!("DejaVuSans.subset.ttf");
const FAMILY: &str = "DejaVu Sans";

/// Pixels for each of the SVG's.
const SCALE: f32 = 2.0;
/// A picture takes at most so many pixels, four bytes each and as many again when they are written;
/// a larger one is drawn smaller.
const MOST_PIXELS: f32 = 12_000_000.0;
/// Over so many pixels all lines, boxes and letters may reach together, each in a rectangle of its own: about a
/// second's work. A line is painted row by row, and each row costs its width, however thin the line.
const MOST_PAINTED: f32 = 800_000_000.0;
/// More characters than this that the font lacks are not named.
const MOST_NAMED: usize = 12;

/// The SVG, light, because pixels cannot be both.
fn draw(resolved: &Resolved, style: &Style) -> String {
    let text = (svg::NOTATION.draw)(resolved, style);
    text.replace(&format!("<style>{}</style>\n", svg::style::sheet()), "")
}

fn encode(text: &str) -> Result<Encoded, TooLarge> {
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
    let tree = Tree::from_str(text, &options).ok();
    if let Some(tree) = &tree {
        check_cost(tree)?;
    }
    let bytes = tree.and_then(|tree| {
        let scale = scale_of(&tree);
        let pixels = |length: f32| (length * scale).ceil() as u32;
        let mut pixmap = Pixmap::new(pixels(tree.size().width()), pixels(tree.size().height()))?;
        let transform = Transform::from_scale(scale, scale);
        resvg::render(&tree, transform, &mut pixmap.as_mut());
        drop(tree);
        pixmap.encode_png().ok()
    });
    if bytes.is_none() {
        note = Some("internal error: the picture could not be painted".to_owned());
    }
    Ok(Encoded {
        bytes: bytes.unwrap_or_default(),
        note,
    })
}

/// Refuses a picture that would take too long to paint.
fn check_cost(tree: &Tree) -> Result<(), TooLarge> {
    let scale = scale_of(tree);
    let painted = reach(tree.root()) * scale * scale;
    match painted > MOST_PAINTED {
        true => Err(TooLarge::Pixels {
            millions: (painted / 1e6) as usize,
            notation: NOTATION.name,
            most: (MOST_PAINTED / 1e6) as usize,
        }),
        false => Ok(()),
    }
}

/// How much all that is painted reaches over, each part in a rectangle of its own.
fn reach(group: &Group) -> f32 {
    let area = |place: Rect| place.width() * place.height();
    let parts = group.children().iter().map(|node| match node {
        Node::Group(group) => reach(group),
        Node::Text(text) => reach(text.flattened()),
        Node::Path(_) | Node::Image(_) => area(node.abs_stroke_bounding_box()),
    });
    parts.sum()
}

/// How many pixels to take for one of the SVG's.
fn scale_of(tree: &Tree) -> f32 {
    let (width, height) = (tree.size().width(), tree.size().height());
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
        encode(&draw(resolved, &Style::default())).expect("small")
    }

    #[test]
    fn a_picture_has_twice_the_pixels_and_the_same_bytes_each_time() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"30\" height=\"20\" viewBox=\"0 0 30 20\"></svg>";
        let bytes = encode(svg).expect("small").bytes;
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

    fn tree(width: usize, height: usize, content: &str) -> Tree {
        let text = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\">{content}</svg>"
        );
        Tree::from_str(&text, &Options::default()).expect("a picture")
    }

    #[test]
    fn a_huge_picture_is_drawn_smaller() {
        let dot = "<path d=\"M0 0h1v1\"/>";
        assert!((scale_of(&tree(400, 300, dot)) - SCALE).abs() < f32::EPSILON);
        let scale = scale_of(&tree(9_000, 90_000, dot));
        assert!(9_000.0 * scale * 90_000.0 * scale <= MOST_PIXELS * 1.01);
    }

    /// Each box reaches over all pixels of the picture.
    #[test]
    fn what_would_take_too_long_is_refused_before() {
        let boxes = |count| "<path d=\"M0 0h30000v400h-30000z\"/>".repeat(count);
        assert_eq!(check_cost(&tree(30_000, 400, &boxes(66))), Ok(()));
        let refused = check_cost(&tree(30_000, 400, &boxes(67))).expect_err("too much");
        assert_eq!(
            refused.to_string(),
            "the lines of the picture would reach over 804 million pixels, and notation `png` paints 800: \
             add `--only CATEGORY` for a part of it, or take `svg`"
        );
    }
}
