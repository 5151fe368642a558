"""`python -m cleanarticle`."""

import sys

from cleanarticle.cli import main

if __name__ == "__main__":
    sys.exit(main())
