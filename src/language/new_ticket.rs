//! The ticket before its first save.

use super::Absent::Means;
use super::described;
use super::kinds::Names;
use crate::source::Span;

described! {
    /// The ticket before its first save.
    "NewTicket" in "new-ticket",
    pub struct NewTicket {
        /// Where `new-ticket` is written.
        pub span: Span,
    }

    /// The properties that can be set.
    editable: Names, "editable", Means("all"), "[subject, description]";
}
