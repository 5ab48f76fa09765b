//! How wide text is, and where to break it.
//!
//! The widths are those of Helvetica (Adobe's font metrics, version 2.0), a little wider: the fonts
//! that systems have in its place differ by some hundredths. Letters with accents are as wide as
//! without; what the table does not have is taken by the columns of a terminal, so that Chinese,
//! Japanese and Korean characters count double.

use unicode_normalization::UnicodeNormalization;
use unicode_width::UnicodeWidthChar;

/// From the space to the tilde, in thousandths of the font's size.
#[rustfmt::skip]
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// How much wider other fonts may be.
const SLACK: f64 = 1.06;
/// Letters of other alphabets (Cyrillic, Greek, Arabic …), and characters of two columns.
const OTHER: f64 = 0.64;
const WIDE: f64 = 1.0;

/// The width of a line of text, in pixels, in a font of this size.
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(em).sum::<f64>() * size * SLACK
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
        (None, _) => OTHER,
    }
}

/// More lines than this are not made of one text: a name so long says no more in a picture.
pub const MOST_LINES: usize = 12;

/// Text in lines of at most this width where its words allow, else broken within a word. Never
/// empty; line breaks of the text stay. Of a text that takes more than [`MOST_LINES`] only the
/// beginning is shown, with `…` at its end.
pub fn lines(text: &str, size: f64, most: f64) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut rest = Some(paragraph);
        while let Some(text) = rest {
            if lines.len() == MOST_LINES {
                lines.last_mut().into_iter().for_each(cut);
                return lines;
            }
            let (line, more) = first_line(text.trim_start_matches(' '), most / (size * SLACK));
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

/// As much of a text as fits into so many times its font's size, and what follows: broken at the
/// last blank that fits, else after the last character that does, which is one at least, and not
/// before a mark that belongs to it.
fn first_line(text: &str, room: f64) -> (&str, Option<&str>) {
    let mut taken = 0.0;
    let mut blank = None;
    for (index, c) in text.char_indices() {
        let em = em(c);
        taken += em;
        if c == ' ' {
            blank = Some(index);
        }
        if taken > room && index > 0 && em > 0.0 {
            let (end, next) = blank.map_or((index, index), |blank| (blank, blank + 1));
            return (&text[..end], Some(&text[next..]));
        }
    }
    (text, None)
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
        assert!(broken.iter().all(|l| width(l, 13.0) <= 80.0), "{broken:?}");
        assert_eq!(lines("確認確認", 13.0, 5.0), ["確", "認", "確", "認"]);
        assert_eq!(
            lines("e\u{301}e\u{301}", 13.0, 5.0),
            ["e\u{301}", "e\u{301}"]
        );
        assert_eq!(lines("aa bb", 13.0, width("aa b", 13.0)), ["aa", "bb"]);
        assert_eq!(lines("aa bb", 13.0, width("aa", 13.0)), ["aa", "bb"]);
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
