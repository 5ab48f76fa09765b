//! Taking items out of a list, whatever its spelling.

use crate::diagnostic::Edit;
use crate::source::Span;

/// The edits that take the items `gone` (indexes, rising) out of a list whose items stand at
/// `items`, with what separates them: the same cut is right for `[a, b]` in both syntaxes and for
/// items on lines of their own. `None` where no item would be left, or the items do not follow
/// each other in one text (a list put together by aliases).
pub fn without(items: &[Span], gone: &[usize]) -> Option<Vec<Edit>> {
    let in_order = |pair: &[Span]| {
        pair[0].source == pair[1].source && pair[0].end <= pair[1].start && !pair[0].is_empty()
    };
    if gone.len() >= items.len() || !items.windows(2).all(in_order) {
        return None;
    }
    // The first item that stays: those before it take the separator behind them along, those
    // after it the one before them.
    let kept = (0..items.len()).find(|at| gone.binary_search(at).is_err())?;
    let cut = |at: &usize| {
        let (start, end) = match *at < kept {
            true => (items[*at].start, items[*at + 1].start),
            false => (items[*at - 1].end, items[*at].end),
        };
        let span = Span {
            start,
            end,
            ..items[*at]
        };
        Edit::new(span, "")
    };
    Some(gone.iter().map(cut).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    /// `text` without the words `gone`, cut where their spans say.
    fn cut(text: &str, words: &[&str], gone: &[usize]) -> Option<String> {
        let mut from = 0;
        let spans: Vec<Span> = words
            .iter()
            .map(|word| {
                let start = from + text[from..].find(word).unwrap();
                from = start + word.len();
                Span::new(SourceId(0), start, from)
            })
            .collect();
        let mut left = text.to_owned();
        for edit in without(&spans, gone)?.iter().rev() {
            left.replace_range(edit.span.range(), &edit.text);
        }
        Some(left)
    }

    #[test]
    fn separators_go_with_their_items() {
        let words = ["A", "B", "C"];
        assert_eq!(cut("[A, B, C]", &words, &[1]).unwrap(), "[A, C]");
        assert_eq!(cut("[A, B, C]", &words, &[0, 1]).unwrap(), "[C]");
        assert_eq!(cut("[A, B, C]", &words, &[0, 2]).unwrap(), "[B]");
        let lines = "- A\n- B\n- C\n";
        assert_eq!(cut(lines, &words, &[2]).unwrap(), "- A\n- B\n");
        assert_eq!(cut(lines, &words, &[0]).unwrap(), "- B\n- C\n");
    }

    #[test]
    fn an_empty_list_is_no_list() {
        assert_eq!(cut("[A, B]", &["A", "B"], &[0, 1]), None);
    }

    /// An alias stands for an item that is written elsewhere: what lies between the two is no
    /// separator.
    #[test]
    fn a_list_put_together_by_aliases_is_left_alone() {
        let at = |source, start, end| Span::new(SourceId(source), start, end);
        let backwards = [at(0, 40, 43), at(0, 10, 13)];
        let of_two_files = [at(0, 10, 13), at(1, 40, 43)];
        let nothing_between = [at(0, 10, 10), at(0, 10, 13)];
        for items in [backwards, of_two_files, nothing_between] {
            assert_eq!(without(&items, &[1]), None, "{items:?}");
        }
    }
}
