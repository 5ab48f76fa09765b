//! `statewright completions`.

use clap::builder::PossibleValuesParser;
use clap::{Args, Command};
use clap_complete::Shell;
use statewright::{compile, targets};

use crate::cli::io::Exit;
use crate::cli::io::output::print_exactly;

#[derive(Args)]
pub struct Arguments {
    /// The shell that the completions are for
    #[arg(value_enum)]
    shell: Shell,
}

pub fn run(arguments: &Arguments) -> Exit {
    let mut script = Vec::new();
    let mut command = with_codes(crate::cli::command());
    let name = command.get_name().to_owned();
    clap_complete::generate(arguments.shell, &mut command, name, &mut script);
    print_exactly(&String::from_utf8_lossy(&script))
}

/// The same with the names of codes and targets as values: the program itself looks these up by
/// functions, which tell the nearest name but cannot list them to a shell.
fn with_codes(mut command: Command) -> Command {
    let codes: Vec<&str> = compile::codes().iter().map(|code| code.name).collect();
    let targets: Vec<&str> = targets::ALL.iter().map(|target| target.name).collect();
    command.build(); // the arguments of commands are put together when they are asked for
    let parts = command
        .get_subcommands()
        .map(|part| part.get_name().to_owned());
    for part in parts.collect::<Vec<_>>() {
        command = command.mut_subcommand(part, |part| {
            part.mut_args(|argument| match argument.get_id().as_str() {
                "deny" | "warn" | "allow" | "code" => {
                    argument.value_parser(PossibleValuesParser::new(&codes))
                }
                "target" => argument.value_parser(PossibleValuesParser::new(&targets)),
                _ => argument,
            })
        });
    }
    command
}
