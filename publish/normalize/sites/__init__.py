"""What sites, libraries and mail print round a text, known by its words or by coming back."""
