//! The workflow file as a schema.
