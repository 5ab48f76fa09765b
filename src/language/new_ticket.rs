//! The ticket before its first save.

use super::Absent::Means;
use super::{Kind, described};
use crate::source::{Span, Spanned, Text};

described! {
    /// The ticket before its first save.
    "NewTicket" in "new-ticket",
    pub struct NewTicket {
        /// Where `new-ticket` is written.
        pub span: Span,
    }

    /// The properties that can be set.
    editable: Spanned<Vec<Text>> = Kind::Names, "editable", Means("all"), "[subject, description]";
}
