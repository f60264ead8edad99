"""Classes of letters for patterns: a range like "À-Ỹ" holds small letters too."""

LETTERS = [chr(code) for code in (*range(0x41, 0x250), *range(0x1E00, 0x1EFA)) if chr(code).isalpha()]
CAPITAL = "".join(letter for letter in LETTERS if letter.isupper())
SMALL = "".join(letter for letter in LETTERS if letter.islower())
