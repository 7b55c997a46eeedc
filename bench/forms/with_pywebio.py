import sys

from pywebio import start_server
from pywebio.input import input


def main() -> None:
    for number in range(1, 22):
        input(f"Value {number}")


start_server(main, port=int(sys.argv[1]), host="127.0.0.1", cdn=False)
