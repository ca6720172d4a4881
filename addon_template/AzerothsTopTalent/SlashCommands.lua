-- /toptalent and its words.
local _, addon = ...

local L = addon.L
local Builds, Messages, OfferQueue = addon.Builds, addon.Messages, addon.OfferQueue
local PromptUI, Readiness = addon.PromptUI, addon.Readiness

local commands = {}

function commands.status()
    local builds, specs = Builds.Count()
    if builds == 0 then
        addon.Print(L.STATUS_NO_DATA)
        return
    end
    local now = GetServerTime()
    addon.Print(L.STATUS_BUILDS:format(builds, specs, Builds.AgeText(now)))
    local sources = addon.BuildText.SourceNames()
    if sources then
        addon.Print(L.SOURCE_ONLY:format(sources))
    end
    if addon.TalentDataSample then
        addon.Print(L.STATUS_SAMPLE)
    end
    if addon.BuildText.IsOld(now) then
        addon.Print(L.DATA_OLD:format(Builds.AgeText(now)))
    end
    if not addon.db.settings.enabled then
        addon.Print(L.STATUS_DISABLED)
    elseif not Readiness.IsMaxLevel() then
        addon.Print(Messages.Sentence("BLOCKED_LEVEL", Readiness.MaxLevel(), Readiness.Level()))
    end
    local former = addon.FormerLoadout.Get(addon.TalentTree.SpecID())
    if former then
        addon.Print(L.STATUS_FORMER)
    end
end

function commands.builds()
    addon.BuildsWindow.Toggle()
end

function commands.boss()
    OfferQueue.OfferHere()
end

function commands.restore()
    addon.LoadoutManager.Restore()
end

function commands.reset()
    local count = addon.Dismissals.Reset()
    addon.db.place = nil
    PromptUI.ApplyPlace()
    addon.BuildsWindow.ResetPlace()
    addon.Print(L.RESET:format(count))
end

function commands.options()
    addon.Options.Open()
end

-- Answers to the open offer.
local ANSWERS = { yes = 1, no = "later", never = "never", raid = "raid", dungeon = "mythicplus" }

for word, which in pairs(ANSWERS) do
    commands[word] = function()
        if not PromptUI.Choose(which) then
            addon.Print(L.NO_PROMPT)
        end
    end
end

local function Help()
    addon.Print(L.HELP)
end

function commands.why()
    for _, line in ipairs(addon.Why.Lines()) do
        addon.Print(line)
    end
end

local function Run(text)
    local word = (text or ""):lower():match("^%s*(%S*)")
    if word == "" then
        word = "options"
    end
    (commands[word] or Help)()
end

SLASH_AZEROTHSTOPTALENT1 = "/toptalent"
SlashCmdList.AZEROTHSTOPTALENT = Run

local SHORT = "/att"

-- AllTheThings has it too, and of two owners the game takes one by chance. With every command that is
-- typed the game moves what is listed into hash_SlashCmdList, by its text in capitals.
local function IsTaken()
    local known = rawget(_G, "hash_SlashCmdList")
    if type(known) == "table" and known[SHORT:upper()] then
        return true
    end
    for key in pairs(SlashCmdList) do
        local number = 1
        local command = rawget(_G, "SLASH_" .. key .. number)
        while type(command) == "string" do
            if command:lower() == SHORT then
                return true
            end
            number = number + 1
            command = rawget(_G, "SLASH_" .. key .. number)
        end
    end
    return false
end

-- When all addons that load with the game are there.
addon.On("PLAYER_LOGIN", function()
    if not IsTaken() then
        SLASH_AZEROTHSTOPTALENT2 = SHORT
        SlashCmdList.AZEROTHSTOPTALENT = Run -- so that the game reads its texts again
    end
end)

-- Key bindings (Bindings.xml): their names, and what they call.
BINDING_HEADER_AZEROTHSTOPTALENT = L.TITLE
BINDING_NAME_AZEROTHSTOPTALENT_FIRST = L.BINDING_FIRST
BINDING_NAME_AZEROTHSTOPTALENT_SECOND = L.BINDING_SECOND
BINDING_NAME_AZEROTHSTOPTALENT_ASK = L.BINDING_ASK
BINDING_NAME_AZEROTHSTOPTALENT_BUILDS = L.BINDING_BUILDS

function AzerothsTopTalent_OnBinding(which)
    if which == "ask" then
        OfferQueue.OfferHere()
    elseif which == "builds" then
        addon.BuildsWindow.Toggle()
    else
        PromptUI.Choose(which)
    end
end
