"""What stops a start or a command before the house itself can speak."""


class Trouble(Exception):
    """One Vietnamese sentence for the person at the keyboard: what happened and the command that mends it."""
