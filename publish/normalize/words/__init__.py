"""Words, numbers and days of many languages, read from the files beside."""
