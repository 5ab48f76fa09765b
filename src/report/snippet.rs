//! One line of a source as a report shows it: printable, no longer than the screen is wide, and
//! the marked places still where they belong.

use std::ops::Range;

use super::armed;
use super::prose::{columns, columns_of};

/// A line ready to be drawn.
#[derive(Debug, PartialEq)]
pub(super) struct Snippet {
    /// What to show; tabs are still tabs.
    pub text: String,
    /// The marked places in `text`, in bytes, in the order in which they were asked for.
    pub marks: Vec<Range<usize>>,
}

/// Shows `line` (without its line end) in about `room` columns. `marks` are ranges of its bytes,
/// on character boundaries, in order, none empty and none overlapping another; one may end one
/// past the end of the line, to mark the place where the line ends.
///
/// Of a line that is too long, the start and what is around the marks is shown, `…` standing for
/// the rest. The cost depends on `room` and the number of marks, not on the line's length.
pub(super) fn snippet(line: &str, marks: &[Range<usize>], room: usize) -> Snippet {
    // In nearly every line all is shown, and where it is.
    let is_in_line = |mark: &Range<usize>| mark.end <= line.len();
    if line.len() <= room && armed::is_harmless(line) && marks.iter().all(is_in_line) {
        return Snippet {
            text: line.to_owned(),
            marks: marks.to_vec(),
        };
    }
    let mut text = String::new();
    // Pairs of an offset in the line and the offset in the text where it is shown.
    let mut shown: Vec<(usize, usize)> = Vec::new();
    let mut done = 0;
    for part in parts(line, marks, room) {
        if part.start > done {
            text.push('…');
        }
        for (at, c) in line[part.clone()].char_indices() {
            let at = part.start + at;
            shown.push((at, text.len()));
            match c {
                '\t' => text.push('\t'),
                _ => armed::push(&mut text, &line[at..]),
            }
        }
        shown.push((part.end, text.len()));
        done = part.end;
    }
    if done < line.len() {
        text.push('…');
    }
    shown.push((line.len(), text.len()));
    if marks.iter().any(|mark| mark.end > line.len()) {
        text.push(' ');
    }
    // An offset that is left out is shown by the `…`, which ends where the next part starts.
    let place = |offset: usize| {
        let next = shown.partition_point(|&(at, _)| at < offset);
        shown.get(next).map_or(text.len(), |&(_, place)| place)
    };
    let marks = marks.iter().map(|m| place(m.start)..place(m.end)).collect();
    Snippet { text, marks }
}

/// Which parts of `line` are shown, in order: all of it where it fits.
fn parts(line: &str, marks: &[Range<usize>], room: usize) -> Vec<Range<usize>> {
    if fits(line, room) {
        return std::iter::once(0..line.len()).collect();
    }
    if marks.is_empty() {
        return std::iter::once(0..forward(line, 0, room - 1)).collect();
    }
    let mut parts: Vec<Range<usize>> = Vec::new();
    for part in marks.iter().map(|m| around(line, m, room / marks.len())) {
        match parts.last_mut() {
            Some(last) if part.start <= last.end => last.end = last.end.max(part.end),
            _ => parts.push(part),
        }
    }
    spend_the_rest(line, &mut parts, room);
    parts
}

/// `mark` with a little of the line on both sides, or the start of a mark that is too long
/// itself, in about `room` columns.
fn around(line: &str, mark: &Range<usize>, room: usize) -> Range<usize> {
    let margin = (room / 4).max(4);
    let start = backward(line, mark.start, margin);
    let half = forward(line, mark.start, 2 * margin);
    if half < mark.end.min(line.len()) {
        return start..half;
    }
    start..forward(line, mark.end.min(line.len()), margin)
}

/// Lets the last part, then the first, take up the columns of `room` that are still free.
fn spend_the_rest(line: &str, parts: &mut [Range<usize>], room: usize) {
    let used = |parts: &[Range<usize>]| -> usize {
        parts.iter().map(|p| columns(&line[p.clone()]) + 1).sum()
    };
    let free = room.saturating_sub(used(parts) + 1);
    if let Some(last) = parts.last_mut() {
        last.end = forward(line, last.end, free);
    }
    let free = room.saturating_sub(used(parts) + 1);
    if let Some(first) = parts.first_mut() {
        first.start = backward(line, first.start, free);
    }
}

fn fits(line: &str, room: usize) -> bool {
    // A line of that many bytes is too long, whatever is in it; counting would take time.
    line.len() <= 16 * room && columns(line) <= room
}

/// The byte that lies up to `room` columns after byte `from` of `line`.
fn forward(line: &str, from: usize, room: usize) -> usize {
    from + bytes_in(line[from..].chars(), room)
}

/// The byte that lies up to `room` columns before byte `from` of `line`.
fn backward(line: &str, from: usize, room: usize) -> usize {
    from - bytes_in(line[..from].chars().rev(), room)
}

/// How many bytes those of `characters` have that fit into `room` columns, with a bound for
/// characters that take no column.
fn bytes_in(characters: impl Iterator<Item = char>, mut room: usize) -> usize {
    characters
        .take(16 * room)
        .take_while(|&c| {
            let wide = columns_of(c);
            let fits = wide <= room;
            room = room.saturating_sub(wide);
            fits
        })
        .map(char::len_utf8)
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text and what is under its marks.
    fn shown(line: &str, marks: &[Range<usize>], room: usize) -> (String, Vec<String>) {
        let snippet = snippet(line, marks, room);
        let marked = snippet.marks.iter();
        let marked = marked.map(|m| snippet.text[m.clone()].to_owned()).collect();
        (snippet.text, marked)
    }

    fn all(line: &str) -> Range<usize> {
        0..line.len()
    }

    #[test]
    fn a_short_line_is_shown_as_it_is() {
        let (text, marked) = shown("- a: b", &[2..3, 5..6], 80);
        assert_eq!(text, "- a: b");
        assert_eq!(marked, ["a", "b"]);
    }

    #[test]
    fn hidden_characters_move_the_marks() {
        let (text, marked) = shown("\u{202e}a: \u{7}b", &[3..4, 6..8], 80);
        assert_eq!(text, "<U+202E>a: <U+0007>b");
        assert_eq!(marked, ["a", "<U+0007>b"]);
    }

    #[test]
    fn a_command_is_broken_even_where_a_mark_cuts_it() {
        let (text, marked) = shown("x: ##[y", std::slice::from_ref(&(5..7)), 80);
        assert_eq!(text, "x: <U+0023>#[y");
        assert_eq!(marked, ["[y"]);
    }

    #[test]
    fn the_end_of_a_line_can_be_marked() {
        let (text, marked) = shown("name:", std::slice::from_ref(&(5..6)), 80);
        assert_eq!(text, "name: ");
        assert_eq!(marked, [" "]);
        assert_eq!(shown("", std::slice::from_ref(&(0..1)), 80).1, [" "]);
    }

    #[test]
    fn a_long_line_is_clipped_around_its_marks() {
        let line = format!("{}bad{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
        let mark = 1_000_000..1_000_003;
        let (text, marked) = shown(&line, std::slice::from_ref(&mark), 40);
        assert_eq!(text, format!("…{}bad{}…", "[".repeat(10), "]".repeat(25)));
        assert_eq!(marked, ["bad"]);
        let (text, marked) = shown(&line, &[0..1, mark, 1_999_999..2_000_000], 40);
        assert_eq!(text, "[[[[[…[[[[bad]]]]…]]]]]]]]");
        assert_eq!(marked, ["[", "bad", "]"]);
        assert_eq!(shown(&line, &[], 10).0, "[[[[[[[[[…");
    }

    #[test]
    fn a_long_mark_shows_its_start() {
        let line = "x".repeat(500);
        let (text, marked) = shown(&line, &[all(&line)], 20);
        assert_eq!(text, format!("{}…", "x".repeat(18)));
        assert_eq!(marked, [text]);
    }
}
