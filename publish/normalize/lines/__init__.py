"""What single lines are: headings, names, titles, sentences."""
