-- The addon's own loadout, one per spec: the only saved loadout it ever writes to. Told by its id
-- and its name together: one that the player renamed has become the player's.
local _, addon = ...

local Readable, Game = addon.Readable, addon.Game

local LoadoutSlot = {}
addon.LoadoutSlot = LoadoutSlot

LoadoutSlot.NAME = "Top Talent"

local COMBAT_TYPE = 1 -- Enum.TraitConfigType.Combat

-- Specs for which a slot was asked for, with the ids that were there before.
local requested = {}

local function KnownIDs(specID)
    local known = {}
    for _, configID in ipairs(Game.ClassTalents.GetConfigIDsBySpecID(specID) or {}) do
        known[configID] = true
    end
    return known
end

-- True if the loadout is one of the spec's saved ones.
function LoadoutSlot.Exists(specID, configID)
    return configID ~= nil and KnownIDs(specID)[configID] == true
end

-- The id of the slot if it is still there and still ours, else nil. Ids only: the order of the
-- game's list changes from login to login.
function LoadoutSlot.Find(specID)
    local configID = addon.char.slots[specID]
    if not LoadoutSlot.Exists(specID, configID) then
        return nil
    end
    local info = Game.Traits.GetConfigInfo(configID)
    local name = type(info) == "table" and Readable(info.name, "string")
    if name and name ~= LoadoutSlot.NAME then
        return nil
    end
    return configID
end

-- Asks the game for the slot; it arrives with an event. nil, or why there will be none.
function LoadoutSlot.Request(specID)
    if Game.ClassTalents.CanCreateNewConfig() ~= true then
        return "FAILED_NO_SLOT"
    end
    requested[specID] = KnownIDs(specID)
    if not Game.ClassTalents.RequestNewConfig(LoadoutSlot.NAME) then
        requested[specID] = nil
        return "FAILED_REFUSED"
    end
    return nil
end

-- A loadout was created: if it is the one that was asked for, it is ours from now on, even if it
-- comes late.
local function OnCreated(info)
    info = Readable(info, "table")
    local specID = addon.TalentTree.SpecID()
    local before = specID and requested[specID]
    local configID = info and Readable(info.ID, "number")
    if not configID or not before or Readable(info.type) ~= COMBAT_TYPE then
        return
    end
    if Readable(info.name) ~= LoadoutSlot.NAME or before[configID] then
        return
    end
    requested[specID] = nil
    addon.char.slots[specID] = configID
    -- A new loadout has action bars of its own; the player wants the ones there are.
    Game.ClassTalents.SetUsesSharedActionBars(configID, true)
    addon.Fire("SLOT_READY", specID, configID)
end

addon.On("TRAIT_CONFIG_CREATED", OnCreated)
