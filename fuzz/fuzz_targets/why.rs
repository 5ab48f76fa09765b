//! Every question about any workflow: what is answered is true of the graph, and safe to print.
#![no_main]
use libfuzzer_sys::fuzz_target;
use statewright::graph::{Resolved, StateId};
use statewright::why::{self, Answer, Question, Route};
use statewright_fuzz::{check_printable, drawable, some_states};

fuzz_target!(|data: &[u8]| {
    let Some((_, compilation)) = drawable(data) else {
        return;
    };
    let resolved = compilation.resolved().expect("it is drawable");
    let states = some_states(resolved);
    for to in &states {
        let ones = states.iter().map(|from| vec![*from]);
        for from in [Vec::new(), states.clone()].into_iter().chain(ones) {
            let answer = why::answer(resolved, &Question { from, to: *to });
            check_printable(&why::text::write(resolved, &answer));
            let json = serde_json::to_string(&why::json::object(resolved, &answer));
            let json = json.expect("it is written");
            serde_json::from_str::<serde_json::Value>(&json).expect("it is read");
            check(resolved, &answer);
        }
    }
});

fn check(resolved: &Resolved, answer: &Answer) {
    let leads = |from: StateId, to: StateId| resolved.moves_between(from, to).next().is_some();
    match &answer.route {
        Route::Walks {
            shortest,
            count,
            always,
        } => {
            assert!(
                !shortest.is_empty() && *count >= shortest.len() as u64,
                "{answer:?}"
            );
            for walk in shortest {
                assert_eq!(walk.len(), shortest[0].len());
                assert!(answer.from.contains(&walk[0]), "{answer:?}");
                assert_eq!(walk.last(), Some(&answer.to), "{answer:?}");
                assert!(
                    walk.windows(2).all(|pair| leads(pair[0], pair[1])),
                    "{answer:?}"
                );
                assert!(always.iter().all(|id| walk.contains(id)), "{answer:?}");
            }
        }
        Route::Nothing {
            reached,
            ends,
            leading,
        } => {
            assert!(!reached.contains(&answer.to), "{answer:?}");
            let known = |id: &&StateId| !reached.contains(id) && !answer.from.contains(id);
            assert!(!ends.iter().any(|id| known(&id)), "{answer:?}");
            assert!(
                !leading.iter().any(|id| answer.from.contains(id)),
                "{answer:?}"
            );
        }
    }
}
