//! The program: arguments in, exit code out. Everything it can do is in the library; everything
//! that touches files, streams and the environment is in [`cli`].
#![forbid(unsafe_code)]

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
