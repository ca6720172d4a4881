-- Lists the builds in TalentLoadoutsEx and in whatever else reads the global PeaversTalentsData. Only
-- on wish, and never in place of another addon's table of that name. The shapes are those of
-- github.com/peavers-warcraft/PeaversTalentsData.
local _, addon = ...

local Builds, Encounters = addon.Builds, addon.Encounters

local Bridge = {}
addon.TalentLoadoutsExBridge = Bridge

local GLOBAL_NAME, SOURCE = "PeaversTalentsData", "azeroths-top-talent"
local CATEGORIES = { raid = "raid", mythicplus = "mythic" } -- by content
local ALL = 0 -- the dungeonID of a build for everything

local function Entry(content, dungeonID, label, record)
    return {
        source = SOURCE, category = CATEGORIES[content], dungeonID = dungeonID, label = label,
        talentString = record.talentCode, updated = addon.TalentDataTimestamp,
    }
end

-- The readers join builds with the game's encounters by their English names, which the data have.
local function Label(row)
    local info = Encounters.Info(row.encounterID)
    return info and type(info.name) == "string" and info.name or row.name
end

-- classID and dungeonID are not looked at beyond their filter: a spec belongs to one class.
local function GetBuilds(_, specID, source, dungeonID)
    local builds, places = {}, { raid = 0, mythicplus = 0 }
    for _, row in ipairs((source == nil or source == SOURCE) and addon.BuildList.Rows(specID) or {}) do
        if row.content and not row.isOther then -- a build; not one for raid night, which is there twice
            local place = ALL
            if row.encounterID then
                places[row.content] = places[row.content] + 1
                place = places[row.content]
            end
            if dungeonID == nil or dungeonID == place then
                local label = row.encounterID and Label(row) or "All"
                builds[#builds + 1] = Entry(row.content, place, label, row.record)
            end
        end
    end
    return builds
end

local function GetSources()
    return Builds.Count() > 0 and { SOURCE } or {}
end

local function GetLastUpdate(source)
    local updated = addon.TalentDataTimestamp
    local known = source == nil or source == SOURCE
    return known and { [SOURCE] = { mythic = updated, raid = updated } } or {}
end

local ours = { API = { GetBuilds = GetBuilds, GetSources = GetSources, GetLastUpdate = GetLastUpdate } }

-- Puts the table there or takes it away, as the option says. Another addon's table stays.
function Bridge.Update()
    local there = rawget(_G, GLOBAL_NAME)
    if there == nil and addon.db.settings.shareBuilds then
        _G[GLOBAL_NAME] = ours
    elseif there == ours and not addon.db.settings.shareBuilds then
        _G[GLOBAL_NAME] = nil
    end
end

-- By now all addons that load with the interface are there.
addon.On("PLAYER_LOGIN", Bridge.Update)
