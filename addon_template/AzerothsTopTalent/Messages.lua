-- What became of a change of talents, in one sentence in the chat.
local _, addon = ...

local L = addon.L

local Messages = {}
addon.Messages = Messages

-- The sentence of a reason; the details fill it. Where the game gave its own words, they follow.
function Messages.Sentence(reason, detail, more)
    if reason == "BLOCKED_GAME" then
        return detail and L.BLOCKED_GAME_WORDS:format(detail) or L.BLOCKED_GAME
    elseif reason == "BLOCKED_LEVEL" or reason == "FAILED_UNSPENT" or reason == "FAILED_NO_SLOT" then
        return L[reason]:format(detail, more)
    elseif reason == "FAILED_MISFIT" then
        return more and L.FAILED_MISFIT_NAMED:format(detail, more) or L.FAILED_MISFIT
    end
    return L[reason]
end

addon.Listen("LOADOUT_FINISHED", function(request, reason, detail, more)
    if reason then
        addon.Print(Messages.Sentence(reason, detail, more))
    elseif request.restores then
        addon.Print(L.RESTORED)
    else
        addon.Print(L.APPLIED:format(request.label))
    end
end)
