"""A target for atheris: `extract` on bytes, as pages come from the net.

python tests/hardening/targets/html_bytes.py -max_total_time=60
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
    """Raises where a page breaks a promise."""
    report = promises.explain(Given(data, "html"))
    broken = promises.broken(report)
    if broken:
        raise AssertionError(broken)


if __name__ == "__main__":
    atheris.Setup(sys.argv, try_input)
    atheris.Fuzz()
