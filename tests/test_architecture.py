"""Rules of the code that only reading all of it can check; each with a floor: it must have seen something."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "egaku"
FILES = sorted(SOURCE.rglob("*.py"))
TREES = {path: ast.parse(path.read_text()) for path in FILES}

MAX_LINES = 500
"""Nobody reads more in one go. The house rule is a hard look from 400 on."""


def nodes(*kinds: type[ast.AST], under: str = "") -> Iterator[tuple[str, ast.AST]]:
    """All syntax nodes of these kinds below a folder, each with where it is."""
    for path, tree in TREES.items():
        if path.is_relative_to(SOURCE / under):
            for node in ast.walk(tree):
                if isinstance(node, kinds):
                    yield f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}", node


def dotted(node: ast.AST) -> str:
    """`a.b.c` of such an expression, else ""."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def test_layers() -> None:
    """What imports what: the contracts in pyproject.toml."""
    tool = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([tool], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    kept = re.search(r"(\d+) kept, 0 broken", done.stdout)
    assert kept
    assert int(kept[1]) >= 3


BLOCKING = re.compile(
    r"time\.sleep|requests\.\w+|subprocess\.\w+|os\.(system|popen|wait\w*)|socket\.\w+|urllib\.request\.\w+|open|input"
    r"|.*\.(read_bytes|read_text|write_bytes|write_text|unlink|is_file|mkdir|read_form_blocking)"
    r"|sqlite3\.\w+|shutil\.\w+|(\w+\.)?(decode|encode|develop|read_source|open_database|load_secret|b64decode)"
)
"""Calls that keep the event loop from turning: files, sleep, pictures, SQL."""

ALLOWED = {("api/opening.py", "load_secret")}
"""Once, when the server starts."""


def own_calls(function: ast.AsyncFunctionDef) -> Iterator[ast.Call]:
    """Calls in an async function's own body, not in functions and lambdas it hands to threads."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Lambda | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(node, ast.Call):
            yield node
        waiting.extend(ast.iter_child_nodes(node))


def test_nothing_blocks_the_event_loop() -> None:
    seen, blocking = 0, []
    for folder in ("api", "generation", "storage"):
        for where, function in nodes(ast.AsyncFunctionDef, under=folder):
            assert isinstance(function, ast.AsyncFunctionDef)
            seen += 1
            file = where.rpartition(":")[0].removeprefix("src/egaku/")
            names = [dotted(call.func) for call in own_calls(function)]
            blocking += [
                (where, name) for name in names if BLOCKING.fullmatch(name) and (file, name) not in ALLOWED
            ]
    assert blocking == []
    assert seen >= 45


def test_the_rule_would_see_a_blocking_call() -> None:
    """The test of the test: each of these is caught, the last one is not."""
    source = (
        "async def f():\n time.sleep(1)\n path.read_bytes()\n open('x')\n await to_thread(lambda: open('x'))"
    )
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.AsyncFunctionDef)
    assert sorted(name for call in own_calls(function) if BLOCKING.fullmatch(name := dotted(call.func))) == [
        "open",
        "path.read_bytes",
        "time.sleep",
    ]


SECRET = re.compile(r"secret|signature|password|token|hash|digest|api_?key", re.IGNORECASE)


def test_secrets_are_not_compared_with_equals() -> None:
    """Timing tells how far two strings agree. Hashes go through SQL's index, signatures through hmac."""
    seen, found = 0, []
    for where, node in nodes(ast.Compare):
        assert isinstance(node, ast.Compare)
        seen += 1
        if not any(isinstance(operator, ast.Eq | ast.NotEq) for operator in node.ops):
            continue
        names = [dotted(side).rpartition(".")[2] for side in (node.left, *node.comparators)]
        if any(SECRET.search(name) and not name.isupper() for name in names):
            found.append((where, names))
    in_sql = {"storage/keys.py", "storage/recipes.py", "storage/replies.py"}
    assert [one for one in found if not any(file in one[0] for file in in_sql)] == []
    assert seen >= 200
    assert any(
        dotted(call.func) == "hmac.compare_digest"
        for _, call in nodes(ast.Call)
        if isinstance(call, ast.Call)
    )


def test_sql_is_never_put_together_from_text() -> None:
    """Only tables and columns of SQLAlchemy; the pragmas are constants of ours."""
    calls = [
        (where, node)
        for where, node in nodes(ast.Call)
        if isinstance(node, ast.Call)
        and dotted(node.func).rpartition(".")[2]
        in {"execute", "scalar", "scalars", "exec_driver_sql", "text"}
    ]
    texts = (ast.JoinedStr, ast.BinOp, ast.Constant)
    found = [where for where, call in calls if call.args and isinstance(call.args[0], texts)]
    assert len(calls) >= 8
    assert [where for where in found if "storage/database.py" not in where] == []
    statement = re.compile(r"\b(SELECT .* FROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM|DROP TABLE)\b")
    assert not [path for path in FILES if statement.search(path.read_text())]


FORBIDDEN = re.compile(
    r"pickle\.loads?|yaml\.(unsafe_)?load|torch\.load|eval|exec|marshal\.loads?|os\.system|tempfile\.mktemp"
    r"|random\.(random|choice|choices|randint|shuffle|sample)|np\.random\.(rand\w*|seed|choice|shuffle|normal|uniform)"
)
"""Runs a stranger's code, or draws on a random state that no job's seed decides."""


def test_nothing_runs_strangers_code_or_shares_random_state() -> None:
    calls = [(where, dotted(node.func)) for where, node in nodes(ast.Call) if isinstance(node, ast.Call)]
    assert [one for one in calls if FORBIDDEN.fullmatch(one[1])] == []
    loads = [
        node for _, node in nodes(ast.Call) if isinstance(node, ast.Call) and dotted(node.func) == "np.load"
    ]
    assert not [
        call
        for call in loads
        if any(word.arg == "allow_pickle" and ast.unparse(word.value) != "False" for word in call.keywords)
    ]
    assert len(calls) >= 2000


def test_paths_are_not_rebuilt_from_the_host_header() -> None:
    """CVE-2026-48710: `request.url` is made of what the client says its host is; routing uses the scope."""
    uses = [where for where, node in nodes(ast.Attribute, under="api") if dotted(node) == "request.url"]
    assert uses == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_files_can_be_read(path: Path) -> None:
    """Each says what it is and is no longer than can be taken in."""
    lines = path.read_text().count("\n")
    assert lines <= MAX_LINES
    if "uv run" not in path.name:
        assert ast.get_docstring(TREES[path]) or not lines


def test_floor() -> None:
    assert len(FILES) >= 100
