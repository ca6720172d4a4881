-- Which bosses and dungeons there are, by the game's map ids. The data say it; where they leave a
-- map or an order out, the Encounter Journal is asked. Ids only: names are for showing.
local _, addon = ...

local Readable, Game = addon.Readable, addon.Game

local Encounters = {}
addon.Encounters = Encounters

local MAX_BOSSES = 30
local LAST = 999 -- place of a boss that neither the data nor the journal put in order

local function Known(id)
    return type(id) == "number" and id > 0 and id or nil
end

-- The encounters of the data by id; whatever else stands there is left out.
local function All()
    local infos = {}
    for encounterID, info in pairs(type(addon.EncounterInfo) == "table" and addon.EncounterInfo or {}) do
        if Known(encounterID) and type(info) == "table" then
            infos[encounterID] = info
        end
    end
    return infos
end

function Encounters.Info(encounterID)
    local info = type(addon.EncounterInfo) == "table" and addon.EncounterInfo[encounterID]
    return type(info) == "table" and info or nil
end

-- journalID, dungeonEncounterID, mapID of a boss by its journal id; nil if the journal has none.
local function FromJournal(journalID)
    local _, _, id, _, _, _, encounterID, mapID = Game.EJ_GetEncounterInfo(journalID)
    return Known(id), Known(encounterID), Known(mapID)
end

local function MapOf(info)
    local mapID = Known(info.mapID)
    if not mapID and Known(info.journalID) then
        mapID = select(3, FromJournal(info.journalID))
    end
    return mapID
end

local function ByOrder(one, other)
    if one.order ~= other.order then
        return one.order < other.order
    end
    return one.id < other.id
end

local function RaidFromData(mapID)
    local bosses = {}
    for encounterID, info in pairs(All()) do
        if info.type == "raid" and MapOf(info) == mapID then
            bosses[#bosses + 1] = {
                id = encounterID,
                order = Known(info.order),
                journalID = Known(info.journalID),
                uiMapIDs = type(info.uiMapIDs) == "table" and info.uiMapIDs or nil,
            }
        end
    end
    return bosses
end

-- The journal's bosses of a map, in its order. The instance is named, so nothing gets selected
-- in a journal that the player may have open.
local function RaidFromJournal(mapID)
    local bosses = {}
    local instanceID = Known(Game.EncounterJournal.GetInstanceForGameMap(mapID))
    for index = 1, instanceID and MAX_BOSSES or 0 do
        local _, _, journalID, _, _, _, encounterID = Game.EJ_GetEncounterInfoByIndex(index, instanceID)
        if not journalID then
            break
        end
        if Known(encounterID) then
            bosses[#bosses + 1] = { id = encounterID, order = index, journalID = journalID }
        end
    end
    return bosses
end

local function HaveOrder(bosses)
    for _, boss in ipairs(bosses) do
        if not boss.order then
            return false
        end
    end
    return true
end

-- The bosses of a raid map in order: {id, order, journalID, uiMapIDs}.
function Encounters.Raid(mapID)
    local bosses = RaidFromData(mapID)
    if #bosses == 0 then
        return RaidFromJournal(mapID)
    elseif not HaveOrder(bosses) then
        local places = {}
        for _, boss in ipairs(RaidFromJournal(mapID)) do
            places[boss.id] = boss.order
        end
        for _, boss in ipairs(bosses) do
            boss.order = places[boss.id] or boss.order or LAST
        end
    end
    table.sort(bosses, ByOrder)
    return bosses
end

-- The running keystone, the one in the pedestal, the player's own.
local KEYSTONES = { Game.ChallengeMode.GetActiveChallengeMapID, Game.ChallengeMode.GetSlottedKeystoneInfo,
    Game.MythicPlus.GetOwnedKeystoneChallengeMapID }

-- The halves of a split dungeon share a map; the keystone tells which one is meant.
local function ByKeystone(encounterIDs)
    for _, GetKeystone in ipairs(KEYSTONES) do
        local challengeMapID = Known((GetKeystone()))
        for _, encounterID in ipairs(encounterIDs) do
            if challengeMapID and Encounters.Info(encounterID).challengeModeID == challengeMapID then
                return encounterID
            end
        end
    end
    return nil
end

-- The dungeon of a map, nil if the data have none or cannot tell the halves of a split one apart.
function Encounters.Dungeon(mapID)
    local found, unmapped = {}, {}
    for encounterID, info in pairs(All()) do
        if info.type ~= "raid" then
            if Known(info.mapID) == mapID then
                found[#found + 1] = encounterID
            elseif not Known(info.mapID) and encounterID % 10000 == mapID then
                -- How Warcraft Logs numbers most dungeons; good enough where nothing better is known.
                unmapped[#unmapped + 1] = encounterID
            end
        end
    end
    found = #found > 0 and found or unmapped
    if #found <= 1 then
        return found[1]
    end
    return ByKeystone(found)
end

-- The name in the player's language where the game has it, else as the data have it; nil for what
-- neither knows.
function Encounters.Name(encounterID, journalID)
    local info = Encounters.Info(encounterID)
    journalID = journalID or info and Known(info.journalID)
    local name = journalID and Game.EJ_GetEncounterInfo(journalID)
    if type(name) == "string" and name ~= "" then
        return name
    end
    return info and type(info.name) == "string" and info.name or nil
end

-- What a dungeon is called: as its keystone is, which names the half of a split one, else as the
-- instance is.
function Encounters.DungeonName(encounterID, instanceName)
    local info = Encounters.Info(encounterID)
    local name = info and Known(info.challengeModeID)
        and Game.ChallengeMode.GetMapUIInfo(info.challengeModeID)
    if type(name) == "string" and name ~= "" then
        return name
    end
    return instanceName or Encounters.Name(encounterID)
end

-- The bosses that have their place on a map of the world map, by the journal: id -> {x, y}, parts
-- of the map's width and height where known.
function Encounters.OnMap(uiMapID)
    local pins = {}
    for _, pin in ipairs(Game.EncounterJournal.GetEncountersOnMap(uiMapID) or {}) do
        local _, encounterID = FromJournal(Readable(pin, "table") and pin.encounterID)
        if encounterID then
            pins[encounterID] = { x = Readable(pin.mapX, "number"), y = Readable(pin.mapY, "number") }
        end
    end
    return pins
end
