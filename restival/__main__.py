"""`python -m restival`."""

from restival.cli import main

main()
