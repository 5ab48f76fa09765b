//! What is read in the place of names by people of one language.

use crate::hashing::HashMap;
use crate::model::{Label, Workflow};

/// The labels of a workflow in the language that is asked for; names where none is.
#[derive(Debug)]
pub struct Labels<'r> {
    language: Option<String>,
    /// By the names of the roles.
    roles: HashMap<&'r str, &'r str>,
}

impl<'r> Labels<'r> {
    /// Those of a workflow.
    pub fn of_workflow(workflow: &'r Workflow, language: Option<&str>) -> Self {
        let mut labels = Labels {
            language: language.map(str::to_owned),
            roles: HashMap::default(),
        };
        if language.is_some() {
            for role in workflow.roles.iter().flat_map(|roles| &roles.value) {
                let name = role.name.value.as_str();
                let label = labels.of(role.label.as_ref(), name);
                labels.roles.insert(name, label);
            }
        }
        labels
    }

    /// What is read in the place of a name.
    pub fn of(&self, label: Option<&'r Label>, name: &'r str) -> &'r str {
        let language = self.language.as_deref();
        let text = language.and_then(|language| label?.text(language));
        text.map_or(name, |text| &text.value)
    }

    /// What is read in the place of the name of a role.
    pub fn of_role(&self, name: &'r str) -> &'r str {
        self.roles.get(name).copied().unwrap_or(name)
    }
}

/// Every label of a workflow.
pub fn all(workflow: &Workflow) -> impl Iterator<Item = &Label> {
    let states = workflow.states.iter();
    let states = states.filter_map(|state| state.details().label.as_ref());
    let starts = workflow.start.iter();
    let starts = starts.filter_map(|start| start.transition.as_ref()?.details().label.as_ref());
    let moves = workflow.transitions.iter();
    let moves = moves.filter_map(|transition| transition.details().label.as_ref());
    let roles = workflow.roles.iter().flat_map(|roles| &roles.value);
    let roles = roles.filter_map(|role| role.label.as_ref());
    states.chain(starts).chain(moves).chain(roles)
}
