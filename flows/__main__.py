"""python -m flows: the command `marbre`."""

from flows.cli import main

main()
