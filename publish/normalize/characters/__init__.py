"""Letters and signs as they were meant: each pass looks at one line and yields edits."""
