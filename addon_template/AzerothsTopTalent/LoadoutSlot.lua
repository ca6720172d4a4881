-- The addon's own loadout, one per spec: the only saved loadout that it ever creates or deletes. Its id
-- is noted when it is made. One that the player renamed has become the player's, and one that he makes
-- under the same name is his too. The saved variables are per computer: where they know of no slot, a
-- loadout of the name is that of another computer. Its talents tell nothing: that computer may have
-- builds of another day, and the player may have changed them in the talents window.
local _, addon = ...

local Call, Readable = addon.Call, addon.Readable
local ImportExport, Matching, TalentTree = addon.ImportExport, addon.Matching, addon.TalentTree
local ClassTalents, Traits = addon.Game.ClassTalents, addon.Game.Traits

local LoadoutSlot = {}
addon.LoadoutSlot = LoadoutSlot

LoadoutSlot.NAME = "Top Talent"

local COMBAT_TYPE = 1 -- Enum.TraitConfigType.Combat
local STARTER = -2 -- Constants.TraitConsts.STARTER_BUILD_TRAIT_CONFIG_ID

local LATEST = 60 -- seconds that the game may take to make a loadout

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

-- What the talents window calls a loadout or the starter build; nil if it is gone.
---@param configID integer?
---@return string?
function LoadoutSlot.NameOf(configID)
    if configID == STARTER then
        return rawget(_G, "TALENT_FRAME_DROP_DOWN_STARTER_BUILD") or "Starter Build"
    end
    local info = configID and Traits.GetConfigInfo(configID)
    return type(info) == "table" and Readable(info.name, "string") or nil
end

local function IsNamed(configID)
    return LoadoutSlot.NameOf(configID) == LoadoutSlot.NAME
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

-- True: the addon made the loadout; false: the player made it under the addon's name; nil: not known.
local function Noted(specID, configID)
    return (addon.char.made[specID] or {})[configID]
end

-- Notes who made a loadout of the addon's name; those that are gone are forgotten.
local function Note(specID, configID, byAddon)
    local made = {}
    for _, savedID in ipairs(SavedIDs(specID)) do
        made[savedID] = Noted(specID, savedID)
    end
    made[configID] = byAddon
    addon.char.made[specID] = made
end

-- Where the saved variables know a slot, what else bears its name is the addon's only with a build in
-- it, as a crash can leave it; where they know none, it is the slot of another computer.
---@param configIDs integer[] the likeliest first
local function NoteUnknown(specID, configIDs)
    local isKnown, unknown = false, {}
    for _, configID in ipairs(configIDs) do
        if IsNamed(configID) then
            local noted = Noted(specID, configID)
            isKnown = isKnown or noted == true
            unknown[#unknown + 1] = noted == nil and configID or nil
        end
    end
    for _, configID in ipairs(unknown) do
        if HoldsBuild(specID, configID) then
            Note(specID, configID, true)
            isKnown = true
        end
    end
    for _, configID in ipairs(unknown) do
        local isLeft = Noted(specID, configID) == nil
        if isLeft and (not isKnown or ClassTalents.IsConfigPopulated(configID) ~= false) then
            Note(specID, configID, not isKnown)
            isKnown = true
        end
    end
end

local function IsOurs(specID, configID)
    return Noted(specID, configID) == true and IsNamed(configID)
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
    local configIDs = { LoadoutSlot.Selected(specID) }
    for _, configID in ipairs(SavedIDs(specID)) do
        if configID ~= configIDs[1] then
            configIDs[#configIDs + 1] = configID
        end
    end
    NoteUnknown(specID, configIDs)
    for _, configID in ipairs(configIDs) do
        if IsOurs(specID, configID) then
            return configID
        end
    end
    return nil
end

local function ShownInWindow()
    return PlayerSpellsFrame.TalentsFrame.LoadSystem:GetSelectionID()
end

-- The selected loadout, or the starter build, where the talents window shows another one of the player's,
-- whose Apply writes to that, or to nothing where it is gone. nil where it shows the selected one or the
-- slot, in which nothing can be lost. The window is only read.
---@param specID integer
---@return integer?
function LoadoutSlot.Unseen(specID)
    local selectedID = ClassTalents.GetStarterBuildActive() and STARTER or LoadoutSlot.Selected(specID)
    local shownID = selectedID and Call(ShownInWindow)
    local isUnseen = shownID and shownID ~= selectedID and not IsOurs(specID, shownID)
    return isUnseen and selectedID or nil
end

-- Makes a loadout the selected one for the game; nil: none.
function LoadoutSlot.Select(specID, configID)
    if LoadoutSlot.Selected(specID) ~= configID then
        ClassTalents.UpdateLastSelectedSavedConfigID(specID, configID)
    end
end

-- Makes the starter build the selected one for the game, as the talents window does.
function LoadoutSlot.SelectStarterBuild(specID)
    ClassTalents.UpdateLastSelectedSavedConfigID(specID, STARTER)
end

-- Asks the game for a new slot with these talents; it arrives with an event. nil, or why there will
-- be none and, where the game gave one, its own words.
---@param tree TalentTree
---@param purchases Purchases
---@return string? reason
---@return string? words
function LoadoutSlot.Import(tree, purchases)
    local requested = addon.char.requested
    requested[tree.specID] = GetServerTime() + LATEST
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

local function UsesSharedActionBars(configID)
    local info = Traits.GetConfigInfo(configID)
    if type(info) ~= "table" then
        return nil
    end
    return Readable(info.usesSharedActionBars, "boolean")
end

-- The slot has the action bars that the player has: own ones or the shared ones, as the loadout that
-- was selected.
function LoadoutSlot.CopyActionBars(fromID, toID)
    local shared = UsesSharedActionBars(fromID)
    if shared ~= nil and shared ~= UsesSharedActionBars(toID) then
        ClassTalents.SetUsesSharedActionBars(toID, shared)
    end
end

-- The spec of a new loadout: the present one, or one that was left while its slot was on the way.
local function SpecOf(configID)
    for specID in pairs(addon.char.requested) do
        if LoadoutSlot.Exists(specID, configID) then
            return specID
        end
    end
    return TalentTree.SpecID()
end

-- A loadout of the addon's name was created: if it is the one that was asked for, it is the slot from
-- now on, even if it comes late or after a reload. Else the player made it.
local function OnCreated(info)
    info = Readable(info, "table")
    local configID = info and Readable(info.ID, "number")
    local specID = configID and SpecOf(configID)
    if not specID or Readable(info.type) ~= COMBAT_TYPE or Readable(info.name) ~= LoadoutSlot.NAME
        or Noted(specID, configID) ~= nil then
        return
    end
    local deadline = addon.char.requested[specID]
    local isRequested = deadline ~= nil and GetServerTime() <= deadline
    Note(specID, configID, isRequested)
    if isRequested then
        addon.char.requested[specID] = nil
        addon.Fire("SLOT_READY", specID, configID)
    end
end

addon.On("TRAIT_CONFIG_CREATED", OnCreated)
