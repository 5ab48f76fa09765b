//! What can be imported: one row a document, and what has to be known of it to compare what was
//! read with what is built again.

use serde_json::Value;

use crate::diagnostic::Diagnostics;
use crate::node::Node;
use crate::rules::Checked;
use crate::write::Definition;

use super::gathering::Holds;
use super::reading::Reading;

/// What only a product sets in one place: the beginning of the paths, such as `items[].`, and how each goes on.
pub type SetByProduct = (&'static str, &'static [&'static str]);

/// A document that a workflow file can be made from.
#[derive(Debug)]
pub struct Import {
    /// The name of the document, one of the target's.
    pub document: &'static str,
    /// Reads the document. Whatever is wrong with it is reported; where an error is, what is
    /// returned is of no use. Names and ids are looked up here, so that a definition is whole.
    pub read: fn(&Node, &mut Reading) -> Vec<Definition>,
    /// How the document holds what is imported, where parts of it are read, too.
    pub holds: Option<Holds>,
    /// Whether several texts are one list of documents, which its other words make one.
    pub is_of_pages: bool,
    /// Puts what is written in other words than those that are built into these, if it is: it is
    /// read and compared so.
    pub respelt: for<'s> fn(&Node<'s>) -> Option<Node<'s>>,
    /// Builds what is compared, where the document itself does not show all that the files say, or
    /// is not made of all that can be imported.
    pub rebuilt: Option<Rebuilt>,
    /// What only the product sets, which a workflow file therefore does not say, and which is not missed in
    /// what is built again ([`Import::is_set_by_product`]).
    pub set_by_product: &'static [SetByProduct],
    /// Paths of what is numbered when it is built, whatever number it had.
    pub numbered: &'static [&'static str],
    /// The lists of objects whose items are known by what they say.
    pub lists: &'static [List],
    /// Where the list of workflows stands of which each is built and compared on its own: the
    /// field's name, or nothing for the document itself. The paths above then begin in its items.
    pub members: Option<&'static str>,
    /// Whether it is sent to the product: there `null` and no text are an order, and not nothing.
    pub is_sent: bool,
}

/// Makes of workflows what is compared with the JSON that they come from: of all of them, or of one
/// where each is compared on its own.
pub type Rebuilt = fn(&[&Checked], &mut Diagnostics) -> Option<Value>;

/// A list of objects each of which is compared with the one of the same key, wherever it stands.
#[derive(Debug)]
pub struct List {
    /// The path of the list, such as `workflows[].transitions`.
    pub path: &'static str,
    /// What an item is ("transition"); nothing where it is a part of what it stands in.
    pub what: &'static str,
    /// The field that holds the name that people know an item by.
    pub name: &'static str,
    /// The fields that make a key, `links[].fromStatusReference` for those of all items of a list.
    /// Several keys are tried one after the other on what has no partner by then, so that an item
    /// of which something differs is still compared with its own.
    pub keys: &'static [&'static [&'static str]],
    /// Whether the order of the items says something.
    pub is_ordered: bool,
}

impl List {
    /// A list whose order counts; an item is known by these fields.
    pub const fn new(
        path: &'static str,
        what: &'static str,
        name: &'static str,
        keys: &'static [&'static [&'static str]],
    ) -> Self {
        List {
            path,
            what,
            name,
            keys,
            is_ordered: true,
        }
    }

    /// The order says nothing.
    pub const fn unordered(mut self) -> Self {
        self.is_ordered = false;
        self
    }
}

impl Import {
    /// Of the document of this name, all of which is compared with what is built again.
    pub const fn new(
        document: &'static str,
        read: fn(&Node, &mut Reading) -> Vec<Definition>,
    ) -> Self {
        Import {
            document,
            read,
            holds: None,
            is_of_pages: false,
            respelt: |_| None,
            rebuilt: None,
            set_by_product: &[],
            numbered: &[],
            lists: &[],
            members: None,
            is_sent: false,
        }
    }

    /// Read in every form in which people have it.
    pub const fn holds(mut self, holds: Holds) -> Self {
        self.holds = Some(holds);
        self
    }

    /// Of which several pages are read as a list of them.
    pub const fn of_pages(mut self) -> Self {
        self.is_of_pages = true;
        self
    }

    /// With other words for the same.
    pub const fn respelt(mut self, respelt: for<'s> fn(&Node<'s>) -> Option<Node<'s>>) -> Self {
        self.respelt = respelt;
        self
    }

    /// Compared with something other than the document.
    pub const fn rebuilt(mut self, rebuilt: Rebuilt) -> Self {
        self.rebuilt = Some(rebuilt);
        self
    }

    /// With what only the product sets.
    pub const fn set_by_product(mut self, groups: &'static [SetByProduct]) -> Self {
        self.set_by_product = groups;
        self
    }

    /// Whether only the product sets what has this path, such as `items[].allowedActions`.
    pub fn is_set_by_product(&self, path: &str) -> bool {
        let mut groups = self.set_by_product.iter();
        groups.any(|(within, names)| {
            let name = path.strip_prefix(within);
            name.is_some_and(|name| names.contains(&name))
        })
    }

    /// With paths of what is numbered anew.
    pub const fn numbered(mut self, paths: &'static [&'static str]) -> Self {
        self.numbered = paths;
        self
    }

    /// With lists whose items are known by what they say.
    pub const fn lists(mut self, lists: &'static [List]) -> Self {
        self.lists = lists;
        self
    }

    /// With a list of workflows that have nothing in common.
    pub const fn members(mut self, field: &'static str) -> Self {
        self.members = Some(field);
        self
    }

    /// A body that is sent to the product.
    pub const fn sent(mut self) -> Self {
        self.is_sent = true;
        self
    }
}
