-- The addon's own loadout, one per spec: the only saved loadout that it ever creates or deletes. Its id
-- is noted when it is made. One that the player renamed has become the player's, and one that he gave
-- the same name is his too. The saved variables are per computer: the slot of another one is told by
-- its name together with its talents, which are one of the builds.
local _, addon = ...

local Readable = addon.Readable
local ImportExport, Matching, TalentTree = addon.ImportExport, addon.Matching, addon.TalentTree
local ClassTalents, Traits = addon.Game.ClassTalents, addon.Game.Traits

local LoadoutSlot = {}
addon.LoadoutSlot = LoadoutSlot

LoadoutSlot.NAME = "Top Talent"

local COMBAT_TYPE = 1 -- Enum.TraitConfigType.Combat

local LATEST = 60 -- seconds that the game may take to make a loadout

-- Specs for which a slot was asked for: the ids that were there before, and until when it may come.
local requested = {}

local function SavedIDs(specID)
    return ClassTalents.GetConfigIDsBySpecID(specID) or {}
end

-- The place of a loadout in the game's list right now, nil if it is not a saved one of the spec. The
-- order changes from login to login (WoWUIBugs 831): never keep it.
---@param specID integer
---@param configID integer?
---@return integer?
function LoadoutSlot.Index(specID, configID)
    for index, savedID in ipairs(SavedIDs(specID)) do
        if savedID == configID then
            return index
        end
    end
    return nil
end

function LoadoutSlot.Exists(specID, configID)
    return LoadoutSlot.Index(specID, configID) ~= nil
end

local function IsNamed(configID)
    local info = Traits.GetConfigInfo(configID)
    return type(info) == "table" and Readable(info.name, "string") == LoadoutSlot.NAME
end

-- True if a loadout holds one of the spec's builds.
local function HoldsBuild(specID, configID)
    local tree, saved = TalentTree.Read(), TalentTree.Read(configID)
    local talents = saved and Matching.Active(saved)
    for _, row in ipairs(tree and talents and addon.BuildList.Rows(specID) or {}) do
        local wanted = row.record and ImportExport.Decode(row.record.talentCode, tree)
        if wanted and Matching.Equal(talents, wanted) then
            return true
        end
    end
    return false
end

-- Notes that a loadout was made by the addon; those that are gone are forgotten.
local function Note(specID, configID)
    local made = { [configID] = true }
    for _, savedID in ipairs(SavedIDs(specID)) do
        made[savedID] = made[savedID] or (addon.char.made[specID] or {})[savedID]
    end
    addon.char.made[specID] = made
end

-- True if the addon made the loadout, on this computer or on another one.
local function IsOurs(specID, configID)
    if not IsNamed(configID) then
        return false
    end
    local made = addon.char.made[specID]
    if made and made[configID] then
        return true
    elseif HoldsBuild(specID, configID) then
        Note(specID, configID)
        return true
    end
    return false
end

-- The saved loadout that is selected, nil if none is.
---@param specID integer
---@return integer?
function LoadoutSlot.Selected(specID)
    local configID = ClassTalents.GetLastSelectedSavedConfigID(specID)
    return LoadoutSlot.Exists(specID, configID) and configID or nil
end

-- The id of the slot, nil if there is none. Of several, the selected one.
---@param specID integer
---@return integer?
function LoadoutSlot.Find(specID)
    local selectedID = LoadoutSlot.Selected(specID)
    if selectedID and IsOurs(specID, selectedID) then
        return selectedID
    end
    for _, configID in ipairs(SavedIDs(specID)) do
        if IsOurs(specID, configID) then
            return configID
        end
    end
    return nil
end

-- Makes a loadout the selected one for the game; nil: none.
function LoadoutSlot.Select(specID, configID)
    if LoadoutSlot.Selected(specID) ~= configID then
        ClassTalents.UpdateLastSelectedSavedConfigID(specID, configID)
    end
end

-- Asks the game for a new slot with these talents; it arrives with an event. nil, or why there will
-- be none and, where the game gave one, its own words.
---@param tree TalentTree
---@param purchases Purchases
---@return string? reason
---@return string? words
function LoadoutSlot.Import(tree, purchases)
    local before = {}
    for _, configID in ipairs(SavedIDs(tree.specID)) do
        before[configID] = true
    end
    requested[tree.specID] = { before = before, deadline = GetTime() + LATEST }
    local entries = ImportExport.Entries(tree, purchases)
    local imported, words = ClassTalents.ImportLoadout(tree.configID, entries, LoadoutSlot.NAME)
    if not imported then
        requested[tree.specID] = nil
        return "FAILED_REFUSED", Readable(words, "string")
    end
    return nil
end

-- Deletes slots of the spec other than the one to keep: older ones, and what a broken switch left.
function LoadoutSlot.DeleteOthers(specID, keptID)
    for _, configID in ipairs(SavedIDs(specID)) do
        if configID ~= keptID and IsOurs(specID, configID) then
            ClassTalents.DeleteConfig(configID)
        end
    end
end

-- The slot has the action bars that the player has: own ones or the shared ones, as the loadout that
-- was selected.
function LoadoutSlot.CopyActionBars(fromID, toID)
    local info = fromID and Traits.GetConfigInfo(fromID)
    if type(info) == "table" and Readable(info.usesSharedActionBars) == true then
        ClassTalents.SetUsesSharedActionBars(toID, true)
    end
end

-- A loadout was created: if it is the one that was asked for, it is the slot from now on, even if it
-- comes late.
local function OnCreated(info)
    info = Readable(info, "table")
    local specID = TalentTree.SpecID()
    local request = specID and requested[specID]
    local configID = info and Readable(info.ID, "number")
    if not configID or not request or Readable(info.type) ~= COMBAT_TYPE then
        return
    end
    if Readable(info.name) ~= LoadoutSlot.NAME or request.before[configID] or GetTime() > request.deadline then
        return
    end
    requested[specID] = nil
    Note(specID, configID)
    addon.Fire("SLOT_READY", specID, configID)
end

addon.On("TRAIT_CONFIG_CREATED", OnCreated)
