-- What other addons can ask: the builds of a spec or of an encounter, where they are from and how old
-- they are. Documented in addon_template/API.md. Answers are copies, so nobody changes the data of another;
-- wrong arguments have no answer, and are no error.
local _, addon = ...

local Builds, Encounters = addon.Builds, addon.Encounters

local VERSION = 1 -- rises when something that exists changes its meaning; additions leave it

---@return PublicBuild
local function Copy(record, specID, content, encounterID, isAlternative)
    local info = encounterID and Encounters.Info(encounterID) or nil
    return {
        specID = specID,
        content = content,
        encounterID = encounterID,
        encounterName = encounterID and Encounters.Name(encounterID) or nil,
        mapID = info and info.mapID or nil,
        importString = record.talentCode,
        heroTree = record.heroTree,
        count = record.count,
        support = record.support,
        sampleSize = record.sampleSize,
        popularity = record.popularity,
        undecided = record.undecided,
        generalFits = record.generalFits == true,
        isAlternative = isAlternative,
        source = Builds.Source(record),
    }
end

-- The build and, behind it, those of other hero trees.
local function AddAll(list, record, specID, content, encounterID)
    if record then
        list[#list + 1] = Copy(record, specID, content, encounterID, false)
        for _, other in ipairs(Builds.Others(record)) do
            list[#list + 1] = Copy(other, specID, content, encounterID, true)
        end
    end
    return list
end

local function ContentOf(encounterID)
    local info = Encounters.Info(encounterID)
    return info and info.type == "raid" and "raid" or "mythicplus"
end

local API = { VERSION = VERSION }

-- All builds of a spec: general builds first, then by encounter id.
---@param specID integer
---@return PublicBuild[]
function API.GetBuilds(specID)
    local list, ids = {}, {}
    for _, content in ipairs({ "raid", "mythicplus" }) do
        AddAll(list, Builds.General(specID, content), specID, content)
    end
    for encounterID in pairs(Builds.Encounters(specID)) do
        ids[#ids + 1] = encounterID
    end
    table.sort(ids)
    for _, encounterID in ipairs(ids) do
        AddAll(list, Builds.ForEncounter(specID, encounterID), specID, ContentOf(encounterID), encounterID)
    end
    return list
end

-- The build of an encounter and those of other hero trees behind it; empty if there is none.
---@param specID integer
---@param encounterID integer the game's DungeonEncounter id for bosses, Warcraft Logs' id for dungeons
---@return PublicBuild[]
function API.GetEncounterBuilds(specID, encounterID)
    return AddAll({}, Builds.ForEncounter(specID, encounterID), specID, ContentOf(encounterID), encounterID)
end

-- What the player has marked for raid night in the desktop app, in the player's order.
---@param specID integer
---@return PublicMarkedBuild[]
function API.GetRaidNightBuilds(specID)
    local list = {}
    for index, record in ipairs(Builds.RaidNight(specID)) do
        list[index] = {
            specID = specID, importString = record.talentCode, heroTree = record.heroTree,
            encounterIDs = Builds.MarkedFor(record),
        }
    end
    return list
end

-- Where the data come from: "warcraftlogs", "parses", "feed" or "sample"; nil if they do not say.
-- A build can have a source of its own.
---@return string?
function API.GetSource()
    return Builds.Source(nil)
end

-- Seconds since the data were fetched; nil without data.
---@return integer?
function API.GetAge()
    return Builds.Age(GetServerTime())
end

-- When the data were fetched, UTC: "2026-11-22T13:00:00"; nil without data.
---@return string?
function API.GetTimestamp()
    return Builds.Age(GetServerTime()) and addon.TalentDataTimestamp or nil
end

AzerothsTopTalentAPI = API
