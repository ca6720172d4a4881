-- What is said of a build, in the prompt and in the builds window: figures, support, changes, source
-- and age. No frames in here.
local _, addon = ...

local Builds, TalentTree = addon.Builds, addon.TalentTree
local L = addon.L

local BuildText = {}
addon.BuildText = BuildText

local OLD_AFTER = 14 * 86400 -- seconds
local FEWEST = 5 -- with fewer players behind it a build is no common one
local Z_95 = 1.959964 -- as precise as the desktop app has it: both round to the same percent

-- What a build of a content is called where it is for no boss or dungeon of its own.
---@param content Content
function BuildText.ContentName(content)
    return content == "raid" and L.RAID_BUILD or L.MPLUS_BUILD
end

-- A number of players or a percentage; the range leaves out what is no number of anything, too.
local function IsFigure(value)
    return type(value) == "number" and value >= 0 and value < 1e6
end

-- The 95 % interval of a share by Wilson, in whole percent.
local function Interval(count, size)
    local z2 = Z_95 ^ 2
    local share, weight = math.min(count, size) / size, 1 + z2 / size
    local centre = (share + z2 / (2 * size)) / weight
    local half = math.sqrt(z2 * (share * (1 - share) / size + z2 / (4 * size ^ 2))) / weight
    return math.floor(100 * (centre - half) + 0.5), math.floor(100 * (centre + half) + 0.5)
end

-- True for a general build and those beside it: their sample pools the rankings of all encounters, in
-- which a player can stand more than once.
local function IsPooled(record)
    local specID = TalentTree.SpecID()
    record = record.sampleOf or record
    return specID ~= nil
        and (record == Builds.General(specID, "raid") or record == Builds.General(specID, "mythicplus"))
end

-- "17 of 50 top players play this or within 3 swaps; 4 play exactly this (3 to 19%)"; without the
-- support, how many play exactly it.
---@param record Build
---@return string?
function BuildText.Figures(record)
    local count, size, support = record.count, record.sampleSize, record.support
    if not IsFigure(count) or not IsFigure(size) or size <= 0 then
        return nil
    elseif IsFigure(support) then
        local text = IsPooled(record) and L.FIGURES_SUPPORT_POOLED or L.FIGURES_SUPPORT
        text = text:format(support, size, count, Interval(count, size))
        return support < FEWEST and L.FIGURES_NO_COMMON:format(text) or text
    elseif IsFigure(record.popularity) then
        local text = IsPooled(record) and L.FIGURES_POOLED or L.FIGURES
        return (text:format(count, size, record.popularity):gsub("(%d)%.(%d)", "%1" .. L.DECIMAL .. "%2"))
    end
    return nil
end

-- That counts do not tell a build from others; nil where they do.
---@param record Build
---@return string?
function BuildText.Undecided(record)
    return IsFigure(record.undecided) and record.undecided > 0 and L.UNDECIDED:format(record.undecided) or nil
end

-- "61/160", what fits into a column; nil if unknown.
function BuildText.ShortFigures(record)
    local players = IsFigure(record.support) and record.support or record.count
    if not IsFigure(players) or not IsFigure(record.sampleSize) then
        return nil
    end
    return ("%d/%d"):format(players, record.sampleSize)
end

-- Abilities that leave or join the action bars first: they are what a player feels. Then the other
-- hero tree, and the number of swaps.
---@param changes Changes
---@return string[]
function BuildText.Changes(changes)
    local lines = {}
    if #changes.offBars > 0 then
        lines[1] = L.OFF_ACTION_BARS:format(table.concat(changes.offBars, ", "))
    end
    if #changes.newAbilities > 0 then
        lines[#lines + 1] = L.NEW_ABILITIES:format(table.concat(changes.newAbilities, ", "))
    end
    if changes.otherHeroTree and changes.heroThen then
        lines[#lines + 1] = changes.heroNow and L.OTHER_HERO_TREE:format(changes.heroThen, changes.heroNow)
            or L.NEW_HERO_TREE:format(changes.heroThen)
    end
    if changes.swaps > 0 then
        lines[#lines + 1] = L.SWAPS_FROM_YOURS:format(changes.swaps)
    end
    return #lines > 0 and lines or { L.NOTHING_CHANGES }
end

-- The same in a few words, for a column.
---@param changes Changes
function BuildText.ShortChanges(changes)
    local swaps = changes.swaps > 0 and L.SWAPS:format(changes.swaps) or nil
    if changes.otherHeroTree then
        return swaps and L.AND_HERO_SHORT:format(swaps) or L.OTHER_HERO_SHORT
    end
    return swaps or L.YOURS
end

function BuildText.IsOld(now)
    local age = Builds.Age(now)
    return age ~= nil and age > OLD_AFTER
end

local SOURCES = { warcraftlogs = "Warcraft Logs", parses = "parses.gg", feed = L.SOURCE_FEED }

-- Where the builds come from, in words; nil if the data do not say or a sentence of its own does.
function BuildText.SourceName(source)
    return source and SOURCES[source]
end

-- Where all the builds are from, in words; nil for sample data and where they do not say.
---@return string?
function BuildText.SourceNames()
    local names, seen = {}, {}
    for _, source in ipairs(Builds.Sources()) do
        local name = BuildText.SourceName(source)
        if name and not seen[name] then
            seen[name] = true
            names[#names + 1] = name
        end
    end
    return #names > 0 and table.concat(names, ", ") or nil
end

-- Source and age of a build, and a warning when it is old and the player wants to know.
---@param record Build?
---@return string[]
function BuildText.Origin(record, now)
    local source, age = Builds.Source(record), Builds.AgeText(now)
    local name = BuildText.SourceName(source)
    local lines = { name and L.SOURCE_AGE:format(name, age) or L.DATA_AGE:format(age) }
    if BuildText.IsOld(now) and addon.db.settings.warnOld then
        lines[1] = L.DATA_OLD:format(age)
        lines[2] = name and L.SOURCE_ONLY:format(name) or nil
    end
    if source == "sample" then
        lines[#lines + 1] = L.STATUS_SAMPLE
    end
    return lines
end
