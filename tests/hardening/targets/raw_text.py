"""A target for atheris: `extract` on raw text, with all signs that a str may have.

python tests/hardening/targets/raw_text.py -max_total_time=60
"""

import os
import sys
from pathlib import Path

import atheris

os.environ["CLEANARTICLE_PURE_PYTHON"] = "1"  # what is compiled cannot be instrumented
sys.path.insert(0, str(Path(__file__).parent.parent.parent))
with atheris.instrument_imports(include=["cleanarticle"]):
    from hardening.fuzzing import promises
    from hardening.fuzzing.families import Given


def try_input(data: bytes) -> None:
    """Raises where a text breaks a promise."""
    text = atheris.FuzzedDataProvider(data).ConsumeUnicode(atheris.ALL_REMAINING)
    report = promises.explain(Given(text, "text"))
    broken = promises.broken(report)
    if broken:
        raise AssertionError(broken)


if __name__ == "__main__":
    atheris.Setup(sys.argv, try_input)
    atheris.Fuzz()
