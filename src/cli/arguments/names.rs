//! Names of what there is: targets, their documents, states. Whoever writes another is told which is
//! near, or which there are.

use statewright::import::Input;
use statewright::suggest;
use statewright::targets::{self, Output, Target};

/// What follows the news that no `kind` has this name: the nearest that there is, or all of them where
/// they are few.
pub fn instead(written: &str, kind: &str, known: &[&str]) -> String {
    if let Some(near) = suggest::nearest(written, known.iter().copied()) {
        return format!("; the nearest is `{near}`");
    }
    let all = suggest::listing(known.iter().copied());
    all.map_or_else(String::new, |all| format!("; the {kind}s are {all}"))
}

/// A target by its name; for a name that no target has, what to say about it.
pub fn target(name: &str) -> Result<&'static Target, String> {
    target_or(&[], name)
}

/// As [`target`], where other words can stand, too.
pub fn target_or(others: &[&str], name: &str) -> Result<&'static Target, String> {
    targets::find(name).ok_or_else(|| {
        let names = targets::ALL.iter().map(|target| target.name);
        let mut all: Vec<&str> = names.collect();
        if suggest::nearest(name, all.iter().copied()).is_none()
            && let Some(near) = suggest::nearest(name, others.iter().copied())
        {
            all = vec![near];
        }
        format!("no target has this name{}", instead(name, "target", &all))
    })
}

/// `NAME` or `NAME:DOCUMENT`, or else one of these `others`; where it is none of them, what to say
/// about it.
pub fn output_or(others: &[&str], text: &str) -> Result<Output, String> {
    let Some((name, document)) = text.split_once(':') else {
        return target_or(others, text).map(Target::default_output);
    };
    let target = target(name)?;
    let found = target.document(document).ok_or_else(|| {
        let names: Vec<&str> = target.documents.iter().map(|d| d.name).collect();
        no_document(target, document, &names)
    })?;
    Ok(Output {
        target,
        document: found,
    })
}

/// What to say of a document that a target does not have, or not for this purpose.
pub fn no_document(target: &Target, document: &str, known: &[&str]) -> String {
    format!(
        "target `{}` has no document `{document}`{}",
        target.name,
        instead(document, "document", known)
    )
}

/// A document that can be imported; where there is no such thing, what to say about it.
pub fn input(text: &str) -> Result<Input, String> {
    let (name, document) = match text.split_once(':') {
        Some((name, document)) => (name, Some(document)),
        None => (text, None),
    };
    let target = target(name)?;
    let document = document.unwrap_or(target.default_document().name);
    let by_default = target.imports.first().filter(|_| !text.contains(':'));
    if let Some(import) = by_default.or_else(|| target.import(document)) {
        return Ok(Input { target, import });
    }
    let names: Vec<&str> = target.imports.iter().map(|i| i.document).collect();
    let has = target.document(document).is_some();
    Err(match names.is_empty() {
        true => format!("nothing of target `{name}` can be imported"),
        false if has => format!(
            "document `{document}` of target `{name}` cannot be imported; {} can",
            suggest::phrase(&names)
        ),
        false => no_document(target, document, &names),
    })
}
