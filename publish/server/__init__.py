"""The language server: findings, pages of rules and fixes in the author's editor."""
