//! What people have of a product, in the form of the document that is read: one body where a list
//! belongs, a list without what is around it, several pages of one list.

use crate::diagnostic::Diagnostics;
use crate::node::{Entry, Kind, Node, Scalar};
use crate::source::Span;

use super::lossy_imports::{self, LeftOut, Reason};

/// How a document holds what is imported.
#[derive(Debug)]
pub struct Holds {
    /// The field with the list; nothing where the list is all there is.
    pub list: &'static str,
    /// The field in which another answer holds one alone; nothing where there is none.
    pub alone: &'static str,
    /// Fields of an item, any of which tells that an object is one.
    pub item: &'static [&'static str],
    /// Reports what the pages, all of which are given, leave out of the list.
    pub check_pages: fn(&[Page], &mut Diagnostics),
}

/// A page of a list.
#[derive(Debug)]
pub struct Page<'s> {
    /// What stands beside the list, such as its number.
    pub beside: Vec<Entry<'s>>,
    /// How many items it has.
    pub items: usize,
    /// The whole of it.
    pub place: Span,
}

impl<'s> Page<'s> {
    /// What stands beside the list under this name.
    pub fn get(&self, name: &str) -> Option<&Node<'s>> {
        let mut beside = self.beside.iter();
        let entry = beside.find(|entry| entry.key.text() == name)?;
        Some(&entry.value)
    }
}

impl Holds {
    /// A list under this name, of objects with these fields.
    pub const fn list(list: &'static str, item: &'static [&'static str]) -> Self {
        Holds {
            list,
            alone: "",
            item,
            check_pages: |_, _| {},
        }
    }

    /// An answer that has one alone has it under this name.
    pub const fn alone(mut self, field: &'static str) -> Self {
        self.alone = field;
        self
    }

    /// With what tells whether pages are missing.
    pub const fn pages(mut self, check: fn(&[Page], &mut Diagnostics)) -> Self {
        self.check_pages = check;
        self
    }

    /// One document of all `roots`, of which there is at least one. What is neither a document of this form
    /// nor a part of one is left to the reader, to say so: among the items, or alone.
    pub fn gathered<'s>(&self, roots: Vec<Node<'s>>, out: &mut Diagnostics) -> Option<Node<'s>> {
        let place = roots.first()?.span;
        let mut parts = Parts::default();
        let mut others = Vec::new();
        for root in roots {
            others.extend(self.take(root, &mut parts));
        }
        let is_alone = parts.pages.is_empty() && parts.items.is_empty();
        if is_alone && !others.is_empty() {
            return others.into_iter().next();
        }
        // Beside others, each is one that says why it is not there.
        parts.items.extend(others);
        (self.check_pages)(&parts.pages, out);
        let list = Node::new(place, Kind::List(parts.items.into()));
        if self.list.is_empty() {
            return Some(list);
        }
        let mut entries = match parts.pages.is_empty() {
            true => Vec::new(),
            false => parts.pages.swap_remove(0).beside,
        };
        let key = Scalar::text_only(self.list);
        entries.push(Entry::new(key, parts.key.unwrap_or(place), list));
        Some(Node::new(place, Kind::Map(entries.into())))
    }

    /// Takes apart what one text holds; gives it back where it is of no known form.
    fn take<'s>(&self, root: Node<'s>, parts: &mut Parts<'s>) -> Option<Node<'s>> {
        let has = |name: &str| !name.is_empty() && root.get(name).is_some();
        let is_page = |node: &Node| match self.list {
            // An empty one among others is odd, and no page.
            "" => node.items().is_some_and(|items| !items.is_empty()),
            list => node.get(list).is_some_and(|list| list.items().is_some()),
        };
        let is_alone = |node: &Node| !self.alone.is_empty() && node.get(self.alone).is_some();
        match root.kind() {
            Kind::List(items) if items.iter().any(|item| is_page(item) || is_alone(item)) => {
                for item in items_of(root) {
                    // Among pages an answer of another form is one that is missing.
                    if item.entries().is_none() && !is_page(&item) {
                        parts.items.push(item);
                    } else if let Some(other) = self.take(item, parts) {
                        parts.items.push(other);
                    }
                }
                None
            }
            Kind::List(_) => {
                let place = root.span;
                let items = items_of(root);
                if self.list.is_empty() {
                    parts.pages.push(Page {
                        beside: Vec::new(),
                        items: items.len(),
                        place,
                    });
                }
                parts.items.extend(items);
                None
            }
            Kind::Map(_) if is_page(&root) || is_alone(&root) => {
                let mut page = Page {
                    beside: Vec::new(),
                    items: 0,
                    place: root.span,
                };
                let Kind::Map(entries) = root.into_kind() else {
                    return None;
                };
                for entry in entries {
                    let name = entry.key.text();
                    if name == self.list {
                        parts.key.get_or_insert(entry.key_span());
                        let items = items_of(entry.value);
                        page.items += items.len();
                        parts.items.extend(items);
                    } else if name == self.alone && !name.is_empty() {
                        parts.items.push(entry.value);
                        page.items += 1;
                    } else {
                        page.beside.push(entry);
                    }
                }
                parts.pages.push(page);
                None
            }
            Kind::Map(_) if !has(self.list) && self.item.iter().any(|name| has(name)) => {
                parts.items.push(root);
                None
            }
            _ => Some(root),
        }
    }
}

/// Reports what stands beside what is read, where there is no place to read it.
pub fn nothing_beside(pages: &[Page], out: &mut Diagnostics) {
    let beside = pages.iter().flat_map(|page| &page.beside);
    let left_out: Vec<LeftOut> = beside
        .map(|entry| LeftOut {
            name: entry.key.text().to_owned(),
            place: entry.key_span(),
            owner: None,
        })
        .collect();
    if !left_out.is_empty() {
        out.extend(lossy_imports::left_out(
            "the answer",
            Reason::NotDocumented,
            &left_out,
        ));
    }
}

#[derive(Default)]
struct Parts<'s> {
    items: Vec<Node<'s>>,
    pages: Vec<Page<'s>>,
    /// Where the list's name stands.
    key: Option<Span>,
}

/// The items of a list.
fn items_of<'s>(list: Node<'s>) -> Box<[Node<'s>]> {
    match list.into_kind() {
        Kind::List(items) => items,
        _ => Box::default(),
    }
}
