-- What happened in a raid, by map and difficulty: kills, the last pull, the boss that the player
-- chose. Kept per character, so that a reload or a relog in the middle of a raid loses nothing.
local _, addon = ...

local Readable, Game = addon.Readable, addon.Game

local RaidProgress = {}
addon.RaidProgress = RaidProgress

local LIFETIME = 12 * 3600 -- a raid evening; a later visit is judged by its lockout

local function Key(mapID, difficultyID)
    return mapID .. ":" .. difficultyID
end

local function Expires(now)
    local untilReset = Game.DateAndTime.GetSecondsUntilWeeklyReset()
    local expires = now + LIFETIME
    if type(untilReset) == "number" and untilReset > 0 then
        expires = math.min(expires, now + untilReset)
    end
    return expires
end

local function IsPull(pull)
    return type(pull) == "table" and type(pull.id) == "number" and type(pull.time) == "number"
end

local function IsSession(session)
    return type(session) == "table" and type(session.killed) == "table"
        and type(session.expires) == "number" and (session.pull == nil or IsPull(session.pull))
        and (session.chosen == nil or type(session.chosen) == "number")
end

-- What is known of a raid now: {killed, pull, chosen}; empty if nothing or too long ago.
function RaidProgress.Get(mapID, difficultyID, now)
    local session = addon.char.raids[Key(mapID, difficultyID)]
    if IsSession(session) and now < session.expires then
        return session
    end
    return { killed = {} }
end

local function Prune(now)
    for key, session in pairs(addon.char.raids) do
        if not IsSession(session) or now >= session.expires then
            addon.char.raids[key] = nil
        end
    end
end

local function Change(mapID, difficultyID, now)
    Prune(now)
    local session = RaidProgress.Get(mapID, difficultyID, now)
    session.expires = Expires(now)
    addon.char.raids[Key(mapID, difficultyID)] = session
    return session
end

function RaidProgress.Pulled(mapID, difficultyID, encounterID, now)
    local session = Change(mapID, difficultyID, now)
    if session.killed[encounterID] then
        session.killed = {} -- it stands again: another raid of the same kind
    end
    session.pull = { id = encounterID, time = now }
    session.chosen = nil
end

function RaidProgress.Ended(mapID, difficultyID, encounterID, killed, now)
    local session = Change(mapID, difficultyID, now)
    if killed then
        session.killed[encounterID] = true
        session.pull = nil
        session.chosen = nil
    else
        session.pull = { id = encounterID, time = now, wiped = true }
    end
end

-- The player knows better than any guess, until the next pull.
function RaidProgress.Choose(mapID, difficultyID, encounterID, now)
    Change(mapID, difficultyID, now).chosen = encounterID
end

-- The raid is over for the player: the next one of the same map and difficulty is another. What the
-- player killed is in the lockouts by now.
addon.On("GROUP_LEFT", function()
    addon.char.raids = {}
end)

-- mapID, difficultyID, instanceType, name of where the player is; nil where it cannot be told.
function RaidProgress.Where()
    local name, instanceType, difficultyID, _, _, _, _, mapID = Game.GetInstanceInfo()
    if type(instanceType) ~= "string" or type(mapID) ~= "number" then
        return nil
    elseif Game.IsInInstance() == false then
        instanceType = "none" -- in a garrison the game says "party" (WoWUIBugs 722)
    end
    return mapID, type(difficultyID) == "number" and difficultyID or 0, instanceType, name
end

-- Runs the action for an encounter of the raid that the player is in.
local function InRaid(encounterID, action)
    local mapID, difficultyID, instanceType = RaidProgress.Where()
    if encounterID and instanceType == "raid" then
        action(mapID, difficultyID)
    end
end

addon.On("ENCOUNTER_START", function(encounterID)
    encounterID = Readable(encounterID, "number")
    InRaid(encounterID, function(mapID, difficultyID)
        RaidProgress.Pulled(mapID, difficultyID, encounterID, GetServerTime())
    end)
end)

addon.On("ENCOUNTER_END", function(encounterID, _, _, _, success)
    encounterID = Readable(encounterID, "number")
    success = Readable(success, "number")
    if success then
        InRaid(encounterID, function(mapID, difficultyID)
            RaidProgress.Ended(mapID, difficultyID, encounterID, success == 1, GetServerTime())
        end)
    end
end)
