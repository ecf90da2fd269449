"""An explanation as a file: text, Markdown or JSON."""

from __future__ import annotations

import re
from typing import Final

from transfers.explain import Explanation

NUMBERED: Final = re.compile(r"\s*(\d+\. )(.*)")


def story_text(explanation: Explanation, path: str, language: str) -> str:
    """Return an explanation in the format that a file's ending names; text for any other."""
    if path.lower().endswith(".json"):
        import json

        return json.dumps(explanation.to_dict(language), ensure_ascii=False, indent=2)
    if path.lower().endswith(".md"):
        return _markdown(explanation.text(language, whole=True))
    return explanation.text(language)


def _markdown(text: str) -> str:
    """Return an explanation with its heading and its numbered list, shown as they are written."""
    from transfers.output.markdown_file import escaped

    head, *lines = text.splitlines()
    written = [f"# {escaped(head)}", ""]
    for line in lines:
        numbered = NUMBERED.fullmatch(line)
        written.append(numbered[1] + escaped(numbered[2]) if numbered else escaped(line))
    return "\n".join(written)
