-- Selections and when two of them are the same. Players own both hero trees; a selection is what is
-- purchased without the nodes of a hero tree that is not chosen. The choice between the hero trees is
-- in it, granted nodes are not. An apex node spreads its ranks over its entries in order, so its sum
-- says all; a node without a choice is told by its id, so its first entry stands for it.
local _, addon = ...

local TalentTree = addon.TalentTree

local Matching = {}
addon.Matching = Matching

---@class Pick
---@field rank integer
---@field entryID integer

---@alias Selection table<integer, Pick> by node id
---@alias Purchases table<integer, Pick> the same with the nodes of both hero trees

-- All that is purchased in a tree, of both hero trees.
---@param tree TalentTree
---@return Purchases
function Matching.Purchases(tree)
    local purchases = {}
    for _, node in ipairs(tree.nodes) do
        if (node.purchased or 0) > 0 and not node.heroRoot then
            local entryID = TalentTree.IsChoice(node) and node.activeEntryID or node.entryIDs[1]
            purchases[node.id] = { rank = node.purchased, entryID = entryID }
        end
    end
    return purchases
end

-- Purchases without the nodes of hero trees that they do not choose.
---@param tree TalentTree
---@param purchases Purchases
---@return Selection
function Matching.Chosen(tree, purchases)
    local hero = TalentTree.HeroTree(tree, purchases)
    local selection = {}
    for nodeID, pick in pairs(purchases) do
        local subTreeID = tree.byID[nodeID].subTreeID
        if not subTreeID or subTreeID == hero then
            selection[nodeID] = pick
        end
    end
    return selection
end

-- The selection that is active in a tree.
---@param tree TalentTree
---@return Selection
function Matching.Active(tree)
    return Matching.Chosen(tree, Matching.Purchases(tree))
end

-- A selection together with the purchases in the hero trees that it does not choose.
---@param tree TalentTree
---@param selection Selection
---@param purchases Purchases
---@return Purchases
function Matching.WithOtherHero(tree, selection, purchases)
    local hero = TalentTree.HeroTree(tree, selection)
    local all = {}
    for nodeID, pick in pairs(purchases) do
        local subTreeID = tree.byID[nodeID].subTreeID
        if subTreeID and subTreeID ~= hero then
            all[nodeID] = pick
        end
    end
    for nodeID, pick in pairs(selection) do
        all[nodeID] = pick
    end
    return all
end

local function Covers(one, other)
    for nodeID, pick in pairs(one) do
        local twin = other[nodeID]
        if not twin or twin.rank ~= pick.rank or twin.entryID ~= pick.entryID then
            return false
        end
    end
    return true
end

-- True if both hold the same (node, entry, rank).
function Matching.Equal(one, other)
    return Covers(one, other) and Covers(other, one)
end
