"""The `frontdesk` command."""

import os
import sys


def main() -> None:
    """Run the command line; the process ends with its exit code (0 done, 1 failed, 2 wrong use)."""
    # Small matrices: a second thread of the linear algebra library costs seven times what it gives.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from frontdesk.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
