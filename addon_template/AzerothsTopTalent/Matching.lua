-- Selections and when two of them are the same. A selection maps node id to {rank, entryID}:
-- purchased talents only, hero choice and apex included, granted ones never. An apex node has its
-- ranks spread over its entries in order, so its sum says all; a node without a choice is told by
-- its id, so its first entry stands for it.
local _, addon = ...

local TalentTree = addon.TalentTree

local Matching = {}
addon.Matching = Matching

-- What is purchased in a tree snapshot.
function Matching.Active(tree)
    local selection = {}
    for _, node in ipairs(tree.nodes) do
        if (node.purchased or 0) > 0 and not node.heroRoot then
            local entryID = TalentTree.IsChoice(node) and node.activeEntryID or node.entryIDs[1]
            selection[node.id] = { rank = node.purchased, entryID = entryID }
        end
    end
    return selection
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

-- Number of talents in which they differ.
function Matching.Difference(one, other)
    local count = 0
    for nodeID, pick in pairs(one) do
        local twin = other[nodeID]
        if not twin or twin.rank ~= pick.rank or twin.entryID ~= pick.entryID then
            count = count + 1
        end
    end
    for nodeID in pairs(other) do
        if not one[nodeID] then
            count = count + 1
        end
    end
    return count
end
