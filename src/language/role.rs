//! A role.

use super::Absent::{Means, Nothing};
use super::values::Label;
use super::{Kind, described};
use crate::source::Text;

described! {
    /// A role that people have: who may make a transition is said by roles.
    "Role" in "roles",
    pub struct Role {
        /// Its name.
        pub name: Text,
    }

    /// What people read in the place of the name: a text, or one for each language (BCP 47).
    label: Label = Kind::Label, "label", Means("the name"), "{ en: Manager, de: Leitung }";
    /// Who has the role.
    description: Text = Kind::Text, "description", Nothing, "Holds the budget of the cost centre";
}
