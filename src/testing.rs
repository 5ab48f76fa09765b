//! What several tests need.

use proptest::test_runner::Config;

/// A property is tried `usual` times, or as many as `PROPTEST_CASES` says.
pub fn cases(usual: u32) -> Config {
    let config = Config::default();
    let cases = match std::env::var_os("PROPTEST_CASES") {
        Some(_) => config.cases,
        None => usual,
    };
    Config {
        cases,
        failure_persistence: None,
        ..config
    }
}
