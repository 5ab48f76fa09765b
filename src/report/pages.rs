//! Where the pages of the codes can be read in a browser, and links to them.

use crate::diagnostic::Code;

/// The address under which somebody has put the pages.
///
/// It is the choice of whoever runs or packages the program, never of a file that is checked: a link
/// that a terminal shows is clicked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pages {
    address: String,
}

/// What stands for the code's name in an address.
const CODE: &str = "{code}";

impl Pages {
    /// The pages under `address`, in which `{code}` stands for the name of a code; where it does not
    /// occur, the name follows at the end. Else why this is no address that can be linked.
    pub fn at(address: &str) -> Result<Pages, &'static str> {
        let schemes = ["https://", "http://", "file:///"];
        if !schemes.iter().any(|scheme| address.starts_with(scheme)) {
            return Err("an address begins with `https://`, `http://` or `file:///`");
        }
        // Nothing else can stand in a URI (RFC 3986), and a terminal might take it for a command.
        let is_plain =
            |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`');
        if !address.chars().all(is_plain) {
            return Err(
                "an address has no blanks, quotes or letters beyond ASCII: write them as %XX",
            );
        }
        Ok(Pages {
            address: address.to_owned(),
        })
    }

    /// The address of the page of `code`: printable ASCII without blanks.
    pub fn of(&self, code: &Code) -> String {
        match self.address.contains(CODE) {
            true => self.address.replace(CODE, code.name),
            false => format!("{}/{}", self.address.trim_end_matches('/'), code.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_code_stands_where_it_is_wanted() {
        let code = crate::compile::code("dead-ends").expect("a code");
        for (address, page) in [
            ("https://x.org/pages", "https://x.org/pages/dead-ends"),
            ("https://x.org/pages/", "https://x.org/pages/dead-ends"),
            ("file:///p/{code}.md", "file:///p/dead-ends.md"),
        ] {
            let pages = Pages::at(address).expect("an address");
            assert_eq!(pages.of(code), page);
        }
    }

    #[test]
    fn nothing_but_an_address_is_linked() {
        for address in [
            "",
            "x.org",
            "javascript:alert(1)",
            "https://x.org/\x1b[2J",
            "https://x.org/é",
            "https://x y",
        ] {
            assert!(Pages::at(address).is_err(), "{address:?}");
        }
    }
}
