-- C_Traits: trees, what may be bought, and staged against committed changes. The rules of a
-- purchase: the node is of the spec; of a hero tree, the chosen one; its gate is open (points spent
-- in the section); one node before it is full, or it is an entry; and a point is left. Each hero tree
-- has a currency of its own, and what was bought in one stays when the other is chosen.
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
        committed = client.Copy(state), sharedBars = client.newSharesBars == true }
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

-- Points spent of the currency that a node costs: the class's, the spec's, one of each hero tree.
local function Spent(tree, state, section, subTreeID)
    local points = 0
    for id, rank in pairs(state.ranks) do
        local node = tree.own[id]
        if node and node.section == section and node.subTreeID == subTreeID then
            points = points + rank
        end
    end
    return points
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
    elseif node.reqPoints > Spent(tree, state, node.section, node.subTreeID) then
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
        and (node.section == "subtree" or Spent(tree, state, node.section, node.subTreeID) < Budget(tree, node.section))
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

function Traits.GetNodeCost(configID, nodeID)
    local node = Tree(player.configs[configID]).own[nodeID]
    local ids = { class = 1, spec = 2, hero = node and node.subTreeID and 3000 + node.subTreeID }
    return node and ids[node.section] and { { ID = ids[node.section], amount = 1 } } or {}
end

function Traits.GetEntryInfo(configID, entryID)
    local tree = Tree(player.configs[configID])
    return tree.entries[entryID]
end

function Traits.GetDefinitionInfo(definitionID) return { spellID = definitionID } end

function Traits.GetSubTreeInfo(configID, subTreeID)
    return { ID = subTreeID, traitCurrencyID = 3000 + subTreeID,
        name = Tree(player.configs[configID]).subTreeNames[subTreeID],
        iconElementID = "talents-heroclass-" .. subTreeID }
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
    return true
end

function Traits.ResetTree(configID, treeID)
    local config, tree = Editable(configID)
    if not config or treeID ~= tree.treeID or client.refuseReset then
        return false
    end
    local chosen, kept = ChosenHero(tree, config.staged), { ranks = {}, choice = {} }
    for id, rank in pairs(config.staged.ranks) do
        local subTreeID = tree.own[id].subTreeID
        if subTreeID and subTreeID ~= chosen and not client.resetClearsOtherHero then
            kept.ranks[id], kept.choice[id] = rank, config.staged.choice[id]
        end
    end
    config.staged = kept
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

local function HeroCurrency(subTreeID) return 3000 + subTreeID end

local function Quantity(tree, state, id, section, subTreeID)
    local max, spent = Budget(tree, section), Spent(tree, state, section, subTreeID)
    return { traitCurrencyID = id, quantity = max - spent, maxQuantity = max, spent = spent }
end

function Traits.GetTreeCurrencyInfo(configID)
    local config = player.configs[configID]
    local tree, state = Tree(config), State(config)
    local currencies = { Quantity(tree, state, 1, "class"), Quantity(tree, state, 2, "spec") }
    for _, subTreeID in ipairs(tree.heroTrees) do
        currencies[#currencies + 1] = Quantity(tree, state, HeroCurrency(subTreeID), "hero", subTreeID)
    end
    return currencies
end

-- Points that must be spent: not those of the hero tree that is not chosen.
function client.UnspentPoints()
    local config = client.Active()
    local tree, state = Tree(config), State(config)
    local hero, unspent = ChosenHero(tree, state), 0
    for index, currency in ipairs(Traits.GetTreeCurrencyInfo(config.ID)) do
        if index <= 2 or hero and currency.traitCurrencyID == HeroCurrency(hero) then
            unspent = unspent + currency.quantity
        end
    end
    return unspent
end

function Traits.GetTreeHash(treeID)
    local tree = client.trees[player.specID]
    assert(treeID == tree.treeID)
    local bytes = {}
    for byte in (client.treeHash or tree.treeHash):gmatch("..") do
        bytes[#bytes + 1] = tonumber(byte, 16)
    end
    return bytes
end

-- Buys as the server does for an imported loadout: what can be bought of the entries, in passes.
function client.BuyEntries(specID, entries)
    local tree, state = client.trees[specID], { ranks = {}, choice = {} }
    local chosen
    for _, entry in ipairs(entries) do
        local node = tree.own[entry.nodeID]
        assert(node and type(entry.ranksGranted) == "number", "bad entry")
        assert(node.type ~= TIERED or entry.ranksPurchased <= (tree.entries[entry.selectionEntryID].maxRanks or 1))
        if node.type == SUB_TREE then
            chosen = entry
        end
    end
    local function Buy(entry)
        local node, bought = tree.own[entry.nodeID], 0
        while bought < entry.ranksPurchased and CanBuy(tree, state, node) do
            state.ranks[node.id] = (state.ranks[node.id] or 0) + 1
            if node.type == SELECTION or node.type == SUB_TREE then
                state.choice[node.id] = entry.selectionEntryID
            end
            bought = bought + 1
        end
        return bought
    end
    local left = {}
    for index, entry in ipairs(entries) do
        left[index] = entry.ranksPurchased
    end
    local function Pass()
        local progress = false
        for index, entry in ipairs(entries) do
            local bought = left[index] > 0 and Buy({ nodeID = entry.nodeID, ranksPurchased = left[index],
                selectionEntryID = entry.selectionEntryID }) or 0
            left[index] = left[index] - bought
            progress = progress or bought > 0
        end
        return progress
    end
    while Pass() do end
    local node = chosen and tree.own[chosen.nodeID]
    for entryID in pairs(node and node.subTreeOf or {}) do -- the tree that is not chosen
        if entryID ~= chosen.selectionEntryID then
            state.choice[node.id] = entryID
            while Pass() do end
        end
    end
    if chosen then
        state.choice[node.id] = chosen.selectionEntryID
    end
    return state
end

client.Define("C_Spell", {
    GetSpellName = function(id) return client.trees[player.specID].spellNames[id] end,
    GetSpellTexture = function(id)
        assert(type(id) == "number")
        return 100000 + id, 100000 + id
    end,
    IsSpellPassive = function(id) return not client.abilities[id] end,
})
assert(TIERED == 1)
