-- Talent points: what talents cost, and how many points the player has. The class, the spec and each
-- hero tree have a currency of their own.
local _, addon = ...

local Game, Readable = addon.Game, addon.Readable
local TalentTree = addon.TalentTree

local TalentPoints = {}
addon.TalentPoints = TalentPoints

local currencies = {} -- currency id by node id, false for a node without a cost; by tree id

-- The currency that a rank of a node costs, nil if it costs none.
local function Currency(tree, nodeID)
    local known = currencies[tree.treeID] or {}
    currencies[tree.treeID] = known
    if known[nodeID] == nil then
        local costs = Game.Traits.GetNodeCost(tree.configID, nodeID)
        local cost = type(costs) == "table" and costs[1]
        known[nodeID] = type(cost) == "table" and Readable(cost.ID, "number") or false
    end
    return known[nodeID] or nil
end

-- All points that the player has, spent or not, by currency.
local function Budgets(tree)
    local budgets = {}
    for _, currency in ipairs(Game.Traits.GetTreeCurrencyInfo(tree.configID, tree.treeID, false) or {}) do
        if currency.quantity and currency.spent then
            budgets[currency.traitCurrencyID] = currency.quantity + currency.spent
        end
    end
    return budgets
end

-- True if a player at the highest level has the points for a selection. Some sites spend more.
---@param tree TalentTree
---@param selection Selection
---@return boolean
function TalentPoints.AreEnough(tree, selection)
    if not addon.Readiness.IsMaxLevel() then
        return true
    end
    local spent = {}
    for nodeID, pick in pairs(selection) do
        local currencyID = Currency(tree, nodeID)
        if currencyID then
            spent[currencyID] = (spent[currencyID] or 0) + pick.rank
        end
    end
    for currencyID, points in pairs(Budgets(tree)) do
        if (spent[currencyID] or 0) > points then
            return false
        end
    end
    return true
end

-- Points of the class, the spec and the chosen hero tree that the staged changes leave unspent. The
-- hero tree that is not chosen has a currency of its own, which may be full.
---@param tree TalentTree
---@param selection Selection
---@return integer
function TalentPoints.Unspent(tree, selection)
    local hero = TalentTree.HeroTree(tree, selection)
    local info = hero and Game.Traits.GetSubTreeInfo(tree.configID, hero)
    local heroCurrency = type(info) == "table" and info.traitCurrencyID
    local unspent = 0
    for index, currency in ipairs(Game.Traits.GetTreeCurrencyInfo(tree.configID, tree.treeID, false) or {}) do
        -- The first is the class's, the second the spec's, as in the game's talents window.
        if index <= 2 or currency.traitCurrencyID == heroCurrency then
            unspent = unspent + (currency.quantity or 0)
        end
    end
    return unspent
end
