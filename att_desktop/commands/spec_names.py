"""The specs that the words of a command line name."""

from __future__ import annotations

from att_desktop.commands.usage import WrongUsage
from att_desktop.game.specs import SPECS
from att_desktop.text.names import class_name, spec_and_class, spec_name
from att_desktop.text.spec_search import meant_specs, named_specs, near_names


def chosen_specs(of_class: str | None, spec: str | None) -> tuple[int, ...]:
    """The ids of the specs that ``--class`` and ``--spec`` name, at least one.

    Raises WrongUsage with the names there are.
    """
    specs = named_specs(of_class, spec)
    if specs:
        return tuple(spec.spec_id for spec in specs)
    candidates = named_specs(of_class)
    if not candidates:
        known = list(dict.fromkeys(class_name(each.class_name) for each in SPECS.values()))
        if near := near_names(of_class or "", known):
            raise WrongUsage("usage.unknown_class_near", name=of_class, near=near)
        raise WrongUsage("usage.unknown_class", name=of_class, known=known)
    meant = meant_specs(spec or "", [each.spec_id for each in candidates])
    if len(meant) == 1:
        return meant
    known = list(dict.fromkeys(spec_name(each.spec_id) for each in candidates))
    near = [spec_and_class(each) for each in meant] or near_names(
        spec or "", [*known, *(spec_and_class(each.spec_id) for each in candidates)]
    )
    if near:
        raise WrongUsage("usage.unknown_spec_near", name=spec, near=near)
    if of_class is None:
        raise WrongUsage("usage.unknown_spec", name=spec, known=known)
    named = class_name(candidates[0].class_name)
    raise WrongUsage("usage.unknown_spec_of_class", name=spec, known=known, class_name=named)
