"""What finds who speaks: quotation marks, verbs of speech, attributions, speakers."""
