"""The rules of typography: each pass looks at one paragraph and yields edits."""
