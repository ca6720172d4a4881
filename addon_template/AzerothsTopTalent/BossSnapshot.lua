-- Collects what the BossFinder needs to know of the raid that the player is in.
local _, addon = ...

local Readable, Game = addon.Readable, addon.Game
local Encounters, RaidProgress = addon.Encounters, addon.RaidProgress

local BossSnapshot = {}
addon.BossSnapshot = BossSnapshot

local DEFEAT_ENCOUNTER = 165 -- criteria type: defeat a dungeon encounter, its asset is the id
local MAX_CRITERIA = 30
local CLEARLY_NEARER = 2 -- the next boss is more than so many times as far away

-- Difficulties that share a lockout are looked up under one of them.
local function LockDifficulty(mapID, difficultyID)
    local redirected = Game.RaidLocks.GetRedirectedDifficultyID(mapID, difficultyID)
    if type(redirected) == "number" and redirected > 0 then
        return redirected
    end
    return difficultyID
end

local function FromLockout(locked, bosses, mapID, difficultyID)
    local lockDifficulty = LockDifficulty(mapID, difficultyID)
    for _, boss in ipairs(bosses) do
        local complete = Game.RaidLocks.IsEncounterComplete(mapID, boss.id, lockDifficulty)
        if complete == nil and boss.journalID then
            -- The journal takes no difficulty: a cleared Normal would make Heroic look done.
            complete = Game.EncounterJournal.IsEncounterComplete(boss.journalID)
        end
        if complete then
            locked[boss.id] = true
        end
    end
end

local function FromScenario(locked)
    local step = Game.ScenarioInfo.GetScenarioStepInfo()
    local count = type(step) == "table" and Readable(step.numCriteria, "number") or 0
    for index = 1, math.min(count, MAX_CRITERIA) do
        local criteria = Game.ScenarioInfo.GetCriteriaInfo(index)
        if type(criteria) == "table" and Readable(criteria.criteriaType) == DEFEAT_ENCOUNTER then
            local encounterID = Readable(criteria.assetID, "number")
            if encounterID and Readable(criteria.completed) == true then
                locked[encounterID] = true
            end
        end
    end
end

-- The boss that the player is clearly nearest to, nil if none is or the game does not tell where
-- the player stands, as in most instances.
local function Nearest(uiMapID, pins)
    local position = Game.Map.GetPlayerMapPosition(uiMapID, "player")
    local x = type(position) == "table" and Readable(position.x, "number")
    local y = type(position) == "table" and Readable(position.y, "number")
    local nearest, distance, second
    for id, pin in pairs(pins) do
        if x and y and pin.x and pin.y then
            local far = math.sqrt((pin.x - x) ^ 2 + (pin.y - y) ^ 2)
            if not distance or far < distance then
                nearest, distance, second = id, far, distance
            elseif not second or far < second then
                second = far
            end
        end
    end
    return second and distance * CLEARLY_NEARER < second and nearest or nil
end

-- The set of bosses on the player's map, and the nearest one.
local function Here(bosses)
    local here = {}
    local uiMapID = Game.Map.GetBestMapForUnit("player")
    if type(uiMapID) ~= "number" then
        return here
    end
    local pins = Encounters.OnMap(uiMapID)
    local nearest = Nearest(uiMapID, pins)
    for _, boss in ipairs(bosses) do
        for _, ownMapID in ipairs(boss.uiMapIDs or {}) do
            if ownMapID == uiMapID then
                here[boss.id] = true
            end
        end
    end
    if next(here) then
        return here, nearest
    end
    for _, boss in ipairs(bosses) do
        here[boss.id] = pins[boss.id] and true
    end
    return here, nearest
end

-- The snapshot, nil if the player is not in a raid.
function BossSnapshot.Take()
    local mapID, difficultyID, instanceType = RaidProgress.Where()
    if instanceType ~= "raid" then
        return nil
    end
    local now = GetServerTime()
    local progress = RaidProgress.Get(mapID, difficultyID, now)
    local bosses = Encounters.Raid(mapID)
    local locked = {}
    FromLockout(locked, bosses, mapID, difficultyID)
    FromScenario(locked)
    local here, nearest = Here(bosses)
    return {
        mapID = mapID,
        difficultyID = difficultyID,
        now = now,
        bosses = bosses,
        killed = progress.killed,
        pull = progress.pull,
        chosen = progress.chosen,
        locked = locked,
        here = here,
        nearest = nearest,
    }
end
