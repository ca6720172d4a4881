-- Whether talents can be changed right now, and if not, why: the key of a sentence.
local _, addon = ...

local Readable, Game = addon.Readable, addon.Game

local Readiness = {}
addon.Readiness = Readiness

-- Enum.AddOnRestrictionType. The map's own restriction (4) is on in every raid and dungeon, also
-- out of combat, and does not concern talents.
local RESTRICTIONS = { [0] = "BLOCKED_COMBAT", "BLOCKED_ENCOUNTER", "BLOCKED_KEY", "BLOCKED_PVP" }

-- These end with an event of the game; the others are looked at again after a moment.
local ENDS_WITH_EVENT = {
    BLOCKED_COMBAT = true, BLOCKED_ENCOUNTER = true, BLOCKED_KEY = true, BLOCKED_PVP = true,
}

local MAX_LEVEL = 90 -- of Midnight, whose trees these are

function Readiness.EndsWithEvent(reason)
    return ENDS_WITH_EVENT[reason] == true
end

function Readiness.MaxLevel()
    return math.max(MAX_LEVEL, Game.GetMaxLevelForLatestExpansion() or 0)
end

function Readiness.Level()
    return Game.UnitLevel("player") or 0
end

-- Builds come from players at the highest level; below it their points are not there.
function Readiness.IsMaxLevel()
    return Readiness.Level() >= Readiness.MaxLevel()
end

local function Fighting()
    if Game.InCombatLockdown() then
        return "BLOCKED_COMBAT"
    elseif Game.InstanceEncounter.IsEncounterInProgress() then
        return "BLOCKED_ENCOUNTER"
    elseif Game.ChallengeMode.IsChallengeModeActive() then
        return "BLOCKED_KEY"
    end
    for kind = 0, 3 do
        if Game.RestrictedActions.IsAddOnRestrictionActive(kind) then
            return RESTRICTIONS[kind]
        end
    end
    return nil
end

-- nil if talents can be changed; else the reason and, where the game gave one, its own words.
function Readiness.Blocked()
    local fighting = Fighting()
    if fighting then
        return fighting
    elseif Game.UnitIsDeadOrGhost("player") then
        return "BLOCKED_DEAD"
    elseif not Game.ClassTalents.GetActiveConfigID() then
        return "BLOCKED_NO_TALENTS"
    end
    local canEdit, words = Game.ClassTalents.CanEditTalents()
    if canEdit == false then
        words = Readable(words, "string")
        return "BLOCKED_GAME", words ~= "" and words or nil
    end
    return nil
end
