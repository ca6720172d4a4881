-- How far two selections are apart. Over (node, entry) the ranks that one has more than the other,
-- the larger of the two directions: exchanging one talent for another is one swap. With different
-- hero trees, their talents and the choice between them are left out, and it is said so.
local _, addon = ...

local Matching, TalentTree = addon.Matching, addon.TalentTree

local Swaps = {}
addon.Swaps = Swaps

---@class Swap
---@field nodeID integer
---@field entryID integer
---@field rank integer ranks that one side has more

---@class SwapList
---@field count integer
---@field otherHeroTree boolean the hero trees differ and are not counted
---@field lost Swap[] what the first selection has more, in no order
---@field gained Swap[] what the second one has more

-- Ranks that one has more than the other.
local function Surplus(tree, one, other, withoutHero)
    local surplus, total = {}, 0
    for nodeID, pick in pairs(one) do
        local node, twin = tree.byID[nodeID], other[nodeID]
        local hero = node.subTreeID ~= nil or node.type == TalentTree.SUB_TREE
        if not (hero and withoutHero) then
            local shared = twin and twin.entryID == pick.entryID and twin.rank or 0
            if pick.rank > shared then
                surplus[#surplus + 1] = { nodeID = nodeID, entryID = pick.entryID, rank = pick.rank - shared }
                total = total + pick.rank - shared
            end
        end
    end
    return surplus, total
end

-- From one selection to another.
---@param tree TalentTree
---@param from Selection
---@param to Selection
---@return SwapList
function Swaps.Between(tree, from, to)
    local otherHeroTree = TalentTree.HeroTree(tree, from) ~= TalentTree.HeroTree(tree, to)
    local lost, lostRanks = Surplus(tree, from, to, otherHeroTree)
    local gained, gainedRanks = Surplus(tree, to, from, otherHeroTree)
    return {
        count = math.max(lostRanks, gainedRanks),
        otherHeroTree = otherHeroTree,
        lost = lost,
        gained = gained,
    }
end

-- From the active talents to a build.
---@param tree TalentTree
---@param selection Selection
---@return SwapList
function Swaps.FromActive(tree, selection)
    return Swaps.Between(tree, Matching.Active(tree), selection)
end

-- True if both have the same hero tree and are at most so many swaps apart.
---@param tree TalentTree
---@param one Selection
---@param other Selection
---@param most integer
---@return boolean
function Swaps.AreWithin(tree, one, other, most)
    local swaps = Swaps.Between(tree, one, other)
    return not swaps.otherHeroTree and swaps.count <= most
end
