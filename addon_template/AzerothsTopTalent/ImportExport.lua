-- Import codes, serialization version 2 (Blizzard_ClassTalentImportExport.lua of the game): a
-- header of version 8, spec 16 and tree hash 128 bits, then for each node of the class tree in
-- ascending order: selected, purchased, partially ranked (6 bits), choice (2 bits).
local _, addon = ...

local Game = addon.Game
local CodeBits, Matching = addon.CodeBits, addon.Matching
local TalentPoints, TalentTree = addon.TalentPoints, addon.TalentTree

local ImportExport = {}
addon.ImportExport = ImportExport

local VERSION, HEADER_BITS, HASH_BYTES = 2, 152, 16
local MAX_LENGTH = 1024 -- the longest class tree fills about 200 characters

-- Why a code cannot be used; the keys of the sentences for it.
ImportExport.MALFORMED = "CODE_MALFORMED"
ImportExport.OTHER_VERSION = "CODE_OTHER_VERSION"
ImportExport.OTHER_SPEC = "CODE_OTHER_SPEC"
ImportExport.OTHER_TREE = "CODE_OTHER_TREE"
ImportExport.TOO_MANY_POINTS = "CODE_TOO_MANY_POINTS"

local function Version()
    return Game.Traits.GetLoadoutSerializationVersion() or VERSION
end

local function ReadRecord(reader)
    if reader:Read(1) == 0 then
        return nil
    end
    local record = { purchased = reader:Read(1) == 1 }
    if record.purchased then
        if reader:Read(1) == 1 then
            record.ranks = reader:Read(6)
        end
        if reader:Read(1) == 1 then
            record.choice = reader:Read(2)
        end
    end
    return record
end

-- What a record buys at a node: {rank, entryID}, or nil if it does not fit the node.
local function Pick(node, record)
    if not node.own or TalentTree.IsChoice(node) ~= (record.choice ~= nil) then
        return nil
    end
    if record.ranks and (record.ranks < 1 or record.ranks >= node.maxRanks) then
        return nil
    end
    local entryID = node.entryIDs[(record.choice or 0) + 1]
    if not entryID or node.maxRanks < 1 then
        return nil
    end
    return { rank = record.ranks or node.maxRanks, entryID = entryID }
end

-- True if every pick of the chosen hero tree and of the other trees could be read. What a code holds
-- of the other hero tree is not part of the build.
local function Fits(tree, purchases, misfits)
    local hero = TalentTree.HeroTree(tree, purchases)
    for _, node in ipairs(misfits) do
        if not node.ofHeroTree or node.subTreeID == hero then
            return false
        end
    end
    return true
end

-- The hash of a code, nil where it is empty: most writers leave it so.
local function ReadHash(reader)
    local digits, any = {}, false
    for index = 1, HASH_BYTES do
        local byte = reader:Read(8)
        any = any or byte ~= 0
        digits[index] = ("%02x"):format(byte)
    end
    return any and table.concat(digits) or nil
end

-- A code against a live tree -> its selection, and all purchases with those of the other hero tree;
-- or nil and the reason. A code with the hash of another tree may read well and mean other talents.
---@param code string
---@param tree TalentTree
---@return Selection?
---@return Purchases|string
function ImportExport.Decode(code, tree)
    code = type(code) == "string" and code:match("^%s*(.-)%s*$") or ""
    local reader = #code <= MAX_LENGTH and CodeBits.Reader(code)
    if not reader or reader.count < HEADER_BITS then
        return nil, ImportExport.MALFORMED
    end
    if reader:Read(8) ~= Version() then
        return nil, ImportExport.OTHER_VERSION
    elseif reader:Read(16) ~= tree.specID then
        return nil, ImportExport.OTHER_SPEC
    end
    local hash = ReadHash(reader)
    if hash and tree.hash and hash ~= tree.hash then
        return nil, ImportExport.OTHER_TREE
    end
    local purchases, misfits = {}, {}
    for _, node in ipairs(tree.nodes) do
        local record = ReadRecord(reader)
        -- A purchase bit on a granted node is read as granted (158 of 2,628 real codes have one).
        if record and record.purchased and not (node.own and TalentTree.IsGranted(node)) then
            purchases[node.id] = Pick(node, record)
            if not purchases[node.id] then
                misfits[#misfits + 1] = node
            end
        end
    end
    if not reader:IsAtEnd() or not Fits(tree, purchases, misfits) then
        return nil, ImportExport.OTHER_TREE
    end
    local selection = Matching.Chosen(tree, purchases)
    if not TalentPoints.AreEnough(tree, selection) then
        return nil, ImportExport.TOO_MANY_POINTS
    end
    return selection, purchases
end

-- An apex node has an entry for each of its steps, in order.
local function AddTiered(entries, node, pick)
    local left = pick.rank
    for index, entryID in ipairs(node.entryIDs) do
        local ranks = math.min(left, node.entryRanks[index] or 1)
        if ranks > 0 then
            entries[#entries + 1] = { nodeID = node.id, ranksGranted = 0, ranksPurchased = ranks,
                selectionEntryID = entryID }
        end
        left = left - ranks
    end
end

-- Purchases as the game's ImportLoadout takes them: a list in the order of the tree's nodes.
---@param tree TalentTree
---@param purchases Purchases
---@return {nodeID: integer, ranksGranted: integer, ranksPurchased: integer, selectionEntryID: integer}[]
function ImportExport.Entries(tree, purchases)
    local entries = {}
    for _, node in ipairs(tree.nodes) do
        local pick = purchases[node.id]
        if pick and node.type == TalentTree.TIERED then
            AddTiered(entries, node, pick)
        elseif pick then
            entries[#entries + 1] = { nodeID = node.id, ranksGranted = 0, ranksPurchased = pick.rank,
                selectionEntryID = pick.entryID }
        elseif node.own and node.granted then
            entries[#entries + 1] = { nodeID = node.id, ranksGranted = 1, ranksPurchased = 0,
                selectionEntryID = node.entryIDs[1] }
        end
    end
    return entries
end

local function WriteRecord(writer, node, pick)
    writer.Write(3, 2) -- selected, purchased
    if pick.rank < node.maxRanks then
        writer.Write(1, 1)
        writer.Write(pick.rank, 6)
    else
        writer.Write(0, 1)
    end
    if not TalentTree.IsChoice(node) then
        writer.Write(0, 1)
        return
    end
    for index, entryID in ipairs(node.entryIDs) do
        if entryID == pick.entryID then
            writer.Write(1, 1)
            writer.Write(index - 1, 2)
        end
    end
end

-- The code of a selection or of purchases. Granted: the free class and spec nodes and the root of the
-- chosen hero tree, as Warcraft Logs writes them. hash: 32 hex digits; without it the hash is empty.
---@param tree TalentTree
---@param selection Purchases
---@param hash string?
---@return string
function ImportExport.Encode(tree, selection, hash)
    local writer = CodeBits.Writer()
    writer.Write(Version(), 8)
    writer.Write(tree.specID, 16)
    for index = 1, HASH_BYTES do
        writer.Write(hash and tonumber(hash:sub(2 * index - 1, 2 * index), 16) or 0, 8)
    end
    local hero = TalentTree.HeroTree(tree, selection)
    for _, node in ipairs(tree.nodes) do
        local pick = selection[node.id]
        local granted
        if node.subTreeID then
            granted = node.heroRoot and node.subTreeID == hero
        else
            granted = node.own and node.granted
        end
        if pick then
            WriteRecord(writer, node, pick)
        elseif granted then
            writer.Write(1, 2) -- selected, not purchased
        else
            writer.Write(0, 1)
        end
    end
    return writer.Text()
end
