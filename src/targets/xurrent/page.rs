//! What Xurrent's page on workflows says of each field: its access, its values, its limits.

/// The values of an enum field.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// The ones that the page lists.
    pub documented: &'static [&'static str],
    /// The ones that the product has had since.
    pub newer: &'static [&'static str],
}

impl Words {
    /// Every accepted value.
    pub fn all(self) -> Vec<&'static str> {
        [self.documented, self.newer].concat()
    }
}

/// `category`.
pub const CATEGORIES: Words = Words {
    documented: &["standard", "non_standard", "emergency"],
    newer: &["order"],
};

/// `completion_reason`.
pub const COMPLETION_REASONS: Words = Words {
    documented: &[
        "withdrawn",
        "rejected",
        "rolled_back",
        "failed",
        "partial",
        "disruptive",
        "complete",
    ],
    newer: &[],
};

/// `justification`.
pub const JUSTIFICATIONS: Words = Words {
    documented: &[
        "compliance",
        "correction",
        "expansion",
        "improvement",
        "maintenance",
        "move",
        "removal",
        "replacement",
    ],
    newer: &["purchase"],
};

/// `status`.
pub const STATUSES: Words = Words {
    documented: &[
        "being_created",
        "registered",
        "risk_and_impact",
        "approval",
        "implementation",
        "progress_halted",
        "completed",
    ],
    newer: &["in_progress"],
};

/// The status of a workflow of which nothing else is said.
pub const DEFAULT_STATUS: &str = "registered";

/// The status that `completion_reason` goes with.
pub const COMPLETED: &str = "completed";

/// The impact of a workflow without tasks.
pub const DEFAULT_IMPACT: &str = "none";

/// The longest `subject`, in characters.
pub const SUBJECT_MAX: usize = 255;
/// The longest `source`, in characters.
pub const SOURCE_MAX: usize = 30;
/// The longest `sourceID`, in characters.
pub const SOURCE_ID_MAX: usize = 128;
/// The longest `note`: 64 KB, which we take for bytes of UTF-8.
pub const NOTE_MAX_BYTES: usize = 64 * 1024;

/// The fields of the page's example of a single workflow.
pub const SHOWN: &[&str] = &[
    "completion_reason",
    "completed_at",
    "created_at",
    "category",
    "sourceID",
    "updated_at",
    "release",
    "project",
    "service",
    "manager",
    "subject",
    "start_at",
    "id",
    "justification",
    "impact",
    "status",
    "source",
    "workflow_type",
    "completion_target_at",
    "template",
    "custom_fields",
];

/// The fields that a collection shows where no others are asked for, in the order of the page's
/// example.
pub const COLLECTION: &[&str] = &[
    "completed_at",
    "created_at",
    "category",
    "sourceID",
    "updated_at",
    "service",
    "manager",
    "subject",
    "id",
    "impact",
    "status",
    "completion_target_at",
];

/// The fields that a collection can be filtered by.
pub const FILTERS: &[&str] = &[
    "id",
    "source",
    "sourceID",
    "subject",
    "manager",
    "category",
    "impact",
    "status",
    "completion_target_at",
    "completed_at",
    "service",
    "created_at",
    "updated_at",
    "template",
    "start_at",
    "project",
    "release",
];

/// The fields that nobody writes. The last ones are no fields of the list: the answers to
/// the requests that archive and trash a workflow have them, and `nodeID` is newer than the page.
pub const READ_ONLY: &[&str] = &[
    "id",
    "actual_effort",
    "actual_vs_planned_effort_percentage",
    "attachments",
    "completed_at",
    "completion_target_at",
    "created_at",
    "impact",
    "planned_effort",
    "resolution_duration",
    "updated_at",
    "archived",
    "trashed",
    "analysis_target_at",
    "nodeID",
];

/// Those of them that a workflow file does not say either: all but the id.
pub const SET_BY_PRODUCT: &[&str] = READ_ONLY.split_at(1).1;

/// The fields of another record by which an answer that refers to it tells it, beside its id.
pub const LABELS: &[&str] = &[
    "account",
    "localized_name",
    "name",
    "nodeID",
    "provider",
    "sourceID",
    "subject",
];

/// Names from when workflows were called changes, until 2023, and what they are called now.
pub const RENAMED: &[(&str, &str)] = &[("change_type", "workflow_type")];
