//! Diagnostics to text: one file a format.

/// placeholder
pub const ALL: &[()] = &[];
