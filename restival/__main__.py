"""`python -m restival`."""

from restival.cli.main import main

main()
