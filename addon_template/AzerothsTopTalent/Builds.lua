-- Reads TalentData.lua: which build is known for what, and how old it is.
-- Everything in that file comes from outside the game, so each field is checked before use.
local _, addon = ...

local Builds = {}
addon.Builds = Builds

local SECONDS_PER_DAY = 86400

-- Days from 1970-01-01 to a date of the Gregorian calendar. The game has no time zone aware
-- date parser: time{...} would read the UTC timestamp as local time.
local function DaysFromCivil(year, month, day)
    if month <= 2 then
        year = year - 1
        month = month + 12
    end
    local era = math.floor(year / 400)
    local yearOfEra = year - era * 400
    local dayOfYear = math.floor((153 * (month - 3) + 2) / 5) + day - 1
    local dayOfEra = yearOfEra * 365 + math.floor(yearOfEra / 4) - math.floor(yearOfEra / 100) + dayOfYear
    return era * 146097 + dayOfEra - 719468
end

-- "2026-11-22T13:00:00" in UTC -> seconds since 1970, nil if it is not such a text.
function Builds.ParseTimestamp(text)
    if type(text) ~= "string" then
        return nil
    end
    local year, month, day, hour, minute, second =
        text:match("^(%d%d%d%d)-(%d%d)-(%d%d)T(%d%d):(%d%d):(%d%d)")
    if not year then
        return nil
    end
    return DaysFromCivil(tonumber(year), tonumber(month), tonumber(day)) * SECONDS_PER_DAY
        + tonumber(hour) * 3600 + tonumber(minute) * 60 + tonumber(second)
end

-- Seconds since the data were fetched, nil if unknown. Never negative: clocks differ a little.
function Builds.Age(now)
    local fetched = Builds.ParseTimestamp(addon.TalentDataTimestamp)
    if not fetched then
        return nil
    end
    return math.max(0, now - fetched)
end

function Builds.AgeText(now)
    local L = addon.L
    local age = Builds.Age(now)
    if not age then
        return L.AGE_UNKNOWN
    elseif age < 3600 then
        return L.AGE_MINUTES
    elseif age < 2 * SECONDS_PER_DAY then
        return L.AGE_HOURS:format(math.floor(age / 3600))
    end
    return L.AGE_DAYS:format(math.floor(age / SECONDS_PER_DAY))
end

-- A record of the file as a build that can be offered, nil if it has no code.
local function Usable(record)
    if type(record) == "table" and type(record.talentCode) == "string" and record.talentCode ~= "" then
        return record
    end
    return nil
end

local function SpecData(specID)
    local data = addon.TalentData
    local spec = type(data) == "table" and data[specID]
    return type(spec) == "table" and spec or nil
end

-- content: "raid" or "mythicplus".
function Builds.General(specID, content)
    local spec = SpecData(specID)
    return spec and type(spec.general) == "table" and Usable(spec.general[content]) or nil
end

function Builds.ForEncounter(specID, encounterID)
    local spec = SpecData(specID)
    return spec and type(spec.encounters) == "table" and Usable(spec.encounters[encounterID]) or nil
end

-- The spec's builds by encounter id; whatever else stands there is left out.
---@param specID integer
---@return table<integer, Build>
function Builds.Encounters(specID)
    local spec, found = SpecData(specID), {}
    for encounterID, record in pairs(spec and type(spec.encounters) == "table" and spec.encounters or {}) do
        if type(encounterID) == "number" then
            found[encounterID] = Usable(record)
        end
    end
    return found
end

-- The most popular builds of the other hero trees beside a build, of the same sample and source.
---@param record Build
---@return Build[]
function Builds.Others(record)
    local others = {}
    for _, other in ipairs(type(record.others) == "table" and record.others or {}) do
        if Usable(other) then
            others[#others + 1] = {
                talentCode = other.talentCode, heroTree = other.heroTree, count = other.count,
                support = other.support, sampleSize = record.sampleSize, source = record.source,
                sampleOf = record,
            }
        end
    end
    return others
end

-- The builds that the player has marked in the desktop app, in the player's order.
---@param specID integer
---@return MarkedBuild[]
function Builds.RaidNight(specID)
    local all, found = addon.RaidNight, {}
    local own = type(all) == "table" and all[specID]
    for _, record in ipairs(type(own) == "table" and own or {}) do
        if Usable(record) then
            found[#found + 1] = record
        end
    end
    return found
end

-- The ids of the encounters that a marked build is for; whatever else stands there is left out.
---@param record MarkedBuild
---@return integer[]
function Builds.MarkedFor(record)
    local ids = {}
    for _, encounterID in ipairs(type(record.encounters) == "table" and record.encounters or {}) do
        if type(encounterID) == "number" then
            ids[#ids + 1] = encounterID
        end
    end
    return ids
end

-- Where a build is from: "warcraftlogs", "parses", "feed" or "sample"; nil if the data do not say.
---@param record Build? nil: where the data is from as a whole
---@return string?
function Builds.Source(record)
    if addon.TalentDataSample then
        return "sample" -- made behind the requests of another source, which the records name
    end
    local own = record and record.source
    local source = type(own) == "string" and own or addon.TalentDataSource
    return type(source) == "string" and source or nil
end

-- Runs the action for each build of the file.
local function ForEach(action)
    for specID in pairs(type(addon.TalentData) == "table" and addon.TalentData or {}) do
        local spec = SpecData(specID)
        for _, group in ipairs({ "general", "encounters" }) do
            for _, record in pairs(spec and type(spec[group]) == "table" and spec[group] or {}) do
                if Usable(record) then
                    action(record, specID)
                end
            end
        end
    end
end

-- Where the builds are from, the data's own source first.
---@return string[]
function Builds.Sources()
    local sources, seen = { Builds.Source(nil) }, {}
    seen[sources[1] or ""] = true
    ForEach(function(record)
        local source = Builds.Source(record)
        if source and not seen[source] then
            seen[source] = true
            sources[#sources + 1] = source
        end
    end)
    return sources
end

-- Number of builds and of specs that have any.
function Builds.Count()
    local builds, specs, seen = 0, 0, {}
    ForEach(function(_, specID)
        builds = builds + 1
        if not seen[specID] then
            seen[specID] = true
            specs = specs + 1
        end
    end)
    return builds, specs
end
