-- What the builds window shows: the rows of the spec, which one is selected, and what each build would
-- change. Works on one reading of the talents until they change. No frames in here.
local _, addon = ...

local BuildList, BuildText, Changes = addon.BuildList, addon.BuildText, addon.Changes
local BossFinder, BossSnapshot = addon.BossFinder, addon.BossSnapshot
local Encounters, RaidProgress = addon.Encounters, addon.RaidProgress
local ImportExport, Matching = addon.ImportExport, addon.Matching
local Swaps, TalentTree = addon.Swaps, addon.TalentTree

local BuildsModel = {}
addon.BuildsModel = BuildsModel

---@type {specID: integer?, tree: TalentTree?, active: Selection, rows: BuildRow[], selected: integer?}
local state = { active = {}, rows = {} }
local judged = {} -- by import string

-- The boss or dungeon that the player stands in front of, nil elsewhere.
local function EncounterHere()
    local mapID, _, instanceType = RaidProgress.Where()
    if instanceType == "party" then
        return Encounters.Dungeon(mapID)
    end
    local snapshot = instanceType == "raid" and BossSnapshot.Take()
    return snapshot and BossFinder.Find(snapshot).id or nil
end

-- Reads the player's talents and the spec's builds anew. The selection stays on its build; at first
-- it is the build for where the player is, else the first one.
function BuildsModel.Refresh()
    local key = state.rows[state.selected] and state.rows[state.selected].key
    local specID = TalentTree.SpecID()
    if specID ~= state.specID then
        key = nil
    end
    judged = {}
    state.specID, state.tree = specID, TalentTree.Read()
    state.active = state.tree and Matching.Active(state.tree) or {}
    state.rows = BuildList.Rows(specID)
    state.selected = BuildList.Find(state.rows, key)
    if not state.selected then
        local here = EncounterHere()
        state.selected = BuildList.Find(state.rows, here and "encounter:" .. here)
            or BuildList.Step(state.rows, nil, 1)
    end
end

---@return BuildRow[]
function BuildsModel.Rows()
    return state.rows
end

function BuildsModel.SpecID()
    return state.specID
end

---@return BuildRow?, number?
function BuildsModel.Selected()
    return state.rows[state.selected], state.selected
end

function BuildsModel.Select(index)
    if state.rows[index] and state.rows[index].kind == "build" then
        state.selected = index
    end
end

-- Moves the selection by builds, headers skipped.
function BuildsModel.Step(step)
    state.selected = BuildList.Step(state.rows, state.selected, step)
end

local function Judge(record)
    local tree = state.tree
    local wanted = tree and ImportExport.Decode(record.talentCode, tree)
    if not wanted then
        return { fits = false }
    end
    local swaps = Swaps.Between(tree, state.active, wanted)
    return {
        fits = true,
        swaps = swaps.count,
        otherHeroTree = swaps.otherHeroTree,
        hero = TalentTree.HeroName(tree.configID, TalentTree.HeroTree(tree, wanted)),
    }
end

-- How far a build is from the player's talents; fits is false where it is of another tree or the
-- talents are not known yet.
---@return Judgement
function BuildsModel.Judge(record)
    local found = judged[record.talentCode]
    if not found then
        found = Judge(record)
        judged[record.talentCode] = found
    end
    return found
end

-- The hero tree's name in the player's language, else as the data have it.
function BuildsModel.HeroName(record)
    return BuildsModel.Judge(record).hero or type(record.heroTree) == "string" and record.heroTree or nil
end

-- {name, hero, changes, figures} of a row, as its columns show them.
---@param row BuildRow
function BuildsModel.Columns(row)
    local judgement, hero = BuildsModel.Judge(row.record), BuildsModel.HeroName(row.record)
    return {
        name = row.isOther and hero or row.name,
        hero = not row.isOther and hero or nil,
        changes = judgement.fits and BuildText.ShortChanges(judgement) or addon.L.OUTDATED,
        figures = BuildText.ShortFigures(row.record),
    }
end

-- What the selected build would change, talent by talent; nil if it does not fit.
---@return Changes?
function BuildsModel.Changes()
    local row = state.rows[state.selected]
    return row and state.tree and Changes.ToBuild(state.tree, row.record)
end
