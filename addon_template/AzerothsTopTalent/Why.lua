-- What the addon sees here, and why it asks or does not: for a player who wonders.
local _, addon = ...

local Builds, Dismissals, ImportExport = addon.Builds, addon.Dismissals, addon.ImportExport
local OfferQueue, PromptText, RaidProgress = addon.OfferQueue, addon.PromptText, addon.RaidProgress
local Readiness, Swaps, TalentTree = addon.Readiness, addon.Swaps, addon.TalentTree
local L = addon.L

local Why = {}
addon.Why = Why

local function Place()
    local mapID, difficultyID, instanceType, name = RaidProgress.Where()
    if not mapID then
        return L.WHY_UNKNOWN_PLACE
    elseif instanceType == "none" then
        return L.WHY_OUTSIDE
    end
    return L.WHY_PLACE:format(type(name) == "string" and name or "?", mapID, difficultyID)
end

-- How far the talents are from the build of what was found; nil if there is none to compare.
local function Distance(tree, found)
    local record = found and found.id and Builds.ForEncounter(tree.specID, found.id)
    local selection = record and ImportExport.Decode(record.talentCode, tree)
    if not selection then
        return nil
    end
    local swaps = Swaps.FromActive(tree, selection)
    return (swaps.otherHeroTree and L.WHY_SWAPS_OTHER_HERO or L.WHY_SWAPS):format(swaps.count)
end

local function Answered(offer)
    if Dismissals.IsNever(offer.key) then
        return L.WHY_NEVER
    elseif Dismissals.HasFailed(offer.key) then
        return L.WHY_FAILED
    end
    return L.WHY_NOT_NOW
end

local function Verdict(trigger, offer, why)
    if not OfferQueue.IsWanted(trigger) then
        return L.WHY_OFF
    elseif not offer then
        return PromptText.NoOffer(why)
    elseif OfferQueue.IsAnswered(offer) then
        return Answered(offer)
    end
    return L.WHY_ASKS
end

-- Sentences, from what is seen to what follows from it.
---@return string[]
function Why.Lines()
    local lines = { Place() }
    local reason, words = Readiness.Blocked()
    if not reason and not Readiness.IsMaxLevel() then
        reason, words = "BLOCKED_LEVEL", Readiness.MaxLevel()
    end
    if reason then
        lines[#lines + 1] = addon.Messages.SentenceForOffer(reason, words, Readiness.Level())
        return lines
    end
    local tree = TalentTree.Read()
    if not tree then
        lines[#lines + 1] = L.BLOCKED_NO_TALENTS
        return lines
    end
    local trigger = OfferQueue.TriggerHere()
    local offer, why, found = OfferQueue.MakeOffer(trigger, tree)
    if found and found.name then
        lines[#lines + 1] = L.NONE_NAMED:format(found.name, PromptText.Reason(found, GetServerTime()))
    end
    lines[#lines + 1] = Distance(tree, found)
    lines[#lines + 1] = Verdict(trigger, offer, why)
    return lines
end
