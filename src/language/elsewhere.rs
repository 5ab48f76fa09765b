//! The words of other tools for what the language has a word of its own for: reports take one for the other,
//! and a page of the book lists them.

/// Fields of the language, each with what others call it. Where a word stands beside several, the first is meant
/// that is a field of the thing in question and not there yet.
pub const FIELDS: &[(&str, &[&str])] = &[
    ("workflow", &["id", "identifier", "key", "process"]),
    (
        "name",
        &[
            "title", "label", "event", "trigger", "on", "action", "command", "button",
        ],
    ),
    (
        "start",
        &[
            "initial",
            "initial-state",
            "initial_state",
            "start-states",
            "start-state",
            "start_state",
            "initial-status",
            "initial_status",
            "begin",
            "entry",
            "startevent",
            "start-event",
            "start_event",
        ],
    ),
    (
        "states",
        &[
            "statuses",
            "steps",
            "places",
            "nodes",
            "stages",
            "zustände",
            "zustaende",
            "estados",
            "états",
            "etats",
            "stati",
        ],
    ),
    (
        "category",
        &[
            "type",
            "group",
            "status",
            "kind",
            "statuscategory",
            "status-category",
            "phase",
        ],
    ),
    (
        "final",
        &[
            "terminal",
            "is-final",
            "is_final",
            "isfinal",
            "isterminal",
            "last",
        ],
    ),
    (
        "to",
        &[
            "end",
            "target",
            "dest",
            "destination",
            "next",
            "goto",
            "state",
            "targetref",
            "target-ref",
            "target_ref",
            "nach",
            "zu",
            "vers",
            "hacia",
        ],
    ),
    (
        "from",
        &[
            "source",
            "src",
            "origin",
            "sources",
            "sourceref",
            "source-ref",
            "source_ref",
            "needs",
            "von",
            "de",
            "desde",
        ],
    ),
    ("expect", &["promises"]),
    (
        "when",
        &[
            "guard",
            "condition",
            "conditions",
            "if",
            "guards",
            "validator",
            "validators",
            "cond",
            "precondition",
        ],
    ),
    (
        "who",
        &[
            "role",
            "roles",
            "by",
            "actor",
            "actors",
            "group",
            "groups",
            "permission",
            "permissions",
            "allowed",
            "right",
            "rights",
            "performer",
        ],
    ),
    ("roles", &["actors"]),
    (
        "asks",
        &[
            "fields",
            "required",
            "requires",
            "required-fields",
            "required_fields",
            "screen",
        ],
    ),
    ("automatic", &["auto", "auto-transition", "auto_transition"]),
    ("after", &["timer", "timeout", "delay", "duration"]),
    (
        "does",
        &[
            "action",
            "actions",
            "effect",
            "effects",
            "operations",
            "callback",
            "callbacks",
            "post-function",
            "post-functions",
            "post_functions",
            "postfunctions",
        ],
    ),
    (
        "label",
        &[
            "caption",
            "display-name",
            "display_name",
            "displayname",
            "labels",
            "translations",
            "i18n",
        ],
    ),
    (
        "meta",
        &[
            "metadata",
            "extra",
            "annotations",
            "custom",
            "tags",
            "properties",
        ],
    ),
    (
        "was",
        &["formerly", "previously", "renamed-from", "renamed_from"],
    ),
    ("migrate", &["migrations"]),
    ("by", &["who", "role"]),
    (
        "transitions",
        &[
            "moves",
            "edges",
            "arcs",
            "flows",
            "transition",
            "sequenceflows",
            "sequence-flows",
            "sequence_flows",
            "jobs",
            "übergänge",
            "uebergaenge",
        ],
    ),
    (
        "except",
        &["exclude", "excluding", "excluded", "unless", "but"],
    ),
    (
        "notes",
        &["comment", "comments", "remark", "remarks", "reason"],
    ),
    ("description", &["documentation", "doc", "summary"]),
    ("color", &["background", "bgcolor"]),
    (
        "editable",
        &["editable-fields", "editable_fields", "writable", "can-edit"],
    ),
    (
        "applies-to",
        &[
            "ticket-types",
            "ticket_types",
            "issue-types",
            "issuetypes",
            "for",
            "types",
        ],
    ),
    (
        "because",
        &["why", "reason", "rationale", "comment", "description"],
    ),
    ("forbid", &["must-not", "must_not", "forbidden", "disallow"]),
    ("reach", &["can-reach", "reaches", "reachable"]),
    ("never", &["not", "avoid"]),
];

/// Values of fields, each with what others call it: field, value, words.
pub const VALUES: &[(&str, &str, &[&str])] = &[
    (
        "category",
        "draft",
        &["unsubmitted", "initial", "not started", "drafted"],
    ),
    (
        "category",
        "open",
        &[
            "new",
            "todo",
            "to do",
            "in progress",
            "indeterminate",
            "active",
            "started",
            "working",
            "work in progress",
            "doing",
            "assigned",
            "running",
            "offen",
            "ouvert",
            "abierto",
        ],
    ),
    (
        "category",
        "waiting",
        &[
            "paused",
            "pause",
            "pending",
            "on hold",
            "hold",
            "blocked",
            "stopped",
            "suspended",
            "waiting for user",
            "awaiting",
            "wartend",
            "en attente",
        ],
    ),
    (
        "category",
        "closed",
        &[
            "done",
            "resolved",
            "complete",
            "completed",
            "end",
            "ended",
            "final",
            "finished",
            "cancelled",
            "canceled",
            "terminal",
            "success",
            "solved",
            "geschlossen",
            "fermé",
            "cerrado",
        ],
    ),
    (
        "notes",
        "none",
        &["no", "false", "never", "hidden", "off", "forbidden"],
    ),
    (
        "notes",
        "optional",
        &["maybe", "allowed", "possible", "may"],
    ),
    (
        "notes",
        "required",
        &[
            "yes",
            "true",
            "mandatory",
            "must",
            "always",
            "needed",
            "require",
        ],
    ),
];

/// The fields that are called `word` elsewhere, letter case aside.
pub fn fields(word: &str) -> impl Iterator<Item = &'static str> {
    let of_word = move |words: &[&str]| words.iter().any(|other| other.eq_ignore_ascii_case(word));
    FIELDS
        .iter()
        .filter(move |(_, words)| of_word(words))
        .map(|(field, _)| *field)
}

/// The one of `words` that is called `word` elsewhere, letter case aside; a blank, `-` and `_` are one.
pub fn value<'w>(word: &str, mut words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let word = word.replace(['-', '_'], " ");
    let called = |others: &[&str]| others.iter().any(|other| other.eq_ignore_ascii_case(&word));
    let (_, meant, _) = VALUES.iter().find(|(.., others)| called(others))?;
    words.find(|known| *known == *meant)
}

/// What begins as `typed` does and is called so elsewhere, of `ours`, a field or a value that does not.
pub fn begun(ours: &str, typed: &str) -> Option<&'static str> {
    let begins = |word: &str| {
        let first = word.get(..typed.len());
        first.is_some_and(|first| first.eq_ignore_ascii_case(typed))
    };
    if typed.is_empty() || begins(ours) {
        return None;
    }
    let fields = FIELDS.iter().map(|(field, words)| (*field, *words));
    let values = VALUES.iter().map(|(_, value, words)| (*value, *words));
    let mut called = fields.chain(values).filter(|(known, _)| *known == ours);
    called.find_map(|(_, words)| words.iter().copied().find(|word| begins(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_types_a_word_of_another_tool_is_offered_ours() {
        assert_eq!(begun("category", "sta"), Some("status"));
        assert_eq!(begun("when", "Gu"), Some("guard"));
        assert_eq!(begun("closed", "re"), Some("resolved"));
        assert_eq!(begun("category", "cat"), None);
        assert_eq!(begun("category", ""), None);
        assert_eq!(begun("start", "zz"), None);
    }
}
