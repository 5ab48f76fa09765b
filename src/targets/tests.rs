//! Finding targets.

use super::*;
use crate::compile::{Options, compile};
use crate::source::{Source, SourceId, Syntax};

#[test]
fn a_target_is_itself_and_no_other() {
    for (at, one) in ALL.iter().enumerate() {
        for (other_at, other) in ALL.iter().enumerate() {
            assert_eq!(one == other, at == other_at, "{} {}", one.name, other.name);
        }
        assert_eq!(find(one.name), Some(*one));
    }
}

#[test]
fn a_document_of_a_target_is_no_other() {
    let outputs = ALL.iter().flat_map(|target| {
        let documents = target.documents.iter();
        documents.map(|document| Output { target, document })
    });
    let outputs: Vec<Output> = outputs.collect();
    for (at, one) in outputs.iter().enumerate() {
        for (other_at, other) in outputs.iter().enumerate() {
            let names = (one.name(), other.name());
            assert_eq!(one.is(*other), at == other_at, "{names:?}");
            assert_eq!(names.0 == names.1, at == other_at, "{names:?}");
        }
    }
}

#[test]
fn a_misspelt_target_counts_as_its_nearest() {
    let text = "workflow: w\nstart: A\nstates:\n  A: { category: open }\n  B: { category: closed }\n\
                transitions:\n  - { from: A, to: B }\ntargets:\n  actitme: {}\n  something: {}\n";
    let source = Source::new(SourceId(0), "w", Syntax::Yaml, text);
    let compilation = compile(&source, &Options::default());
    let named = named(compilation.resolved().expect("a graph"));
    let names: Vec<&str> = named.iter().map(|(target, _)| target.name).collect();
    assert_eq!(names, ["actitime"]);
}

#[test]
fn a_block_is_decoded_once_whatever_is_made_of_it() {
    let text = include_str!("../../examples/everything.workflow.yaml");
    let options = Options::default();
    let (count, mut compilations) = {
        let before = blocks::READ.get();
        let compile = |(at, text): (u32, String)| {
            compile(
                &Source::new(SourceId(at), "w", Syntax::Yaml, text),
                &options,
            )
        };
        let copy = text.replace("workflow: everything", "workflow: copy");
        let all: Vec<_> = [(0, text.to_owned()), (1, copy)].map(compile).into();
        (move || blocks::READ.get() - before, all)
    };
    let each = named(compilations[0].resolved().expect("a graph")).len();
    assert_eq!((each, count()), (ALL.len(), 2 * each));
    let documents = ALL.iter().flat_map(|target| {
        let checked = compilations[0].checked_for(target).expect("whole");
        let documents = target.documents.iter();
        documents.map(|document| document.of_one(checked, &mut Diagnostics::new()))
    });
    // The file has ids of a case and of parameters, and so none to create; and no run of either kind.
    assert_eq!(documents.filter(|made| made.is_none()).count(), 4);
    crate::compile::check_together(&mut compilations, |_| Some(&options));
    assert_eq!(count(), 2 * each);
}
