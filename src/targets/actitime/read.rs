use crate::targets::Import;

pub const IMPORTS: &[Import] = &[];
