//! The limits that a configuration sets.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::fields::{Fields, Subject, invalid_values, wrong_types};
use crate::limits::{self, Grouped, Limit, Limits, Refused};
use crate::node::{Kind, Node, ScalarKind};
use crate::source::Span;

const OWNER: Subject = Subject {
    kind: "`limits`",
    name: None,
};

/// Reads the table `limits`. Each number that is one is set, the others are reported.
pub(super) fn read(node: &Node, place: Span, out: &mut Diagnostics) -> Limits {
    let mut set = Limits::default();
    let names: Vec<&'static str> = limits::ALL.iter().map(|limit| limit.name).collect();
    let Some(fields) = Fields::of(node, OWNER, place, &names, out) else {
        return set;
    };
    for limit in limits::ALL {
        let Some(value) = fields.get(limit.name) else {
            continue;
        };
        match number(limit, value) {
            Ok(number) => limit.set(&mut set, number),
            Err(report) => out.push(*report),
        }
    }
    set
}

fn number(limit: &Limit, node: &Node) -> Result<usize, Box<Diagnostic>> {
    let field = OWNER.field(limit.name);
    let written = match node.kind() {
        Kind::Scalar(scalar)
            if matches!(scalar.kind(), ScalarKind::Integer | ScalarKind::Float) =>
        {
            scalar.text()
        }
        _ => return Err(Box::new(wrong_types::report(field, node, "a number"))),
    };
    limit.parse(written).map_err(|why| {
        let (most, why_no_more) = (Grouped(limit.most), limit.why_no_more);
        Box::new(match why {
            Refused::NotANumber => invalid_values::malformed(
                field,
                written,
                node.span,
                "a whole number in digits",
                &limit.usual.to_string(),
            ),
            Refused::TooSmall => invalid_values::other(
                format!("{field} cannot be `{written}`"),
                node.span,
                "less than 1",
                "write a number from 1 on, or delete the line".to_owned(),
            ),
            Refused::TooLarge => invalid_values::other(
                format!("{field} cannot be `{written}`"),
                node.span,
                "more than can be asked for",
                format!("write at most `{}`", limit.most),
            )
            .note(format!("the most is {most}: {why_no_more}")),
        })
    })
}
