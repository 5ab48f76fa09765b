//! How much of a source is read, and how much is said of it.
//!
//! Workflow files come from many people, also from strangers, so whoever runs the program bounds
//! what a file can cost: on the command line or in `statewright.toml`. A checked file never sets
//! a limit. Everything that is limited is a [`Limit`] in [`ALL`].

use std::fmt;

/// The limits of one source. Each is at least 1 and at most its [`Limit::most`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How large the source may be, in bytes.
    pub bytes: usize,
    /// How large all files of a run may be together, in bytes: what is read is kept until its end.
    pub total: usize,
    /// How many lists and maps may lie inside each other; what a YAML alias stands for counts
    /// where it is used.
    pub depth: usize,
    /// How many uses of YAML aliases the source may hold. Values are shared, never copied.
    pub aliases: usize,
    /// How many states a workflow may have.
    pub states: usize,
    /// How many characters the name of a state or a transition may have.
    pub name: usize,
    /// How many reports of the source are shown; the others are counted.
    pub reports: usize,
}

/// How many bytes of memory the values of a source may take for each byte that it may be large. It
/// is what the closest writing of a real workflow takes, twice; a hostile one takes 250.
const TREE: usize = 20;

/// The same for a parser that keeps all of its tokens. More than this, and a run takes more memory
/// than 256 MiB under the usual limits.
const PARSER: usize = 28;

impl Limits {
    /// How many bytes of memory the values of the source may take.
    pub fn tree(self) -> usize {
        self.bytes.saturating_mul(TREE)
    }

    /// How many bytes of memory a parser may take that keeps all of its tokens.
    pub fn parser(self) -> usize {
        self.bytes.saturating_mul(PARSER)
    }
}

/// One thing that is limited.
#[derive(Debug)]
pub struct Limit {
    /// The name on the command line and in `statewright.toml`.
    pub name: &'static str,
    /// One line for help texts and schemas.
    pub about: &'static str,
    /// What holds where nobody says anything.
    pub usual: usize,
    /// The most that can be asked for.
    pub most: usize,
    /// Why there is no more.
    pub why_no_more: &'static str,
    field: fn(&mut Limits) -> &mut usize,
}

/// The size of a source.
pub static BYTES: Limit = Limit {
    name: "bytes",
    about: "How large a file may be, in bytes",
    usual: 8 * 1024 * 1024,
    most: 1024 * 1024 * 1024,
    why_no_more: "a place in a file is counted in 32 bits, and what is read is kept in memory",
    field: |limits| &mut limits.bytes,
};

/// The size of all files of a run.
pub static TOTAL: Limit = Limit {
    name: "total",
    about: "How large all files of a run may be together, in bytes",
    usual: 64 * 1024 * 1024,
    most: 2 * 1024 * 1024 * 1024,
    why_no_more: "what is read is kept in memory",
    field: |limits| &mut limits.total,
};

/// How deep lists and maps lie. Some of what works on trees calls itself once a level, on any
/// thread: the most is what the stack of every thread holds many times over, and what the parser
/// of each syntax reads (that of TOML stops at 80).
pub static DEPTH: Limit = Limit {
    name: "depth",
    about: "How many lists and maps may lie inside each other",
    usual: 64,
    most: 75,
    why_no_more: "no TOML file can be read that is deeper",
    field: |limits| &mut limits.depth,
};

/// How many aliases are used.
pub static ALIASES: Limit = Limit {
    name: "aliases",
    about: "How many uses of YAML aliases a file may hold",
    usual: 10_000,
    most: 10_000_000,
    why_no_more: "every use is kept in memory",
    field: |limits| &mut limits.aliases,
};

/// How many states a workflow has.
pub static STATES: Limit = Limit {
    name: "states",
    about: "How many states a workflow may have",
    usual: 100_000,
    most: 10_000_000,
    why_no_more: "every state is kept in memory",
    field: |limits| &mut limits.states,
};

/// How long names are. A few lines stand for very many transitions, and a product's document may
/// spell the states out in each of them.
pub static NAME: Limit = Limit {
    name: "name",
    about: "How many characters the name of a state or a transition may have",
    usual: 500,
    most: 1_000_000,
    why_no_more: "a name may be written once for every transition",
    field: |limits| &mut limits.name,
};

/// How many reports are shown.
pub static REPORTS: Limit = Limit {
    name: "reports",
    about: "How many reports of a file are shown; the others are counted",
    usual: 1000,
    most: 10_000_000,
    why_no_more: "every report is kept in memory",
    field: |limits| &mut limits.reports,
};

/// Everything that is limited.
pub const ALL: &[&Limit] = &[&BYTES, &TOTAL, &DEPTH, &ALIASES, &STATES, &NAME, &REPORTS];

/// What is limited under `name`.
pub fn find(name: &str) -> Option<&'static Limit> {
    ALL.iter().copied().find(|limit| limit.name == name)
}

impl Default for Limits {
    /// The usual ones.
    fn default() -> Self {
        Limits {
            bytes: BYTES.usual,
            total: TOTAL.usual,
            depth: DEPTH.usual,
            aliases: ALIASES.usual,
            states: STATES.usual,
            name: NAME.usual,
            reports: REPORTS.usual,
        }
    }
}

/// Why a number is no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is no whole number.
    NotANumber,
    /// It is less than 1, so that nothing could be read.
    TooSmall,
    /// It is more than [`Limit::most`].
    TooLarge,
}

impl Limit {
    /// The number that `text` spells, digits and `_` as in TOML, where it can be this limit.
    pub fn parse(&self, text: &str) -> Result<usize, Refused> {
        let digits = text.replace('_', "");
        let unsigned = digits.trim_start_matches(['-', '+']);
        if unsigned.is_empty() || !unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Refused::NotANumber);
        }
        if digits.starts_with('-') || unsigned.bytes().all(|byte| byte == b'0') {
            return Err(Refused::TooSmall);
        }
        // What does not fit a number is too large, too.
        match unsigned.parse() {
            Ok(number) if number <= self.most => Ok(number),
            _ => Err(Refused::TooLarge),
        }
    }

    /// Sets it, to a number that [`parse`](Limit::parse) took.
    pub fn set(&self, limits: &mut Limits, number: usize) {
        *(self.field)(limits) = number.clamp(1, self.most);
    }

    /// What is set.
    pub fn of(&self, mut limits: Limits) -> usize {
        *(self.field)(&mut limits)
    }
}

/// A number as people read it, with a comma before each three digits: `10,000`.
#[derive(Clone, Copy, Debug)]
pub struct Grouped(pub usize);

impl fmt::Display for Grouped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_limits_or_told_why_not() {
        let cases = [
            ("64", Ok(64)),
            ("7_5", Ok(75)),
            ("+1", Ok(1)),
            ("76", Err(Refused::TooLarge)),
            ("99999999999999999999999999", Err(Refused::TooLarge)),
            ("0", Err(Refused::TooSmall)),
            ("-0_0", Err(Refused::TooSmall)),
            ("-64", Err(Refused::TooSmall)),
            ("", Err(Refused::NotANumber)),
            ("-", Err(Refused::NotANumber)),
            ("6.4", Err(Refused::NotANumber)),
            ("64k", Err(Refused::NotANumber)),
            ("٦٤", Err(Refused::NotANumber)),
        ];
        for (text, expected) in cases {
            assert_eq!(DEPTH.parse(text), expected, "{text}");
        }
    }

    #[test]
    fn each_limit_is_a_field_of_its_own() {
        for limit in ALL {
            let mut limits = Limits::default();
            assert_eq!(limit.of(limits), limit.usual, "{}", limit.name);
            limit.set(&mut limits, 7);
            assert_eq!(limit.of(limits), 7, "{}", limit.name);
            let others = ALL.iter().filter(|other| other.name != limit.name);
            for other in others {
                assert_eq!(other.of(limits), other.usual, "{}", other.name);
            }
            assert!(limit.usual <= limit.most);
        }
    }

    #[test]
    fn large_numbers_are_grouped() {
        let shown: Vec<String> = [0, 999, 1000, 8388608]
            .into_iter()
            .map(|number| Grouped(number).to_string())
            .collect();
        assert_eq!(shown, ["0", "999", "1,000", "8,388,608"]);
    }
}
