-- Where the player is and what goes on there; which of it is secret.
local client = ...

local world = { difficulty = 0, instanceType = "none", mapID = 0, name = "Outland", killed = {}, journal = {},
    pins = {}, criteria = {}, keystoneNames = {}, zoneNames = {} }
client.world = world
client.player.name, client.player.realm = "Tester", "Azeroth"

-- secrets: nil none, "raid" what 12.x hides in raids, "all" everything about the world
local function Maybe(value)
    if world.secrets == "all" then
        return client.Secret()
    end
    return value
end

local function MaybeAll(...)
    if world.secrets ~= "all" then
        return ...
    end
    local values = {}
    for index = 1, select("#", ...) do
        values[index] = client.Secret()
    end
    return unpack(values, 1, select("#", ...))
end

local Define = client.Define

Define("GetInstanceInfo", function()
    return MaybeAll(world.name, world.instanceType, world.difficulty, "", 20, 0, false, world.mapID, 20)
end)
Define("InCombatLockdown", function() return world.combat == true end)
Define("UnitIsDeadOrGhost", function() return world.dead == true end)
Define("UnitLevel", function() return client.player.level end)
Define("GetMaxLevelForLatestExpansion", function() return 90 end)
Define("UnitName", function(unit)
    if unit ~= "player" and world.secrets then
        return client.Secret()
    end
    return client.player.name
end)
Define("GetRealmName", function() return client.player.realm end)
Define("GetLocale", function() return client.locale end)
Define("IsInInstance", function()
    return world.instanceType ~= "none" and not world.garrison, world.instanceType
end)
Define("C_Loot", { IsLegacyLootModeEnabled = function() return world.oldContent == true end })
Define("RequestRaidInfo", function()
    client.After(0.1, function() client.Fire("UPDATE_INSTANCE_INFO") end)
end)

Define("C_SpecializationInfo", {
    GetSpecialization = function() return client.player.specIndex end,
    GetSpecializationInfo = function(index) return client.player.specs[index] or 0, "Spec" .. index end,
})
Define("PlayerUtil", { GetCurrentSpecID = function()
    return client.player.specs[client.player.specIndex]
end })
Define("GetSpecializationNameForSpecID", function(specID) return "Spec " .. specID end)
Define("GetRealZoneText", function(mapID) return Maybe(world.zoneNames[mapID] or "") end)
Define("C_InstanceEncounter", { IsEncounterInProgress = function() return world.encounter == true end })
Define("C_ChallengeMode", {
    IsChallengeModeActive = function() return world.keyRunning == true end,
    GetMapUIInfo = function(challengeMapID)
        local name = world.keystoneNames[challengeMapID]
        return Maybe(name), challengeMapID, 1800
    end,
    GetActiveChallengeMapID = function() return Maybe(world.keyRunning and world.challengeMapID or nil) end,
    GetSlottedKeystoneInfo = function()
        if world.slottedKey then
            return Maybe(world.slottedKey), {}, 10
        end
    end,
})
Define("C_MythicPlus", { GetOwnedKeystoneChallengeMapID = function() return Maybe(world.ownKey) end })
Define("C_RestrictedActions", { IsAddOnRestrictionActive = function(kind)
    assert(type(kind) == "number" and kind >= 0 and kind <= 5)
    return kind == 0 and world.combat == true or kind == 1 and world.encounter == true
        or kind == 2 and world.keyRunning == true or kind == 3 and world.pvpMatch == true
        or kind == 4 and world.instanceType ~= "none"
end })
Define("C_DateAndTime", { GetSecondsUntilWeeklyReset = function() return world.untilReset or 400000 end })

-- Lockouts: killed["map:encounter:difficulty"]. Arguments in another order find nothing.
Define("C_RaidLocks", {
    IsEncounterComplete = function(mapID, encounterID, difficultyID)
        return Maybe(world.killed[mapID .. ":" .. encounterID .. ":" .. tostring(difficultyID)] == true)
    end,
    GetRedirectedDifficultyID = function(_, difficultyID)
        return Maybe(world.redirected and world.redirected[difficultyID] or 0)
    end,
})

-- Encounter Journal: journal[mapID] = {instanceID, bosses = {{journalID, encounterID, name}}}
local function JournalBoss(journalID)
    for mapID, raid in pairs(world.journal) do
        for index, boss in ipairs(raid.bosses) do
            if boss.journalID == journalID then
                return mapID, raid, boss, index
            end
        end
    end
end

local function Entry(mapID, raid, boss)
    return boss.name, "", boss.journalID, 0, "", raid.instanceID, boss.encounterID, mapID
end

Define("EJ_GetEncounterInfo", function(journalID)
    local mapID, raid, boss = JournalBoss(journalID)
    if mapID then
        return MaybeAll(Entry(mapID, raid, boss))
    end
end)
Define("EJ_GetEncounterInfoByIndex", function(index, instanceID)
    for mapID, raid in pairs(world.journal) do
        if raid.instanceID == instanceID and raid.bosses[index] then
            return MaybeAll(Entry(mapID, raid, raid.bosses[index]))
        end
    end
end)
Define("C_EncounterJournal", {
    GetInstanceForGameMap = function(mapID)
        return Maybe(world.journal[mapID] and world.journal[mapID].instanceID)
    end,
    IsEncounterComplete = function(journalID)
        local mapID, _, boss = JournalBoss(journalID)
        local prefix = mapID and mapID .. ":" .. boss.encounterID .. ":"
        for key, killed in pairs(world.killed) do -- it knows of no difficulty
            if killed and prefix and key:sub(1, #prefix) == prefix then
                return Maybe(true)
            end
        end
        return Maybe(false)
    end,
    GetEncountersOnMap = function(uiMapID)
        local pins = {}
        for index, journalID in ipairs(world.pins[uiMapID] or {}) do
            pins[index] = { encounterID = journalID, mapX = 0.2 * index, mapY = 0.5 }
        end
        return pins
    end,
})
Define("C_Map", {
    GetBestMapForUnit = function(unit)
        assert(unit == "player")
        return Maybe(world.uiMapID)
    end,
    GetPlayerMapPosition = function(uiMapID, unit)
        assert(type(uiMapID) == "number" and unit == "player")
        return world.position and { x = Maybe(world.position[1]), y = Maybe(world.position[2]) } or nil
    end,
})
Define("C_ScenarioInfo", {
    GetScenarioStepInfo = function()
        return #world.criteria > 0 and { numCriteria = #world.criteria } or nil
    end,
    GetCriteriaInfo = function(index) return world.criteria[index] end,
})
