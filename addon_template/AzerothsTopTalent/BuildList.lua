-- The rows of the builds window: which builds there are for a spec, in the order of the raid and the
-- dungeons. No frames in here.
local _, addon = ...

local Builds, BuildText, Encounters = addon.Builds, addon.BuildText, addon.Encounters
local L = addon.L

local BuildList = {}
addon.BuildList = BuildList

local LAST = 999
local MORE = "%s +%d"

local function Header(text)
    return { kind = "header", text = text }
end

---@return BuildRow
local function Row(key, name, record, content, encounterID)
    return {
        kind = "build", key = key, name = name, record = record, content = content,
        encounterID = encounterID,
    }
end

-- The builds of other hero trees, each a row below the one that they belong to.
local function AddOthers(rows, main)
    for index, record in ipairs(Builds.Others(main.record)) do
        local row = Row(main.key .. ":" .. index, main.name, record, main.content, main.encounterID)
        row.isOther = true
        rows[#rows + 1] = row
    end
end

local function Add(rows, row)
    rows[#rows + 1] = row
    AddOthers(rows, row)
end

local function AddGeneral(rows, specID)
    local isFirst = true
    for _, content in ipairs({ "raid", "mythicplus" }) do
        local record = Builds.General(specID, content)
        if record then
            if isFirst then
                rows[#rows + 1] = Header(L.BUILDS_GENERAL)
                isFirst = false
            end
            Add(rows, Row("general:" .. content, BuildText.ContentName(content), record, content))
        end
    end
end

local function EncounterName(encounterID)
    local info = Encounters.Info(encounterID)
    local Name = info and info.type == "raid" and Encounters.Name or Encounters.DungeonName
    return Name(encounterID) or tostring(encounterID)
end

-- What the player has marked for raid night in the desktop app: named by the first encounter.
local function AddRaidNight(rows, specID)
    for index, record in ipairs(Builds.RaidNight(specID)) do
        if index == 1 then
            rows[#rows + 1] = Header(L.BUILDS_RAID_NIGHT)
        end
        local names = {}
        for place, encounterID in ipairs(Builds.MarkedFor(record)) do
            names[place] = EncounterName(encounterID)
        end
        local name = names[1] or L.BUILDS_RAID_NIGHT
        if #names > 1 then
            name = MORE:format(name, #names - 1)
        end
        local row = Row("raidnight:" .. index, name, record)
        row.covers = #names > 0 and table.concat(names, ", ") or nil
        rows[#rows + 1] = row
    end
end

local function Number(value, default)
    return type(value) == "number" and value or default
end

-- The spec's encounters of a content as {id, info, record, zone}, in order: the newest zone first,
-- within it as the game orders them.
local function EncountersOf(specID, isRaid)
    local found, newest = {}, {}
    for encounterID, record in pairs(Builds.Encounters(specID)) do
        local info = Encounters.Info(encounterID) or {}
        if (info.type == "raid") == isRaid then
            local zone = type(info.zone) == "string" and info.zone or ""
            newest[zone] = math.max(newest[zone] or 0, encounterID)
            found[#found + 1] = { id = encounterID, info = info, record = record, zone = zone }
        end
    end
    table.sort(found, function(one, other)
        local oneOrder, otherOrder = Number(one.info.order, LAST), Number(other.info.order, LAST)
        if one.zone ~= other.zone then
            return newest[one.zone] > newest[other.zone]
        elseif oneOrder ~= otherOrder then
            return oneOrder < otherOrder
        end
        return one.id < other.id
    end)
    return found
end

-- A raid's name in the player's language where all its bosses are on one map; a Warcraft Logs zone
-- can hold several raids.
local function RaidName(found, zone)
    local mapID
    for _, encounter in ipairs(found) do
        if encounter.zone == zone then
            local map = Number(encounter.info.mapID, nil)
            if not map or mapID and map ~= mapID then
                mapID = nil
                break
            end
            mapID = map
        end
    end
    local name = mapID and addon.Game.GetRealZoneText(mapID)
    if type(name) == "string" and name ~= "" then
        return name
    end
    return zone ~= "" and zone or L.BUILDS_RAID
end

local function AddEncounter(rows, encounter, content)
    local id = encounter.id
    Add(rows, Row("encounter:" .. id, EncounterName(id), encounter.record, content, id))
end

local function AddRaids(rows, specID)
    local found, zone = EncountersOf(specID, true), nil
    for _, encounter in ipairs(found) do
        if encounter.zone ~= zone then
            zone = encounter.zone
            rows[#rows + 1] = Header(RaidName(found, zone))
        end
        AddEncounter(rows, encounter, "raid")
    end
end

local function AddDungeons(rows, specID)
    for index, encounter in ipairs(EncountersOf(specID, false)) do
        if index == 1 then
            rows[#rows + 1] = Header(L.BUILDS_DUNGEONS)
        end
        AddEncounter(rows, encounter, "mythicplus")
    end
end

-- All rows of a spec: those for raid night on top, then general builds, raids and dungeons. Empty
-- without builds.
---@return BuildRow[]
function BuildList.Rows(specID)
    local rows = {}
    if specID then
        AddRaidNight(rows, specID)
        AddGeneral(rows, specID)
        AddRaids(rows, specID)
        AddDungeons(rows, specID)
    end
    return rows
end

-- The place of a row by its key, nil if it is not there (any more).
function BuildList.Find(rows, key)
    for index, row in ipairs(rows) do
        if row.key == key and key ~= nil then
            return index
        end
    end
    return nil
end

-- The next build from a place on, headers skipped: step 1 or -1, or more for a page. Stays at the
-- first and last build.
function BuildList.Step(rows, index, step)
    local direction = step < 0 and -1 or 1
    local found = index
    for _ = 1, math.min(math.abs(step), #rows) do
        local try = (found or (direction > 0 and 0 or #rows + 1)) + direction
        while rows[try] and rows[try].kind ~= "build" do
            try = try + direction
        end
        if not rows[try] then
            break
        end
        found = try
    end
    return found
end
