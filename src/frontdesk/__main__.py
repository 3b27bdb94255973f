"""The `frontdesk` command."""

import sys


def main() -> None:
    """Run the command line; the process ends with its exit code (0 done, 1 failed, 2 wrong use)."""
    from frontdesk.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
