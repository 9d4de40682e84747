"""Where the time goes, and how it grows. `results.md` and `growth.svg` are its last results."""
