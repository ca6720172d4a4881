-- Turns the game's events into moments: when there may be something to offer.
-- Event arguments are not looked at where the game may make them secret (READY_CHECK).
local _, addon = ...

local Readable, Game = addon.Readable, addon.Game
local Dismissals, LoadoutManager, OfferQueue = addon.Dismissals, addon.LoadoutManager, addon.OfferQueue
local Offers, PromptUI, RaidProgress = addon.Offers, addon.PromptUI, addon.RaidProgress
local TalentTree = addon.TalentTree

local SETTLE = 2 -- seconds after a loading screen or a spec change until the talents are right
local LAG = 10 -- seconds that the game's answers may lag behind its events

local generation = {}

-- Runs the action once things have settled; a newer call of the same kind takes its place.
local function Settled(kind, action, delay)
    local mine = {}
    generation[kind] = mine
    C_Timer.After(delay or SETTLE, function()
        if generation[kind] == mine then
            action()
        end
    end)
end

local function EnterDungeon()
    local mapID, difficultyID, instanceType = RaidProgress.Where()
    if instanceType ~= "party" and instanceType ~= "raid" then
        OfferQueue.Check() -- what was in the way may have stayed behind, a running key for one
        return
    end
    Dismissals.Entered(mapID .. ":" .. difficultyID)
    if instanceType == "party" then
        OfferQueue.Add({ what = "dungeon", mapID = mapID })
    else
        Game.RequestRaidInfo()
    end
end

-- In a dungeon its own build comes first; if that is active, nothing is asked. Raid and Mythic+
-- builds are of no use in a battleground or an arena.
local NO_GENERAL_CHOICE = { party = true, pvp = true, arena = true }

local function OfferGeneral(what)
    return function()
        local _, _, instanceType = RaidProgress.Where()
        if not NO_GENERAL_CHOICE[instanceType or "none"] then
            OfferQueue.Add({ what = what })
        end
    end
end

addon.On("PLAYER_LOGIN", function()
    Settled("login", OfferGeneral("login"))
end)

-- An offer for a place that the player has left is of no use.
local function CloseIfLeft()
    local offer = PromptUI.Current()
    local mapID = offer and offer.trigger.mapID
    if mapID and mapID ~= RaidProgress.Where() then
        PromptUI.Close()
    end
end

local lastSpecID -- the spec that offers were made for

addon.On("PLAYER_ENTERING_WORLD", function(isInitialLogin)
    if Readable(isInitialLogin) == true then
        Dismissals.LoggedIn()
    end
    lastSpecID = lastSpecID or TalentTree.SpecID()
    CloseIfLeft()
    Settled("zone", EnterDungeon)
end)

local function OnSpecChange()
    lastSpecID = TalentTree.SpecID()
    PromptUI.Close()
    Settled("spec", OfferGeneral("spec"))
    Settled("zone", EnterDungeon)
end

addon.On("ACTIVE_PLAYER_SPECIALIZATION_CHANGED", OnSpecChange)

-- Comes with a change of spec, but also for other players and at other times.
addon.On("PLAYER_SPECIALIZATION_CHANGED", function()
    local specID = TalentTree.SpecID()
    if specID and lastSpecID and specID ~= lastSpecID then
        OnSpecChange()
    end
end)

addon.On("READY_CHECK", function()
    local mapID, _, instanceType = RaidProgress.Where()
    if instanceType == "raid" then
        OfferQueue.Add({ what = "boss", mapID = mapID })
    end
end)

-- Nothing stays on the screen in a fight or a running key; it comes back afterwards.
local function Clear()
    local offer = PromptUI.Close()
    if offer then
        OfferQueue.Requeue(offer)
    end
end

-- The game's own answers can lag behind its events: look now, and again.
local function LookNowAndSoon()
    OfferQueue.Check()
    Settled("look", OfferQueue.Check)
    Settled("look late", OfferQueue.Check, LAG)
end

addon.On("ENCOUNTER_START", function(encounterID)
    encounterID = Readable(encounterID, "number")
    local mapID, _, instanceType = RaidProgress.Where()
    Clear()
    if instanceType == "raid" then
        Dismissals.Pulled()
        if encounterID then
            OfferQueue.Add({ what = "pull", mapID = mapID, encounterID = encounterID })
        end
    end
end)

addon.On("ENCOUNTER_END", function(encounterID, _, _, _, success)
    encounterID = Readable(encounterID, "number")
    if encounterID and Readable(success) == 1 then
        OfferQueue.DropPull(encounterID)
    end
    LookNowAndSoon()
end)

addon.On("PLAYER_REGEN_DISABLED", Clear)
addon.On("CHALLENGE_MODE_START", Clear)

for _, event in ipairs({ "PLAYER_REGEN_ENABLED", "CHALLENGE_MODE_COMPLETED", "CHALLENGE_MODE_RESET",
    "ADDON_RESTRICTION_STATE_CHANGED", "TRAIT_CONFIG_LIST_UPDATED", "PLAYER_UNGHOST", "PLAYER_ALIVE" }) do
    addon.On(event, LookNowAndSoon)
end

-- What is on the screen may be done by a change of talents: by hand, or by another switch.
local function CloseIfDone()
    local offer = PromptUI.Current()
    local tree = offer and not LoadoutManager.IsBusy() and TalentTree.Read()
    if tree and (tree.specID ~= offer.specID or Offers.IsActive(offer, tree)) then
        PromptUI.Close()
    end
end

addon.On("TRAIT_CONFIG_UPDATED", CloseIfDone)
addon.Register("LOADOUT_FINISHED", CloseIfDone)
