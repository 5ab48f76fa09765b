#!/usr/bin/env bash
# pytest-lsp 1.0.1 (with pygls 2.1.1 and lsprotocol 2025.0.0): a client that takes on the capabilities of an editor
# says that it lets a server register for changes of files (`workspace.didChangeWatchedFiles.dynamicRegistration`
# is true for `visual_studio_code_v1.65.2` and for Emacs), and answers the registration that a server then sends with
# -32601, method not found. A test whose server does what the specification allows fails, in its teardown, with
# JsonRpcMethodNotFound: client/registerCapability, unless it gives the client a handler of its own.
#
# Seen: "offered: True", "server was answered: -32601 Method Not Found: client/registerCapability", "1 failed"
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q pytest-lsp==1.0.1 pygls==2.1.1 lsprotocol==2025.0.0 pytest==9.2.0 pytest-asyncio==1.5.0

cat > server.py <<'PY'
from lsprotocol import types
from pygls.lsp.server import LanguageServer

server = LanguageServer("small", "1")


@server.feature(types.INITIALIZED)
async def initialized(params):
    watcher = types.FileSystemWatcher(glob_pattern="**/*.yaml")
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers=[watcher])
    registration = types.Registration(id="files", method="workspace/didChangeWatchedFiles", register_options=options)
    try:
        await server.client_register_capability_async(types.RegistrationParams(registrations=[registration]))
        answer = "yes"
    except Exception as error:
        answer = f"{error.code} {error}"
    with open("answer.txt", "w") as file:
        file.write(answer)


server.start_io()
PY

cat > test_it.py <<'PY'
import asyncio
import sys

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities


@pytest_lsp.fixture(config=ClientServerConfig(server_command=[sys.executable, "server.py"]))
async def client(lsp_client: LanguageClient):
    capabilities = client_capabilities("visual_studio_code")
    print("offered:", capabilities.workspace.did_change_watched_files.dynamic_registration)
    await lsp_client.initialize_session(types.InitializeParams(capabilities=capabilities))
    yield
    await lsp_client.shutdown_session()


@pytest.mark.asyncio
async def test_nothing(client: LanguageClient):
    await asyncio.sleep(2)
PY

said=$(venv/bin/python -m pytest -q -s test_it.py 2>&1 || true)
offered=$(grep -o "offered: .*" <<<"$said" || true)
answer=$(cat answer.txt 2>/dev/null || true)
verdict=$(grep -oE "[0-9]+ (failed|passed|error)" <<<"$said" | tail -1)
echo "$offered"
echo "server was answered: $answer"
echo "$verdict"
[ "$offered" = "offered: True" ]
[[ "$answer" == *"-32601"* && "$answer" == *"client/registerCapability"* ]]
[[ "$verdict" == "1 failed" || "$verdict" == "1 error" ]]
