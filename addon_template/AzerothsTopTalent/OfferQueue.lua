-- When a trigger to offer something has come, holds it until it is possible, then asks or applies.
-- One trigger waits and one prompt is open at most; of two the more specific stays.
-- The prompt is answered by the player only: hidden by something else it comes back by itself.
local _, addon = ...

local Dismissals, Offers, Readiness = addon.Dismissals, addon.Offers, addon.Readiness
local LoadoutManager, RaidProgress = addon.LoadoutManager, addon.RaidProgress
local TalentTree = addon.TalentTree

local OfferQueue = {}
addon.OfferQueue = OfferQueue

---@class Trigger why there may be something to offer
---@field what "login"|"spec"|"dungeon"|"boss"|"pull"
---@field mapID integer? where it holds
---@field encounterID integer? that was pulled
---@field asked boolean? the player asked for it: settings and earlier answers do not count
---@field ask boolean? never without a question
---@field notBefore number? the game's time to try again, after it refused

local RANK = { login = 1, spec = 1, dungeon = 3, boss = 3, pull = 4 }
local LOOK_AGAIN = 2 -- seconds, where no event tells the end of what is in the way
local REFUSED_FOR = 30 -- seconds until a refused offer comes again: a cooldown, a flight

local waiting
local looking = false

-- True if the options want it, or the player asked.
---@param trigger Trigger
function OfferQueue.IsWanted(trigger)
    local settings = addon.db.settings
    if trigger.asked then
        return true
    elseif not settings.enabled then
        return false
    elseif trigger.what == "boss" then
        return settings.onReadyCheck
    elseif trigger.what == "dungeon" then
        return settings.onDungeon
    elseif trigger.what == "pull" then
        return settings.autoApply
    end
    return settings.onLogin
end

-- The offer of a trigger, nil and why if there is none (any more), and what was found.
---@param trigger Trigger
---@param tree TalentTree
---@return Offer?
---@return string? why
---@return Found?
function OfferQueue.MakeOffer(trigger, tree)
    if trigger.mapID and trigger.mapID ~= RaidProgress.Where() then
        return nil, "LEFT"
    elseif trigger.what == "boss" then
        return Offers.Boss(tree, trigger.asked)
    elseif trigger.what == "dungeon" then
        return Offers.Dungeon(tree, trigger.asked)
    elseif trigger.what == "pull" then
        return Offers.Pulled(tree, trigger.encounterID)
    end
    return Offers.General(tree)
end

---@param offer Offer
function OfferQueue.IsAnswered(offer)
    return Dismissals.IsNever(offer.key) or Dismissals.IsNotNow(offer.key, GetServerTime())
end

local function Present(trigger, offer)
    offer.trigger = trigger
    if offer.auto and addon.db.settings.autoApply and not trigger.ask and not trigger.asked then
        OfferQueue.Apply(offer, offer.record)
    else
        addon.PromptUI.Show(offer)
    end
end

-- Presents what waits, if nothing is in the way any more.
function OfferQueue.Check()
    local trigger = waiting
    if not trigger or LoadoutManager.IsBusy() then
        return
    elseif trigger.notBefore and GetTime() < trigger.notBefore then
        OfferQueue.CheckAgain()
        return
    elseif not OfferQueue.IsWanted(trigger) or not Readiness.IsMaxLevel() then
        waiting = nil
        return
    end
    local reason = Readiness.Blocked()
    local tree = not reason and TalentTree.Read()
    if not tree then
        OfferQueue.CheckAgain(reason)
        return
    end
    waiting = nil
    local open = addon.PromptUI.Current()
    if open and open.trigger.what == trigger.what then
        addon.PromptUI.Close() -- another boss may be next by now, or nothing to offer any more
    end
    local offer, why, found = OfferQueue.MakeOffer(trigger, tree)
    addon.Debug("trigger", trigger.what, offer and offer.key or why)
    if offer and (trigger.asked or not OfferQueue.IsAnswered(offer)) then
        Present(trigger, offer)
    elseif trigger.asked then
        addon.Print(addon.PromptText.NoOffer(why, found))
    end
end

-- Looks again soon, unless an event of the game will say when it is time.
function OfferQueue.CheckAgain(reason)
    if looking or Readiness.EndsWithEvent(reason) then
        return
    end
    looking = true
    C_Timer.After(LOOK_AGAIN, function()
        looking = false
        OfferQueue.Check()
    end)
end

-- A trigger has come. It gives way to what is more specific, waiting or on the screen.
function OfferQueue.Add(trigger)
    if not OfferQueue.IsWanted(trigger) then
        return
    end
    local open = addon.PromptUI.Current()
    local rank = RANK[trigger.what]
    if waiting and RANK[waiting.what] > rank or open and RANK[open.trigger.what] > rank then
        return
    end
    waiting = trigger
    OfferQueue.Check()
end

-- Puts an offer that could not be answered back in line.
function OfferQueue.Requeue(offer)
    if not waiting or RANK[waiting.what] <= RANK[offer.trigger.what] then
        waiting = offer.trigger
        OfferQueue.CheckAgain(Readiness.Blocked())
    end
end

-- A boss that is pulled by now or dead needs no build any more.
function OfferQueue.DropPull(encounterID)
    if waiting and waiting.what == "pull" and waiting.encounterID == encounterID then
        waiting = nil
    end
end

function OfferQueue.Apply(offer, record)
    return LoadoutManager.Apply({ code = record.talentCode, label = addon.PromptText.Label(offer, record),
        offer = offer })
end

-- The player's answer: "switch", "raid", "mythicplus", "later", "never"; "none" when its time is up,
-- which is no answer: the next trigger asks again.
function OfferQueue.Answer(offer, answer)
    if answer == "never" then
        Dismissals.Never(offer.key)
    elseif answer == "later" then
        Dismissals.NotNow(offer.key, GetServerTime())
    elseif answer ~= "none" then
        OfferQueue.Apply(offer, offer.choices and offer.choices[answer] or offer.record)
    end
end

-- What there may be to offer where the player is.
---@return Trigger
function OfferQueue.TriggerHere()
    local mapID, _, instanceType = RaidProgress.Where()
    if instanceType == "raid" then
        return { what = "boss", mapID = mapID }
    elseif instanceType == "party" then
        return { what = "dungeon", mapID = mapID }
    end
    return { what = "login" }
end

-- The player wants to see what there is for here; says which boss it is, if one is given.
function OfferQueue.OfferHere(encounterID)
    local trigger = OfferQueue.TriggerHere()
    if trigger.what == "boss" and encounterID then
        local mapID, difficultyID = RaidProgress.Where()
        RaidProgress.Choose(mapID, difficultyID, encounterID, GetServerTime())
    end
    addon.PromptUI.Close()
    waiting = nil
    local reason, words = Readiness.Blocked()
    if reason then
        addon.Print(addon.Messages.SentenceForOffer(reason, words))
    elseif not Readiness.IsMaxLevel() then
        addon.Print(addon.Messages.Sentence("BLOCKED_LEVEL", Readiness.MaxLevel(), Readiness.Level()))
        return
    end
    trigger.asked = true
    OfferQueue.Add(trigger)
end

-- The same again would fail the same way: no use in offering it again during this visit.
local HOPELESS = { FAILED_MISFIT = true, FAILED_UNSPENT = true, FAILED_NO_SLOT = true }

-- In the way now and over later: offered again then. Broken off by a step or a jump: asked again.
addon.Register("LOADOUT_FINISHED", function(request, reason)
    local offer = request.offer
    if offer and reason then
        if HOPELESS[reason] then
            Dismissals.Failed(offer.key)
        elseif reason == "FAILED_INTERRUPTED" then
            offer.trigger.ask = true
            OfferQueue.Requeue(offer)
        elseif reason == "BLOCKED_GAME" then
            offer.trigger.ask, offer.trigger.notBefore = true, GetTime() + REFUSED_FOR
            OfferQueue.Requeue(offer)
        elseif Readiness.EndsWithEvent(reason) then
            OfferQueue.Requeue(offer)
        end
    end
    OfferQueue.Check()
end)
