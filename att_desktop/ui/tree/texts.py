"""What the tree says in words: tooltips, the list, and what a screen reader is told."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from att_desktop.game.specs import SPECS
from att_desktop.text import N_, _, ngettext, pgettext
from att_desktop.text.formats import clauses, labelled, listed, number, share
from att_desktop.text.names import class_name, hero_tree_name, spec_name
from att_desktop.ui.tree.node_state import Mark

if TYPE_CHECKING:
    from att_desktop.game.pick_rates import NodeRate
    from att_desktop.game.trees import Section, TalentEntry, TalentTree
    from att_desktop.ui.tree.node_state import NodeState

_SMALL_WORDS: Final = frozenset({"of", "the", "and", "to", "in", "a", "for", "from", "with"})


_MARKS: Final[dict[Mark, str]] = {
    Mark.EMPTY: N_("not taken"),
    Mark.TAKEN: N_("taken"),
    Mark.GRANTED: N_("granted"),
    Mark.ONLY_A: N_("only A"),
    Mark.ONLY_B: N_("only B"),
    Mark.RANK: N_("other rank"),
    Mark.CHOICE: N_("other choice"),
}


def initials(name: str) -> str:
    """Two letters that stand for a talent until its icon is there: 'Blood Boil' gives 'BB'."""
    words = name.replace("-", " ").replace(":", " ").split()
    words = [word for word in words if word.lower() not in _SMALL_WORDS] or words
    if len(words) == 1:
        return words[0][:2]
    return "".join(word[0] for word in words[:2]).upper()


def section_name(tree: TalentTree, section: Section, hero_name: str = "") -> str:
    """'Death Knight', 'Blood', 'San'layn'."""
    if section == "class":
        return class_name(tree.class_name)
    if section == "spec":
        return spec_name(tree.spec_id) if tree.spec_id in SPECS else tree.spec_name
    return hero_tree_name(hero_name) if hero_name else pgettext("talents", "Hero")


def state_text(state: NodeState) -> str:
    """'taken', '1/2', 'granted', 'only A', 'A 2/2, B 1/2', 'A Rapture, B Evangelism'."""
    if state.changes and state.emphasis == "strong":
        return _change_text(state)
    if state.mark is Mark.CHOICE and state.a and state.b:
        return _("A {talent}, B {other}").format(talent=state.a.label, other=state.b.label)
    if state.mark is Mark.RANK and state.a and state.b:
        ranks = state.node.max_ranks
        return _("A {talent}, B {other}").format(
            talent=f"{state.a.rank}/{ranks}", other=f"{state.b.rank}/{ranks}"
        )
    if state.mark in (Mark.ONLY_A, Mark.ONLY_B) and state.rank_text:
        return f"{_(_MARKS[state.mark])} ({state.rank_text})"
    if state.mark is Mark.TAKEN and state.rank_text:
        return state.rank_text
    return _(_MARKS[state.mark])


def _change_text(state: NodeState) -> str:
    """'added', 'left out', '2/2 instead of 1/2', 'instead of Evangelism'."""
    if state.mark is Mark.CHOICE and state.b:
        return _("instead of {talent}").format(talent=state.b.label)
    if state.mark is Mark.RANK and state.a and state.b:
        ranks = state.node.max_ranks
        new, old = f"{state.a.rank}/{ranks}", f"{state.b.rank}/{ranks}"
        return _("{new} instead of {old}").format(new=new, old=old)
    return _("added") if state.mark is Mark.ONLY_A else _("left out")


def plain(state: NodeState) -> str:
    """One line for a screen reader: 'Blood Boil, active, taken, 96 % of the players'."""
    parts = [state.name, _kind(state), state_text(state)]
    if state.share is not None:
        parts.append(_("{share} of the players").format(share=share(state.share)))
    return clauses(parts)


def tooltip(state: NodeState, tree: TalentTree) -> str:
    """Rich text: names, kind, rank, what each build takes, and pick rates of both choices."""
    node = state.node
    lines = [f"<b>{escape(state.name)}</b>", clauses([_kind(state), escape(state_text(state))])]
    if node.req_points and not state.lit:
        where = section_name(tree, node.section)
        lines.append(
            ngettext(
                "Needs {count} point in {tree}", "Needs {count} points in {tree}", node.req_points
            ).format(count=node.req_points, tree=escape(where))
        )
    if state.rate is not None and not node.free:
        lines += _rates(state)
    elif node.kind == "choice":
        lines.append(escape(" / ".join(entry.name for entry in node.entries)))
    return "<br>".join(lines)


def _rates(state: NodeState) -> list[str]:
    named = (
        [(labelled("A", ""), state.rate), (labelled("B", ""), state.rate_b)]
        if state.rate_b
        else [("", state.rate)]
    )
    lines = []
    for name, rate in named:
        if rate is None:
            continue
        if state.node.is_choice:
            lines += [_entry_line(name, rate, entry) for entry in state.node.entries]
        else:
            lines.append(name + _players(rate.players, rate.of, rate.share))
            if state.node.max_ranks > 1 and len(rate.ranks) > 1:
                ranks = listed(
                    _("{count} with {rank}").format(
                        count=number(players), rank=f"{rank}/{state.node.max_ranks}"
                    )
                    for rank, players in sorted(rate.ranks.items(), reverse=True)
                )
                lines.append(ranks)
    return lines


def _entry_line(name: str, rate: NodeRate, entry: TalentEntry) -> str:
    players = rate.entries.get(entry.entry_id, 0)
    counted = _players(players, rate.of, rate.entry_share(entry.entry_id))
    return name + labelled(escape(entry.name), counted)


def _players(players: int, of: int, part: float) -> str:
    return ngettext(
        "{count} of {sample} player ({share})", "{count} of {sample} players ({share})", of
    ).format(count=number(players), sample=number(of), share=share(part))


def _kind(state: NodeState) -> str:
    if state.node.kind == "subtree":
        return pgettext("kind of talent", "hero tree")
    if state.node.kind == "tiered":
        return pgettext("kind of talent", "apex talent")
    if state.node.kind == "choice":
        return pgettext("kind of talent", "choice")
    if state.node.entries[0].is_active:
        return pgettext("kind of talent", "active")
    return pgettext("kind of talent", "passive")
