-- When a moment to offer something has come, holds it until it is possible, then asks or applies.
-- One moment waits and one prompt is open at most; of two the more specific stays.
-- A moment: {what = "login"|"spec"|"dungeon"|"boss"|"pull", mapID, encounterID; asked: the player
-- asked for it, so settings and earlier answers do not count; ask: never without a question}
local _, addon = ...

local Answers, Offers, Readiness = addon.Answers, addon.Offers, addon.Readiness
local LoadoutManager, RaidProgress = addon.LoadoutManager, addon.RaidProgress
local TalentTree = addon.TalentTree

local Moments = {}
addon.Moments = Moments

local RANK = { login = 1, spec = 1, dungeon = 3, boss = 3, pull = 4 }
local LOOK_AGAIN = 2 -- seconds, where no event tells the end of what is in the way

local waiting
local looking = false

local function IsWanted(moment)
    local settings = addon.db.settings
    if moment.asked then
        return true
    elseif not settings.enabled then
        return false
    elseif moment.what == "boss" then
        return settings.onReadyCheck
    elseif moment.what == "dungeon" then
        return settings.onDungeon
    elseif moment.what == "pull" then
        return settings.autoApply
    end
    return settings.onLogin
end

-- The offer of a moment, nil and why if there is none (any more).
local function MakeOffer(moment, tree)
    if moment.mapID and moment.mapID ~= RaidProgress.Where() then
        return nil, "LEFT"
    elseif moment.what == "boss" then
        return Offers.Boss(tree)
    elseif moment.what == "dungeon" then
        return Offers.Dungeon(tree)
    elseif moment.what == "pull" then
        return Offers.Pulled(tree, moment.encounterID)
    end
    return Offers.General(tree)
end

local function IsAnswered(offer)
    return Answers.IsNever(offer.key) or Answers.IsNotNow(offer.key, GetServerTime())
end

local function Present(moment, offer)
    offer.moment = moment
    if offer.auto and addon.db.settings.autoApply and not moment.ask and not moment.asked then
        Moments.Apply(offer, offer.record)
    else
        addon.PromptUI.Show(offer)
    end
end

local function Look()
    local moment = waiting
    if not moment or LoadoutManager.IsBusy() then
        return
    elseif not IsWanted(moment) or not Readiness.IsMaxLevel() then
        waiting = nil
        return
    end
    local reason = Readiness.Blocked()
    local tree = not reason and TalentTree.Read()
    if not tree then
        Moments.LookAgain(reason)
        return
    end
    waiting = nil
    local offer, why, found = MakeOffer(moment, tree)
    addon.Debug("moment", moment.what, offer and offer.key or why)
    if offer and (moment.asked or not IsAnswered(offer)) then
        Present(moment, offer)
    elseif moment.asked then
        addon.Print(addon.PromptText.NoOffer(why, found))
    end
end

-- Looks again soon, unless an event of the game will say when it is time.
function Moments.LookAgain(reason)
    if looking or Readiness.EndsWithEvent(reason) then
        return
    end
    looking = true
    C_Timer.After(LOOK_AGAIN, function()
        looking = false
        Look()
    end)
end

-- A moment has come. It gives way to what is more specific, waiting or on the screen.
function Moments.Add(moment)
    if not IsWanted(moment) then
        return
    end
    local open = addon.PromptUI.Current()
    local rank = RANK[moment.what]
    if waiting and RANK[waiting.what] > rank or open and RANK[open.moment.what] > rank then
        return
    end
    waiting = moment
    Look()
end

-- Something that was in the way may be gone.
function Moments.Look()
    Look()
end

-- Puts an offer that could not be answered back in line.
function Moments.Postpone(offer)
    if not waiting or RANK[waiting.what] <= RANK[offer.moment.what] then
        waiting = offer.moment
        Moments.LookAgain(Readiness.Blocked())
    end
end

-- A boss that is pulled by now or dead needs no build any more.
function Moments.DropPull(encounterID)
    if waiting and waiting.what == "pull" and waiting.encounterID == encounterID then
        waiting = nil
    end
end

function Moments.Apply(offer, record)
    return LoadoutManager.Apply({ code = record.talentCode, label = addon.PromptText.Label(offer, record),
        offer = offer })
end

-- The player's answer: "switch", "raid", "mythicplus", "later", "never"; or "none" in time.
function Moments.Answer(offer, answer)
    if answer == "never" then
        Answers.Never(offer.key)
    elseif answer == "later" or answer == "none" and offer.moment.what ~= "boss" then
        Answers.NotNow(offer.key, GetServerTime())
    elseif answer == "none" then
        return -- the next ready check is another moment
    else
        Moments.Apply(offer, offer.choices and offer.choices[answer] or offer.record)
    end
end

-- The player wants to see what there is for here; says which boss it is, if one is given.
function Moments.AskHere(encounterID)
    local mapID, difficultyID, instanceType = RaidProgress.Where()
    local what = instanceType == "raid" and "boss" or instanceType == "party" and "dungeon" or "login"
    if what == "boss" and encounterID then
        RaidProgress.Choose(mapID, difficultyID, encounterID, GetServerTime())
    end
    addon.PromptUI.Close()
    waiting = nil
    local reason, words = Readiness.Blocked()
    if reason then
        addon.Print(addon.Messages.Sentence(reason, words))
    elseif not Readiness.IsMaxLevel() then
        addon.Print(addon.Messages.Sentence("BLOCKED_LEVEL", Readiness.MaxLevel(), Readiness.Level()))
        return
    end
    Moments.Add({ what = what, mapID = what ~= "login" and mapID or nil, asked = true })
end

-- The same again would fail the same way: no use in offering it again during this visit.
local HOPELESS = { FAILED_MISFIT = true, FAILED_UNSPENT = true, FAILED_NO_SLOT = true }

-- In the way now and over later: offered again then. Broken off by a step or a jump: asked again.
addon.Listen("LOADOUT_FINISHED", function(request, reason)
    local offer = request.offer
    if offer and reason then
        if HOPELESS[reason] then
            Answers.Failed(offer.key)
        elseif reason == "FAILED_INTERRUPTED" then
            offer.moment.ask = true
            Moments.Postpone(offer)
        elseif Readiness.EndsWithEvent(reason) then
            Moments.Postpone(offer)
        end
    end
    Look()
end)
