"""What reads a figure: numerals, units, dates, and the grammar that puts them together."""
