"""argparse's own texts (usage, headings, errors) in the language in use."""

from __future__ import annotations

import argparse
from typing import Final

from att_desktop.text import N_, _, ngettext
from att_desktop.text.formats import labelled

# The texts of Python's argparse that a player can meet.
_TEXTS: Final = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("ignored explicit argument %r"),
    N_("not allowed with argument %s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("invalid %(type)s value: %(value)r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
)


def translate_argparse() -> None:
    """Let argparse take its texts from our catalogues.

    It looks them up by module globals bound to ``gettext``'s own domain, for which Python
    brings no catalogues and whose language Windows does not set.
    """
    # setattr: the stubs of argparse do not know these names.
    for name, function in (("_", _), ("ngettext", ngettext)):
        setattr(argparse, name, function)


class HelpFormatter(argparse.RawDescriptionHelpFormatter):
    """Headings have the colon of the language, which argparse fixes in its code."""

    class _Section(argparse.RawDescriptionHelpFormatter._Section):
        def format_help(self) -> str:
            text = super().format_help()
            title = f"{self.heading}:\n"
            return text.replace(title, labelled(str(self.heading), "").rstrip(" ") + "\n", 1)
