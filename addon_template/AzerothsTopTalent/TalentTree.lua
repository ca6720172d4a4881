-- The live talent tree of the player's spec, read from the game in one go, with what is purchased.
-- Everything about codes and matching works on this snapshot, not on the game.
local _, addon = ...

local Readable, Game = addon.Readable, addon.Game

local TalentTree = {}
addon.TalentTree = TalentTree

local SINGLE, TIERED, SELECTION, SUB_TREE = 0, 1, 2, 3 -- Enum.TraitNodeType
TalentTree.TIERED, TalentTree.SUB_TREE = TIERED, SUB_TREE

function TalentTree.SpecID()
    local index = Game.SpecializationInfo.GetSpecialization()
    local specID = type(index) == "number" and Game.SpecializationInfo.GetSpecializationInfo(index)
        or Game.PlayerUtil.GetCurrentSpecID()
    if type(specID) ~= "number" or specID == 0 then
        return nil
    end
    return specID
end

-- Hero trees of other specs of the class are in the tree too; their nodes are not the player's.
local function HeroTreesOf(configID, specID)
    local own = Game.ClassTalents.GetHeroTalentSpecsForClassSpec(configID, specID)
    if type(own) ~= "table" or #own == 0 then
        return nil
    end
    local set = {}
    for _, subTreeID in ipairs(own) do
        set[subTreeID] = true
    end
    return set
end

local function ReadEntries(configID, node)
    node.entryRanks, node.subTrees = {}, {}
    for index, entryID in ipairs(node.entryIDs) do
        if node.type == TIERED or node.type == SUB_TREE then
            local entry = Game.Traits.GetEntryInfo(configID, entryID) or {}
            node.entryRanks[index] = Readable(entry.maxRanks, "number") or 1
            node.subTrees[index] = Readable(entry.subTreeID, "number")
        end
    end
end

local function ReadNode(configID, nodeID, heroTrees)
    local info = Game.Traits.GetNodeInfo(configID, nodeID)
    if type(info) ~= "table" or info.ID == 0 then
        return { id = nodeID, own = false }
    end
    local purchased = info.ranksPurchased or 0
    local node = {
        id = nodeID,
        type = info.type or SINGLE,
        maxRanks = info.maxRanks or 0,
        entryIDs = info.entryIDs or {},
        x = info.posX or 0,
        y = info.posY or 0,
        subTreeID = info.subTreeID,
        purchased = purchased,
        granted = (info.activeRank or 0) > purchased,
        activeEntryID = info.activeEntry and info.activeEntry.entryID,
    }
    node.visible = info.isVisible ~= false
    node.own = node.visible and #node.entryIDs > 0
    node.ofHeroTree = node.subTreeID ~= nil and (heroTrees == nil or heroTrees[node.subTreeID] == true)
    ReadEntries(configID, node)
    return node
end

-- Hero trees are shared by specs, but some of their nodes are there once for each spec: the visible
-- one is the player's. A hero tree that is not chosen may show none of its nodes; then all count.
local function ClaimHeroNodes(nodes)
    local shown = {}
    for _, node in ipairs(nodes) do
        if node.subTreeID and node.visible then
            shown[node.subTreeID] = true
        end
    end
    for _, node in ipairs(nodes) do
        if node.subTreeID then
            node.own = node.ofHeroTree and #node.entryIDs > 0
                and (node.visible or not shown[node.subTreeID])
        end
    end
end

-- The topmost node of a hero tree comes with the tree. The game grants it only while a hero tree
-- can be chosen, so the place tells it, not the grant.
local function MarkHeroRoots(nodes)
    local top = {}
    for _, node in ipairs(nodes) do
        if node.own and node.subTreeID then
            top[node.subTreeID] = math.min(top[node.subTreeID] or node.y, node.y)
        end
    end
    for _, node in ipairs(nodes) do
        node.heroRoot = node.own and node.subTreeID ~= nil and node.y == top[node.subTreeID]
    end
end

local function TreeOf(configID, specID)
    local treeID = Game.ClassTalents.GetTraitTreeForSpec(specID)
    if not treeID then
        local info = Game.Traits.GetConfigInfo(configID)
        treeID = type(info) == "table" and type(info.treeIDs) == "table" and info.treeIDs[1]
    end
    return treeID
end

-- The game's hash of a tree as 32 hex digits, nil if it has none: it changes when the tree does.
---@param treeID integer
---@return string?
local function Hash(treeID)
    local bytes = Game.Traits.GetTreeHash(treeID)
    if type(bytes) ~= "table" or #bytes ~= 16 then
        return nil
    end
    local digits = {}
    for index, byte in ipairs(bytes) do
        digits[index] = ("%02x"):format(byte)
    end
    return table.concat(digits)
end

---@class TalentNode
---@field id integer
---@field own boolean the spec can have it
---@field type integer Enum.TraitNodeType
---@field maxRanks integer
---@field entryIDs integer[]
---@field x number place in the tree, from the left
---@field y number place in the tree, from the top
---@field subTreeID integer? of a hero talent
---@field heroRoot boolean comes with its hero tree
---@field granted boolean
---@field purchased integer ranks
---@field activeEntryID integer?

---@class TalentTree
---@field configID integer
---@field treeID integer
---@field specID integer
---@field hash string? 32 hex digits
---@field nodes TalentNode[] in ascending order of their ids
---@field byID table<integer, TalentNode>

-- The talents of a config, the active one by default; nil while the game has no talents yet.
---@param configID integer?
---@return TalentTree?
function TalentTree.Read(configID)
    local specID = TalentTree.SpecID()
    configID = configID or Game.ClassTalents.GetActiveConfigID()
    local treeID = specID and configID and TreeOf(configID, specID)
    if not treeID then
        return nil
    end
    local nodeIDs = Game.Traits.GetTreeNodes(treeID)
    if type(nodeIDs) ~= "table" or #nodeIDs == 0 then
        return nil
    end
    local tree = { configID = configID, treeID = treeID, specID = specID, hash = Hash(treeID),
        nodes = {}, byID = {} }
    local heroTrees = HeroTreesOf(configID, specID)
    for index, nodeID in ipairs(nodeIDs) do
        local node = ReadNode(configID, nodeID, heroTrees)
        tree.nodes[index] = node
        tree.byID[nodeID] = node
    end
    ClaimHeroNodes(tree.nodes)
    MarkHeroRoots(tree.nodes)
    return tree
end

function TalentTree.IsChoice(node)
    return node.type == SELECTION or node.type == SUB_TREE
end

-- True if a node stands above another one, or left of it at the same height.
---@param one TalentNode
---@param other TalentNode
---@return boolean
function TalentTree.IsBefore(one, other)
    if one.y ~= other.y then
        return one.y < other.y
    elseif one.x ~= other.x then
        return one.x < other.x
    end
    return one.id < other.id
end

-- The hero tree that a selection chooses, nil if none.
---@param tree TalentTree
---@param selection Selection
---@return integer?
function TalentTree.HeroTree(tree, selection)
    for nodeID, pick in pairs(selection) do
        local node = tree.byID[nodeID]
        if node and node.type == SUB_TREE then
            for index, entryID in ipairs(node.entryIDs) do
                if entryID == pick.entryID then
                    return node.subTrees[index]
                end
            end
        end
    end
    return nil
end

-- The name of a hero tree in the player's language, nil if the game does not tell it.
---@param configID integer
---@param subTreeID integer?
---@return string?
function TalentTree.HeroName(configID, subTreeID)
    local info = subTreeID and Game.Traits.GetSubTreeInfo(configID, subTreeID)
    return type(info) == "table" and Readable(info.name, "string") or nil
end

---@class TalentInfo
---@field name string?
---@field spellID integer?
---@field icon integer? only where the talent has another one than its spell

-- What the game says of a talent; fields are nil where it says nothing.
---@param configID integer
---@param entryID integer
---@return TalentInfo
function TalentTree.Info(configID, entryID)
    local entry = Game.Traits.GetEntryInfo(configID, entryID)
    local definition = type(entry) == "table" and entry.definitionID
        and Game.Traits.GetDefinitionInfo(entry.definitionID)
    if type(definition) ~= "table" then
        return {}
    end
    local spellID = Readable(definition.spellID, "number")
    return {
        name = Readable(definition.overrideName, "string") or spellID and Game.Spell.GetSpellName(spellID) or nil,
        spellID = spellID,
        icon = Readable(definition.overrideIcon, "number"),
    }
end

-- Granted nodes are free: never bought, and never part of a selection.
function TalentTree.IsGranted(node)
    return node.granted or node.heroRoot or false
end
