"""With the schema an editor completes and explains a policy: asked of a real language server.

Needs ``yaml-language-server`` (npm) and node: on the path, or where the environment variable
YAML_LANGUAGE_SERVER says.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from transfers.documents.json_schema import schema_text

SERVER = os.environ.get("YAML_LANGUAGE_SERVER") or shutil.which("yaml-language-server")

pytestmark = [
    pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed"),
    pytest.mark.skipif(
        SERVER is None,
        reason="yaml-language-server is not installed: npm install yaml-language-server, and put "
        "its path into YAML_LANGUAGE_SERVER",
    ),
]

HEAD = (
    "# yaml-language-server: $schema=schema.json\npolicy: p\ndistricts: {file: d.csv, key: code}\n"
)
COMPLETION = {
    "completionItem": {"snippetSupport": True, "documentationFormat": ["markdown", "plaintext"]}
}


class Editor:
    """Speaks to a language server as an editor does."""

    def __init__(self, folder: Path) -> None:
        assert SERVER is not None
        self.folder = folder
        self.server = subprocess.Popen(
            ["node", SERVER, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.numbers = count(1)
        self.faults: dict[str, list[str]] = {}
        capabilities = {"textDocument": {"completion": COMPLETION}}
        self.ask("initialize", processId=None, rootUri=folder.as_uri(), capabilities=capabilities)
        self.tell("initialized")

    def send(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.server.stdin is not None
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.server.stdin.flush()

    def receive(self) -> Any:
        assert self.server.stdout is not None
        length = 0
        while line := self.server.stdout.readline().strip():
            name, _, value = line.decode().partition(": ")
            length = int(value) if name == "Content-Length" else length
        message = json.loads(self.server.stdout.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            found = message["params"]
            self.faults[found["uri"]] = [fault["message"] for fault in found["diagnostics"]]
        elif "method" in message and "id" in message:
            self.send(id=message["id"], result=None)
        return message

    def tell(self, method: str, **parameters: Any) -> None:
        self.send(method=method, params=parameters)

    def ask(self, method: str, **parameters: Any) -> Any:
        number = next(self.numbers)
        self.send(id=number, method=method, params=parameters)
        while True:
            message = self.receive()
            if message.get("id") == number and "method" not in message:
                return message["result"]

    def open(self, text: str) -> str:
        """Show a document to the server; return its address."""
        uri = (self.folder / f"{next(self.numbers)}.yaml").as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", textDocument=document)
        return uri

    def at_cursor(self, what: str, body: str) -> Any:
        """Ask at the cursor, which stands where the body has a ``|``."""
        before, _, after = (HEAD + body).partition("|")
        uri = self.open(before + after)
        lines = before.split("\n")
        position = {"line": len(lines) - 1, "character": len(lines[-1])}
        return self.ask(f"textDocument/{what}", textDocument={"uri": uri}, position=position)

    def complaints(self, text: str) -> list[str]:
        """Return what is underlined in a document."""
        uri = self.open(text)
        while uri not in self.faults:
            self.receive()
        return self.faults[uri]


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    folder = tmp_path_factory.mktemp("work")
    (folder / "schema.json").write_text(schema_text(), encoding="utf-8")
    editor = Editor(folder)
    yield editor
    editor.server.kill()
    editor.server.communicate()


@pytest.mark.parametrize(
    ("body", "chinese", "english"),
    [
        ("grants:\n  g: {claim: x, fl|oor: y}\n", "下限（公式）", "The least a district gets"),
        ("grants: {g: {claim: x}}\nmon|ey: {unit: 元}\n", "金额的单位", "What amounts are counted"),
        ("grants: {g: {claim: x}}\nparameters: {k|k: 1}\n", "直接写", "written as it is"),
        ("grants:\n  g: {claim: x, rounding: {ru|le: webster}}\n", "除数法", "A divisor rule"),
        ("grants:\n  g: {pool: 1, sh|are: x}\n", "按权重分配", "Divide by relative weights"),
    ],
)
def test_a_key_under_the_mouse_is_explained_in_both_languages(
    editor: Editor, body: str, chinese: str, english: str
) -> None:
    said = editor.at_cursor("hover", body)["contents"]["value"]
    assert chinese in said and english in said


@pytest.mark.parametrize(
    ("body", "labels"),
    [
        ("grants:\n  g:\n    |\n", {"share", "claim", "level", "floor", "cap", "rounding"}),
        ("grants: {g: {claim: x}}\n|\n", {"inputs", "parameters", "budget", "solve"}),
        ("grants: {g: {claim: x}}\ninputs:\n  x:\n    role: |\n", {"prior", "population"}),
        ("grants: {g: {claim: x}}\ninputs:\n  x:\n    |\n", {"unit", "min", "one_of", "nil"}),
        ("grants: {g: {claim: x}}\nparameters:\n  x:\n    |\n", {"value", "file", "unit"}),
        ("grants:\n  g:\n    claim: x\n    rounding: |\n", {"webster", "half_up"}),
    ],
)
def test_what_may_be_typed_is_proposed_with_its_meaning(
    editor: Editor, body: str, labels: set[str]
) -> None:
    proposed = {item["label"]: item for item in editor.at_cursor("completion", body)["items"]}
    assert labels <= proposed.keys()
    for label in labels:
        words = proposed[label]["documentation"]
        words = words if isinstance(words, str) else words["value"]
        assert any("\u4e00" <= letter <= "\u9fff" for letter in words)
        assert any("a" <= letter <= "z" for letter in words)


def test_a_policy_that_is_right_has_nothing_underlined(editor: Editor) -> None:
    policy = Path(__file__).parents[2] / "examples/jiangmen/policy.yaml"
    text = policy.read_text(encoding="utf-8")
    assert editor.complaints(HEAD.splitlines()[0] + "\n" + text) == []


def test_a_slip_is_underlined(editor: Editor) -> None:
    assert editor.complaints(HEAD + "grants:\n  g: {clam: x, claim: y}\n") == [
        "Property clam is not allowed."
    ]
