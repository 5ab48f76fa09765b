//! A random workflow in YAML and in TOML: the same reports, and the same documents.
#![no_main]
use libfuzzer_sys::fuzz_target;
use statewright::source::Syntax;
use statewright_fuzz::random::{self, Dice};
use statewright_fuzz::{compiled, counted, documents, source};

fuzz_target!(|data: &[u8]| {
    let mut dice = Dice(data);
    let (depth, tables, slips) = (dice.roll(4), dice.roll(2) == 0, dice.roll(4));
    let mut workflow = random::workflow(&mut dice, "random");
    for _ in 0..slips {
        random::slip(&mut dice, &mut workflow);
    }
    let yaml = random::yaml(&workflow, depth);
    let Some(toml) = random::toml(&workflow, tables) else {
        return;
    };
    // TOML repeats a name in the headers of all that is in it, and each is told.
    if yaml.contains('\u{200b}') {
        return;
    }
    let one = compiled(&source(Syntax::Yaml, yaml.as_bytes()));
    let other = compiled(&source(Syntax::Toml, toml.as_bytes()));
    assert_eq!(
        counted(&one.diagnostics),
        counted(&other.diagnostics),
        "{yaml}\n---\n{toml}"
    );
    assert_eq!(documents(&one), documents(&other), "{yaml}\n---\n{toml}");
});
