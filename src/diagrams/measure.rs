//! How wide text is, and where to break it.
//!
//! The widths are those of DejaVu Sans 2.37, which PNG is painted in and which is as wide as any of
//! the fonts that browsers take for SVG: what fits it fits them. Letters with accents are as wide as
//! without; what the table does not have is taken by the columns of a terminal, so that Chinese,
//! Japanese and Korean characters count double.

use unicode_normalization::UnicodeNormalization;
use unicode_width::UnicodeWidthChar;

use super::text;

/// From the space to the tilde, in thousandths of the font's size.
#[rustfmt::skip]
const WIDTHS: [u16; 95] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,
    636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531,
    1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
    603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500,
    500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
    635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];

/// Letters of other alphabets (Cyrillic, Greek, Arabic …), their capitals, and characters of two
/// columns.
const OTHER: f64 = 0.66;
const CAPITAL: f64 = 0.86;
const WIDE: f64 = 1.0;

/// The width of a line of text, in pixels, in a font of this size.
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(em).sum::<f64>() * size
}

fn em(c: char) -> f64 {
    let plain = match c.is_ascii() {
        true => c,
        false => std::iter::once(c).nfd().next().unwrap_or(c),
    };
    let known = (plain as usize)
        .checked_sub(0x20)
        .and_then(|i| WIDTHS.get(i));
    match (known, UnicodeWidthChar::width(c)) {
        (Some(width), _) => f64::from(*width) / 1000.0,
        (None, Some(0)) => 0.0,
        (None, Some(2)) => WIDE,
        (None, _) if c.is_uppercase() => CAPITAL,
        (None, _) => OTHER,
    }
}

/// More lines than this are not made of one text: a name so long says no more in a picture.
pub const MOST_LINES: usize = 12;

/// Text in lines of at most this width where its words allow, and a word that is longer broken
/// after `_`, `-` or `/` or before a capital; one without any of these stands as it is up to
/// [`MOST_OVER`] times the width, and is broken anywhere beyond. Never empty; line breaks of the text stay. Of a text that takes more than [`MOST_LINES`] only the
/// beginning is shown, with `…` at its end. What hides in a text is [`text::shown`].
pub fn lines(text: &str, size: f64, most: f64) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text::shown(text).split('\n') {
        let mut rest = Some(paragraph);
        while let Some(text) = rest {
            if lines.len() == MOST_LINES {
                lines.last_mut().into_iter().for_each(cut);
                return lines;
            }
            let (line, more) = first_line(text.trim_start_matches(' '), most / size);
            lines.push(line.to_owned());
            rest = more;
        }
    }
    lines
}

/// Makes `…` of the end of a line, which becomes no wider by more than that.
fn cut(line: &mut String) {
    line.pop();
    line.push('…');
}

/// How much wider than others a line may be where nothing in it says where to break it.
const MOST_OVER: f64 = 1.5;

/// As much of a text as fits into so many times its font's size, and what follows: broken at the
/// last blank that fits, else at the last joint of a word, else at the first of these beyond. Where
/// that is too far, after the last character that fits, which is one at least, and not before a
/// mark that belongs to it.
fn first_line(text: &str, room: f64) -> (&str, Option<&str>) {
    let mut taken = 0.0;
    let (mut blank, mut joint, mut full) = (None, None, None);
    let mut last = ' ';
    for (index, c) in text.char_indices() {
        let em = em(c);
        taken += em;
        if taken > room && index > 0 && em > 0.0 {
            full = full.or(Some((index, index)));
        }
        if c == ' ' {
            blank = Some((index, index + 1));
        } else if is_joint(last, c) {
            joint = Some((index, index));
        }
        let too_far = full.filter(|_| taken > room * MOST_OVER && em > 0.0);
        let cut = full.and(blank.or(joint)).or(too_far);
        if let Some((end, next)) = cut {
            return (&text[..end], Some(&text[next..]));
        }
        last = c;
    }
    (text, None)
}

/// Whether a word may be broken between two characters.
fn is_joint(before: char, after: char) -> bool {
    let sign = |c| matches!(c, '_' | '-' | '/');
    let hump = before.is_lowercase() && after.is_uppercase();
    hump || sign(before) && after.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_follow_the_letters() {
        assert!(width("iii", 10.0) < width("mmm", 10.0));
        assert!((width("é", 10.0) - width("e", 10.0)).abs() < 1e-9);
        assert!(width("確認", 10.0) > 1.9 * 10.0);
        assert!((width("e\u{301}", 10.0) - width("e", 10.0)).abs() < 1e-9);
    }

    #[test]
    fn text_is_broken_between_words_and_long_words_within() {
        assert_eq!(
            lines("Waiting for Parts", 13.0, 80.0),
            ["Waiting for", "Parts"]
        );
        assert_eq!(lines("", 13.0, 80.0), [""]);
        assert_eq!(lines("a\nb", 13.0, 80.0), ["a", "b"]);
        let long = "x".repeat(MOST_LINES * 10);
        let broken = lines(&long, 13.0, 80.0);
        assert_eq!(broken.concat(), long);
        assert!(
            broken.iter().all(|l| width(l, 13.0) <= MOST_OVER * 80.0),
            "{broken:?}"
        );
        assert_eq!(lines("確認確認", 13.0, 5.0), ["確", "認", "確", "認"]);
        assert_eq!(
            lines("e\u{301}e\u{301}", 13.0, 5.0),
            ["e\u{301}", "e\u{301}"]
        );
        assert_eq!(lines("aa bb", 13.0, width("aa b", 13.0)), ["aa", "bb"]);
        assert_eq!(lines("aa bb", 13.0, width("aa", 13.0)), ["aa", "bb"]);
    }

    #[test]
    fn words_are_broken_at_their_joints() {
        let broken = |text| lines(text, 13.0, 80.0);
        assert_eq!(
            broken("accept_responder_assignment"),
            ["accept_", "responder_", "assignment"]
        );
        assert_eq!(broken("waitingForSpareParts"), ["waitingFor", "SpareParts"]);
        assert_eq!(broken("approve/reject"), ["approve/", "reject"]);
        assert_eq!(broken("Überprüfungen"), ["Überprüfungen"]);
    }

    #[test]
    fn of_a_text_without_end_the_beginning_is_shown() {
        for text in [
            "x".repeat(1_000_000),
            "x ".repeat(500_000),
            "x\n".repeat(500_000),
        ] {
            let lines = lines(&text, 13.0, 80.0);
            assert_eq!(lines.len(), MOST_LINES);
            assert!(lines[MOST_LINES - 1].ends_with('…'));
        }
    }
}
