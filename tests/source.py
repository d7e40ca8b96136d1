"""The app's source as the walkers read it: its modules, parsed, and the declared order of features."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
# What stands above all features, lowest first: each may import itself and what comes before it.
ABOVE = (
    "config",
    "migrations",
    "schema",
    "health",
    "scrub",
    "traces",
    "erasing_actions",
    "leap_actions",
    "backups",
    "demo",
    "commands",
    "cdef",
    "serve",
    "cli",
    "app",
)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One parsed file: its path from the root, and how many lines it has."""

    path: str
    tree: ast.Module
    lines: int

    @property
    def layer(self) -> str:
        """The feature, "kernel", or the part above that the file belongs to."""
        first, *rest = self.path.removesuffix(".py").split("/")
        return rest[0] if rest and rest[0] != "__init__" else first

    @property
    def name(self) -> str:
        """How the tables above call it: "teams/views"."""
        return self.path.removeprefix("cdef/").removesuffix(".py")


@dataclass(frozen=True)
class Source:
    """All modules of an app, and its features in their declared order."""

    modules: list[Module]
    features: tuple[str, ...]

    @property
    def order(self) -> tuple[str, ...]:
        return ("kernel", *self.features, *ABOVE)

    def of_features(self) -> Iterator[Module]:
        return (module for module in self.modules if module.layer in self.features)

    def layer_of(self, target: str) -> str | None:
        """The layer that an import reaches; None for a library."""
        first, *rest = target.split(".")
        if first != "cdef":
            return None
        known = {module.layer for module in self.modules}
        return rest[0] if rest and rest[0] in known else "cdef"


def read(root: Path = ROOT) -> Source:
    """Parse ``app.py`` and ``cdef/``, but not the migrations, which are written once and stay."""
    paths = [path for path in (root / "cdef").rglob("*.py") if "versions" not in path.parts]
    paths += [path for path in [root / "app.py"] if path.exists()]
    modules = [parse(path, root) for path in sorted(paths)]
    package = next(module for module in modules if module.path == "cdef/__init__.py")
    return Source(modules, declared_features(package.tree))


def parse(path: Path, root: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    return Module(path.relative_to(root).as_posix(), ast.parse(text), len(text.splitlines()))


def declared_features(tree: ast.Module) -> tuple[str, ...]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "FEATURES":
            found: tuple[str, ...] = ast.literal_eval(node.value)
            return found
    raise LookupError("cdef/__init__.py declares no FEATURES")


@cache
def imports(module: Module) -> list[str]:
    """Everything that a module imports, with the name it takes: "flask.request"."""
    return [target for node in ast.walk(module.tree) for target in targets(node)]


def targets(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
        ("import_module", "__import__")
    ):
        return [arg.value if isinstance(arg, ast.Constant) else "?" for arg in node.args[:1]]
    return []


def functions(module: Module) -> Iterator[Function]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
