"""`python -m generator` is the `gongkai` command."""

from generator.cli import main

main()
