"""What turns data into code, or trusts what nobody should, is not used; where a protocol wants it, it is named."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "heatmap_gui"
SHELLS = {"os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput"}
CODE = {"eval", "exec", "compile", "__import__"}
FORMATS = {"pickle", "marshal", "shelve", "dill", "joblib", "xmlrpc"}
WEAK = {"hashlib.md5", "hashlib.sha1", "hashlib.new"}
NAMED = {
    "services/onvif_messages.py": {"hashlib.sha1"},  # WS-UsernameToken of ONVIF is defined by it
    "services/onvif.py": {"verify=False"},  # cameras sign their certificates themselves; no password is sent
}
SQL = ("text", "sa.text", "connection.exec_driver_sql", "transaction.exec_driver_sql")


def dangers(source: str) -> set[str]:
    """What a module's source uses of all that."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = {node.module or ""} if isinstance(node, ast.ImportFrom) else {alias.name for alias in node.names}
            found |= {name for name in names if name.partition(".")[0] in FORMATS}
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        found |= {called} & (SHELLS | CODE | WEAK)
        keywords = {f"{word.arg}={ast.unparse(word.value)}" for word in node.keywords}
        found |= keywords & {"shell=True", "verify=False", "check_hostname=False"}
        if called in SQL and node.args and not _fixed(node.args[0]):
            found.add(f"{called}({ast.unparse(node.args[0])})")
    return found


def _fixed(sql: ast.expr) -> bool:
    """A text, or one with constants of the module in it; what else is called `text` is given no text."""
    if isinstance(sql, ast.JoinedStr):
        values = [part.value for part in sql.values if isinstance(part, ast.FormattedValue)]
        return all(isinstance(value, ast.Name) and value.id.isupper() for value in values)
    return not isinstance(sql, ast.BinOp | ast.Call)


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_do_without(path: Path) -> None:
    name = path.relative_to(PACKAGE).as_posix()
    if name.startswith(("desktop/", "bench/")):
        pytest.skip("the console and the benches answer nobody else")
    assert dangers(path.read_text(encoding="utf-8")) <= NAMED.get(name, set())


@pytest.mark.parametrize(
    "source",
    [
        "eval(x)", "import pickle", "from marshal import loads", "os.system('ls')", "run(x, shell=True)",
        "hashlib.md5(b'')", "get(url, verify=False)", "connection.exec_driver_sql(f'SELECT {name}')",
        "text('SELECT ' + name)", "text('SELECT {}'.format(name))",
    ],
)  # fmt: skip
def test_each_is_noticed(source: str) -> None:
    assert dangers(source)


def test_what_is_fixed_is_fine() -> None:
    assert not dangers("connection.exec_driver_sql(f'SELECT lock({_LOCK})')\ntext('SELECT 1')\nast.literal_eval(x)")
