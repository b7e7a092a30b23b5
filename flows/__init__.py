"""Prefect flows and the command line: everything that touches files, clocks and processes."""
