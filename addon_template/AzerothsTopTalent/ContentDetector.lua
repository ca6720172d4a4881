-- Turns the game's events into moments: when there may be something to offer.
-- Event arguments are not looked at where the game may make them secret (READY_CHECK).
local _, addon = ...

local Plain, Ask = addon.Plain, addon.Ask
local Answers, LoadoutManager, Moments = addon.Answers, addon.LoadoutManager, addon.Moments
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
        Moments.Look() -- what was in the way may have stayed behind, a running key for one
        return
    end
    Answers.Entered(mapID .. ":" .. difficultyID)
    if instanceType == "party" then
        Moments.Add({ what = "dungeon", mapID = mapID })
    else
        Ask("RequestRaidInfo")
    end
end

-- In a dungeon its own build comes first; if that is active, nothing is asked. Raid and Mythic+
-- builds are of no use in a battleground or an arena.
local NO_GENERAL_CHOICE = { party = true, pvp = true, arena = true }

local function OfferGeneral(what)
    return function()
        local _, _, instanceType = RaidProgress.Where()
        if not NO_GENERAL_CHOICE[instanceType or "none"] then
            Moments.Add({ what = what })
        end
    end
end

addon.On("PLAYER_LOGIN", function()
    Settled("login", OfferGeneral("login"))
end)

-- An offer for a place that the player has left is of no use.
local function CloseIfLeft()
    local offer = PromptUI.Current()
    local mapID = offer and offer.moment.mapID
    if mapID and mapID ~= RaidProgress.Where() then
        PromptUI.Close()
    end
end

local lastSpecID -- the spec that offers were made for

addon.On("PLAYER_ENTERING_WORLD", function(isInitialLogin)
    if Plain(isInitialLogin) == true then
        Answers.LoggedIn()
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
        Moments.Add({ what = "boss", mapID = mapID })
    end
end)

-- Nothing stays on the screen in a fight or a running key; it comes back afterwards.
local function Clear()
    local offer = PromptUI.Close()
    if offer then
        Moments.Postpone(offer)
    end
end

-- The game's own answers can lag behind its events: look now, and again.
local function LookNowAndSoon()
    Moments.Look()
    Settled("look", Moments.Look)
    Settled("look late", Moments.Look, LAG)
end

addon.On("ENCOUNTER_START", function(encounterID)
    encounterID = Plain(encounterID, "number")
    local mapID, _, instanceType = RaidProgress.Where()
    Clear()
    if instanceType == "raid" then
        Answers.Pulled()
        if encounterID then
            Moments.Add({ what = "pull", mapID = mapID, encounterID = encounterID })
        end
    end
end)

addon.On("ENCOUNTER_END", function(encounterID, _, _, _, success)
    encounterID = Plain(encounterID, "number")
    if encounterID and Plain(success) == 1 then
        Moments.DropPull(encounterID)
    end
    LookNowAndSoon()
end)

addon.On("PLAYER_REGEN_DISABLED", Clear)
addon.On("CHALLENGE_MODE_START", Clear)

for _, event in ipairs({ "PLAYER_REGEN_ENABLED", "CHALLENGE_MODE_COMPLETED", "CHALLENGE_MODE_RESET",
    "ADDON_RESTRICTION_STATE_CHANGED", "TRAIT_CONFIG_LIST_UPDATED", "PLAYER_UNGHOST", "PLAYER_ALIVE" }) do
    addon.On(event, LookNowAndSoon)
end

-- The player changed the talents: what is on the screen may be done by that.
addon.On("TRAIT_CONFIG_UPDATED", function()
    local offer = PromptUI.Current()
    local tree = offer and not LoadoutManager.IsBusy() and TalentTree.Read()
    if tree and (tree.specID ~= offer.specID or Offers.IsActive(offer, tree)) then
        PromptUI.Close()
    end
end)
