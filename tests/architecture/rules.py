"""The rules of the house as functions from a module's source to complaints: `line: what`. Empty when it is fine."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator

FILE_LINES = 400
FUNCTION_LINES = 50

# a part may import parts of a lower rank and itself
RANK = dict.fromkeys(("core", "log_files"), 0) | dict.fromkeys(("quiet", "resources", "logs", "settings"), 1)
RANK |= {"memory": 1} | dict.fromkeys(("vision", "store", "loops", "environment"), 2)
RANK |= {"services": 3, "app": 4, "desktop": 5, "api": 5, "bench": 6, "commands": 7}
RANK |= {"cli": 8, "__main__": 9, "__init__": 2}

# where an outside thing may be imported: path prefixes inside the package
HOMES = {
    "PyQt6": ("desktop/",),
    "pyqtgraph": ("desktop/",),
    "qtawesome": ("desktop/icons.py",),
    # bench/plain_*.py write rows as SQLAlchemy's tutorials do, to be measured against: there it is the subject
    "sqlalchemy": ("store/", "bench/plain_store.py", "bench/plain_ingest.py"),
    "alembic": ("store/",),
    "yaml": ("store/yaml_text.py",),
    "redis": ("services/redis_broker.py", "bench/plain_jobs.py"),
    "rq": ("bench/plain_jobs.py",),
    "dramatiq": ("bench/plain_dramatiq.py",),
    "cryptography": ("services/secrets.py",),
    "keyring": ("services/secrets.py",),
    "jwt": ("services/tokens.py",),
    "argon2": ("services/login_passwords.py",),
    "fastapi": ("api/",),
    "starlette": ("api/",),
    "uvicorn": ("api/",),
    "pydantic": ("api/",),
    # bench/plain_watch.py runs a network as tutorials do, to be measured against
    "onnxruntime": ("vision/detectors/onnx.py", "bench/plain_watch.py"),
    "openvino": ("vision/detectors/openvino.py",),
    # bench/peers.py runs other people's trackers whole, to be measured against: there they are the subject
    "ultralytics": ("vision/detectors/ultralytics.py", "bench/peers.py"),
    "trackers": ("bench/peers.py",),
    "supervision": ("bench/peers.py",),
    "torch": ("vision/detectors/ultralytics.py",),
    # bench/plain_services.py posts webhooks as most people would, to be measured against
    "requests": ("services/", "vision/download.py", "bench/plain_services.py"),
    "concurrent": ("loops.py", "desktop/bridge.py"),
    "multiprocessing": ("loops.py", "desktop/bridge.py"),
}
CORE_MAY = {"numpy", "cv2", "scipy", "heatmap_gui"}
CORE_MAY_NOT = {"time", "random", "os", "socket", "subprocess", "threading", "logging", "tempfile", "shutil"}
CLOCK_OR_FILE = re.compile(
    r"^open$|\.(now|utcnow|today|open|read_text|write_text|read_bytes|write_bytes|is_file|is_dir|exists|glob|rglob"
    r"|iterdir|imread|imwrite|tofile|fromfile)$"
)
THREADS_IN = ("loops.py", "desktop/bridge.py")
PRINTS_IN = ("cli.py", "commands/")
BANNED_FILES = re.compile(r"(^|_)(utils?|common|helpers?|managers?|handlers?|processors?|misc)(_|$)")
BANNED_CLASSES = re.compile(r"(Manager|Handler|Processor|Helpers?|Utils?)$")


def part_of(path: str) -> str:
    """The part of the package a file (relative to heatmap_gui/) belongs to: its folder, or its own name."""
    return path.split("/")[0].removesuffix(".py")


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and dotted name of all imports, wherever they stand; strings that name our modules count as well."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{'.' * node.level}{node.module or ''}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Constant) and re.fullmatch(r"heatmap_gui(\.\w+)+", str(node.value)):
            yield node.lineno, str(node.value)


def layers(path: str, source: str) -> list[str]:
    """Imports go down only, by absolute names."""
    own = part_of(path)
    complaints = [] if own in RANK else [f"1: {own} has no place among the layers"]
    for line, name in imported(ast.parse(source)):
        if name.startswith("."):
            complaints.append(f"{line}: relative import {name}")
        other = name.split(".")[1] if name.startswith("heatmap_gui.") else ""
        if other in RANK and other != own and RANK[other] >= RANK.get(own, 0):
            complaints.append(f"{line}: {own} imports {other}, which is not below it")
    return complaints


def homes(path: str, source: str) -> list[str]:
    """Each outside thing is imported in its one home."""
    names = [(line, name.split(".")[0]) for line, name in imported(ast.parse(source))]
    return [f"{n}: {name} outside {HOMES[name]}" for n, name in names if not path.startswith(HOMES.get(name, ""))]


def purity(path: str, source: str) -> list[str]:
    """core: standard library, numpy, cv2 and scipy; no clock, no input or output, no randomness without a seed."""
    if part_of(path) != "core":
        return []
    tree = ast.parse(source)
    allowed = (CORE_MAY | set(sys.stdlib_module_names)) - CORE_MAY_NOT
    complaints = [f"{line}: core imports {n}" for line, n in imported(tree) if n.split(".")[0] not in allowed]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            unseeded = called.endswith("default_rng") and not node.args
            legacy = re.search(r"\brandom\.(?!default_rng|Generator)\w+$", called)
            if unseeded or legacy or CLOCK_OR_FILE.search(called):
                complaints.append(f"{node.lineno}: core calls {called}")
    return complaints


def threads(path: str, source: str) -> list[str]:
    """Threads start in loops.py and desktop/bridge.py only."""
    if path.startswith(THREADS_IN):
        return []
    tree = ast.parse(source)
    names = {f"threading.{name}" for name in ("Thread", "Timer")} | {"_thread.start_new_thread"}
    used = [(node.lineno, ast.unparse(node)) for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    return [f"{line}: {name}" for line, name in [*imported(tree), *used] if name in names]


def sizes(path: str, source: str) -> list[str]:
    """A file has at most FILE_LINES lines, a function at most FUNCTION_LINES."""
    count = len(source.splitlines())
    complaints = [f"{count}: more than {FILE_LINES} lines"] if count > FILE_LINES else []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                complaints.append(f"{node.lineno}: {node.name} has {length} lines, more than {FUNCTION_LINES}")
    return complaints


def names(path: str, source: str) -> list[str]:
    """No file or class with a name that says nothing."""
    parts = path.removesuffix(".py").split("/")
    complaints = [f"1: {part} says nothing" for part in parts if BANNED_FILES.search(part)]
    classes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)]
    return complaints + [f"{c.lineno}: {c.name} says nothing" for c in classes if BANNED_CLASSES.search(c.name)]


def prints(path: str, source: str) -> list[str]:
    """Only the command line prints."""
    if path.startswith(PRINTS_IN):
        return []
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [f"{c.lineno}: print" for c in calls if isinstance(c.func, ast.Name) and c.func.id == "print"]
