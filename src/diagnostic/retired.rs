//! Codes that earlier releases had: files of users name them still.

/// A code that is no more.
#[derive(Debug)]
pub struct Retired {
    /// Its name.
    pub name: &'static str,
    /// The first release without it.
    pub since: &'static str,
    /// The code that is reported in its place.
    pub heir: &'static str,
    /// Whether that says the same under another name, so that the old name is read as the new one. Else it
    /// says something else as well, and a decision about the one is none about the other.
    pub is_renamed: bool,
}

impl Retired {
    /// What became of it.
    pub fn fate(&self) -> String {
        let became = if self.is_renamed {
            "called"
        } else {
            "replaced by"
        };
        format!("{became} `{}` since {}", self.heir, self.since)
    }
}

/// Every code that was renamed or replaced; its name is not given to another.
pub const ALL: &[Retired] = &[];

/// The retired code of this name.
pub fn retired(name: &str) -> Option<&'static Retired> {
    #[cfg(test)]
    let made_up = tests::MADE_UP.iter();
    #[cfg(not(test))]
    let made_up = std::iter::empty();
    ALL.iter().chain(made_up).find(|code| code.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::{self, Options};
    use crate::diagnostic::{Diagnostic, Diagnostics, Level};
    use crate::source::{Source, SourceId, Syntax};
    use crate::{baseline, config};

    /// Codes that no release had.
    pub const MADE_UP: &[Retired] = &[
        Retired {
            name: "blind-alleys",
            since: "0.2.0",
            heir: "dead-ends",
            is_renamed: true,
        },
        Retired {
            name: "closed-circles",
            since: "0.3.0",
            heir: "trapped-states",
            is_renamed: false,
        },
    ];

    #[test]
    fn heirs_are_codes_and_retired_names_are_not() {
        for code in ALL.iter().chain(MADE_UP) {
            assert!(compile::code(code.heir).is_some(), "{}", code.name);
            assert!(compile::code(code.name).is_none(), "{}", code.name);
        }
    }

    fn said(diagnostics: &[Diagnostic]) -> Vec<String> {
        let said = diagnostics.iter().map(|found| {
            let (label, help) = (&found.primary().message, found.help.as_deref());
            let is_safe = found.fix.as_ref().is_some_and(|fix| fix.safe);
            format!(
                "{} / {label} / {} / {is_safe}",
                found.message,
                help.unwrap_or_default()
            )
        });
        said.collect()
    }

    const WORKFLOW: &str = "\
workflow: a
start: New
states:
  New: { category: open }
  Parked: { category: waiting } # statewright: allow(CODE) parked by hand
  Closed: { category: closed, final: true }
transitions:
  - { name: Park, from: New, to: Parked }
  - { name: Close, from: New, to: Closed }
";

    #[test]
    fn a_comment_with_a_renamed_code_still_silences() {
        let reported = |code: &str| {
            let text = WORKFLOW.replace("CODE", code);
            let source = Source::new(SourceId(0), "a.workflow.yaml", Syntax::Yaml, text);
            said(&compile::compile(&source, &Options::default()).diagnostics)
        };
        assert_eq!(reported("dead-ends"), Vec::<String>::new());
        assert_eq!(
            reported("blind-alleys"),
            [
                "suppression names retired code `blind-alleys` / called `dead-ends` since 0.2.0 / \
                 change `blind-alleys` to `dead-ends` / true"
            ]
        );
        // What says something else is no decision about its heir.
        let replaced = reported("closed-circles");
        assert_eq!(
            replaced,
            [
                "state `Parked` has no way out and is not closed / \
                 no transition leads from here to another state / \
                 add a transition from `Parked`, or change its `category` to `closed` / false",
                "suppression names retired code `closed-circles` / \
                 replaced by `trapped-states` since 0.3.0 / \
                 change `closed-circles` to `trapped-states` / false",
            ]
        );
    }

    #[test]
    fn a_level_and_a_baseline_with_a_renamed_code_still_count() {
        let read = |name: &str, text: &str| {
            let source = Source::new(SourceId(9), name, Syntax::Toml, text);
            let mut out = Diagnostics::new();
            let config = config::read(&source, &mut out);
            (config, said(&out.into_sorted()))
        };
        let text = "[levels]\nblind-alleys = \"deny\"\nclosed-circles = \"deny\"\n";
        let (config, reported) = read("statewright.toml", text);
        let level = |name| config.levels.of(compile::code(name).expect("a code"));
        assert_eq!(level("dead-ends"), Level::Deny);
        assert_eq!(level("trapped-states"), Level::Warn);
        assert_eq!(
            reported,
            [
                "a level names retired code `blind-alleys` / called `dead-ends` since 0.2.0 / \
                 change `blind-alleys` to `dead-ends` / true",
                "a level names retired code `closed-circles` / \
                 replaced by `trapped-states` since 0.3.0 / \
                 change `closed-circles` to `trapped-states` / false",
            ]
        );
        let text = "[\"a.workflow.yaml\"]\nblind-alleys = [[\"Parked\"]]\n";
        let source = Source::new(SourceId(9), "statewright-baseline.toml", Syntax::Toml, text);
        let mut out = Diagnostics::new();
        let baseline = baseline::read(&source, &mut out);
        let listed = baseline
            .known()
            .iter()
            .filter_map(|known| Some(known.code?.name));
        let listed: Vec<&str> = listed.collect();
        assert_eq!(listed, ["dead-ends"]);
        assert_eq!(
            said(&out.into_sorted()),
            [
                "the baseline names retired code `blind-alleys` / called `dead-ends` since 0.2.0 / \
                 change `blind-alleys` to `dead-ends` / true"
            ]
        );
    }
}
