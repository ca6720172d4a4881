-- Puts purchases on the active talents as staged changes: seen by the game, but neither cast nor
-- saved yet. The caller commits them or takes them back.
local _, addon = ...

local Game = addon.Game
local TalentTree, Matching, Swaps = addon.TalentTree, addon.Matching, addon.Swaps

local Staging = {}
addon.Staging = Staging

-- What is left to buy of some picks, from the top of the tree down.
local function Steps(tree, picks)
    local steps = {}
    for nodeID, pick in pairs(picks) do
        local node = tree.byID[nodeID]
        local left = pick.rank - node.purchased
        if TalentTree.IsChoice(node) and node.activeEntryID ~= pick.entryID then
            left = pick.rank
        end
        if left > 0 then
            steps[#steps + 1] = { node = node, entryID = pick.entryID, left = left }
        end
    end
    table.sort(steps, function(one, other)
        return TalentTree.IsBefore(one.node, other.node)
    end)
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

-- Buys picks until nothing more is sold: edges, gates and the hero tree are the game's to judge, so
-- no copy of its rules is needed here. The steps that are left.
local function BuyAll(tree, picks)
    local steps = Steps(tree, picks)
    local progress = true
    while progress and #steps > 0 do
        progress = false
        local left = {}
        for _, step in ipairs(steps) do
            if Buy(tree.configID, step) then
                progress = true
            end
            if step.left > 0 then
                left[#left + 1] = step
            end
        end
        steps = left
    end
    return steps
end

-- nodeID and pick that choose a hero tree, nil if the spec cannot choose it.
local function HeroChoice(tree, subTreeID)
    for _, node in ipairs(tree.nodes) do
        for index, candidate in ipairs(node.own and node.type == TalentTree.SUB_TREE and node.subTrees or {}) do
            if candidate == subTreeID then
                return node.id, { rank = 1, entryID = node.entryIDs[index] }
            end
        end
    end
    return nil
end

-- The purchases in hero trees that are not chosen: by hero tree, with the pick that chooses it.
local function OtherHeroTrees(tree, purchases)
    local hero, trees = TalentTree.HeroTree(tree, purchases), {}
    for nodeID, pick in pairs(purchases) do
        local subTreeID = tree.byID[nodeID].subTreeID
        if subTreeID and subTreeID ~= hero then
            trees[subTreeID] = trees[subTreeID] or {}
            trees[subTreeID][nodeID] = pick
        end
    end
    for subTreeID, picks in pairs(trees) do
        local nodeID, pick = HeroChoice(tree, subTreeID)
        if nodeID then
            picks[nodeID] = pick
        end
    end
    return trees
end

-- Clears the tree with a hero tree chosen, nil for the one that is; the tree then, nil if the game
-- refuses.
---@param tree TalentTree
---@param hero integer?
---@return TalentTree?
local function ResetWith(tree, hero)
    local nodeID, pick = HeroChoice(tree, hero)
    if nodeID and TalentTree.HeroTree(tree, Matching.Purchases(tree)) ~= hero then
        Game.Traits.SetSelection(tree.configID, nodeID, pick.entryID)
    end
    return Game.Traits.ResetTree(tree.configID, tree.treeID) and TalentTree.Read() or nil
end

-- A hero tree in which something is purchased that is not wanted, nil if there is none.
local function HeroTreeToClear(tree, purchases)
    for nodeID, pick in pairs(Matching.Purchases(tree)) do
        local wanted, subTreeID = purchases[nodeID], tree.byID[nodeID].subTreeID
        if subTreeID and not (wanted and wanted.rank >= pick.rank and wanted.entryID == pick.entryID) then
            return subTreeID
        end
    end
    return nil
end

-- Clears the tree, with the wanted hero tree chosen. Whether the game also clears the other one is
-- not known: what it keeps of what is wanted is not bought again, the rest is cleared as well.
local function Reset(tree, purchases)
    local reset = ResetWith(tree, TalentTree.HeroTree(tree, purchases))
    local other = reset and HeroTreeToClear(reset, purchases)
    return other and ResetWith(reset, other) or reset
end

-- Stages the purchases. True, or false with the number of talents that the game would not sell and
-- the name of the first. Talents of the other hero tree cost nothing of the build: what cannot be
-- bought of them is no failure.
---@param tree TalentTree the active talents
---@param purchases Purchases
---@return boolean staged
---@return integer? missing
---@return string? name
function Staging.Stage(tree, purchases)
    local reset = Reset(tree, purchases)
    if not reset then
        return false, 0
    end
    for _, picks in pairs(OtherHeroTrees(tree, purchases)) do
        BuyAll(reset, picks)
    end
    local selection = Matching.Chosen(tree, purchases)
    local now = TalentTree.Read()
    local left = now and BuyAll(now, selection) or {}
    if #left > 0 then
        return false, #left, TalentTree.Info(tree.configID, left[1].entryID).name
    end
    local staged = TalentTree.Read()
    if not staged or not Matching.Equal(Matching.Active(staged), selection) then
        return false, staged and Swaps.FromActive(staged, selection).count or 0
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
