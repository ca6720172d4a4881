-- What a switch from the active talents to a build changes, as a player sees it: talents lost and
-- gained, the hero tree, the abilities that leave or join the action bars. No frames in here.
local _, addon = ...

local ImportExport, Matching, Swaps = addon.ImportExport, addon.Matching, addon.Swaps
local TalentDisplay, TalentTree = addon.TalentDisplay, addon.TalentTree

local Changes = {}
addon.Changes = Changes

-- What comes first in a list of talents.
local ON_BARS, ABILITY, HERO_TREE, OTHER = 1, 2, 3, 4

local function Place(talent, node)
    if talent.onBars then
        return ON_BARS
    elseif talent.display.isAbility then
        return ABILITY
    end
    return node.type == TalentTree.SUB_TREE and HERO_TREE or OTHER
end

-- A swap with what is shown of it; nil for what the client does not know.
---@return ShownTalent?
local function Shown(tree, nodeID, entryID, ranks)
    local display = TalentDisplay.Get(tree.configID, entryID)
    if not display then
        return nil
    end
    local talent = { nodeID = nodeID, entryID = entryID, ranks = ranks, display = display }
    talent.onBars = TalentDisplay.IsOnActionBars(display)
    talent.place = Place(talent, tree.byID[nodeID])
    return talent
end

-- The swaps leave hero talents out where the hero trees differ. The choice between the trees and the
-- abilities of the tree are of interest all the same; its passive talents come and go with it.
local function AddHeroTree(tree, shown, selection)
    for nodeID, pick in pairs(selection) do
        local node = tree.byID[nodeID]
        if node.subTreeID or node.type == TalentTree.SUB_TREE then
            local talent = Shown(tree, nodeID, pick.entryID, pick.rank)
            if talent and talent.place ~= OTHER then
                shown[#shown + 1] = talent
            end
        end
    end
end

local function InOrder(tree)
    return function(one, other)
        if one.place ~= other.place then
            return one.place < other.place
        end
        return TalentTree.IsBefore(tree.byID[one.nodeID], tree.byID[other.nodeID])
    end
end

local function List(tree, swapped, selection, otherHeroTree)
    local shown = {}
    for _, swap in ipairs(swapped) do
        shown[#shown + 1] = Shown(tree, swap.nodeID, swap.entryID, swap.rank)
    end
    if otherHeroTree then
        AddHeroTree(tree, shown, selection)
    end
    table.sort(shown, InOrder(tree))
    return shown
end

-- Names of the abilities that come or go. One of the same name on both sides only changes its rank.
local function Abilities(talents, others, onBarsOnly)
    local names, kept = {}, {}
    for _, talent in ipairs(others) do
        kept[talent.display.name] = true
    end
    for _, talent in ipairs(talents) do
        local name = talent.display.name
        if talent.display.isAbility and not kept[name] and (talent.onBars or not onBarsOnly) then
            names[#names + 1] = name
        end
    end
    return names
end

-- From the talents of a tree to a wanted selection.
---@param tree TalentTree
---@param active Selection
---@param wanted Selection
---@return Changes
function Changes.Between(tree, active, wanted)
    local swaps = Swaps.Between(tree, active, wanted)
    local lost = List(tree, swaps.lost, active, swaps.otherHeroTree)
    local gained = List(tree, swaps.gained, wanted, swaps.otherHeroTree)
    return {
        swaps = swaps.count,
        otherHeroTree = swaps.otherHeroTree,
        heroNow = TalentTree.HeroName(tree.configID, TalentTree.HeroTree(tree, active)),
        heroThen = TalentTree.HeroName(tree.configID, TalentTree.HeroTree(tree, wanted)),
        lost = lost,
        gained = gained,
        offBars = Abilities(lost, gained, true),
        newAbilities = Abilities(gained, lost, false),
    }
end

-- From the active talents to a build; nil if the build does not fit the tree.
---@param tree TalentTree
---@param record Build
---@return Changes?
function Changes.ToBuild(tree, record)
    local wanted = ImportExport.Decode(record.talentCode, tree)
    return wanted and Changes.Between(tree, Matching.Active(tree), wanted) or nil
end
