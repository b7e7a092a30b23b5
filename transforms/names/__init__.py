"""What finds a name: words, patterns, lists of places, and which of two finds is kept."""
