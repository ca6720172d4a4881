-- C_Traits: trees, what may be bought, and staged against committed changes. The rules of a
-- purchase: the node is of the spec; of a hero tree, the chosen one; its gate is open (points spent
-- in the section); one node before it is full, or it is an entry; and a point is left.
local client = ...

local TIERED, SELECTION, SUB_TREE = 1, 2, 3
local player = { level = 90, configs = {}, nextID = 100, selected = {}, seed = 7 }
client.player = player
client.trees = {} -- by spec id, as the test hands them over

function client.Copy(state)
    local copy = { ranks = {}, choice = {} }
    for node, rank in pairs(state.ranks) do
        copy.ranks[node] = rank
    end
    for node, entry in pairs(state.choice) do
        copy.choice[node] = entry
    end
    return copy
end

local function SameMap(one, other)
    for key, value in pairs(one) do
        if other[key] ~= value then
            return false
        end
    end
    for key in pairs(other) do
        if one[key] == nil then
            return false
        end
    end
    return true
end

function client.SameState(one, other)
    return SameMap(one.ranks, other.ranks) and SameMap(one.choice, other.choice)
end

function client.NewConfig(specID, name, state, isActive)
    player.nextID = player.nextID + 1
    local config = { ID = player.nextID, specID = specID, name = name, type = 1, isActive = isActive,
        committed = client.Copy(state), sharedBars = false }
    config.staged = isActive and client.Copy(state) or nil
    player.configs[config.ID] = config
    return config
end

function client.Active()
    return player.active and player.active[player.specID]
end

local function Tree(config) return client.trees[config.specID] end
local function State(config) return config.staged or config.committed end

local function Budget(tree, section)
    local points = 0
    for _, level in ipairs(tree.pointLevels[section] or {}) do
        points = points + (level <= player.level and 1 or 0)
    end
    return points
end

local function MaxRanks(node)
    local max = node.maxRanks
    if node.rankLevels then
        max = 0
        for _, step in ipairs(node.rankLevels) do
            max = step.level <= player.level and step.maxRanks or max
        end
    end
    return max
end

local function Spent(tree, state, section)
    local points = 0
    for id, rank in pairs(state.ranks) do
        local node = tree.own[id]
        if node and node.section == section then
            points = points + rank
        end
    end
    return points
end
client.Spent = function(section)
    local config = client.Active()
    return Spent(Tree(config), State(config), section)
end

local function ChosenHero(tree, state)
    for id, entry in pairs(state.choice) do
        local node = tree.own[id]
        if node and node.type == SUB_TREE and state.ranks[id] then
            return node.subTreeOf[entry]
        end
    end
end

local function IsFull(tree, state, id)
    local node = tree.own[id]
    return node ~= nil and (node.free or state.ranks[id] == node.maxRanks)
end

local function IsOpen(tree, state, node)
    if node.free or node.subTreeID and node.subTreeID ~= ChosenHero(tree, state) then
        return false
    elseif node.reqPoints > Spent(tree, state, node.section) then
        return false
    elseif node.entryNode then
        return true
    end
    for _, before in ipairs(node.prev) do
        if IsFull(tree, state, before) then
            return true
        end
    end
    return false
end

local function CanBuy(tree, state, node)
    return node ~= nil and (state.ranks[node.id] or 0) < MaxRanks(node) and IsOpen(tree, state, node)
        and (node.section == "subtree" or Spent(tree, state, node.section) < Budget(tree, node.section))
end

function client.CanBuy(nodeID)
    local config = client.Active()
    local tree = Tree(config)
    return CanBuy(tree, config.staged, tree.own[nodeID])
end

-- Only the active talents can be changed: other loadouts are read.
local function Editable(configID)
    local config = client.Active()
    if not config or config.ID ~= configID then
        return nil
    end
    return config, Tree(config), config.staged
end

local function DropHero(tree, state, keep)
    for id in pairs(client.Copy(state).ranks) do
        local node = tree.own[id]
        if node and node.subTreeID and node.subTreeID ~= keep then
            state.ranks[id], state.choice[id] = nil, nil
        end
    end
end

local Traits = {}
client.Define("C_Traits", Traits)

function Traits.GetLoadoutSerializationVersion() return client.serializationVersion or 2 end

function Traits.GetTreeNodes(treeID)
    local copy = {}
    for index, id in ipairs(client.trees[player.specID].order) do
        copy[index] = id
    end
    assert(treeID == client.trees[player.specID].treeID)
    return copy
end

local function Grants(config, node)
    -- Grants are applied to the active talents only, not to saved loadouts.
    return config.isActive and node.free and 1 or 0
end

-- Whether the client shows the nodes of a hero tree that is not chosen is not documented: tests run
-- with both.
local function IsVisible(tree, state, node)
    return not (client.hideOtherHero and node.subTreeID and node.subTreeID ~= ChosenHero(tree, state))
end

function Traits.GetNodeInfo(configID, nodeID)
    local config = player.configs[configID]
    if not config then
        return nil
    end
    local tree = Tree(config)
    local node = tree.own[nodeID]
    local foreign = not node and tree.other[nodeID]
    if not node and not foreign then
        return { ID = 0, entryIDs = {} }
    elseif foreign then
        return { ID = nodeID, posX = foreign.x, posY = foreign.y, type = foreign.type,
            maxRanks = foreign.maxRanks, entryIDs = foreign.entryIDs, subTreeID = foreign.subTreeID,
            isVisible = false, isAvailable = false, ranksPurchased = 0, activeRank = 0 }
    end
    local state = State(config)
    local rank = state.ranks[nodeID] or 0
    local entry = state.choice[nodeID] or node.type ~= SELECTION and node.type ~= SUB_TREE and node.entryIDs[1]
    return { ID = nodeID, posX = node.x, posY = node.y, type = node.type, maxRanks = MaxRanks(node),
        entryIDs = node.entryIDs, subTreeID = node.subTreeID, isVisible = IsVisible(tree, state, node),
        isAvailable = true,
        ranksPurchased = rank, activeRank = rank + Grants(config, node),
        activeEntry = rank + Grants(config, node) > 0 and entry and { entryID = entry, rank = rank } or nil }
end

function Traits.GetEntryInfo(configID, entryID)
    local tree = Tree(player.configs[configID])
    return tree.entries[entryID]
end

function Traits.GetDefinitionInfo(definitionID) return { spellID = definitionID } end

function Traits.GetSubTreeInfo(configID, subTreeID)
    return { ID = subTreeID, name = Tree(player.configs[configID]).subTreeNames[subTreeID] }
end

function Traits.GetConfigInfo(configID)
    local config = player.configs[configID]
    return config and { ID = configID, type = config.type, name = config.name,
        usesSharedActionBars = config.sharedBars, treeIDs = { Tree(config).treeID } }
end

function Traits.PurchaseRank(configID, nodeID)
    local config, tree, state = Editable(configID)
    local node = config and tree.own[nodeID]
    if not node or node.type == SELECTION or node.type == SUB_TREE or not CanBuy(tree, state, node) then
        return false
    end
    state.ranks[nodeID] = (state.ranks[nodeID] or 0) + 1
    return true
end

function Traits.SetSelection(configID, nodeID, entryID)
    local config, tree, state = Editable(configID)
    local node = config and tree.own[nodeID]
    if not node or node.type ~= SELECTION and node.type ~= SUB_TREE or not tree.entries[entryID] then
        return false
    elseif not state.ranks[nodeID] and not CanBuy(tree, state, node) then
        return false
    end
    state.ranks[nodeID], state.choice[nodeID] = 1, entryID
    if node.type == SUB_TREE then
        DropHero(tree, state, node.subTreeOf[entryID])
    end
    return true
end

function Traits.ResetTree(configID, treeID)
    local config, tree = Editable(configID)
    if not config or treeID ~= tree.treeID or client.refuseReset then
        return false
    end
    config.staged = { ranks = {}, choice = {} }
    return true
end

function Traits.RollbackConfig(configID)
    local config = Editable(configID)
    if not config or client.IsCasting() then
        return false
    end
    client.rollbacks = (client.rollbacks or 0) + 1
    config.staged = client.Copy(config.committed)
    return true
end

function Traits.ConfigHasStagedChanges(configID)
    local config = player.configs[configID]
    return config ~= nil and config.staged ~= nil and not client.SameState(config.staged, config.committed)
end

local function Quantity(tree, state, section)
    local max, spent = Budget(tree, section), Spent(tree, state, section)
    return { traitCurrencyID = #section, quantity = max - spent, maxQuantity = max, spent = spent }
end

function Traits.GetTreeCurrencyInfo(configID)
    local config = player.configs[configID]
    local tree, state = Tree(config), State(config)
    return { Quantity(tree, state, "class"), Quantity(tree, state, "spec"), Quantity(tree, state, "hero") }
end

function client.UnspentPoints()
    local config = client.Active()
    local unspent = 0
    for _, currency in ipairs(Traits.GetTreeCurrencyInfo(config.ID)) do
        unspent = unspent + currency.quantity
    end
    return unspent
end

client.Define("C_Spell", { GetSpellName = function(id)
    return client.trees[player.specID].spellNames[id]
end })
assert(TIERED == 1)
