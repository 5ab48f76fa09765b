//! PNG: what SVG shows, painted here (<https://www.w3.org/TR/png-3/>).
//!
//! Its font comes with the program, so that the same workflow gives the same bytes on every
//! machine, whatever fonts that has. The font knows Latin, Greek and Cyrillic; letters of other
//! scripts come from a font that is named, unless they join or run from right to left, which takes
//! more than a font. What is missing is said.

use crate::diagrams::picture::Picture;
use crate::diagrams::svg::drawing::{Drawing, Item};
use crate::diagrams::{Encoded, Notation, Style, TooLarge, svg};

mod bounds;
mod letters;
mod lines;
mod paint;

use letters::Letters;
use paint::Painting;

/// See the top of this file.
pub const NOTATION: Notation = Notation {
    name: "png",
    about: "pixels, for where no SVG is taken; twice as many as the SVG measures",
    extension: "png",
    signature: "tEXtSoftware\0statewright",
    most: 5_000,
    lists_transitions: false,
    has_arrows: true,
    joins: false,
    has_direction: true,
    draw: svg::NOTATION.draw,
    encode: Some(encode),
    caution: None,
};

/// Pixels for each of the SVG's.
const SCALE: f32 = 2.0;
/// A picture takes at most so many pixels, because programs that show it take four bytes for each; a
/// larger one is drawn smaller.
const MOST_PIXELS: f32 = 24_000_000.0;
/// What painting may cost, in pixels over which lines, boxes and letters reach: about two seconds' work.
const MOST_PAINTED: f32 = 800_000_000.0;
/// More characters than this that the font lacks are not named.
const MOST_NAMED: usize = 12;

fn encode(picture: &Picture, style: &Style) -> Result<Encoded, TooLarge> {
    encode_drawing(&svg::drawing(picture, style, true), style.font.as_deref())
}

/// Whether bytes are a font that letters can be taken from.
pub fn is_font(bytes: &[u8]) -> bool {
    ttf_parser::Face::parse(bytes, 0).is_ok()
}

fn encode_drawing(drawing: &Drawing, font: Option<&[u8]>) -> Result<Encoded, TooLarge> {
    let Some(letters) = Letters::new(font) else {
        return Ok(failed());
    };
    let missing = missing(drawing, &letters);
    let mut painting = Painting::of(drawing, letters, scale_of(drawing));
    check_cost(&painting)?;
    let mut bytes = Vec::new();
    if painting.write(&mut bytes).is_err() {
        return Ok(failed());
    }
    let note = (!missing.is_empty()).then(|| {
        format!("the font for PNG lacks {missing}: they are drawn as boxes; `--font FILE` adds letters, and SVG and HTML show them")
    });
    Ok(Encoded { bytes, note })
}

fn failed() -> Encoded {
    Encoded {
        bytes: Vec::new(),
        note: Some("internal error: the picture could not be painted".to_owned()),
    }
}

/// Refuses a picture that would take too long to paint.
fn check_cost(painting: &Painting) -> Result<(), TooLarge> {
    let painted = painting.cost();
    if painted <= MOST_PAINTED {
        return Ok(());
    }
    Err(TooLarge::Pixels {
        millions: (painted / 1e6) as usize,
        notation: NOTATION.name,
        most: (MOST_PAINTED / 1e6) as usize,
    })
}

/// How many pixels to take for one of the SVG's.
fn scale_of(drawing: &Drawing) -> f32 {
    let area = drawing.size.width * drawing.size.height;
    SCALE.min((MOST_PIXELS / area as f32).sqrt())
}

/// The characters that the font has no picture of, as a list for people; empty where it has all.
fn missing(drawing: &Drawing, letters: &Letters) -> String {
    let texts = drawing.items.iter().filter_map(|item| match item {
        Item::Text(text) => Some(text.text.chars()),
        _ => None,
    });
    let mut missing: Vec<char> = Vec::new();
    for c in texts.flatten().filter(|c| !letters.has(*c)) {
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

#[cfg(test)]
mod tests;
