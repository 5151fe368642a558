"""Builds the compiled parts where that is possible; without them the library runs in Python.

What is built and why: docs/speed.md. All else about the package stands in pyproject.toml.
"""

from pathlib import Path

from setuptools import Extension, setup

FOLDER = Path("src/cleanarticle/accelerator")


def extensions() -> list[Extension]:
    """One module a file; `optional`, so that a failing compiler ends no installation."""
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
            optional=True,
        )
        for path in sorted(FOLDER.glob("*.pyx"))
    ]
    return cythonize(modules, build_dir="build/cython")


setup(ext_modules=extensions())
