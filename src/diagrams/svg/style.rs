//! What is painted otherwise on a dark ground.
//!
//! Light colours stand on the elements themselves, so that programs which know no style sheets
//! draw them right; a browser that is asked for dark pictures puts these in their place.

use std::fmt::Write as _;

use crate::diagrams::palette::{self, DARK};
use crate::diagrams::picture::Fate;

/// Fonts that systems come with.
pub const FONTS: &str = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', 'Liberation Sans', sans-serif";

/// The style sheet of every picture, and what one of two versions needs besides.
pub fn sheet(is_merged: bool) -> String {
    let mut css = "@media (prefers-color-scheme:dark){".to_owned();
    let _ = write!(
        css,
        ".canvas{{fill:{canvas};stroke:{frame}}}.back{{fill:{canvas}}}\
         .title,.legend text{{fill:{ink}}}\
         .line{{stroke:{arrow}}}.head{{fill:{arrow}}}.name{{fill:{arrow_ink}}}\
         .faint .line{{stroke:{faint}}}.faint .head,.faint .name{{fill:{faint}}}\
         .dot{{fill:{ink}}}.mark{{fill:{wrong}}}.detail{{fill:{arrow}}}.sign{{stroke:{arrow}}}",
        canvas = DARK.canvas,
        frame = DARK.frame,
        ink = DARK.ink,
        arrow = DARK.arrow,
        arrow_ink = DARK.arrow_ink,
        faint = DARK.faint,
        wrong = DARK.wrong,
    );
    for (class, color) in [("walk", DARK.walk), ("broken", DARK.broken)] {
        let _ = write!(
            css,
            ".{class} .line,.{class} .ring{{stroke:{color}}}.{class} .head,.{class} .name{{fill:{color}}}"
        );
    }
    for fate in Fate::ALL.iter().filter(|_| is_merged) {
        let (class, color) = (fate.word(), DARK.of_fate(*fate));
        let _ = write!(
            css,
            ".{class} .line,.{class} .ring{{stroke:{color}}}.{class} .head,.{class} .name,.{class}{{fill:{color}}}"
        );
    }
    let of_merged = is_merged.then_some(&palette::GONE);
    for paint in palette::ALL.iter().chain(of_merged) {
        let [fill, line, ink] = paint.dark;
        let name = paint.name;
        let _ = write!(
            css,
            ".{name} .box{{fill:{fill};stroke:{line}}}.{name} .rim{{stroke:{line}}}.{name} .label{{fill:{ink}}}"
        );
    }
    css.push('}');
    css
}
