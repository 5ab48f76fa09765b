//! Two hundred slips, and what `--fix` makes of each: what was meant where there is one reading, else
//! nothing.

use statewright::fix::{self, Wanted};
use statewright::source::Syntax;
use statewright::{Options, compile};

/// A file without a mistake.
const YAML: &str = "\
workflow: laptop-request
name: Laptop Request
applies-to: [Laptop, Phone]
start: New
new-ticket:
  editable: [subject]
states:
  New: { category: open, editable: [subject, notes] }
  In Progress: { category: open, color: \"#1f77b4\" }
  Waiting for Vendor: { category: waiting }
  Approved L1: { category: open }
  Approved L2: { category: open }
  Closed: { category: closed, final: true }
transitions:
  - { name: Begin, from: New, to: In Progress, notes: required }
  - { name: Wait, from: In Progress, to: Waiting for Vendor }
  - { name: Resume, from: Waiting for Vendor, to: In Progress, notes: optional }
  - { name: Approve, from: In Progress, to: Approved L1 }
  - { name: Approve again, from: Approved L1, to: Approved L2 }
  - { name: Close, from: Approved L2, to: Closed }
  - { name: Cancel, from: \"*\", except: [Approved L2], to: Closed }
expect:
  - reach: Closed
  - never: New
    after: Approved L1
targets:
  incident-iq: {}
";

/// The same in the other syntax.
const TOML: &str = "\
workflow = \"laptop-request\"
name = \"Laptop Request\"
applies-to = [\"Laptop\", \"Phone\"]
start = \"New\"
[new-ticket]
editable = [\"subject\"]
[states.New]
category = \"open\"
editable = [\"subject\", \"notes\"]
[states.\"In Progress\"]
category = \"open\"
color = \"#1f77b4\"
[states.\"Waiting for Vendor\"]
category = \"waiting\"
[states.\"Approved L1\"]
category = \"open\"
[states.\"Approved L2\"]
category = \"open\"
[states.Closed]
category = \"closed\"
final = true
[[transitions]]
name = \"Begin\"
from = \"New\"
to = \"In Progress\"
notes = \"required\"
[[transitions]]
name = \"Wait\"
from = \"In Progress\"
to = \"Waiting for Vendor\"
[[transitions]]
name = \"Resume\"
from = \"Waiting for Vendor\"
to = \"In Progress\"
notes = \"optional\"
[[transitions]]
name = \"Approve\"
from = \"In Progress\"
to = \"Approved L1\"
[[transitions]]
name = \"Approve again\"
from = \"Approved L1\"
to = \"Approved L2\"
[[transitions]]
name = \"Close\"
from = \"Approved L2\"
to = \"Closed\"
[[transitions]]
name = \"Cancel\"
from = \"*\"
except = [\"Approved L2\"]
to = \"Closed\"
[[expect]]
reach = \"Closed\"
[[expect]]
never = \"New\"
after = \"Approved L1\"
[targets.incident-iq]
";

/// What stands in the file, what somebody wrote there, and what it is after `--fix`.
type Slips = &'static [(&'static str, &'static str, &'static str)];

const IN_YAML: Slips = &[
    (
        "to: In Progress, notes: required",
        "to: in progress, notes: required",
        "to: In Progress, notes: required",
    ),
    (
        "to: In Progress, notes: required",
        "to: In-Progress, notes: required",
        "to: \"In Progress\", notes: required",
    ),
    (
        "to: In Progress, notes: required",
        "to: InProgress, notes: required",
        "to: \"In Progress\", notes: required",
    ),
    (
        "to: In Progress, notes: required",
        "to: In Progres, notes: required",
        "to: In Progres, notes: required",
    ),
    (
        "to: In Progress, notes: required",
        "to: Not In Progress, notes: required",
        "to: Not In Progress, notes: required",
    ),
    (
        "to: In Progress, notes: required",
        "to: Progress, notes: required",
        "to: Progress, notes: required",
    ),
    (
        "to: In Progress, notes: required",
        "to: \"In Progress,\", notes: required",
        "to: \"In Progress\", notes: required",
    ),
    (
        "to: In Progress, notes: required",
        "to: “In Progress”, notes: required",
        "to: In Progress, notes: required",
    ),
    (
        "to: In Progress, notes: required",
        "to: In Progress (new), notes: required",
        "to: In Progress (new), notes: required",
    ),
    ("notes: required", "notes: Required", "notes: required"),
    ("notes: required", "notes: require", "notes: require"),
    ("notes: required", "notes: yes", "notes: yes"),
    ("notes: required", "notes: true", "notes: true"),
    ("notes: required", "notes: mandatory", "notes: mandatory"),
    (
        "notes: required",
        "notes: not required",
        "notes: not required",
    ),
    ("notes: required", "notes: unrequired", "notes: unrequired"),
    (
        "notes: optional",
        "notes: non optional",
        "notes: non optional",
    ),
    (
        "notes: optional",
        "notes: \"Optional \"",
        "notes: \"optional\"",
    ),
    ("notes: optional", "notes: optional,", "notes: optional,"),
    ("notes: required", "note: required", "notes: required"),
    ("notes: required", "Notes: required", "notes: required"),
    ("notes: required", "notes: -required", "notes: -required"),
    (
        "except: [Approved L2]",
        "accept: [Approved L2]",
        "accept: [Approved L2]",
    ),
    (
        "except: [Approved L2]",
        "except: [-Approved L2]",
        "except: [-Approved L2]",
    ),
    (
        "editable: [subject, notes]",
        "editable-not: [subject, notes]",
        "editable-not: [subject, notes]",
    ),
    (
        "editable: [subject, notes]",
        "disable: [subject, notes]",
        "disable: [subject, notes]",
    ),
    (
        "editable: [subject, notes]",
        "editable: read-only",
        "editable: read-only",
    ),
    (
        "editable: [subject, notes]",
        "editable: subject only",
        "editable: subject only",
    ),
    (
        "editable: [subject, notes]",
        "edtable: [subject, notes]",
        "editable: [subject, notes]",
    ),
    (
        "category: waiting",
        "old-category: waiting",
        "old-category: waiting",
    ),
    (
        "category: waiting",
        "categroy: waiting",
        "category: waiting",
    ),
    ("transitions:", "_transitions:", "_transitions:"),
    ("transitions:", "transitions-off:", "transitions-off:"),
    ("transitions:", "transition:", "transitions:"),
    ("notes: required", "nots: required", "nots: required"),
    ("to: Approved L1", "to: Approved L3", "to: Approved L3"),
    ("to: Approved L1", "to: Approved 1", "to: Approved 1"),
    ("to: Approved L1", "to: Approved", "to: Approved"),
    ("to: Approved L1", "to: Aproved L1", "to: Aproved L1"),
    ("to: Approved L1", "to: Unapproved L1", "to: Unapproved L1"),
    ("to: Approved L1", "to: approved-l1", "to: \"Approved L1\""),
    ("to: Approved L1", "to: ApprovedL1", "to: \"Approved L1\""),
    ("to: Approved L1", "to: Approved L 1", "to: Approved L1"),
    ("to: Approved L1", "to: Approved LI", "to: Approved LI"),
    ("from: \"*\"", "from: all", "from: all"),
    ("from: \"*\"", "from: any", "from: any"),
    ("from: \"*\"", "from: ALL", "from: ALL"),
    ("from: \"*\"", "from: \"!New\"", "from: \"!New\""),
    ("from: \"*\"", "from: “*”", "from: \"*\""),
    ("from: \"*\"", "from: *", "from: *"),
    ("from: \"*\"", "from: [\"*\"]", "from: [\"*\"]"),
    ("from: \"*\"", "from: \"not New\"", "from: \"not New\""),
    (
        "except: [Approved L2]",
        "except: Approved L2",
        "except: Approved L2",
    ),
    (
        "except: [Approved L2]",
        "except: [Approved L2, Approved L2]",
        "except: [Approved L2]",
    ),
    (
        "except: [Approved L2]",
        "except: [Approved L2, Closed]",
        "except: [Approved L2]",
    ),
    (
        "except: [Approved L2]",
        "expect: [Approved L2]",
        "expect: [Approved L2]",
    ),
    (
        "except: [Approved L2]",
        "exept: [Approved L2]",
        "exept: [Approved L2]",
    ),
    (
        "except: [Approved L2]",
        "without: [Approved L2]",
        "without: [Approved L2]",
    ),
    (
        "applies-to: [Laptop, Phone]",
        "applies-to: Laptop",
        "applies-to: [\"Laptop\"]",
    ),
    (
        "applies-to: [Laptop, Phone]",
        "applies-to: Laptop, Phone",
        "applies-to: Laptop, Phone",
    ),
    (
        "applies-to: [Laptop, Phone]",
        "applies-to: Laptop and Phone",
        "applies-to: Laptop and Phone",
    ),
    (
        "applies-to: [Laptop, Phone]",
        "applies-to: Laptop/Phone",
        "applies-to: Laptop/Phone",
    ),
    (
        "applies-to: [Laptop, Phone]",
        "applies_to: [Laptop, Phone]",
        "applies-to: [Laptop, Phone]",
    ),
    (
        "applies-to: [Laptop, Phone]",
        "appliesTo: [Laptop, Phone]",
        "applies-to: [Laptop, Phone]",
    ),
    (
        "applies-to: [Laptop, Phone]",
        "applies-to: [Laptop, Phone, Laptop]",
        "applies-to: [Laptop, Phone]",
    ),
    (
        "applies-to: [Laptop, Phone]",
        "applies-to: all",
        "applies-to: all",
    ),
    (
        "applies-to: [Laptop, Phone]",
        "applies-to: [Laptop,, Phone]",
        "applies-to: [Laptop, Phone]",
    ),
    (
        "applies-to: [Laptop, Phone]",
        "applies-to: [Laptop, Phone",
        "applies-to: [Laptop, Phone",
    ),
    (
        "applies-to: [Laptop, Phone]",
        "applies-to: none",
        "applies-to: none",
    ),
    (
        "applies-to: [Laptop, Phone]",
        "applies-to: [no, 1.10]",
        "applies-to: [\"no\", \"1.10\"]",
    ),
    (
        "editable: [subject, notes]",
        "editable: false",
        "editable: false",
    ),
    (
        "editable: [subject, notes]",
        "editable: true",
        "editable: true",
    ),
    (
        "editable: [subject, notes]",
        "editable: none",
        "editable: none",
    ),
    (
        "editable: [subject, notes]",
        "editable: subject",
        "editable: [\"subject\"]",
    ),
    (
        "editable: [subject, notes]",
        "editable: \"*\"",
        "editable: \"*\"",
    ),
    (
        "editable: [subject, notes]",
        "editable: null",
        "editable: null",
    ),
    (
        "editable: [subject, notes]",
        "noneditable: [subject, notes]",
        "noneditable: [subject, notes]",
    ),
    (
        "editable: [subject, notes]",
        "not-editable: [subject, notes]",
        "not-editable: [subject, notes]",
    ),
    (
        "editable: [subject, notes]",
        "uneditable: [subject, notes]",
        "uneditable: [subject, notes]",
    ),
    (
        "editable: [subject, notes]",
        "editible: [subject, notes]",
        "editable: [subject, notes]",
    ),
    ("final: true", "final: yes", "final: true"),
    ("final: true", "final: \"true\"", "final: true"),
    ("final: true", "final: 1", "final: 1"),
    ("final: true", "final: no", "final: false"),
    ("final: true", "final: True", "final: True"),
    ("final: true", "final: nope", "final: nope"),
    ("final: true", "final: not true", "final: not true"),
    ("final: true", "nonfinal: true", "nonfinal: true"),
    ("final: true", "finale: true", "finale: true"),
    ("final: true", "terminal: true", "terminal: true"),
    (
        "category: waiting",
        "category: Waiting",
        "category: waiting",
    ),
    (
        "category: waiting",
        "category: pending",
        "category: pending",
    ),
    ("category: waiting", "category: waitng", "category: waitng"),
    (
        "category: waiting",
        "category: not waiting",
        "category: not waiting",
    ),
    ("category: waiting", "type: waiting", "type: waiting"),
    ("category: waiting", "catgory: waiting", "category: waiting"),
    ("category: waiting", "category: wait", "category: wait"),
    (
        "Closed: { category: closed, final: true }",
        "Closed: closed",
        "Closed: { category: closed }",
    ),
    (
        "Closed: { category: closed, final: true }",
        "Closed: Closed",
        "Closed: { category: closed }",
    ),
    (
        "Closed: { category: closed, final: true }",
        "Closed: final",
        "Closed: final",
    ),
    (
        "Closed: { category: closed, final: true }",
        "Closed: { category: unclosed, final: true }",
        "Closed: { category: unclosed, final: true }",
    ),
    ("color: \"#1f77b4\"", "color: #1f77b4", "color: \"#1f77b4\""),
    ("color: \"#1f77b4\"", "color: 1f77b4", "color: \"#1f77b4\""),
    ("color: \"#1f77b4\"", "color: blue", "color: blue"),
    (
        "color: \"#1f77b4\"",
        "color: \"#f00\"",
        "color: \"#ff0000\"",
    ),
    (
        "color: \"#1f77b4\"",
        "colour: \"#1f77b4\"",
        "color: \"#1f77b4\"",
    ),
    ("color: \"#1f77b4\"", "color: fab", "color: fab"),
    ("start: New", "start: new", "start: New"),
    ("start: New", "start: [New, New]", "start: [New]"),
    ("start: New", "start: Nwe", "start: Nwe"),
    ("start: New", "initial: New", "initial: New"),
    ("start: New", "Start: New", "start: New"),
    ("start: New", "start: Renew", "start: Renew"),
    (
        "workflow: laptop-request",
        "workflow: Laptop Request",
        "workflow: laptop-request",
    ),
    (
        "workflow: laptop-request",
        "workflow: laptop_request",
        "workflow: laptop-request",
    ),
    (
        "workflow: laptop-request",
        "workflow: Laptop Request (2026)",
        "workflow: Laptop Request (2026)",
    ),
    (
        "workflow: laptop-request",
        "id: laptop-request",
        "id: laptop-request",
    ),
    ("workflow: laptop-request", "workflow: R&D", "workflow: R&D"),
    ("name: Laptop Request", "name: null", "name: null"),
    ("name: Laptop Request", "name: ~", "name: ~"),
    ("name: Laptop Request", "name: 2026", "name: \"2026\""),
    ("name: Laptop Request", "name: no", "name: \"no\""),
    (
        "targets:\n  incident-iq: {}",
        "targets: incident-iq",
        "targets: { incident-iq: {} }",
    ),
    (
        "targets:\n  incident-iq: {}",
        "targets: [incident-iq]",
        "targets: {incident-iq: {}}",
    ),
    (
        "targets:\n  incident-iq: {}",
        "targets:\n  - incident-iq",
        "targets:\n    incident-iq: {}",
    ),
    (
        "targets:\n  incident-iq: {}",
        "targets: incident-iq, jira",
        "targets: incident-iq, jira",
    ),
    (
        "targets:\n  incident-iq: {}",
        "targets:\n  incident_iq: {}",
        "targets:\n  incident-iq: {}",
    ),
    (
        "targets:\n  incident-iq: {}",
        "targets:\n  IncidentIQ: {}",
        "targets:\n  incident-iq: {}",
    ),
    (
        "targets:\n  incident-iq: {}",
        "targets:\n  incident: {}",
        "targets:\n  incident: {}",
    ),
    (
        "targets:\n  incident-iq: {}",
        "target:\n  incident-iq: {}",
        "targets:\n  incident-iq: {}",
    ),
    (
        "targets:\n  incident-iq: {}",
        "targets: all",
        "targets: all",
    ),
    (
        "from: In Progress, to: Waiting for Vendor",
        "from: In Progress, New, to: Waiting for Vendor",
        "from: In Progress, New, to: Waiting for Vendor",
    ),
    (
        "from: In Progress, to: Waiting",
        "from: [In Progress, In Progress], to: Waiting",
        "from: [In Progress], to: Waiting",
    ),
    (
        "from: In Progress, to: Waiting for Vendor",
        "from: In Progress to: Waiting for Vendor",
        "from: In Progress to: Waiting for Vendor",
    ),
    (
        "from: In Progress, to: Waiting for Vendor",
        "from In Progress, to: Waiting for Vendor",
        "from In Progress, to: Waiting for Vendor",
    ),
    (
        "from: In Progress, to: Waiting for Vendor",
        "from: In Progress, to Waiting for Vendor",
        "from: In Progress, to Waiting for Vendor",
    ),
    (
        "from: In Progress, to: Waiting",
        "source: In Progress, target: Waiting",
        "source: In Progress, target: Waiting",
    ),
    ("- { name: Wait", "- name: Wait", "- name: Wait"),
    ("  - { name: Wait", "  -- { name: Wait", "  - { name: Wait"),
    ("  - { name: Wait", "  -{ name: Wait", "  -{ name: Wait"),
    ("  - { name: Wait", "  * { name: Wait", "  * { name: Wait"),
    (
        "to: Waiting for Vendor }\n",
        "to: Waiting for Vendor },\n",
        "to: Waiting for Vendor }\n",
    ),
    (
        "to: Waiting for Vendor }\n",
        "to: Waiting for Vendor\n",
        "to: Waiting for Vendor\n",
    ),
    (
        "to: Waiting for Vendor }\n",
        "to: Waiting for Vendor ]\n",
        "to: Waiting for Vendor ]\n",
    ),
    ("transitions:", "transition:", "transitions:"),
    ("transitions:", "transitons:", "transitions:"),
    ("states:", "state:", "states:"),
    ("states:", "statuses:", "statuses:"),
    ("states:", "States:", "states:"),
    (
        "  Waiting for Vendor:",
        "  “Waiting for Vendor”:",
        "  Waiting for Vendor:",
    ),
    (
        "  Waiting for Vendor:",
        "  Waiting\u{a0}for Vendor:",
        "  Waiting for Vendor:",
    ),
    (
        "  Waiting for Vendor:",
        "  Waiting for Vendors:",
        "  Waiting for Vendors:",
    ),
    (
        "  Waiting for Vendor:",
        "	Waiting for Vendor:",
        "	Waiting for Vendor:",
    ),
    (
        "  Waiting for Vendor:",
        "   Waiting for Vendor:",
        "   Waiting for Vendor:",
    ),
    ("  In Progress:", "  In\u{200b} Progress:", "  In Progress:"),
    (
        "  - reach: Closed",
        "  - reaches: Closed",
        "  - reaches: Closed",
    ),
    (
        "  - reach: Closed",
        "  - reach: closed",
        "  - reach: Closed",
    ),
    (
        "  - reach: Closed",
        "  - unreach: Closed",
        "  - unreach: Closed",
    ),
    (
        "  - reach: Closed",
        "  - reach: Unclosed",
        "  - reach: Unclosed",
    ),
    ("  - never: New", "  - Never: New", "  - never: New"),
    ("  - never: New", "  - ever: New", "  - ever: New"),
    (
        "    after: Approved L1",
        "    before: Approved L1",
        "    before: Approved L1",
    ),
    (
        "    after: Approved L1",
        "    After: Approved L1",
        "    after: Approved L1",
    ),
    (
        "category: waiting }",
        "category: waiting } # statewright: allow(stuck-waitng) x",
        "category: waiting } # statewright: allow(stuck-waitng) x",
    ),
    (
        "category: waiting }",
        "category: waiting } # statewright: alow(stuck-waiting) x",
        "category: waiting } # statewright: alow(stuck-waiting) x",
    ),
    (
        "category: waiting }",
        "category: waiting } # statewright allow(dead-ends) x",
        "category: waiting }",
    ),
    (
        "category: waiting }",
        "category: waiting } # statewright: allow(dead-ends) x # noqa",
        "category: waiting } # noqa",
    ),
];

const IN_TOML: Slips = &[
    (
        "to = \"In Progress\"\nnotes = \"required\"",
        "to = \"in progress\"\nnotes = \"required\"",
        "to = \"In Progress\"\nnotes = \"required\"",
    ),
    (
        "to = \"In Progress\"\nnotes = \"required\"",
        "to = In Progress\nnotes = \"required\"",
        "to = In Progress\nnotes = \"required\"",
    ),
    (
        "to = \"In Progress\"\nnotes = \"required\"",
        "to = “In Progress”\nnotes = \"required\"",
        "to = “In Progress”\nnotes = \"required\"",
    ),
    ("notes = \"required\"", "notes = null", "notes = null"),
    (
        "notes = \"required\"",
        "notes = required",
        "notes = required",
    ),
    ("notes = \"required\"", "notes = true", "notes = true"),
    (
        "notes = \"required\"",
        "notes = \"non-required\"",
        "notes = \"non-required\"",
    ),
    (
        "notes = \"required\"",
        "notes = \"required\",",
        "notes = \"required\"",
    ),
    ("notes = \"required\"", "notes: required", "notes: required"),
    ("final = true", "final = True", "final = True"),
    ("final = true", "final = yes", "final = yes"),
    ("final = true", "final = \"yes\"", "final = true"),
    ("final = true", "final = 1", "final = 1"),
    ("final = true", "final = \"false\"", "final = false"),
    ("[states.New]", "[state.New]", "[states.New]"),
    (
        "[states.\"In Progress\"]",
        "[states.In Progress]",
        "[states.In Progress]",
    ),
    ("[[transitions]]", "[transitions]", "[[transitions]]"),
    ("[new-ticket]", "[[new-ticket]]", "[[new-ticket]]"),
    ("[new-ticket]", "[new_ticket]", "[new-ticket]"),
    ("[states.Closed]", "[[states.Closed]]", "[[states.Closed]]"),
    (
        "editable = [\"subject\", \"notes\"]",
        "editable = false",
        "editable = false",
    ),
    (
        "editable = [\"subject\", \"notes\"]",
        "editable = \"subject\"",
        "editable = [\"subject\"]",
    ),
    (
        "editable = [\"subject\", \"notes\"]",
        "editable = \"subject, notes\"",
        "editable = \"subject, notes\"",
    ),
    (
        "editable = [\"subject\", \"notes\"]",
        "editable = [\"subject\" \"notes\"]",
        "editable = [\"subject\" \"notes\"]",
    ),
    (
        "editable = [\"subject\", \"notes\"]",
        "editable = [subject, notes]",
        "editable = [subject, notes]",
    ),
    (
        "editable = [\"subject\", \"notes\"]",
        "editable = [1, true]",
        "editable = [\"1\", \"true\"]",
    ),
    (
        "name = \"Laptop Request\"",
        "name = 2026",
        "name = \"2026\"",
    ),
    (
        "name = \"Laptop Request\"",
        "name = Laptop Request",
        "name = Laptop Request",
    ),
    (
        "name = \"Laptop Request\"",
        "name = \"Laptop Request",
        "name = \"Laptop Request",
    ),
    (
        "name = \"Laptop Request\"",
        "name == \"Laptop Request\"",
        "name == \"Laptop Request\"",
    ),
    (
        "[targets.incident-iq]",
        "[target.incident-iq]",
        "[targets.incident-iq]",
    ),
    (
        "[targets.incident-iq]",
        "[targets.incident_iq]",
        "[targets.incident-iq]",
    ),
    ("from = \"*\"", "from = \"all\"", "from = \"all\""),
    ("from = \"*\"", "from = *", "from = *"),
    ("from = \"*\"", "from = [\"*\"]", "from = [\"*\"]"),
    (
        "category = \"waiting\"",
        "category = \"Waiting\"",
        "category = \"waiting\"",
    ),
    (
        "category = \"waiting\"",
        "catgory = \"waiting\"",
        "category = \"waiting\"",
    ),
    (
        "category = \"waiting\"",
        "category = \"waitin\"",
        "category = \"waitin\"",
    ),
    (
        "to = \"Approved L1\"",
        "to = \"Approved L4\"",
        "to = \"Approved L4\"",
    ),
    (
        "to = \"Approved L1\"",
        "to = \"Aproved L1\"",
        "to = \"Aproved L1\"",
    ),
    (
        "except = [\"Approved L2\"]",
        "except = \"Approved L2\"",
        "except = \"Approved L2\"",
    ),
    (
        "except = [\"Approved L2\"]",
        "except = [\"Approved L2\", \"Closed\"]",
        "except = [\"Approved L2\"]",
    ),
];

/// Slips in every place where this stands.
const ALL_OVER_TOML: Slips = &[
    ("[[transitions]]", "[[transition]]", "[[transitions]]"),
    ("[states.", "[state.", "[states."),
    ("[states.", "[Statuses.", "[Statuses."),
];

fn fixed(syntax: Syntax, text: &str) -> String {
    let source = super::source(syntax, text);
    let compile = |source: &_| compile(source, &Options::default());
    let fixed = fix::apply(&source, Wanted::Safe, compile);
    fixed.source.text().to_owned()
}

#[test]
fn a_slip_is_mended_where_it_has_one_reading_and_left_where_not() {
    for (syntax, text, slips) in [(Syntax::Yaml, YAML, IN_YAML), (Syntax::Toml, TOML, IN_TOML)] {
        assert_eq!(fixed(syntax, text), text);
        for (meant, written, expected) in slips {
            assert!(text.contains(meant), "{meant}");
            let found = fixed(syntax, &text.replacen(meant, written, 1));
            assert_eq!(found, text.replacen(meant, expected, 1), "{written}");
        }
    }
    for (meant, written, expected) in ALL_OVER_TOML {
        let found = fixed(Syntax::Toml, &TOML.replace(meant, written));
        assert_eq!(found, TOML.replace(meant, expected), "{written}");
    }
}
