"""`python -m tests.browser [--keep] BOOK.epub…`: print what is wrong, and exit with 1 if anything is."""

import argparse
import sys

from tests.browser import checks, sheets


def main() -> int:
    """Run the checks; what cannot be run is told, and no success."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("books", nargs="*", help="finished e-books for Ace, beside the sampler")
    parser.add_argument("--keep", action="store_true", help="keep the new pictures as those to compare with")
    given = parser.parse_args()
    try:
        found = checks.run(given.books)
    except checks.MissingError as missing:
        print(f"validate: {missing}", file=sys.stderr)
        return 1
    for fault in found.faults:
        print(f"{fault.where}: {fault.what}")
    told = sheets.keep(found) if given.keep else sheets.compared(found)
    print(*told, sep="\n")
    count = len(found.faults)
    print(
        f"{found.books} books by Ace, {found.pages} pages in {len(found.views)} views: {count or 'no'} faults"
    )
    return int(count > 0)


if __name__ == "__main__":
    sys.exit(main())
