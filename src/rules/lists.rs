//! Taking items out of a list, whatever its spelling.

use crate::diagnostic::Edit;
use crate::model::Text;
use crate::source::Span;

/// The items of a list, to take some of them out: looked through once, however many reports it has.
pub struct List<'w> {
    items: &'w [Text],
    /// Whether the items follow each other in one text. A list that aliases put together does not.
    is_in_order: bool,
}

impl<'w> List<'w> {
    pub fn of(items: &'w [Text]) -> Self {
        let in_order = |pair: &[Text]| follows(pair[0].span, pair[1].span);
        List {
            items,
            is_in_order: items.windows(2).all(in_order),
        }
    }

    /// The edits that take the items `gone` (indexes, rising) out, with what separates them: the
    /// same cut is right for `[a, b]` in both syntaxes and for items on lines of their own. `None`
    /// where no item would be left, or nobody knows what separates the items.
    pub fn without(&self, gone: &[usize]) -> Option<Vec<Edit>> {
        if gone.len() >= self.items.len() || !self.is_in_order {
            return None;
        }
        // The first item that stays: those before it take the separator behind them along, those
        // after it the one before them.
        let kept = (0..).find(|at| gone.get(*at) != Some(at))?;
        let cut = |at: &usize| {
            let (item, other) = (self.items[*at].span, |at: usize| self.items[at].span);
            let (start, end) = match *at < kept {
                true => (item.start, other(*at + 1).start),
                false => (other(*at - 1).end, item.end),
            };
            Edit::new(Span { start, end, ..item }, "")
        };
        Some(gone.iter().map(cut).collect())
    }

    /// The same of the items that stand at `places`.
    pub fn without_places(&self, places: impl Iterator<Item = Span>) -> Option<Vec<Edit>> {
        if !self.is_in_order {
            return None;
        }
        let start = |item: &Text| item.span.start;
        let find = |place: Span| self.items.binary_search_by_key(&place.start, start).ok();
        let mut gone: Vec<usize> = places.filter_map(find).collect();
        gone.sort_unstable();
        gone.dedup();
        self.without(&gone)
    }
}

/// Whether the item at `second` stands after that at `first`, in the same text.
fn follows(first: Span, second: Span) -> bool {
    first.source == second.source && first.end <= second.start && !first.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    /// `text` without the words `gone`, cut where their spans say.
    fn cut(text: &str, words: &[&str], gone: &[usize]) -> Option<String> {
        let mut from = 0;
        let items: Vec<Text> = words
            .iter()
            .map(|word| {
                let start = from + text[from..].find(word).unwrap();
                from = start + word.len();
                Text::new((*word).into(), Span::new(SourceId(0), start, from))
            })
            .collect();
        let list = List::of(&items);
        let edits = list.without(gone);
        let places = gone.iter().rev().map(|at| items[*at].span);
        assert_eq!(list.without_places(places), edits);
        let mut left = text.to_owned();
        for edit in edits?.iter().rev() {
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
            let items = items.map(|at| Text::new("A".into(), at));
            assert_eq!(List::of(&items).without(&[1]), None, "{items:?}");
        }
    }
}
