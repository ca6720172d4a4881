-- /att and its words.
local _, addon = ...

local L = addon.L
local commands = {}
addon.commands = commands

function commands.status()
    local builds, specs = addon.Builds.Count()
    if builds == 0 then
        addon.Print(L.STATUS_NO_DATA)
        return
    end
    addon.Print(L.STATUS_BUILDS:format(builds, specs, addon.Builds.AgeText(GetServerTime())))
    if addon.TalentDataSample then
        addon.Print(L.STATUS_SAMPLE)
    end
end

SLASH_AZEROTHSTOPTALENT1 = "/att"
SlashCmdList.AZEROTHSTOPTALENT = function(text)
    local word = (text or ""):lower():match("^%s*(%S*)")
    local command = commands[word] or commands.status
    command()
end
