"""Runs the guide's snippets: where the server is, the guide's words, and what came back."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.clients.catalogue import HERE, NODE_DIR, REPOSITORY

PLACEHOLDER = "[your image data]"
RESULT = "RESULT "
_BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<code>.*?)^```$", re.DOTALL | re.MULTILINE)

PYTHON = "import openai\n{snippet}\nimport json\nprint('RESULT ' + json.dumps(response['data']))\n"
PYTHON_BARE = "import openai\n{snippet}"
_NODE_CLIENT = """
const openai = new OpenAIApi(
  new Configuration({{ apiKey: process.env.OPENAI_API_KEY, basePath: process.env.OPENAI_API_BASE }}),
);
async function main() {{
  {{snippet}}
  {{epilogue}}
}}
main();
"""
_NODE_EPILOGUE = "console.log('RESULT ' + JSON.stringify(response.data.data));"
JAVASCRIPT = (
    "const fs = require('fs');\nconst {{ Configuration, OpenAIApi }} = require('{package}');" + _NODE_CLIENT
)
TYPESCRIPT = (
    "import * as fs from 'fs';\nimport {{ Configuration, OpenAIApi }} from '{package}';" + _NODE_CLIENT
)


def snippets() -> dict[tuple[str, str], str]:
    """The guide's code by (part of the guide, language)."""
    found: dict[tuple[str, str], str] = {}
    for section in (HERE / "guide" / "snippets.md").read_text("utf-8").split("\n## ")[1:]:
        heading = section.partition("\n")[0]
        for block in _BLOCK.finditer(section):
            found[heading, block["language"]] = block["code"]
    return found


@dataclass(frozen=True)
class Desk:
    """Where a reader of the guide sits: a directory with the guide's pictures, and the server's address."""

    directory: Path
    url: str

    def run(self, command: list[str], **environment: str) -> str:
        """Standard output of a program run here, which must end well."""
        known = {"OPENAI_API_KEY": "sk-anything", "OPENAI_API_BASE": self.url + "/v1"}
        done = subprocess.run(
            command,
            cwd=self.directory,
            env={**os.environ, **known, **environment},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def python(self, snippet: str, *, answers: bool = True) -> str:
        """The snippet under openai-python 0.28.1."""
        code = snippet.replace(PLACEHOLDER, 'BytesIO(open("image.png", "rb").read())')
        script = self.directory / "snippet.py"
        script.write_text((PYTHON if answers else PYTHON_BARE).format(snippet=code), "utf-8")
        return self.run([str(REPOSITORY / ".venvs/openai-0.28/bin/python"), str(script)])

    def javascript(self, snippet: str, package: str, *, answers: bool = True) -> str:
        """The snippet under one of the 3.x packages, in CommonJS: the guide assigns undeclared names."""
        script = self.directory / "snippet.cjs"
        script.write_text(_node_program(JAVASCRIPT, snippet, package, answers=answers), "utf-8")
        return self.run(["node", str(script)])

    def typescript(self, programs: Mapping[str, str], package: str) -> str:
        """Type-checks and compiles the snippets, each a file of the given name; returns the complaints."""
        for name, snippet in programs.items():
            (self.directory / f"{name}.ts").write_text(_node_program(TYPESCRIPT, snippet, package), "utf-8")
        compiler = self.directory / "node_modules" / "typescript" / "bin" / "tsc"
        options = "--strict --target es2022 --module commonjs --types node"
        done = subprocess.run(
            ["node", str(compiler), *options.split(), *(f"{name}.ts" for name in programs)],
            cwd=self.directory,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return done.stdout + done.stderr

    def curl(self, snippet: str) -> list[dict[str, Any]]:
        """The command in a shell, with the server's address for OpenAI's; returns `data`."""
        command = snippet.replace("https://api.openai.com", self.url)
        data: list[dict[str, Any]] = json.loads(self.run(["sh", "-c", command]))["data"]
        return data


def sit_down(directory: Path, url: str, uploads: Mapping[str, Path]) -> Desk:
    """A desk with the pictures under the names the guide gives them, and with the Node packages in reach."""
    names = {
        "sunlit_lounge.png": "square",
        "mask.png": "mask",
        "corgi_and_cat_paw.png": "opaque",
        "image.png": "square",
    }
    for name, upload in names.items():
        shutil.copy(uploads[upload], directory / name)
    (directory / "node_modules").symlink_to(NODE_DIR / "node_modules")
    return Desk(directory, url)


def answered(output: str) -> list[dict[str, Any]]:
    """What the epilogue printed: the answer's `data`."""
    line = next(line for line in output.splitlines() if line.startswith(RESULT))
    data: list[dict[str, Any]] = json.loads(line.removeprefix(RESULT))
    return data


def _node_program(template: str, snippet: str, package: str, *, answers: bool = True) -> str:
    code = snippet.replace(PLACEHOLDER, 'fs.readFileSync("image.png")')
    # Two passes: the package goes in first, because the guide's own braces must not be taken for fields.
    frame = template.format(package=package)
    return frame.replace("{snippet}", code).replace("{epilogue}", _NODE_EPILOGUE if answers else "")
