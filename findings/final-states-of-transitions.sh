#!/usr/bin/env bash
# Package: transitions 0.9.3 (pytransitions), beside xstate 5.33.3.
#
# Behaviour: a state with final=True can be left like any other: the flag only runs callbacks when the
# state is entered. In xstate a final state ends the machine, which then answers no event at all, even
# where the state says where one leads. Who moves a machine from one to the other, and checks only that
# the same states are final, has two that allow different walks.
#
# Seen:
#   transitions: closed, then new
#   xstate: closed (done), then closed (done)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check transitions==0.9.3
cat >final.py <<'PYTHON'
from transitions import Machine, State

states = ["new", State("closed", final=True)]
moves = [["close", "new", "closed"], ["reopen", "closed", "new"]]
machine = Machine(states=states, initial="new", transitions=moves)
machine.close()
first = machine.state
machine.reopen()
print(f"transitions: {first}, then {machine.state}")
PYTHON

npm install --silent --no-audit --no-fund xstate@5.33.3 >/dev/null
cat >final.mjs <<'JS'
import { createActor, createMachine } from 'xstate'

const machine = createMachine({
  initial: 'new',
  states: {
    new: { on: { CLOSE: 'closed' } },
    closed: { type: 'final', on: { REOPEN: 'new' } },
  },
})
const actor = createActor(machine).start()
const seen = ['CLOSE', 'REOPEN'].map((type) => {
  actor.send({ type })
  const { value, status } = actor.getSnapshot()
  return `${value} (${status})`
})
console.log(`xstate: ${seen.join(', then ')}`)
JS

seen=$(
  env/bin/python final.py
  node final.mjs
)
echo "$seen"
[ "$seen" = "transitions: closed, then new
xstate: closed (done), then closed (done)" ]
