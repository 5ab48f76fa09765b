"""The language server as pytest-lsp's clients drive it, with the capabilities of several editors.

`cargo test --test all editors` runs this where pytest-lsp is installed, with the program in STATEWRIGHT.
"""

import os

import pytest
import pytest_lsp
from lsprotocol import types as lsp
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

TEXT = """\
workflow: x
start: A
states:
  A: { category: open }
  Closed: { category: closed }
transitions:
  - { name: Go, from: A, to: Closd }
"""
URI = "file:///no/such/folder/a.workflow.yaml"
DOCUMENT = lsp.TextDocumentIdentifier(uri=URI)
AT_A = {"text_document": DOCUMENT, "position": lsp.Position(1, 7)}


@pytest_lsp.fixture(
    params=["visual_studio_code", "neovim", "emacs"],
    config=ClientServerConfig(server_command=[os.environ["STATEWRIGHT"], "lsp"]),
)
async def client(request, lsp_client: LanguageClient):
    # The client says that a server may register for changes of files, and has nothing that answers.
    @lsp_client.feature("client/registerCapability")
    def register(params):
        return None

    capabilities = client_capabilities(request.param)
    await lsp_client.initialize_session(lsp.InitializeParams(capabilities=capabilities))
    item = lsp.TextDocumentItem(uri=URI, language_id="yaml", version=1, text=TEXT)
    lsp_client.text_document_did_open(lsp.DidOpenTextDocumentParams(text_document=item))
    yield
    await lsp_client.shutdown_session()


async def reported(client):
    if client.capabilities.text_document.diagnostic:
        asked = lsp.DocumentDiagnosticParams(text_document=DOCUMENT)
        try:
            return (await client.text_document_diagnostic_async(asked)).items
        except Exception:
            pass
    await client.wait_for_notification("textDocument/publishDiagnostics")
    return client.diagnostics[URI]


@pytest.mark.asyncio
async def test_reports_and_fixes(client: LanguageClient):
    found = await reported(client)
    assert [report.code for report in found] == ["undefined-states"]
    context = lsp.CodeActionContext(diagnostics=found)
    asked = lsp.CodeActionParams(text_document=DOCUMENT, range=found[0].range, context=context)
    titles = [action.title for action in await client.text_document_code_action_async(asked)]
    assert "change Closd to Closed (look at it)" in titles
    assert "declare state Closd" in titles


@pytest.mark.asyncio
async def test_every_question_has_an_answer(client: LanguageClient):
    whole = lsp.Range(lsp.Position(0, 0), lsp.Position(9, 0))
    places = await client.text_document_references_async(lsp.ReferenceParams(context=lsp.ReferenceContext(True), **AT_A))
    assert [place.range.start.line for place in places] == [1, 3, 6]
    declared = await client.text_document_definition_async(lsp.DefinitionParams(**AT_A))
    assert [place.range.start.line for place in declared] == [3]
    renamed = await client.text_document_rename_async(lsp.RenameParams(new_name="Z", **AT_A))
    assert len(renamed.changes[URI]) == 3
    asked = lsp.CompletionParams(text_document=DOCUMENT, position=lsp.Position(3, 17))
    words = [item.label for item in (await client.text_document_completion_async(asked)).items]
    assert words == ["draft", "open", "waiting", "closed"]
    told = await client.text_document_hover_async(lsp.HoverParams(**AT_A))
    assert "The clock runs." in told.contents.value
    symbols = await client.text_document_document_symbol_async(lsp.DocumentSymbolParams(DOCUMENT))
    assert [symbol.name for symbol in symbols] == ["states", "transitions"]
    for answer in [
        client.text_document_document_highlight_async(lsp.DocumentHighlightParams(**AT_A)),
        client.text_document_prepare_rename_async(lsp.PrepareRenameParams(**AT_A)),
        client.text_document_folding_range_async(lsp.FoldingRangeParams(DOCUMENT)),
        client.text_document_selection_range_async(lsp.SelectionRangeParams(DOCUMENT, [lsp.Position(1, 7)])),
        client.text_document_semantic_tokens_full_async(lsp.SemanticTokensParams(DOCUMENT)),
        client.text_document_code_lens_async(lsp.CodeLensParams(DOCUMENT)),
    ]:
        assert await answer
    hints = await client.text_document_inlay_hint_async(lsp.InlayHintParams(text_document=DOCUMENT, range=whole))
    assert not hints
