//! Which configuration a run has.

use std::path::{Path, PathBuf};

use clap::Args;

#[derive(Args, Clone)]
pub struct ConfigArguments {
    /// Read this configuration for every file, instead of the nearest statewright.toml
    ///
    /// Without it, each file has the statewright.toml of its own folder or of the nearest one
    /// above, up to the folder that holds .git; outside of a repository, up to the one that the
    /// program runs in.
    #[arg(
        long,
        help_heading = "Configuration",
        value_name = "FILE",
        conflicts_with = "no_config"
    )]
    pub config: Option<PathBuf>,

    /// Read no configuration
    #[arg(long, help_heading = "Configuration")]
    pub no_config: bool,
}

impl ConfigArguments {
    /// The configuration that the command line names.
    pub fn given(&self) -> Option<&Path> {
        self.config.as_deref()
    }
}
