"""The one-way rule and its companions, checked on the text of every file: nothing is imported to find out."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "streams": {"streams"},
    "keywords": {"keywords", "streams"},
    "sentiment": {"sentiment", "streams"},
    "alerts": {"alerts", "keywords", "sentiment", "streams"},
    "qa_monitor": {"qa_monitor", "alerts", "keywords", "sentiment", "streams"},
}
OURS = {*MAY_IMPORT, "tests", "bench"}
TRAINING = "sentiment/training"
MODEL_LIBRARIES = {"ctranslate2", "faster_whisper", "onnxruntime", "swift_f0", "tokenizers"}
TRAINING_LIBRARIES = {"librosa", "onnx", "sklearn", "skl2onnx"}
MODEL_ADAPTERS = {
    "streams/model_files/models.py",
    "streams/machine/networks.py",
    "streams/model/detector.py",
    "streams/model/encoder.py",
    "streams/model/forcing.py",
    "streams/model/loading.py",
    "streams/model/whisper.py",
    "sentiment/pitch.py",
    "sentiment/voice.py",
}
THE_WORLD = {
    "aiohttp",
    "alembic",
    "anyio",
    "asyncio",
    "fastapi",
    "httpx",
    "requests",
    "socket",
    "sqlalchemy",
    "sqlite3",
    "sse_starlette",
    "starlette",
    "threading",
    "uvicorn",
    "websockets",
}


def files_under(*folders: str) -> list[str]:
    return sorted(
        path.relative_to(ROOT).as_posix()
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if "__pycache__" not in path.parts
    )


PRODUCT = files_under(*MAY_IMPORT)


def imports_of(source: str, file: str) -> set[str]:
    """Every module that `source`, read as `file`, imports anywhere in it: dotted, relative ones made absolute."""
    package = file.removesuffix(".py").split("/")[:-1]
    return {name for node in ast.walk(ast.parse(source)) for name in _modules(node, package)}


def _modules(node: ast.AST, package: list[str]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        above = package[: len(package) + 1 - node.level] if node.level else []
        module = ".".join([*above, *([node.module] if node.module else [])])
        yield module
        yield from (f"{module}.{alias.name}" for alias in node.names)


def tops(modules: set[str]) -> set[str]:
    return {module.partition(".")[0] for module in modules}


def against_direction(source: str, file: str) -> set[str]:
    """What of ours a file imports though it lies to its right."""
    return wrongly(imports_of(source, file), file)


def wrongly(modules: set[str], file: str) -> set[str]:
    return (tops(modules) & OURS) - MAY_IMPORT[file.partition("/")[0]]


@cache
def in_file(file: str) -> set[str]:
    return imports_of((ROOT / file).read_text(encoding="utf-8"), file)


def test_the_product_is_found() -> None:
    """An empty list would pass every other test here."""
    assert {file.partition("/")[0] for file in PRODUCT} == set(MAY_IMPORT)


@pytest.mark.parametrize(
    ("file", "source", "wrong"),
    [
        ("streams/a.py", "import keywords.matcher", {"keywords"}),
        ("keywords/a.py", "from sentiment import records", {"sentiment"}),
        ("sentiment/a.py", "def f():\n    from alerts.records import RedFlag", {"alerts"}),
        ("alerts/a.py", "import qa_monitor", {"qa_monitor"}),
        ("qa_monitor/a.py", "from tests.builders import a_flag", {"tests"}),
        ("streams/protocols/a.py", "from .port import Dialect\nfrom ..records import Gap", set()),
        ("alerts/a.py", "from keywords.records import KeywordHit\nimport sentiment.records", set()),
    ],
)
def test_the_check_itself_sees_a_wrong_import(file: str, source: str, wrong: set[str]) -> None:
    assert against_direction(source, file) == wrong


@pytest.mark.parametrize("file", PRODUCT)
def test_imports_follow_the_one_direction(file: str) -> None:
    """streams, then keywords and sentiment, then alerts, then qa_monitor; only tests and bench import that."""
    assert wrongly(in_file(file), file) == set()


@pytest.mark.parametrize("file", [file for file in PRODUCT if file.endswith("__init__.py")])
def test_a_folder_s_init_holds_a_docstring_and_nothing_else(file: str) -> None:
    """So importing a record never loads a model."""
    body = ast.parse((ROOT / file).read_text(encoding="utf-8")).body

    assert len(body) == 1
    assert isinstance(body[0], ast.Expr)
    assert isinstance(body[0].value, ast.Constant)
    assert isinstance(body[0].value.value, str)


@pytest.mark.parametrize("file", files_under("bench"))
def test_measurements_import_nothing_of_the_tests(file: str) -> None:
    """What both need lies with the measurements."""
    assert "tests" not in tops(in_file(file))


def test_only_adapters_import_model_libraries() -> None:
    users = {file for file in PRODUCT if not file.startswith(TRAINING) and tops(in_file(file)) & MODEL_LIBRARIES}

    assert users <= MODEL_ADAPTERS


def test_only_training_imports_training_libraries() -> None:
    users = {file for file in PRODUCT if not file.startswith(TRAINING) and tops(in_file(file)) & TRAINING_LIBRARIES}

    assert users == set()


def test_the_service_never_imports_training() -> None:
    training = TRAINING.replace("/", ".")
    users = {
        file
        for file in PRODUCT
        if not file.startswith(TRAINING)
        and any(module == training or module.startswith(f"{training}.") for module in in_file(file))
    }

    assert users == set()


@pytest.mark.parametrize("file", [file for file in files_under("keywords", "sentiment", "alerts")])
def test_what_is_said_and_how_is_judged_without_network_thread_or_database(file: str) -> None:
    if file.startswith(TRAINING):
        return
    assert tops(in_file(file)) & THE_WORLD == set()


@pytest.mark.parametrize("file", [file for file in files_under("streams/protocols") if not file.endswith("port.py")])
def test_a_dialect_does_no_io(file: str) -> None:
    """Sans-I/O: fed and read, never connected."""
    assert tops(in_file(file)) & (THE_WORLD | {"time"}) == set()


def declared(*extras: str) -> set[str]:
    """Distributions that pyproject.toml names: what the service needs, and the extras given."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]
    return {_normal(re.split(r"[<>=!~\[; ]", line, maxsplit=1)[0]) for line in lines}


def outside_imports(files: list[str]) -> dict[str, set[str]]:
    """Distributions that each outside module may come from, for all that `files` import."""
    known = packages_distributions()
    imported = {top for file in files for top in tops(in_file(file))}
    outside = imported - set(sys.stdlib_module_names) - OURS - {""}
    return {top: {_normal(name) for name in known.get(top, [top])} for top in sorted(outside)}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


CARRIED = {
    # module: why its distribution is not named by us
    "ctranslate2": "the engine inside faster-whisper, at the version it wants",
    "tokenizers": "the tokenizer inside faster-whisper, at the version it wants",
    "pydantic": "comes with fastapi and pydantic-settings, which settle its version between them",
    "pydantic_core": "comes with pydantic",
    "starlette": "comes with fastapi, which settles its version",
}


def test_the_service_imports_only_what_is_declared() -> None:
    """Otherwise a lock file without the development tools would miss it."""
    files = [file for file in PRODUCT if not file.startswith(TRAINING)]
    missing = {
        top: names
        for top, names in outside_imports(files).items()
        if top not in CARRIED and not names & declared("build", "g722", "parquet")
    }

    assert missing == {}


def test_tests_bench_and_training_import_only_what_is_declared() -> None:
    missing = {
        top: names
        for top, names in outside_imports(files_under("tests", "bench", TRAINING)).items()
        if top not in CARRIED and not names & declared("build", "g722", "parquet", "dev", "train", "voices")
    }

    assert missing == {}
