-- Puts a selection on the active talents as staged changes: seen by the game, but neither cast nor
-- saved yet. The caller commits them or takes them back.
local _, addon = ...

local Game = addon.Game
local TalentTree, Matching = addon.TalentTree, addon.Matching

local Staging = {}
addon.Staging = Staging

local function ByPosition(one, other)
    if one.node.y ~= other.node.y then
        return one.node.y < other.node.y
    elseif one.node.x ~= other.node.x then
        return one.node.x < other.node.x
    end
    return one.node.id < other.node.id
end

local function Steps(tree, selection)
    local steps = {}
    for nodeID, pick in pairs(selection) do
        steps[#steps + 1] = { node = tree.byID[nodeID], entryID = pick.entryID, left = pick.rank }
    end
    table.sort(steps, ByPosition)
    return steps
end

-- Buys as much of one talent as the game allows now; true if something was bought.
local function Buy(configID, step)
    local before = step.left
    if TalentTree.IsChoice(step.node) then
        if Game.Traits.SetSelection(configID, step.node.id, step.entryID) then
            step.left = 0
        end
        return step.left < before
    end
    while step.left > 0 and Game.Traits.PurchaseRank(configID, step.node.id) do
        step.left = step.left - 1
    end
    return step.left < before
end

-- The name of a talent as the player's game writes it, nil if unknown.
local function TalentName(configID, entryID)
    local entry = Game.Traits.GetEntryInfo(configID, entryID)
    local definition = type(entry) == "table" and entry.definitionID
        and Game.Traits.GetDefinitionInfo(entry.definitionID)
    if type(definition) ~= "table" then
        return nil
    end
    return definition.overrideName or definition.spellID and Game.Spell.GetSpellName(definition.spellID)
end

-- Stages the selection. True, or false with the number of talents that the game would not sell
-- and the name of the first. Passes go on until one sells nothing: edges, gates and the hero tree
-- are the game's to judge, so no copy of its rules is needed here.
function Staging.Stage(tree, selection)
    local configID = tree.configID
    if not Game.Traits.ResetTree(configID, tree.treeID) then
        return false, 0
    end
    local steps = Steps(tree, selection)
    local progress = true
    while progress and #steps > 0 do
        progress = false
        local left = {}
        for _, step in ipairs(steps) do
            if Buy(configID, step) then
                progress = true
            end
            if step.left > 0 then
                left[#left + 1] = step
            end
        end
        steps = left
    end
    if #steps > 0 then
        return false, #steps, TalentName(configID, steps[1].entryID)
    end
    local staged = TalentTree.Read()
    if not staged or not Matching.Equal(Matching.Active(staged), selection) then
        return false, staged and Matching.Difference(Matching.Active(staged), selection) or 0
    end
    return true
end

function Staging.HasChanges(configID)
    return Game.Traits.ConfigHasStagedChanges(configID) == true
end

-- True if nothing is staged any more.
function Staging.Rollback(configID)
    if not Staging.HasChanges(configID) then
        return true
    end
    Game.Traits.RollbackConfig(configID)
    return not Staging.HasChanges(configID)
end

-- Points that the staged changes leave unspent.
function Staging.UnspentPoints(tree)
    local unspent = 0
    for _, currency in ipairs(Game.Traits.GetTreeCurrencyInfo(tree.configID, tree.treeID, false) or {}) do
        unspent = unspent + (type(currency) == "table" and currency.quantity or 0)
    end
    return unspent
end
