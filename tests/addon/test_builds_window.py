"""The builds window: its rows, applying, what it keeps, and that it costs nothing closed."""

from __future__ import annotations

from att_desktop.game.confidence import interval
from tests.addon.builds_window import NAMES, away, columns, is_open, opened, rows, selected, window
from tests.addon.data import BOSSES, DUNGEON_MAP, DUNGEONS, active_code, code_of, play, set_talents
from tests.addon.scenes import LOOMITHAR, OWN, PLEXUS, finish, hero, into_raid, login
from tests.addon.season_details import add_other, add_support, record

# Closed


def test_nothing_is_made_before_it_is_opened() -> None:
    game = play(OWN)
    game.load_addon()
    game.fire("PLAYER_LOGIN")
    assert len(list(game.client.frames.values())) == 1, "the one that hears events"
    game.advance(4)
    game.slash("no")
    before = len(list(game.client.frames.values()))
    assert window(game) is None
    game.slash("builds")
    assert len(list(game.client.frames.values())) > before


def test_opened_again_it_makes_nothing_new() -> None:
    game = opened()
    game.client.Press("END")
    count = len(list(game.client.frames.values()))
    for _ in range(3):
        game.slash("builds")
        game.slash("builds")
        game.client.Press("DOWN")
    assert len(list(game.client.frames.values())) == count


# What it lists


def test_general_builds_raid_and_dungeons_in_order(secrets: str | None) -> None:
    game = opened(secrets)
    headers = [row.header.text for row in rows(game) if row.header.shown]
    assert headers == ["General", "Manaforge Omega", "Dungeons"]
    listed = [columns(row, game) for row in rows(game) if row.name.shown]
    expected = [("Raid Build", code_of("raid"), 160), ("M+ Build", code_of("mythicplus"), 160)]
    expected += [
        (name, code_of(encounter[0]), 50)
        for name, encounter in zip(NAMES, BOSSES + DUNGEONS, strict=True)
    ]
    assert listed == [
        (f"{name} ({hero(code)})", away(code), f"17/{size}") for name, code, size in expected
    ]


def test_names_are_the_game_s() -> None:
    game = login()
    game.client.world.zoneNames[2810] = "Manaschmiede Omega"
    game.client.world.keystoneNames[370] = "Mechagon - Werkstatt"
    game.slash("builds")
    headers = [row.header.text for row in rows(game) if row.header.shown]
    assert headers[1] == "Manaschmiede Omega"
    names = [row.name.text for row in rows(game) if row.name.shown]
    assert any(name.startswith("Mechagon - Werkstatt") for name in names)


def test_builds_of_other_hero_trees_stand_below(secrets: str | None) -> None:
    game = login(secrets)
    add_other(game, PLEXUS, LOOMITHAR, "San'layn")
    add_support(game, PLEXUS, 31)
    game.slash("builds")
    listed = [columns(row, game) for row in rows(game) if row.name.shown]
    at = next(i for i, row in enumerate(listed) if row[0].startswith("Plexus"))
    assert listed[at][2] == "31/50"
    assert listed[at + 1] == (hero(code_of(LOOMITHAR)), away(code_of(LOOMITHAR)), "12/50")
    assert game.errors() == []


def test_beside_the_general_build_rankings_are_counted_too() -> None:
    game = login()
    for what in ("raid", PLEXUS):
        add_other(game, what, LOOMITHAR, "San'layn")
    addon = game.addon
    said = {}
    for what in ("raid", PLEXUS):
        other = addon.Builds.Others(record(game, what))[1]
        said[what] = addon.BuildText.Figures(other)
    assert said["raid"].startswith("12 of 160 top rankings play this or within 3 swaps")
    assert said[PLEXUS].startswith("12 of 50 top players play this or within 3 swaps")
    add_support(game, "raid", 3)
    rare = addon.BuildText.Figures(record(game, "raid"))
    assert rare.startswith("no common build: 3 of 160 top rankings play this or within 3 swaps")


def test_the_interval_is_the_desktop_app_s() -> None:
    game = login()
    for count, size in ((1, 9), (4, 50), (4, 51), (17, 160), (36, 36), (140, 413)):
        build = game.lua.table_from({"count": count, "sampleSize": size, "support": size})
        low, high = (round(100 * share) for share in interval(count, size))
        assert game.addon.BuildText.Figures(build).endswith(f"({low} to {high}%)")


def test_it_says_where_counts_do_not_tell_the_build_from_others() -> None:
    game = login()
    raid = record(game, "raid")
    for undecided in (None, 0, "2"):
        raid.undecided = undecided
        assert game.addon.BuildText.Undecided(raid) is None
    raid.undecided = 2
    game.slash("builds")
    assert selected(game) == "Raid Build"
    said = "By count it cannot be told from other builds (2); it is the nearest to all of them."
    assert said in window(game).details.figures.text.split("\n")
    assert game.errors() == []


def test_the_worn_build_is_yours_and_a_misfit_is_outdated() -> None:
    game = login(code=code_of(LOOMITHAR))
    record(game, PLEXUS).talentCode = code_of(PLEXUS)[:60]
    game.slash("builds")
    found = [columns(row, game) for row in rows(game) if row.name.shown]
    listed = {name.split(" (")[0]: changes for name, changes, _ in found}
    assert listed["Loom'ithar"] == "yours"
    assert listed["Plexus Sentinel"] == "outdated"
    game.addon.BuildsModel.Select(5)
    game.addon.BuildsWindow.Show()
    assert selected(game) == "Plexus Sentinel"
    assert window(game).details.changes.text == "The build no longer fits the talents of the game."
    assert window(game).details.apply.disabled
    assert game.errors() == []


def test_without_builds_it_says_what_to_do() -> None:
    game = login()
    game.client.player.specs = game.lua.table_from([251, 251, 251])
    game.add_tree(251)
    game.client.ChangeSpec(1)
    game.slash("builds")
    assert window(game).empty.text.startswith("There are no builds for this specialization yet.")
    game.addon.TalentData = game.lua.table()
    game.slash("builds")
    game.slash("builds")
    assert window(game).empty.text == game.addon.L.STATUS_NO_DATA
    assert not window(game).details.frame.shown


def test_it_opens_at_the_boss_or_dungeon_in_front_of_the_player() -> None:
    game = login()
    game.enter(DUNGEON_MAP, "party", difficulty=23)
    game.slash("builds")
    assert selected(game) == "Ara-Kara, City of Echoes"
    game = login()
    into_raid(game)
    game.slash("builds")
    assert selected(game) == "Plexus Sentinel"
    game = opened()
    assert selected(game) == "Raid Build"


def test_what_changes_is_shown_with_support_and_source() -> None:
    game = login()
    add_support(game, PLEXUS, 31)
    record(game, PLEXUS).generalFits = True
    game.addon.TalentDataSource = "feed"
    game.slash("builds")
    for row in rows(game):
        if row.name.shown and row.name.text.startswith("Plexus"):
            row.Click(row)
    details = window(game).details
    assert selected(game) == "Plexus Sentinel"
    assert game.client.Rendered(details.figures.text).split("\n") == [
        hero(code_of(PLEXUS)),
        "31 of 50 top players play this or within 3 swaps; 17 play exactly this (22 to 48%)",
        "The general build is as good here.",
        "Source: a published feed, 3 h old.",
    ]
    assert details.heading.text == "What changes"
    assert len([icon for icon in details.gained.icons.values() if icon.shown]) > 0
    assert len([icon for icon in details.lost.icons.values() if icon.shown]) > 0


def test_headers_cannot_be_selected() -> None:
    game = opened()
    header = rows(game)[0]
    header.Click(header)
    assert selected(game) == "Raid Build"


# Apply


def test_apply_by_the_button(secrets: str | None) -> None:
    game = opened(secrets)
    row = next(row for row in rows(game) if row.name.shown and row.name.text.startswith("Loom"))
    row.Click(row)
    window(game).details.apply.Click(window(game).details.apply)
    finish(game)
    assert active_code(game) == code_of(LOOMITHAR)
    listed = {row.name.text: row.changes.text for row in rows(game) if row.name.shown}
    assert next(v for k, v in listed.items() if k.startswith("Loom")) == "yours"
    assert window(game).details.changes.text == "Nothing changes: these are your talents."


def test_apply_in_a_fight_says_why_not() -> None:
    game = opened()
    game.combat(True)
    game.chat()
    window(game).details.apply.Click(window(game).details.apply)
    assert game.chat()[-1].startswith("Talents cannot be switched in combat.")
    assert active_code(game) == OWN


# What it keeps, and what changes it


def test_it_remembers_its_place_and_reset_brings_it_back() -> None:
    game = opened()
    frame = window(game)
    frame.scripts.OnDragStart(frame, "LeftButton")
    frame.ClearAllPoints(frame)
    frame.SetPoint(frame, "TOPLEFT", None, "TOPLEFT", 33, -44)
    frame.scripts.OnDragStop(frame)
    game.login(game.saved())
    game.slash("builds")
    point, _, relative, x, y = window(game).GetPoint(window(game), 1)
    assert (point, relative, x, y) == ("TOPLEFT", "TOPLEFT", 33, -44)
    game.slash("reset")
    assert window(game).GetPoint(window(game), 1)[0] == "CENTER"
    assert game.errors() == []


def test_talents_and_spec_changed_meanwhile() -> None:
    game = opened()
    set_talents(game, code_of("raid"))
    game.fire("TRAIT_CONFIG_UPDATED", 1)
    game.advance(0.1)
    assert rows(game)[1].changes.text == "yours"
    game.client.Press("END")
    game.client.ChangeSpec(3)
    game.advance(0.1)
    assert selected(game) == "Raid Build"
    assert "Spec 252" in window(game).title.text
    assert game.errors() == []


# The ways in


def test_the_button_at_the_talents_window() -> None:
    game = login()
    game.addon.PromptUI.Close()
    before = len(list(game.client.frames.values()))
    game.client.window.Open()
    made = list(game.client.frames.values())[before:]
    button = next(frame for frame in made if frame.kind == "Button")
    assert button.shown
    anchor = button.GetPoint(button, 1)
    world = game.lua.globals()
    assert world.rawequal(anchor[1], world.PlayerSpellsFrame), "beside the window, not part of it"
    assert world.rawequal(button.parent, world.UIParent)
    assert list(world.PlayerSpellsFrame.scripts) == [], "no script of the window is hooked"
    button.Click(button)
    assert is_open(game)
    game.client.window.Close()
    assert not button.shown
    game.client.window.Open()
    assert button.shown
    game.addon.db.settings.talentsButton = False
    game.client.settingsByKey.talentsButton.changed()
    assert not button.shown
    game.client.window.Open()
    assert not button.shown
    assert game.errors() == []


def test_the_compartment_and_the_key_binding() -> None:
    game = login()
    game.lua.globals().AzerothsTopTalent_OnCompartmentClick()
    assert game.client.Choose("Builds")
    assert is_open(game)
    game.lua.globals().AzerothsTopTalent_OnBinding("builds")
    assert not is_open(game)


def test_with_everything_secret() -> None:
    game = opened("all")
    assert len([row for row in rows(game) if row.name.shown]) == 2 + len(NAMES)
    for key in ("END", "UP", "ENTER"):
        assert game.client.Press(key)
    finish(game)
    assert active_code(game) == code_of(DUNGEONS[-2][0])
    game.client.Press("C", True)
    assert game.client.focused.marked == code_of(DUNGEONS[-2][0])
    assert game.errors() == []
