"""Builds the compiled parts where that is possible; without them the library runs in Python.

What is built and why: docs/speed.md. All else about the package stands in pyproject.toml.
"""

import json
import os
import tomllib
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_py import build_py

FOLDER = Path("src/cleanarticle/accelerator")


def extensions() -> list[Extension]:
    """One module a file."""
    try:
        import lxml
        from Cython.Build import cythonize
    except ImportError:
        return []
    modules = [
        Extension(
            f"cleanarticle.accelerator.{path.stem}",
            [path.as_posix()],
            include_dirs=lxml.get_include(),
            extra_compile_args=[] if os.name == "nt" else ["-g0", "-O3"],
        )
        for path in sorted(FOLDER.glob("*.pyx"))
    ]
    found: list[Extension] = cythonize(modules, build_dir="build/cython")
    for module in found:  # Cython forgets it where it is set above
        module.optional = True  # a compiler that fails, or is not there, ends no installation
    return found


class BuildWithTables(build_py):
    """Puts a JSON copy beside each TOML file of the package, which is read when it starts."""

    def run(self) -> None:  # noqa: D102 - as setuptools says
        super().run()
        for path in Path(self.build_lib).rglob("*.toml"):
            data = tomllib.loads(path.read_text("utf-8"))
            text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
            path.with_name(f"{path.name}.json").write_text(text, "utf-8")


setup(
    ext_modules=extensions(),
    cmdclass={"build_py": BuildWithTables},
    options={"build_ext": {"parallel": os.cpu_count() or 1}},
)
