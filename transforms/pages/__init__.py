"""Web pages: what the head declares, what the tags say of each line of the text."""
