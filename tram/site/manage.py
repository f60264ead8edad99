"""`tram manage`: Django's own commands, with the database running."""

from argparse import Namespace

from django.core.management import execute_from_command_line

from tram.site.environment import data_folder, database


def manage(asked: Namespace) -> int:
    """Hand the words to Django."""
    with database(data_folder(asked.data)):
        execute_from_command_line(["tram manage", *asked.words])
    return 0
