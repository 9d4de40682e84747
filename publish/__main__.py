"""`python -m publish`, for machines where the command is not on the path."""

import sys

from publish.cli import main

if __name__ == "__main__":
    sys.exit(main())
