"""What lays an article out: repairs of the text, cues and roles of its lines, title, byline and dates."""
